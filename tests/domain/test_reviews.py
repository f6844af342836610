"""Reviews: who may, in which status, that nothing is approved unseen, and what is told."""

from typing import Any

import pytest
from msgspec.structs import replace

from domain.activities import Kind
from domain.comments import Comment
from domain.entries import Entry, EntryStatus
from domain.errors import Invalid
from domain.reviews import ReopenEntry, ReviewEntry
from domain.writing import UpdateEntry
from tests.builders import World, a_review, id_of
from tests.fakes import MemoryRelay

STATUSES = ("reviewed", "needs_work", "approved")
WRONG = "transition_not_allowed"


def reopening(entry_id: str) -> ReopenEntry:
    return ReopenEntry(id=entry_id, comment_id=id_of("why"), reason="A test is missing.")


@pytest.mark.parametrize("status", STATUSES)
def test_an_assigned_mentor_reviews_what_waits(
    world: World, relay: MemoryRelay, status: str
) -> None:
    world.done_by(a_review(world.waiting, status, comment="Name the cases."), world.noah)

    entry = relay.get(Entry, world.waiting)
    assert entry.status == status
    assert (entry.reviewed_by, entry.reviewed_at) == (world.noah, world.now)


@pytest.mark.parametrize("status", STATUSES)
def test_nobody_else_reviews(world: World, status: str) -> None:
    review = a_review(world.waiting, status, comment="Name the cases.")

    for who, person in world.people.items():
        expected = {"ben": "forbidden", "noah": "applied"}.get(who, "not_found")
        assert world.relay_copy().answer(review, person) == expected, who


def test_one_may_see_the_student_and_not_be_the_mentor(world: World) -> None:
    world.assign(world.mia, world.ben)
    assert world.relay_copy().answer(a_review(world.waiting, "approved"), world.mia) == "applied"
    assert world.answer(a_review(world.waiting, "approved"), world.otto) == "not_found"


@pytest.mark.parametrize(
    ("name", "seen", "answer"),
    [
        ("waiting", EntryStatus.PENDING, "applied"),
        ("returned", EntryStatus.NEEDS_WORK, "applied"),
        ("approved", EntryStatus.APPROVED, WRONG),
    ],
)
def test_the_status_that_was_seen_decides(
    world: World, name: str, seen: EntryStatus, answer: str
) -> None:
    review = replace(a_review(world.entries[name], "approved"), seen=seen)

    assert world.answer(review, world.noah) == answer


@pytest.mark.parametrize(
    "wrong", [{"iteration": 2}, {"text": "0" * 16}, {"seen": EntryStatus.REVIEWED}]
)
def test_what_was_not_seen_as_it_stands_is_not_reviewed(
    world: World, wrong: dict[str, Any]
) -> None:
    review = replace(a_review(world.waiting, "approved"), **wrong)

    assert world.answer(review, world.noah) == "entry_changed"


def test_a_text_that_changed_meanwhile_is_not_approved(world: World) -> None:
    review = a_review(world.waiting, "approved")
    world.done_by(UpdateEntry(id=world.waiting, body="Something else."), world.ben)

    assert world.answer(review, world.noah) == "entry_changed"


def test_a_change_of_what_a_reviewer_does_not_read_disturbs_no_review(world: World) -> None:
    review = a_review(world.waiting, "approved")
    world.done_by(UpdateEntry(id=world.waiting, minutes=15), world.ben)

    assert world.answer(review, world.noah) == "applied"


def test_of_two_mentors_the_second_is_told_that_it_changed(world: World) -> None:
    world.assign(world.mia, world.ben)
    world.done_by(a_review(world.waiting, "approved"), world.noah)

    assert world.answer(a_review(world.waiting, "reviewed"), world.mia) == "entry_changed"


def test_who_asks_for_more_work_says_which(world: World) -> None:
    assert world.answer(a_review(world.waiting, "needs_work"), world.noah) == "comment_required"


def test_asking_for_more_work_on_an_approved_entry_needs_words_first_of_all(world: World) -> None:
    bare = replace(a_review(world.approved, "needs_work"), seen=EntryStatus.APPROVED)
    said = replace(bare, comment="More.", comment_id=id_of("a comment"))

    assert world.answer(bare, world.noah) == "comment_required"
    assert world.answer(said, world.noah) == "transition_not_allowed"
    assert world.answer(bare, world.ben) == "forbidden"


def test_the_comment_of_a_review_is_one_like_any_other(world: World, relay: MemoryRelay) -> None:
    review = a_review(world.waiting, "reviewed", comment="Well done.")

    world.done_by(review, world.noah)

    assert review.comment_id
    comment = relay.get(Comment, review.comment_id)
    assert (comment.body, comment.entry_id, comment.iteration) == ("Well done.", world.waiting, 1)
    assert comment.author_id == world.noah


def test_a_review_is_told_once_with_both_statuses(world: World, relay: MemoryRelay) -> None:
    review = a_review(world.waiting, "needs_work", comment="Name the cases.")

    world.done_by(review, world.noah)

    (told,) = relay.told()
    assert told.kind_ == Kind.ENTRY_STATUS_CHANGED
    assert (told.params["before"], told.params["status"]) == ("pending", "needs_work")
    assert told.params["commentId"] == review.comment_id


@pytest.mark.parametrize("lone", [{"comment": "x"}, {"comment_id": id_of("x")}])
def test_a_comment_comes_with_its_id(world: World, lone: dict[str, str]) -> None:
    given: Any = {"iteration": 1, "text": "", "seen": EntryStatus.PENDING, **lone}

    with pytest.raises(Invalid) as refused:
        ReviewEntry(id=world.waiting, status="reviewed", **given)

    assert refused.value.field == "commentId"


def test_only_an_approved_entry_is_opened_again(world: World) -> None:
    for name, entry_id in world.entries.items():
        expected = {"approved": "applied", "draft": "not_found"}.get(name, WRONG)
        assert world.relay_copy().answer(reopening(entry_id), world.noah) == expected, name


def test_only_a_mentor_of_the_student_opens_it_again(world: World) -> None:
    for who, person in world.people.items():
        expected = {"ben": "forbidden", "noah": "applied"}.get(who, "not_found")
        assert world.relay_copy().answer(reopening(world.approved), person) == expected, who


def test_opening_again_says_why_and_asks_for_work(world: World, relay: MemoryRelay) -> None:
    world.done_by(reopening(world.approved), world.noah)

    assert relay.get(Entry, world.approved).status is EntryStatus.NEEDS_WORK
    assert relay.get(Comment, id_of("why")).body == "A test is missing."
    told = relay.told()[0]
    assert (told.params["before"], told.params["status"]) == ("approved", "needs_work")

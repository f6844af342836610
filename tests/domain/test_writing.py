"""Writing entries: who may, when, in which room an entry is, and what is told."""

from typing import Any

import pytest

from domain.activities import Kind
from domain.commands import Command
from domain.comments import AddComment
from domain.conflicts import Conflict, base_hash
from domain.entries import Entry, EntryRevision, EntryStatus
from domain.errors import Invalid
from domain.ids import derived_id
from domain.resolutions import ResolveConflict
from domain.reviews import ReopenEntry
from domain.rooms import student_room, user_room
from domain.writing import (
    CreateEntry,
    DeleteEntry,
    SubmitEntry,
    UpdateEntry,
    WithdrawEntry,
)
from tests.builders import World, a_review, ahead, an_essay, id_of
from tests.fakes import MemoryRelay

WRONG = "transition_not_allowed"

# command -> the answer to the author, for each entry of the world
ANSWERS: list[tuple[Any, dict[str, str]]] = [
    (
        UpdateEntry,
        {"draft": "applied", "waiting": "applied", "answered": "applied", "again": "applied"},
    ),
    (SubmitEntry, {"draft": "applied", "returned": "applied"}),
    (WithdrawEntry, {"waiting": "applied"}),
    (DeleteEntry, {"draft": "applied", "waiting": "applied"}),
]


def command_on(kind: Any, entry_id: str) -> Command:
    made: Command = kind(id=entry_id, **({"title": "While"} if kind is UpdateEntry else {}))
    return made


@pytest.mark.parametrize(("kind", "answers"), ANSWERS)
def test_what_its_author_may_do_with_an_entry(
    world: World, kind: Any, answers: dict[str, str]
) -> None:
    for name, entry_id in world.entries.items():
        answer = world.relay_copy().answer(command_on(kind, entry_id), world.ben)

        assert answer == answers.get(name, WRONG), name


@pytest.mark.parametrize("kind", [UpdateEntry, SubmitEntry, WithdrawEntry, DeleteEntry])
def test_only_its_author_may_do_it(world: World, kind: Any) -> None:
    for who, person in world.people.items():
        if who == "ben":
            continue
        sees = "forbidden" if who == "noah" else "not_found"
        assert world.answer(command_on(kind, world.waiting), person) == sees, who
        assert world.answer(command_on(kind, world.draft), person) == "not_found", who


def test_only_students_write_entries(world: World) -> None:
    for who, person in world.people.items():
        is_student = who in {"ana", "ben", "cem", "dora"}
        answer = world.answer(an_essay(id_of(f"{who}'s entry")), person)
        assert answer == ("applied" if is_student else "forbidden"), who


def test_a_draft_is_in_a_room_that_only_its_author_reads(world: World, relay: MemoryRelay) -> None:
    draft = relay.get(Entry, world.draft)

    assert (draft.room, draft.status) == (user_room(world.ben), EntryStatus.DRAFT)
    assert draft.submitted_at is None


def test_a_new_entry_is_submitted_unless_it_says_otherwise(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(an_essay(id_of("new")), world.ben)

    made = relay.get(Entry, id_of("new"))
    assert (made.room, made.status) == (student_room(world.ben), EntryStatus.PENDING)
    assert made.submitted_at == world.now
    assert [told.kind_ for told in relay.told()] == [Kind.ENTRY_CREATED]


def test_nobody_is_told_of_a_draft(world: World, relay: MemoryRelay) -> None:
    for command in (
        an_essay(id_of("new"), status="draft"),
        UpdateEntry(id=id_of("new"), title="While"),
        DeleteEntry(id=id_of("new")),
    ):
        world.done_by(command, world.ben)
        assert relay.told() == []


def test_an_id_is_taken_once(world: World) -> None:
    assert world.answer(an_essay(world.waiting), world.ben) == "id_taken"


def test_the_day_is_the_author_s_own(world: World, relay: MemoryRelay) -> None:
    late = "2025-12-02T23:30:00.000Z"  # in Tokyo it is the third
    essay = CreateEntry(id=id_of("new"), title="Loops", body="Two.", zone="Asia/Tokyo")

    world.done_by(essay, world.ben, now=late)

    assert relay.get(Entry, id_of("new")).local_day == "2025-12-03"


def test_submitting_a_draft_moves_it_and_dates_it_anew(world: World, relay: MemoryRelay) -> None:
    command = SubmitEntry(id=world.draft, body="Three *loops*.", zone="Asia/Tokyo")

    world.done_by(command, world.ben, now="2025-12-02T23:30:00.000Z")

    entry = relay.get(Entry, world.draft)
    assert (entry.room, entry.status) == (student_room(world.ben), EntryStatus.PENDING)
    assert (entry.local_day, entry.zone, entry.iteration) == ("2025-12-03", "Asia/Tokyo", 1)
    assert (entry.body, entry.submitted_at) == ("Three *loops*.", "2025-12-02T23:30:00.000Z")
    assert relay.told()[0].kind_ == Kind.ENTRY_CREATED


def test_a_draft_that_names_no_zone_keeps_its_own(world: World, relay: MemoryRelay) -> None:
    world.done_by(SubmitEntry(id=world.draft), world.ben)

    assert relay.get(Entry, world.draft).zone == "Europe/Berlin"


def test_submitting_anew_keeps_what_was_read_as_a_revision(
    world: World, relay: MemoryRelay
) -> None:
    before = relay.get(Entry, world.returned)

    world.done_by(SubmitEntry(id=world.returned, body="Rows, then columns."), world.ben)

    entry = relay.get(Entry, world.returned)
    kept = relay.get(EntryRevision, derived_id("entry_revision", world.returned, 1))
    assert (entry.iteration, entry.status) == (2, EntryStatus.PENDING)
    assert (entry.body, entry.local_day) == ("Rows, then columns.", before.local_day)
    assert (kept.body, kept.iteration, kept.room) == (before.body, 1, before.room)
    assert relay.told()[0].kind_ == Kind.ENTRY_RESUBMITTED


def test_a_withdrawn_entry_is_its_author_s_alone_again(world: World, relay: MemoryRelay) -> None:
    world.done_by(WithdrawEntry(id=world.waiting), world.ben)

    entry = relay.get(Entry, world.waiting)
    assert (entry.room, entry.status) == (user_room(world.ben), EntryStatus.DRAFT)
    assert entry.submitted_at is None
    assert relay.told()[0].kind_ == Kind.ENTRY_WITHDRAWN
    assert world.answer(UpdateEntry(id=world.waiting, title="x"), world.noah) == "not_found"


def test_an_entry_that_was_answered_is_not_withdrawn(world: World) -> None:
    for entry_id in (world.answered, world.again):
        assert world.answer(WithdrawEntry(id=entry_id), world.ben) == WRONG


def test_an_entry_that_was_commented_on_is_not_deleted(world: World) -> None:
    assert world.answer(DeleteEntry(id=world.answered), world.ben) == WRONG


def test_a_deleted_entry_leaves_no_revision_behind(world: World, relay: MemoryRelay) -> None:
    review = a_review(world.waiting, "reviewed")
    world.done_by(review, world.noah)
    world.done_by(SubmitEntry(id=world.waiting, body="More."), world.ben)

    world.done_by(DeleteEntry(id=world.waiting), world.ben)

    ids = {row.id for row in relay.rows.values()}
    assert world.waiting not in ids
    assert derived_id("entry_revision", world.waiting, 1) not in ids
    told = relay.told()[0]
    assert (told.kind_, told.params["deleted"]) == (Kind.ENTRY_WITHDRAWN, True)


def test_an_entry_may_belong_to_a_session_that_its_author_sees(world: World) -> None:
    command = UpdateEntry(id=world.waiting, schedule_id=world.bens)

    assert world.answer(command, world.ben) == "applied"


@pytest.mark.parametrize("session", ["session", "nobody's"])
def test_an_entry_belongs_to_no_session_that_its_author_does_not_see(
    world: World, session: str
) -> None:
    given: Any = {"schedule_id": world.sessions.get(session, id_of(session))}
    for command in (
        an_essay(id_of("new"), **given),
        UpdateEntry(id=world.waiting, **given),
        SubmitEntry(id=world.draft, **given),
    ):
        assert world.answer(command, world.ben) == "not_found"


def test_an_update_that_changes_nothing_tells_nothing(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateEntry(id=world.waiting, title="Loops"), world.ben)

    assert relay.told() == []


def overwritten(world: World) -> UpdateEntry:
    """Ben's other device writes a body without having seen the last one."""
    world.done_by(UpdateEntry(id=world.draft, body="From the laptop."), world.ben)
    return UpdateEntry(
        id=world.draft, body="From the desk.", base={"body": base_hash("Something older.")}
    )


def test_what_was_overwritten_in_a_draft_stays_with_its_author_when_it_is_submitted(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(overwritten(world), world.ben, mutation=id_of("unseen"))
    conflict = relay.get(Conflict, derived_id("conflict", id_of("unseen"), "body"))
    assert (conflict.lost, conflict.room) == ("From the laptop.", user_room(world.ben))

    world.done_by(SubmitEntry(id=world.draft), world.ben)

    assert relay.get(Entry, world.draft).room == student_room(world.ben)
    assert relay.get(Conflict, conflict.id).room == user_room(world.ben)
    settled = ResolveConflict(id=conflict.id, keep="lost")
    assert world.answer(settled, world.ben) == "applied"
    assert relay.get(Entry, world.draft).body == "From the laptop."


def test_what_was_overwritten_moves_back_with_a_withdrawn_entry(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(UpdateEntry(id=world.waiting, body="From the laptop."), world.ben)
    unseen = UpdateEntry(
        id=world.waiting, body="From the desk.", base={"body": base_hash("Something older.")}
    )
    world.done_by(unseen, world.ben, mutation=id_of("unseen"))
    conflict = derived_id("conflict", id_of("unseen"), "body")
    assert relay.get(Conflict, conflict).room == student_room(world.ben)

    world.done_by(WithdrawEntry(id=world.waiting), world.ben)

    assert relay.get(Conflict, conflict).room == user_room(world.ben)


def test_a_command_that_does_not_fit_is_refused_when_it_is_made() -> None:
    with pytest.raises(Invalid) as refused:
        an_essay(id_of("new"), tags=["a", "A"])

    assert refused.value.field == "tags"


def test_an_entry_that_was_opened_again_is_submitted_again(
    world: World, relay: MemoryRelay
) -> None:
    reopen = ReopenEntry(id=world.approved, comment_id=id_of("why"), reason="A test is missing.")
    world.done_by(reopen, world.noah)

    world.done_by(SubmitEntry(id=world.approved, body="With a test."), world.ben)

    assert relay.get(Entry, world.approved).iteration == 2


def test_a_comment_on_an_old_iteration_holds_up_a_withdrawal_too(world: World) -> None:
    comment = AddComment(id=id_of("new comment"), entry_id=world.waiting, body="Hm.")
    world.done_by(comment, world.ben, now=ahead(of=world.now, minutes=1))

    assert world.answer(WithdrawEntry(id=world.waiting), world.ben) == WRONG

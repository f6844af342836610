"""Comments: who may say, change, take back and settle them, and what is told."""

import pytest

from domain.activities import Kind
from domain.commands import Command
from domain.comments import (
    EXCERPT,
    AddComment,
    Comment,
    DeleteComment,
    EditComment,
    ResolveComment,
)
from domain.errors import Invalid
from tests.builders import World, a_comment, id_of
from tests.fakes import MemoryRelay


def said(entry_id: str, body: str = "Why two?", iteration: int | None = None) -> AddComment:
    return AddComment(id=id_of("new"), entry_id=entry_id, body=body, iteration=iteration)


def test_both_sides_comment_and_nobody_else(world: World) -> None:
    for who, person in world.people.items():
        expected = "applied" if who in {"ben", "noah"} else "not_found"
        assert world.relay_copy().answer(said(world.waiting), person) == expected, who


def test_a_draft_is_not_commented_on(world: World) -> None:
    assert world.answer(said(world.draft), world.ben) == "transition_not_allowed"
    assert world.answer(said(world.draft), world.noah) == "not_found"


def test_a_comment_is_on_the_newest_iteration_unless_it_says_which(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(said(world.again), world.noah)
    assert relay.get(Comment, id_of("new")).iteration == 2

    older = AddComment(id=id_of("older"), entry_id=world.again, body="Hm.", iteration=1)
    world.done_by(older, world.noah)
    assert relay.get(Comment, id_of("older")).iteration == 1


def test_an_iteration_of_tomorrow_is_refused(world: World) -> None:
    assert world.answer(said(world.waiting, iteration=2), world.noah) == "invalid"


def test_a_comment_is_told_with_its_beginning(world: World, relay: MemoryRelay) -> None:
    world.done_by(said(world.waiting, "é" * 1000), world.noah)

    told = relay.told()[0]
    assert (told.kind_, told.subject_type, told.subject_id) == (
        Kind.COMMENT_ADDED,
        "comment",
        id_of("new"),
    )
    assert told.params["excerpt"] == "é" * EXCERPT
    assert (told.params["entryId"], told.params["title"]) == (world.waiting, "Loops")


@pytest.mark.parametrize("body", ["", " ", "x" * 10_001])
def test_a_comment_says_something_and_not_too_much(body: str) -> None:
    with pytest.raises(Invalid) as refused:
        a_comment(body=body)

    assert refused.value.field == "body"


@pytest.mark.parametrize("own", ["question", "reply"])
def test_only_its_author_changes_or_takes_back_a_comment(world: World, own: str) -> None:
    comment = getattr(world, own)
    author = {"question": "noah", "reply": "ben"}[own]
    commands: list[Command] = [EditComment(id=comment, body="Other."), DeleteComment(id=comment)]
    for command in commands:
        for who, person in world.people.items():
            sees = "forbidden" if who in {"ben", "noah"} else "not_found"
            expected = "applied" if who == author else sees
            assert world.relay_copy().answer(command, person) == expected, who


def test_a_changed_comment_says_the_new(world: World, relay: MemoryRelay) -> None:
    world.done_by(EditComment(id=world.reply, body="Go."), world.ben)
    assert relay.told() == []

    world.done_by(EditComment(id=world.reply), world.ben)
    assert relay.get(Comment, world.reply).body == "Go."


def test_a_comment_that_was_taken_back_is_gone(world: World, relay: MemoryRelay) -> None:
    world.done_by(DeleteComment(id=world.reply), world.ben)

    assert world.reply not in {row.id for row in relay.rows.values()}
    assert world.answer(DeleteComment(id=world.reply), world.ben) == "not_found"


def test_either_side_settles_a_comment_and_opens_it_again(world: World, relay: MemoryRelay) -> None:
    world.done_by(ResolveComment(id=world.question), world.ben)
    assert relay.get(Comment, world.question).resolved

    settled = relay.get(Comment, world.question)
    world.done_by(ResolveComment(id=world.question), world.noah)
    assert relay.get(Comment, world.question) == settled

    world.done_by(ResolveComment(id=world.question, resolved=False), world.noah)
    assert not relay.get(Comment, world.question).resolved


def test_nobody_else_settles_it(world: World) -> None:
    for who in set(world.people) - {"ben", "noah"}:
        command = ResolveComment(id=world.question)
        assert world.answer(command, world.people[who]) == "not_found", who

"""The messages, and the union of all commands."""

import msgspec
import pytest

from domain.commands import Command
from domain.errors import Invalid
from domain.planning import CreateSchedule
from domain.wire import (
    COMMANDS,
    PUSH_LIMIT,
    Changes,
    Heads,
    Mutation,
    Pull,
    Push,
    Removed,
    Result,
    RoomPage,
    command_of,
)
from tests.builders import EXAMPLES, NOW, World, id_of

ID = id_of("somebody")
MUTATION = {"n": 1, "id": ID, "at": NOW, "command": {"type": "tomorrow"}}


def test_every_command_has_an_example() -> None:
    assert EXAMPLES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("tag", COMMANDS)
def test_every_example_is_accepted(tag: str, world: World) -> None:
    command, actor = EXAMPLES[tag](world)

    assert world.answer(command, actor) == "applied"


@pytest.mark.parametrize("tag", COMMANDS)
def test_a_command_comes_back_from_the_wire_as_it_was(tag: str, world: World) -> None:
    command, _ = EXAMPLES[tag](world)

    wire = msgspec.json.decode(msgspec.json.encode(command))

    assert wire["type"] == tag == command.tag()
    assert not any("_" in name for name in wire)
    assert command_of(wire | {"aFieldOfTomorrow": 1}) == command


def test_a_create_is_its_tag_and_its_fields() -> None:
    command = command_of(
        {
            "type": "schedule.create",
            "id": ID,
            "studentId": ID,
            "title": "Talk",
            "startTime": "2025-12-01T10:00:00+01:00",
            "endTime": "2025-12-01T10:00:00Z",
            "confirmOverlap": [ID],
        }
    )

    assert isinstance(command, CreateSchedule)
    assert (command.start_time, command.confirm_overlap) == ("2025-12-01T09:00:00Z", [ID])


@pytest.mark.parametrize(
    "wire",
    [
        {},
        {"type": "schedule.explode"},
        {"type": "schedule.cancel"},
        {"type": "schedule.cancel", "id": "1"},
        {"type": "schedule.cancel", "id": ID, "reason": "x" * 501},
        {"type": "schedule.update", "id": ID, "title": None},
        {"type": "schedule.mark_attendance", "id": ID, "userId": ID, "mark": "asleep"},
        {"type": "inbox.mark_all", "through": {"everywhere": NOW}},
        {"type": "student.unassign", "studentId": ID, "mentorId": ID, "sessions": "forget"},
        "schedule.cancel",
        None,
    ],
)
def test_what_is_no_command_is_refused(wire: object) -> None:
    with pytest.raises(msgspec.ValidationError):
        command_of(wire)


def test_what_needs_the_relays_secrets_is_for_the_relay_alone() -> None:
    own = {tag for tag, kind in COMMANDS.items() if kind.relay_only}

    verbs = ("register", "change", "deactivate", "reactivate")
    assert own == {*(f"account.{verb}" for verb in verbs), "cohort.rotate_join_code"}


def test_every_command_decides() -> None:
    for kind in COMMANDS.values():
        assert kind.apply is not Command.apply


def test_an_unknown_command_does_not_stop_the_push() -> None:
    push = msgspec.convert({"mutations": [MUTATION]}, Push)

    assert push.mutations[0].command == {"type": "tomorrow"}


def test_the_time_of_a_mutation_is_normalised() -> None:
    mutation = msgspec.convert(MUTATION | {"at": "2025-12-01T13:00:00+01:00"}, Mutation)

    assert mutation.at == NOW


@pytest.mark.parametrize("wrong", [{"n": 0}, {"id": "1"}, {"at": "noon"}, {"command": []}])
def test_a_malformed_mutation_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(MUTATION | wrong, Mutation)


def test_a_mutation_made_here_is_checked_too() -> None:
    with pytest.raises(Invalid):
        Mutation(n=1, id=ID, at="noon", command={})


def test_a_push_holds_at_most_a_hundred_commands() -> None:
    msgspec.convert({"mutations": [MUTATION] * PUSH_LIMIT}, Push)

    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"mutations": [MUTATION] * (PUSH_LIMIT + 1)}, Push)


@pytest.mark.parametrize(("limit", "fits"), [(0, False), (1, True), (5000, True), (5001, False)])
def test_a_pull_asks_for_a_bounded_page(limit: int, fits: bool) -> None:
    if fits:
        assert msgspec.convert({"limit": limit}, Pull).limit == limit
        return
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"limit": limit}, Pull)


def test_from_is_spelled_from_on_the_wire() -> None:
    page = RoomPage(
        room="mentors", from_=1, to=2, rows=[], removed=[], cursor=[2, None], more=False
    )
    changes = Changes(room="mentors", from_=1, to=2, more=True)

    assert msgspec.to_builtins(page)["from"] == 1
    assert msgspec.to_builtins(changes) == {"room": "mentors", "from": 1, "to": 2, "more": True}


def test_what_does_not_apply_is_left_out() -> None:
    assert msgspec.to_builtins(Heads(same=True)) == {"same": True}
    assert msgspec.to_builtins(Removed(type="entry", id=ID)) == {"type": "entry", "id": ID}
    result = msgspec.convert({"n": 1, "status": "applied"}, Result)
    assert msgspec.to_builtins(result) == {"n": 1, "status": "applied"}

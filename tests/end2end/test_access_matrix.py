"""The access matrix of the live connection: who hears which event, and who may give which command.

A kind of activity or a command without a row here fails. `tests.syncserver.rest` has the routes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jwt
import msgspec
import pytest
from socketio.exceptions import ConnectionError as NotLetIn
from sqlalchemy import text
from uuid_utils import uuid7

from domain.accounts import DeactivateAccount, ReactivateAccount
from domain.activities import Kind
from domain.assignments import AssignStudent, UnassignStudent
from domain.cohorts import AddCohortMentor, RemoveCohortMentor, UpdateCohort
from domain.commands import Command
from domain.conflicts import base_hash
from domain.instants import instant
from domain.members import Role
from domain.wire import COMMANDS
from syncserver.relay import Relay
from syncserver.storage.ledger import Ledger
from tests.builders import EXAMPLES, VARIANTS, Example, World, a_registration, id_of
from tests.end2end.relays import Client, Served, copied, fill, served
from tests.sync.simulation import in_memory_folder

PIA, MAX = id_of("Pia, former mentor"), id_of("Max, mentor who is deactivated")
EVE = id_of("Eve, new mentor")
HEARERS = (
    "own student",
    "peer",
    "other student",
    "own mentor",
    "other mentor",
    "former mentor",
    "admin",
    "disabled",
)
ASKERS = ("peer", "other student", "other mentor", "former mentor", "admin")
yes, no = True, False


@dataclass(frozen=True)
class Event:
    """What raises the event, whose student it is about, and who of `HEARERS` hears it.

    A plain client hears the named event; a replica is sent the frame with the activity.
    """

    example: str
    student: str
    heard: tuple[bool, ...]


EVENTS = {
    # Who leads nobody reads the directory too, and so do admins.
    Kind.STUDENT_REGISTERED: Event("account.register", "ana", (no, no, no, yes, yes, yes, yes, no)),
    Kind.STUDENT_STATE_CHANGED: Event(
        "account.reactivate", "ana", (no, no, no, yes, yes, yes, yes, no)
    ),
    # All mentors hear of mentors, as it is in their room; it is in the inbox of admins only.
    Kind.MENTOR_REGISTERED: Event("mentor registers", "ana", (no, no, no, yes, yes, yes, yes, no)),
    Kind.MENTOR_STATE_CHANGED: Event("mentor returns", "ana", (no, no, no, yes, yes, yes, yes, no)),
    # Noah becomes Ana's second mentor, by which she is his too: he is nobody of those asked here.
    Kind.STUDENT_ASSIGNED: Event("student.assign", "ana", (yes, no, no, yes, no, no, no, no)),
    # Who gives up reads no more of the room, and is told where only they read.
    Kind.STUDENT_UNASSIGNED: Event("student.unassign", "ana", (yes, no, no, yes, no, no, no, no)),
    Kind.SCHEDULE_CREATED: Event("schedule.create", "ana", (yes, no, no, yes, no, no, no, no)),
    Kind.SCHEDULE_UPDATED: Event("schedule.update", "ana", (yes, no, no, yes, no, no, no, no)),
    Kind.SCHEDULE_STATUS_CHANGED: Event(
        "schedule.complete", "ana", (yes, no, no, yes, no, no, no, no)
    ),
    Kind.SCHEDULE_CANCELED: Event("schedule.cancel", "ana", (yes, no, no, yes, no, no, no, no)),
    Kind.SCHEDULE_CANT_MAKE_IT: Event(
        "schedule.cant_make_it", "ana", (yes, no, no, yes, no, no, no, no)
    ),
    # A group session of the cohort: all of its students, and who leads it.
    Kind.SCHEDULE_DELETED: Event("schedule.delete", "ana", (yes, yes, no, yes, no, no, no, no)),
    # Whoever was late is between them and their own mentor: peers do not hear of it.
    Kind.SCHEDULE_ATTENDANCE_MARKED: Event(
        "schedule.mark_attendance", "ben", (yes, no, no, yes, no, no, no, no)
    ),
    Kind.ENTRY_CREATED: Event("entry.create", "ben", (yes, no, no, yes, no, no, no, no)),
    Kind.ENTRY_UPDATED: Event("entry.update", "ben", (yes, no, no, yes, no, no, no, no)),
    Kind.ENTRY_RESUBMITTED: Event("entry.submit again", "ben", (yes, no, no, yes, no, no, no, no)),
    Kind.ENTRY_WITHDRAWN: Event("entry.withdraw", "ben", (yes, no, no, yes, no, no, no, no)),
    Kind.ENTRY_STATUS_CHANGED: Event("entry.review", "ben", (yes, no, no, yes, no, no, no, no)),
    Kind.COMMENT_ADDED: Event("comment.add", "ben", (yes, no, no, yes, no, no, no, no)),
    Kind.COHORT_UPDATED: Event("cohort.update", "ana", (yes, yes, no, yes, no, no, no, no)),
    # Mia and Noah lead Autumn, in which no student is.
    Kind.CONFLICT_RAISED: Event("cohort.update unseen", "ana", (no, no, no, yes, no, no, no, no)),
}
MENTORS = {"ana": "mia", "ben": "noah"}
PEERS = {"ana": "ben", "ben": "ana"}


def unseen(world: World) -> Example:
    """A name of Mia's for Autumn that Noah types over without having seen it."""
    base = {"name": base_hash("Something older.")}
    return Example(UpdateCohort(id=world.autumn, name="Late autumn", base=base), world.noah)


CASES: dict[str, Callable[[World], Example]] = {
    **EXAMPLES,
    **VARIANTS,
    "cohort.update unseen": unseen,
    "mentor registers": lambda _: Example(a_registration(EVE, "Eve Lang", Role.MENTOR), EVE),
    "mentor returns": lambda world: Example(ReactivateAccount(user_id=MAX), world.admin),
}

UNSEEN, REFUSED, DONE = ("not_found",) * 5, ("forbidden",) * 5, ("applied",) * 5

# What each of `ASKERS` is answered who gives the example's command instead of its actor. Of what
# one does not see nothing is told; an admin reads no student's room.
ANSWERS = {
    # The relay's own: refused from anybody.
    "account.change": REFUSED,
    "account.deactivate": REFUSED,
    "account.reactivate": REFUSED,
    "account.register": REFUSED,
    "cohort.rotate_join_code": REFUSED,
    # About oneself: everybody changes their own rows by it, and no others.
    "account.update": DONE,
    "inbox.mark": DONE,
    "inbox.mark_all": DONE,
    "inbox.snooze": DONE,
    "cohort.add_mentor": ("not_found", "not_found", "forbidden", "forbidden", "applied"),
    "cohort.create": ("forbidden", "forbidden", "applied", "applied", "applied"),
    "cohort.remove_mentor": ("not_found", "not_found", "forbidden", "forbidden", "applied"),
    "cohort.update": ("not_found", "not_found", "forbidden", "forbidden", "applied"),
    "comment.add": UNSEEN,
    "comment.delete": UNSEEN,
    "comment.edit": UNSEEN,
    "comment.resolve": UNSEEN,
    "conflict.resolve": UNSEEN,
    "entry.create": ("applied", "applied", "forbidden", "forbidden", "forbidden"),
    "entry.delete": UNSEEN,
    "entry.reopen": UNSEEN,
    "entry.review": UNSEEN,
    "entry.submit": UNSEEN,
    "entry.update": UNSEEN,
    "entry.withdraw": UNSEEN,
    "schedule.cancel": UNSEEN,
    "schedule.cant_make_it": UNSEEN,
    "schedule.complete": UNSEEN,
    "schedule.create": ("forbidden", "forbidden", "not_assigned", "not_assigned", "not_assigned"),
    # Of the group: a peer sees it.
    "schedule.delete": ("forbidden", "not_found", "not_found", "not_found", "not_found"),
    "schedule.mark_attendance": ("forbidden", "not_found", "not_found", "not_found", "not_found"),
    "schedule.reopen": UNSEEN,
    "schedule.update": UNSEEN,
    "student.assign": ("forbidden", "forbidden", "forbidden", "forbidden", "applied"),
    # The first mentor who asks gets the student, and is the only one.
    "student.claim": ("forbidden", "forbidden", "applied", "already_assigned", "already_assigned"),
    "student.move_cohort": ("not_found", "not_found", "forbidden", "forbidden", "applied"),
    "student.unassign": ("not_found", "not_found", "forbidden", "forbidden", "applied"),
}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, World]:
    """The world, where Pia was a mentor of everybody and is none any more, and Max is one."""
    folder = tmp_path_factory.mktemp("relays") / "matrix"
    return folder, asyncio.run(_filled(folder))


async def _filled(folder: Path) -> World:
    world = await fill(folder, instant(datetime.now(UTC)))
    relay = Relay(Ledger.open(folder), now=lambda: datetime.now(UTC))
    students, cohorts = (world.ana, world.ben), (world.spring, world.autumn)
    steps: list[Command] = [
        a_registration(PIA, "Pia Berg", Role.MENTOR),
        a_registration(MAX, "Max Roth", Role.MENTOR),
        *[AssignStudent(student_id=one, mentor_id=who) for one in students for who in (PIA, MAX)],
        *[AddCohortMentor(cohort_id=one, mentor_id=who) for one in cohorts for who in (PIA, MAX)],
        *[UnassignStudent(student_id=one, mentor_id=PIA) for one in students],
        *[RemoveCohortMentor(cohort_id=one, mentor_id=PIA) for one in cohorts],
    ]
    for step in steps:
        await relay.do_trusted(step, mutation_id=str(uuid7()), actor=world.admin)
    await relay.close()
    return world


@pytest.fixture
async def relay(template: tuple[Path, World]) -> AsyncIterator[Served]:
    folder, world = template
    with TemporaryDirectory(dir=in_memory_folder(), prefix="tandem-matrix-") as name:
        async with served(copied(folder, Path(name) / "relay"), world) as found:
            yield found


def cast(world: World, student: str = "ana") -> dict[str, str]:
    """Who is who, seen from this student."""
    return {
        "own student": world.people[student],
        "peer": world.people[PEERS[student]],
        "other student": world.dora,
        "own mentor": world.people[MENTORS[student]],
        "other mentor": world.otto,
        "former mentor": PIA,
        "admin": world.admin,
        "disabled": MAX,
    }


def test_every_kind_of_activity_has_a_row() -> None:
    assert EVENTS.keys() == set(Kind)


def test_every_command_has_a_row() -> None:
    assert ANSWERS.keys() == COMMANDS.keys()


@pytest.mark.parametrize("kind", EVENTS)
async def test_an_event_is_heard_by_those_whom_the_matrix_names(relay: Served, kind: Kind) -> None:
    event, world = EVENTS[kind], relay.world
    people = cast(world, event.student)
    plain = await each_of(HEARERS, lambda who: relay.plain(people[who]))
    replicas = await each_of(HEARERS, lambda who: relay.replica(people[who]))
    await deactivate(relay, MAX)
    await all_caught_up(plain, replicas)
    before = {who: len(plain[who].heard) for who in HEARERS}
    seen = {who: len(replicas[who].heard) for who in HEARERS}

    await do(relay, CASES[event.example](world))
    await all_caught_up(plain, replicas)

    expected = dict(zip(HEARERS, event.heard, strict=True))
    assert {who: _named(plain[who], kind, before[who]) for who in HEARERS} == expected
    assert {who: _framed(replicas[who], kind, seen[who]) for who in HEARERS} == expected


@pytest.mark.parametrize("tag", COMMANDS)
async def test_a_command_of_somebody_else_is_answered_as_the_matrix_says(
    relay: Served, tag: str
) -> None:
    people, given = cast(relay.world, student_of(tag)), EXAMPLES[tag](relay.world).command
    asking = await each_of(ASKERS, lambda who: relay.replica(people[who]))
    answers = []
    for who in ASKERS:
        before = await heads(relay)
        (result,) = await asking[who].push(anew(given, who))
        answers.append(result.get("code", result["status"]))
        if result["status"] == "refused":
            assert result["message"].endswith(".")
            assert await heads(relay) == before

    assert dict(zip(ASKERS, answers, strict=True)) == dict(zip(ASKERS, ANSWERS[tag], strict=True))


@pytest.mark.parametrize("tag", [tag for tag, kind in COMMANDS.items() if kind.relay_only])
async def test_what_only_the_relay_may_do_is_refused_from_those_whom_it_concerns(
    relay: Served, tag: str
) -> None:
    people, command = cast(relay.world), EXAMPLES[tag](relay.world).command
    for who in ("own student", "own mentor", "admin"):
        asking = await relay.replica(people[who])
        before = await heads(relay)

        (result,) = await asking.push(command)

        assert (result["status"], result["code"]) == ("refused", "forbidden")
        assert await heads(relay) == before


async def test_whoever_is_not_let_in_hears_nothing(relay: Served) -> None:
    world = relay.world
    good = await relay.token(world.ana)
    claims = jwt.decode(good, options={"verify_signature": False})
    gone = await relay.token(MAX)
    await deactivate(relay, MAX)
    refused = {
        "anonymous": ({}, "token_missing"),
        "expired": ({"token": await relay.token(world.ana, left_s=-1)}, "token_expired"),
        "forged": ({"token": jwt.encode(claims, b"x" * 32, "HS256")}, "token_invalid"),
        "disabled": ({"token": gone}, "account_disabled"),
    }
    clients = {who: relay.client() for who in refused}

    for who, (auth, code) in refused.items():
        with pytest.raises(NotLetIn):
            await clients[who].connect(auth)
        assert clients[who].refusal["data"] == {"code": code}, who
    await do(relay, EXAMPLES["schedule.create"](world))
    await (await relay.plain(world.ana)).caught_up()

    assert {who: client.heard for who, client in clients.items()} == {who: [] for who in refused}


def student_of(tag: str) -> str:
    """Whose rows the example is about: Ben is the one who writes, and who was late."""
    is_bens = tag.startswith(("entry", "comment")) or tag == "schedule.mark_attendance"
    return "ben" if is_bens else "ana"


def anew(command: Command, who: str) -> Command:
    """The same command; what it would make gets an id of its own, so that none is taken."""
    if not command.tag().endswith((".create", ".add")):
        return command
    return msgspec.structs.replace(command, id=id_of(f"{command.tag()} of {who}"))


async def each_of(
    names: Sequence[str], connect: Callable[[str], Awaitable[Client]]
) -> dict[str, Client]:
    """A connection for each of these, by name."""
    return dict(zip(names, await asyncio.gather(*map(connect, names)), strict=True))


async def deactivate(relay: Served, user_id: str) -> None:
    command = DeactivateAccount(user_id=user_id)
    await relay.relay.do_trusted(command, mutation_id=str(uuid7()), actor=relay.world.admin)


async def do(relay: Served, example: Example) -> None:
    """Have the command accepted: by push, or by the relay itself where only it may."""
    command, actor = example
    if command.relay_only:
        await relay.relay.do_trusted(command, mutation_id=str(uuid7()), actor=actor)
        return
    (result,) = await (await relay.replica(actor)).push(command)
    assert result["status"] == "applied", result


async def all_caught_up(*clients: dict[str, Client]) -> None:
    """Wait until everybody who is still connected has heard all."""
    for group in clients:
        for client in group.values():
            if client.gone.is_set():
                continue
            await client.caught_up()


def _named(client: Client, kind: Kind, after: int) -> bool:
    return any(event == kind for event, _ in client.heard[after:])


def _framed(client: Client, kind: Kind, after: int) -> bool:
    frames = [data for event, data in client.heard[after:] if event == "sync:changes"]
    rows = [row for frame in frames for row in frame["rows"]]
    return any(row["type"] == "activity" and row["kind"] == kind for row in rows)


async def heads(relay: Served) -> Any:
    """Every room with its version: what is written raises one."""
    query = text("SELECT room, version FROM rooms ORDER BY room")
    return await relay.relay.read(lambda r: list(r.connection.execute(query)))

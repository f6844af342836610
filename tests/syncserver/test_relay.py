"""The relay as its callers see it: answers, commits in order, many at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from domain.assignments import ClaimStudent, UnassignStudent
from domain.checksums import digest_of
from domain.cohorts import CreateCohort
from domain.errors import Invalid, Refused
from domain.instants import moment
from domain.planning import CreateSchedule, DeleteSchedule
from domain.rooms import student_room
from domain.wire import Pull
from syncserver.frames import Committed
from syncserver.judge import Caller
from syncserver.relay import Relay
from syncserver.storage.answers import KeptAnswer, keep_answer
from syncserver.storage.ledger import Busy, Ledger, Reading, Writing
from tests.builders import NOW, World, a_plan, a_world, ahead, id_of, second_ahead
from tests.relays import LedgerRelay
from tests.syncserver.pushes import push_of


@pytest.fixture
def world(ledger: Ledger) -> World:
    return a_world(LedgerRelay(ledger, []))


@pytest.fixture
async def relay(ledger: Ledger, world: World) -> AsyncIterator[Relay]:
    relay = Relay(ledger, now=lambda: moment(NOW))
    yield relay
    await relay.close()


@pytest.fixture
def heard(relay: Relay) -> list[Committed]:
    heard: list[Committed] = []
    relay.listen(heard.append)
    return heard


def plan(world: World, name: str, days: float = 10) -> CreateSchedule:
    return a_plan(id_of(name), world.ana, start=second_ahead(days=days))


async def test_a_push_is_answered_and_then_told(
    relay: Relay, world: World, heard: list[Committed]
) -> None:
    pushed = await relay.accept(Caller(world.mia, id_of("client")), push_of(plan(world, "a")))
    told_before_the_answer = list(heard)
    await asyncio.sleep(0)

    room = student_room(world.ana)
    assert told_before_the_answer == []
    assert [list(committed.frames) for committed in heard] == [[room]]
    assert heard[0].frames[room].to == pushed.results[0].versions[room]


async def test_commits_are_told_in_their_order(
    relay: Relay, world: World, heard: list[Committed]
) -> None:
    room = student_room(world.ana)
    await asyncio.gather(
        *(
            relay.do(Caller(world.mia), plan(world, f"{day}", day), mutation_id=id_of(f"do {day}"))
            for day in range(10, 30)
        )
    )
    await asyncio.sleep(0)

    frames = [committed.frames[room] for committed in heard]
    assert [frame.from_ for frame in frames[1:]] == [frame.to for frame in frames[:-1]]
    assert sum(len(committed.named) for committed in heard) == 20


async def test_a_refusal_is_raised_and_told_to_nobody(
    relay: Relay, world: World, heard: list[Committed]
) -> None:
    with pytest.raises(Refused) as refused:
        await relay.do(Caller(world.otto), DeleteSchedule(id=world.session), mutation_id=id_of("k"))
    await asyncio.sleep(0)

    assert refused.value.code == "not_found"
    assert heard == []


async def test_a_value_beyond_its_limit_is_raised_as_such(relay: Relay, world: World) -> None:
    with pytest.raises(Invalid) as invalid:
        await relay.do(Caller(world.mia), plan(world, "a", days=1000), mutation_id=id_of("k"))

    assert invalid.value.field == "startTime"


async def test_the_relay_founds_a_cohort_in_its_own_name(relay: Relay) -> None:
    done = await relay.do_trusted(CreateCohort(id=id_of("C"), name="C"), mutation_id=id_of("k"))

    assert done.activities[0].actor_id == (
        await relay.read(lambda reading: reading.meta("relay_id"))
    )


async def test_the_relay_acts_for_somebody(relay: Relay, world: World) -> None:
    done = await relay.do_trusted(
        CreateCohort(id=id_of("C"), name="C"), mutation_id=id_of("k"), actor=world.admin
    )

    assert done.activities[0].actor_id == world.admin


async def test_a_revocation_raises_the_access_version_in_its_commit(
    relay: Relay, world: World, heard: list[Committed]
) -> None:
    room = student_room(world.cem)
    claim, leave = (
        ClaimStudent(student_id=world.cem),
        UnassignStudent(student_id=world.cem, mentor_id=world.otto),
    )
    await relay.do(Caller(world.otto), claim, mutation_id=id_of("claim"))
    await relay.do(Caller(world.otto), leave, mutation_id=id_of("leave"))
    await asyncio.sleep(0)

    granted, revoked = heard
    assert [(one.user_id, one.room, one.granted) for one in granted.access] == [
        (world.otto, room, True)
    ]
    assert [(one.user_id, one.room, one.granted) for one in revoked.access] == [
        (world.otto, room, False)
    ]
    assert revoked.access_versions[room] == granted.access_versions[room] + 1


async def test_a_pull_a_welcome_and_a_check_agree(relay: Relay, world: World) -> None:
    pulled = await relay.pull(world.ana, Pull())
    welcome = await relay.welcome(Caller(world.ana, id_of("client")))
    digest = digest_of((room, *head) for room, head in welcome.heads.items())
    checked = await relay.check(world.ana, digest)

    assert {page.room: (page.to, page.checksum) for page in pulled.rooms} == welcome.heads
    assert checked.same is True


async def test_a_client_id_is_its_first_accounts(relay: Relay, world: World) -> None:
    for _ in range(2):
        await relay.bind(Caller(world.mia, id_of("client")))

    with pytest.raises(Refused, match="another account"):
        await relay.bind(Caller(world.noah, id_of("client")))


def _keep(answer: KeptAnswer, writing: Writing) -> None:
    keep_answer(writing.connection, answer)


async def test_answers_whose_time_is_over_are_forgotten(relay: Relay) -> None:
    for name, until in (("over", ahead(days=-1)), ("for ever", None)):
        answer = KeptAnswer(id_of(name), "hash", b"sealed", NOW, until)
        await relay.write(partial(_keep, answer))

    assert await relay.forget_answers() == 1
    assert await relay.forget_answers() == 0


async def test_a_first_copy_has_all_rows(relay: Relay, world: World) -> None:
    page = await relay.copy_page(
        world.ana, student_room(world.ana), until=None, cursor=None, limit=5000
    )

    assert len(page.rows) == page.total > 0


async def test_an_error_of_a_work_reaches_who_asked_for_it_alone(
    relay: Relay, world: World
) -> None:
    def bad(_: Writing) -> None:
        raise LookupError("this work only")

    def good(writing: Writing) -> int:
        return len(writing.rooms_of(world.mia))

    results = await asyncio.gather(relay.write(bad), relay.write(good), return_exceptions=True)

    assert isinstance(results[0], LookupError)
    assert results[1] == await relay.read(lambda reading: len(reading.rooms_of(world.mia)))


async def test_no_call_works_on_the_event_loop(relay: Relay) -> None:
    def thread(_: Reading) -> str:
        return threading.current_thread().name

    assert await relay.write(thread) == "writer"
    assert (await relay.read(thread)).startswith("reader")


async def test_who_stops_waiting_changes_nothing_for_the_commit(
    relay: Relay, world: World, heard: list[Committed]
) -> None:
    go = threading.Event()
    held = asyncio.ensure_future(relay.write(lambda _: go.wait(5)))
    waiting = asyncio.ensure_future(
        relay.do(Caller(world.mia), plan(world, "a"), mutation_id=id_of("k"))
    )
    await asyncio.sleep(0)

    waiting.cancel()
    go.set()
    await held
    await relay.write(lambda _: None)
    await asyncio.sleep(0)

    assert waiting.cancelled()
    assert [list(committed.frames) for committed in heard] == [[student_room(world.ana)]]


async def test_a_locked_file_fails_the_push_as_a_whole(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "locked", create=True, busy_ms=1)
    relay = Relay(ledger, now=lambda: moment(NOW))
    other = Ledger.open(tmp_path / "locked")

    with other.writer.begin(), pytest.raises(Busy):
        await relay.write(lambda _: None)

    assert await relay.write(lambda _: "again") == "again"
    await relay.close()
    other.close()


async def test_work_that_ends_after_its_loop_disturbs_nobody(ledger: Ledger) -> None:
    go = threading.Event()

    async def leave() -> Relay:
        relay = Relay(ledger, now=lambda: moment(NOW))
        waiting = asyncio.ensure_future(relay.write(lambda _: go.wait(5)))
        await asyncio.sleep(0)
        waiting.cancel()
        return relay

    def in_a_loop_of_its_own() -> None:
        relay = asyncio.run(leave())
        go.set()
        relay.stop_writing()

    await asyncio.to_thread(in_a_loop_of_its_own)

    assert ledger.read(lambda reading: reading.meta("relay_id"))


async def test_young_tombstones_are_kept(relay: Relay, world: World) -> None:
    await relay.do(Caller(world.mia), DeleteSchedule(id=world.session), mutation_id=id_of("k"))

    assert await relay.collect_tombstones() == 0


async def test_each_command_that_is_judged_is_counted(ledger: Ledger, world: World) -> None:
    judged: list[tuple[str, str, str]] = []
    timed: list[str] = []
    relay = Relay(
        ledger,
        now=lambda: moment(NOW),
        judged=lambda command, outcome, code, _seconds: judged.append((command, outcome, code)),
        timed=lambda what, _seconds: timed.append(what),
    )
    caller = Caller(world.mia, id_of("client"))

    await relay.accept(caller, push_of(plan(world, "a"), {"type": "nonsense"}))
    with pytest.raises(Refused):
        await relay.do(caller, ClaimStudent(student_id=world.ana), mutation_id=id_of("claim"))
    await relay.close()

    assert judged == [
        ("schedule.create", "applied", ""),
        ("unknown", "refused", "invalid"),
        ("student.claim", "refused", "already_assigned"),
    ]
    assert timed.count("write") == 2
    assert relay.waiting == 0
    assert relay.size > 0

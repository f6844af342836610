"""A store, a relay's line, tokens and a clock that stand in for the real ones, and work."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, cast

import msgspec

from desktop.store.outbox import Counts, Identity
from desktop.store.replica import Copy, Step
from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.sync.arrivals import Clock
from desktop.sync.client import SyncClient
from desktop.sync.relay_link import News, Offline
from desktop.sync.states import Phase, SyncState
from domain.chains import Finding, Known
from domain.checksums import as_hex, combined, digest_of, row_hash
from domain.members import Role
from domain.wire import (
    Changes,
    Check,
    Heads,
    Mutation,
    Outcome,
    Pull,
    Pulled,
    Push,
    Pushed,
    Result,
    RoomPage,
    TokenRefresh,
    Welcome,
)

ME = "01890000-0000-7000-8000-000000000001"
RELAY = "01890000-0000-7000-8000-00000000aaaa"
ROOM, OTHER = f"user:{ME}", "mentors"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Row = dict[str, Any]


def a_row(number: int, version: int) -> Row:
    return {
        "type": "thing",
        "id": f"01890000-0000-7000-8000-{number:012d}",
        "version": version,
    }


def a_mutation(number: int) -> Mutation:
    return Mutation(
        n=number,
        id=f"01890000-0000-7000-8001-{number:012d}",
        at="2026-03-02T09:00:00.000Z",
        command={"type": "inbox.mark_all"},
    )


def sum_of(rows: dict[str, Row]) -> str:
    hashes = (row_hash(row["type"], row["id"], row["version"]) for row in rows.values())
    return as_hex(combined(0, added=hashes))


async def settle() -> None:
    """Let everything run that can run without time going by."""
    for _ in range(200):
        await asyncio.sleep(0)


@dataclass(order=True)
class Timer:
    at: float
    order: int
    call: Callable[[], object] = field(compare=False)
    is_off: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.is_off = True


class VirtualClock:
    """Time that goes by only when a test says so."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.asleep = 0.0  # what the wall clock has gained on the other one
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self.clock = Clock(monotonic=lambda: self.time, now=self.now, later=self.later)

    def now(self) -> datetime:
        return START + timedelta(seconds=self.time - 1000.0 + self.asleep)

    def later(self, delay_s: float, call: Callable[[], object]) -> Timer:
        timer = Timer(self.time + delay_s, next(self._order), call)
        heapq.heappush(self._timers, timer)
        return timer

    async def advance(self, seconds: float) -> None:
        end = self.time + seconds
        await settle()
        while self._timers and self._timers[0].at <= end:
            timer = heapq.heappop(self._timers)
            self.time = max(self.time, timer.at)
            if not timer.is_off:
                timer.call()
                await settle()
        self.time = end
        await settle()


@dataclass
class Held:
    """A room as it is held here."""

    version: int = 0
    rows: dict[str, Row] = field(default_factory=dict)
    copy_until: int | None = None
    copy_cursor: str | None = None
    audit_head: str | None = None


class FakeStore:
    """The part of LocalStore that sync uses, in memory and without predictions.

    `steps` replaces what receiving says, one after the other; `trouble` is raised by all calls.
    """

    def __init__(self) -> None:
        self.me = Identity("client-1", RELAY, ME, Role.MENTOR)
        self.rooms: dict[str, Held] = {}
        self.outbox: list[Mutation] = []
        self.settled: list[Result] = []
        self.acknowledged = 0
        self.steps: list[Step] = []
        self.resent_from: list[int] = []
        self.restored_at: str | None = None
        self.dropped: list[str] = []
        self.recopied: list[str] = []
        self.may_copy_anew = True
        self.set_aside_at: str | None = None
        self.aside = 0
        self.ended_pulls = 0
        self.witness = FakeWitness(self)
        self.settings: dict[str, Any] = {}
        self.chunks: list[int] = []

    def identity(self) -> Identity:
        return self.me

    def become(self, user_id: str, role: Role, relay_id: str | None = None) -> None:
        self.me = Identity(self.me.client_id, relay_id, user_id, role)

    def unsent(self, limit: int, max_bytes: int) -> list[Mutation]:
        assert max_bytes < 256 * 1024
        return self.outbox[:limit]

    def settle(self, results: list[Result]) -> None:
        self.settled += results
        done = {result.n for result in results if result.status is not Outcome.DEFERRED}
        self.outbox = [one for one in self.outbox if one.n not in done]
        self.acknowledged = max([self.acknowledged, *done])

    def renumber(self, client_id: str) -> None:
        self.me = Identity(client_id, self.me.relay_id, self.me.user_id, self.me.role)

    def make_good(self, last_number: int, restored_at: str | None) -> int:
        if restored_at == self.restored_at and last_number >= self.acknowledged:
            return 0
        self.restored_at = restored_at
        self.resent_from.append(last_number)
        self.outbox = [a_mutation(last_number + 1), *self.outbox]
        return 1

    def purge(self) -> None:
        """Nothing here is old."""

    def heads(self) -> dict[str, tuple[int, str]]:
        return {
            room: (held.version, sum_of(held.rows))
            for room, held in self.rooms.items()
            if held.copy_until is None
        }

    def cursors(self) -> dict[str, list[int | str | None]]:
        return {
            room: [held.version] for room, held in self.rooms.items() if held.copy_until is None
        }

    def receive(self, frame: Changes) -> Step:
        if self.steps:
            return self.steps.pop(0)
        held = self.rooms.get(frame.room)
        if held is None:
            return Step.UNKNOWN
        if frame.to <= held.version:
            return Step.OLD
        if frame.more or frame.from_ != held.version:
            return Step.GAP
        return self._take(held, frame)

    def receive_page(self, page: RoomPage) -> Step:
        held = self.rooms.get(page.room)
        if held is None:
            return Step.UNKNOWN
        if self.steps:
            return self.steps.pop(0)
        mine = self.witness.of_rows(page.room)
        if mine and page.from_ == mine.version and page.audit_head_at_from not in {None, mine.head}:
            return Step.AUDIT_CHANGED
        return self._take(held, page)

    def _take(self, held: Held, news: Changes | RoomPage) -> Step:
        for row in news.rows:
            held.rows[row["id"]] = row
        if isinstance(news, RoomPage) and news.more:
            held.version = cast(int, news.cursor[0])
            return Step.APPLIED
        held.version = news.to
        is_right = news.checksum in {None, sum_of(held.rows)}
        return Step.APPLIED if is_right else Step.CHECKSUM_WRONG

    def begin_pulls(self) -> None:
        """Its pulls keep no place within a version."""

    def end_pull(self) -> None:
        self.ended_pulls += 1

    def begin_copy(self, room: str, until: int, audit_head: str | None = None) -> None:
        self.rooms[room] = Held(copy_until=until, audit_head=audit_head)

    def copies(self) -> list[Copy]:
        return [
            Copy(room, held.copy_until, held.copy_cursor, held.audit_head)
            for room, held in self.rooms.items()
            if held.copy_until is not None
        ]

    def copy_rows(self, room: str, rows: list[Row], cursor: str | None) -> None:
        held = self.rooms[room]
        assert held.copy_until is not None
        self.chunks.append(len(rows))
        held.rows |= {row["id"]: row for row in rows}
        held.copy_cursor = cursor

    def end_copy(self, room: str, audit_head: str | None = None) -> None:
        held = self.rooms[room]
        assert held.copy_until is not None
        held.version, held.copy_until = held.copy_until, None
        self.witness.copied.add(room)

    def may_recopy(self, room: str) -> bool:
        if self.may_copy_anew:
            self.recopied.append(room)
        return self.may_copy_anew

    def rooms_here(self) -> list[str]:
        return list(self.rooms)

    def drop_rooms(self, rooms: list[str]) -> None:
        self.dropped += rooms
        for room in rooms:
            self.rooms.pop(room, None)

    def set_aside(self) -> str | None:
        self.aside += 1
        return self.set_aside_at

    def counts(self) -> Counts:
        return Counts(len(self.outbox), 0)

    def get_setting(self, key: str, default: Any = None) -> Any:
        return self.settings.get(key, default)

    def put_setting(self, key: str, value: Any) -> None:
        self.settings[key] = value


class FakeWitness:
    """The part of Witness that sync uses; a room whose head is `known` follows it until copied.

    `of_rows` has what came with rows that are older than what is known.
    """

    def __init__(self, store: FakeStore) -> None:
        self.store = store
        self.known: dict[str, Known] = {}
        self.older: dict[str, Known] = {}
        self.copied: set[str] = set()
        self.confirmed: list[tuple[str, Known]] = []
        self.let_gone: list[str] = []
        self.keeps = 0
        self.is_gone_back = False
        self.breaks: list[tuple[str, Known, str, Finding, str | None]] = []

    def heads(self) -> dict[str, Known]:
        return dict(self.known)

    def of_rows(self, room: str) -> Known | None:
        return self.older.get(room, self.known.get(room))

    def unconfirmed(self) -> dict[str, Known]:
        followed = self.store.heads().keys() - self.copied - self.older.keys()
        return {room: known for room, known in self.known.items() if room not in followed}

    def confirm(self, room: str, known: Known) -> None:
        self.confirmed.append((room, known))
        self.copied.discard(room)

    def let_go(self, room: str) -> None:
        self.known.pop(room, None)
        self.let_gone.append(room)

    def keep(self) -> None:
        self.keeps += 1

    def is_restored(self) -> bool:
        return self.is_gone_back

    def report(
        self, room: str, known: Known, found: str, finding: Finding, kept_in: str | None
    ) -> bool:
        self.breaks.append((room, known, found, finding, kept_in))
        self.known.pop(room, None)
        return True


class FakeWorker:
    """Runs the work at once; `trouble` is what the disk says to everything."""

    def __init__(self, store: FakeStore) -> None:
        self.store = store
        self.trouble: StoreTrouble | None = None

    async def run(self, work: Callable[[Any], Any]) -> Any:
        if self.trouble:
            raise self.trouble
        await asyncio.sleep(0)
        return work(self.store)


class FakeRelay:
    """Rooms with their rows, as one person reads them, and what that person pushed.

    `pasts` are the audit heads that it names of its rooms, whatever version it is asked for.
    """

    def __init__(self) -> None:
        self.relay_id = RELAY
        self.rooms: dict[str, dict[str, Row]] = defaultdict(dict)
        self.versions: dict[str, int] = defaultdict(int)
        self.receipts: dict[int, str] = {}
        self.min_protocol = 1
        self.page_rows = 500
        self.pasts: dict[str, str] = {}

    def commit(self, room: str, *numbers: int) -> Changes:
        """Write these rows in one commit; gives its frame."""
        before = self.versions[room]
        self.versions[room] = before + 1
        rows = [a_row(number, before + 1) for number in numbers]
        self.rooms[room] |= {row["id"]: row for row in rows}
        return Changes(
            room=room, from_=before, to=before + 1, rows=rows, checksum=sum_of(self.rooms[room])
        )

    def heads(self) -> dict[str, tuple[int, str]]:
        return {room: (self.versions[room], sum_of(self.rooms[room])) for room in self.rooms}

    def welcome(self) -> Welcome:
        return Welcome(
            user_id=ME,
            server_time="2026-03-02T09:00:00.000Z",
            relay_id=self.relay_id,
            heads=self.heads(),
            last_number=max(self.receipts, default=0),
            min_protocol=self.min_protocol,
        )

    def pull(self, pull: Pull) -> Pulled:
        revoked = [room for room in pull.cursors if room not in self.rooms]
        pages = []
        for room, rows in self.rooms.items():
            since = cast(int, pull.cursors.get(room, [0])[0])
            new = sorted((row["version"], row["id"]) for row in rows.values())
            new = [place for place in new if place[0] > since]
            shown = new[: self.page_rows]
            more = len(new) > len(shown)
            if not new and since == self.versions[room] and room not in self.pasts:
                continue
            pages.append(
                RoomPage(
                    room=room,
                    from_=since,
                    to=self.versions[room],
                    rows=[rows[row_id] for _, row_id in shown],
                    removed=[],
                    cursor=list(shown[-1]) if shown else [self.versions[room], None],
                    more=more,
                    checksum=None if more else sum_of(rows),
                    audit_head_at_from=self.pasts.get(room),
                )
            )
        return Pulled(rooms=pages, revoked=revoked)

    def accept(self, push: Push) -> Pushed:
        for mutation in push.mutations:
            self.receipts.setdefault(mutation.n, mutation.id)
        return Pushed(results=[Result(n=one.n, status=Outcome.APPLIED) for one in push.mutations])


class FakeLink:
    """A RelayLink to a FakeRelay.

    `answers` holds, by request, what is raised or answered instead, one after the other; `asked`
    is the transcript.
    """

    def __init__(self, relay: FakeRelay) -> None:
        self.relay = relay
        self.answers: dict[str, list[Any]] = defaultdict(list)
        self.asked: list[tuple[str, Any]] = []
        self.on_news: Callable[[News], None] | None = None
        self.before: Callable[[str], None] = lambda request: None

    @property
    def requests(self) -> list[str]:
        return [name for name, _ in self.asked]

    def tell(self, news: News) -> None:
        assert self.on_news is not None, "The line is closed."
        self.on_news(news)

    def cut(self) -> None:
        self.tell(Offline("The connection to the relay was lost.", code="lost"))

    async def connect(self, token: str, client_id: str, on_news: Callable[[News], None]) -> Welcome:
        welcome = await self._ask("connect", (token, client_id), lambda _: self.relay.welcome())
        self.on_news = on_news
        return cast(Welcome, welcome)

    async def close(self) -> None:
        self.on_news = None

    async def push(self, push: Push) -> Pushed:
        return cast(Pushed, await self._ask("push", push, self.relay.accept))

    async def pull(self, pull: Pull) -> Pulled:
        return cast(Pulled, await self._ask("pull", pull, self.relay.pull))

    async def check(self, check: Check) -> Heads:
        return cast(Heads, await self._ask("check", check, self._checked))

    async def refresh(self, refresh: TokenRefresh) -> None:
        await self._ask("refresh", refresh.token, lambda _: None)

    def _checked(self, check: Check) -> Heads:
        heads = self.relay.heads()
        if check.digest == digest_of((room, *head) for room, head in heads.items()):
            return Heads(same=True)
        return Heads(heads=heads)

    async def _ask(self, request: str, what: Any, answer: Callable[[Any], object]) -> object:
        self.asked.append((request, what))
        self.before(request)
        await asyncio.sleep(0)
        if self.answers[request]:
            given = self.answers[request].pop(0)
            if isinstance(given, Exception):
                raise given
            return given
        return answer(what)


class FakeCopies:
    """A RoomCopies over a FakeRelay; `faults` are raised in the middle of pages, one each."""

    def __init__(self, relay: FakeRelay) -> None:
        self.relay = relay
        self.faults: list[Exception | None] = []
        self.asked: list[tuple[str, int | None, str | None]] = []
        self.audit_head = "this past"
        self.during: Callable[[], None] = lambda: None

    @asynccontextmanager
    async def page(
        self, room: str, *, until: int | None, cursor: str | None, limit: int
    ) -> AsyncIterator[AsyncIterator[list[bytes]]]:
        self.asked.append((room, until, cursor))
        yield self._lines(room, until, cursor, limit)

    async def _lines(
        self, room: str, until: int | None, cursor: str | None, limit: int
    ) -> AsyncIterator[list[bytes]]:
        fault = self.faults.pop(0) if self.faults else None
        until = self.relay.versions[room] if until is None else until
        rows = sorted(self.relay.rooms[room].values(), key=_place, reverse=True)
        rows = [row for row in rows if row["version"] <= until]
        left = [row for row in rows if cursor is None or _place(row) < _read(cursor)]
        page = left[:limit]
        begin = {"room": room, "until": until, "total": len(rows)}
        yield [_line({**begin, "auditHead": self.audit_head})]
        for start in range(0, len(page), 100):
            yield [_line(row) for row in page[start : start + 100]]
            await asyncio.sleep(0)
            self.during()
        if fault:
            raise fault
        end = {"cursor": _text(page[-1]) if page else None, "done": len(left) <= limit}
        yield [_line(end), b""]


def _place(row: Row) -> tuple[int, str]:
    return row["version"], row["id"]


def _read(cursor: str) -> tuple[int, str]:
    version, _, row_id = cursor.partition(" ")
    return int(version), row_id


def _text(row: Row) -> str:
    return f"{row['version']} {row['id']}"


def _line(value: object) -> bytes:
    return msgspec.json.encode(value)


class FakeToken(NamedTuple):
    text: str
    expires_at: float


class FakeTokens:
    """Gives token 1, 2, 3 …; `faults` are raised instead, one after the other."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.count = 0
        self.lifetime_s = 900.0
        self.faults: list[Exception] = []

    async def __call__(self, *, fresh: bool = False) -> FakeToken:
        if self.faults:
            raise self.faults.pop(0)
        if fresh or not self.count:
            self.count += 1
        return FakeToken(f"token {self.count}", self.clock.time + self.lifetime_s)


class Upper(random.Random):
    """Jitter at its longest, so that tests can foretell it."""

    def uniform(self, a: float, b: float) -> float:
        return b


class Desk:
    """A sync client with all that is around it; `async with` runs it."""

    def __init__(self) -> None:
        self.time = VirtualClock()
        self.relay = FakeRelay()
        self.store = FakeStore()
        self.worker = FakeWorker(self.store)
        self.link = FakeLink(self.relay)
        self.copies = FakeCopies(self.relay)
        self.tokens = FakeTokens(self.time)
        self.states: list[SyncState] = []
        self.notices: list[str] = []
        self.woken = 0
        self.client = SyncClient(
            cast(StoreWorker, self.worker),
            self.link,
            self.copies,
            self.tokens,
            self.states.append,
            on_notice=self.notices.append,
            on_wake=self._on_wake,
            clock=self.time.clock,
            rng=Upper(),
            new_id=lambda: "client-2",
        )
        self._running: asyncio.Task[None] | None = None

    def _on_wake(self) -> None:
        self.woken += 1

    @property
    def phase(self) -> Phase:
        return self.client.state.phase

    def is_at(self, phase: Phase) -> bool:
        return self.client.state.phase is phase

    @property
    def phases(self) -> list[Phase]:
        """The phases that were told, without repetitions."""
        return [phase for phase, _ in itertools.groupby(state.phase for state in self.states)]

    def hold(self, room: str, *numbers: int) -> None:
        """Have a room on both sides, in step."""
        self.relay.commit(room, *numbers)
        self.store.rooms[room] = Held(self.relay.versions[room], dict(self.relay.rooms[room]))

    def is_same(self) -> bool:
        """Whether this side holds what the relay holds."""
        return self.store.heads() == self.relay.heads()

    async def __aenter__(self) -> Desk:
        self._running = asyncio.ensure_future(self.client.run())
        await settle()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._running is not None
        if self._running.done():
            self._running.result()
        self._running.cancel()
        await asyncio.wait([self._running])

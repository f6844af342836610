"""Lines between desktops and the relay, which lose, repeat, delay, reorder and cut."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from desktop.sync.relay_link import (
    CopyBegin,
    CopyEnd,
    News,
    Offline,
    SignedOut,
    WrongAnswer,
)
from domain.errors import Refused
from domain.rooms import room_kind
from domain.wire import (
    AccessNews,
    Changes,
    Check,
    Heads,
    Pull,
    Pulled,
    Push,
    Pushed,
    TokenRefresh,
    Welcome,
)
from syncserver.relay import Caller, Committed
from tests.sync.relay_host import RelayDied, RelayHost
from tests.sync.virtual_time import VirtualLoop

T = TypeVar("T")

NO_ANSWER_S = 10.0
STEP_S = 1e-6  # two messages of one line are never in the same moment
NUMBER_CODES = {"number_gap", "client_forked"}


@dataclass(frozen=True)
class Weather:
    """How bad the lines are; chances between 0 and 1.

    Attributes:
        delay_s: the longest time that a message takes.
        lost: a broadcast never arrives.
        twice: a broadcast arrives twice, and a request is handled twice.
        reordered: a broadcast overtakes others, or falls behind.
        cut_up, cut_down: the line breaks with the request, or with its answer, on the way.
        swallowed: a request gets no answer, and the line seems to live.
        shortened: a broadcast says only that there is more.
        page_rows: what a pull or a copy gives at most.
    """

    delay_s: float = 0.0
    lost: float = 0.0
    twice: float = 0.0
    reordered: float = 0.0
    cut_up: float = 0.0
    cut_down: float = 0.0
    swallowed: float = 0.0
    shortened: float = 0.0
    page_rows: int = 5000


FAIR = Weather()
BAD = Weather(
    delay_s=0.8,
    lost=0.2,
    twice=0.2,
    reordered=0.3,
    cut_up=0.06,
    cut_down=0.12,
    swallowed=0.04,
    shortened=0.1,
    page_rows=4,
)


@dataclass(eq=False)
class Line:
    """One connection of one desktop, from its welcome to its end."""

    caller: Caller
    on_news: Callable[[News], None]
    rooms: set[str]
    is_open: bool = True
    answer: asyncio.Future[None] | None = None
    last_at: float = 0.0


@dataclass
class Network:
    """All lines to one relay.

    Attributes:
        closed: people whose desktops cannot reach the relay.
    """

    loop: VirtualLoop
    host: RelayHost
    rng: random.Random
    weather: Weather = FAIR
    lines: list[Line] = field(default_factory=list)

    def happens(self, chance: float) -> bool:
        return chance > 0 and self.rng.random() < chance

    def slot(self, line: Line, *, reordered: bool = False) -> float:
        """When the next message of the line arrives; it stays behind the others, or not."""
        at = self.loop.time() + self.rng.uniform(0, self.weather.delay_s)
        if reordered:
            return at
        line.last_at = max(at, line.last_at + STEP_S)
        return line.last_at

    def cut(self, line: Line) -> None:
        """End a line; both sides learn of it."""
        if not line.is_open:
            return
        self.drop(line)
        lost = _lost()
        if line.answer and not line.answer.done():
            line.answer.set_exception(lost)
        line.on_news(lost)

    def drop(self, line: Line) -> None:
        """Forget a line that its desktop has closed."""
        line.is_open = False
        if line in self.lines:
            self.lines.remove(line)

    def cut_all(self) -> None:
        for line in list(self.lines):
            self.cut(line)

    def publish(self) -> None:
        """Send what the relay has said since the last time."""
        for committed in self.host.take_news():
            self._follow_access(committed)
            for room, frame in committed.frames.items():
                for line in [line for line in self.lines if room in line.rooms]:
                    assert line.caller.user_id  # the relay's own acts have no line
                    self._broadcast(line, frame)

    def _follow_access(self, committed: Committed) -> None:
        news: dict[str, tuple[list[str], list[str]]] = {}
        for user_id, room, granted in committed.access:
            news.setdefault(user_id, ([], []))[0 if granted else 1].append(room)
        for line in list(self.lines):
            if line.caller.user_id not in news:
                continue
            granted_, revoked = news[line.caller.user_id]
            line.rooms = (line.rooms | set(granted_)) - set(revoked)
            if any(room_kind(room) == "user" for room in revoked):
                self.loop.call_at(self.slot(line), self.cut, line)
            else:
                self._broadcast(line, AccessNews(granted=granted_, revoked=revoked))

    def _broadcast(self, line: Line, news: Changes | AccessNews) -> None:
        weather = self.weather
        if self.happens(weather.lost):
            return
        if isinstance(news, Changes) and self.happens(weather.shortened):
            news = Changes(room=news.room, from_=news.from_, to=news.to, more=True)
        for _ in range(2 if self.happens(weather.twice) else 1):
            at = self.slot(line, reordered=self.happens(weather.reordered))
            self.loop.call_at(at, self._arrive, line, news)

    def _arrive(self, line: Line, news: News) -> None:
        if line.is_open:
            line.on_news(news)


def _lost() -> Offline:
    return Offline("The connection to the relay was lost.", code="lost")


class MemoryLink:
    """A RelayLink over the network's lines.

    Attributes:
        is_plugged_in: whether this desktop can reach the relay at all.
    """

    def __init__(self, network: Network, user_id: str) -> None:
        self.is_plugged_in = True
        self._network = network
        self._user_id = user_id
        self._line: Line | None = None

    async def connect(self, token: str, client_id: str, on_news: Callable[[News], None]) -> Welcome:
        await self.close()
        network = self._network
        await asyncio.sleep(network.rng.uniform(0, network.weather.delay_s))
        if not self.can_reach():
            raise Offline("The relay cannot be reached.")
        caller = Caller(self._user_id, client_id, client_id)
        try:
            welcome = network.host.welcome(caller)
        except Refused as refused:
            raise Offline(str(refused), code=refused.code) from refused
        if not welcome.heads:
            raise SignedOut("This account has been deactivated.", code="account_disabled")
        self._line = Line(caller, on_news, set(welcome.heads))
        network.lines.append(self._line)
        return welcome

    async def close(self) -> None:
        if self._line:
            self._network.drop(self._line)
            self._line = None

    async def push(self, push: Push) -> Pushed:
        # On the wire and back: what does not survive JSON must not pass here.
        push = msgspec.json.decode(msgspec.json.encode(push), type=Push)

        def ask(line: Line) -> Pushed:
            return self._network.host.push(line.caller, push)

        return await self._asked(ask)

    async def pull(self, pull: Pull) -> Pulled:
        def ask(line: Line) -> Pulled:
            network = self._network
            limit = min(pull.limit, network.weather.page_rows)
            asked = Pull(cursors=pull.cursors, limit=limit)
            pulled = network.host.pull(line.caller.user_id, asked)
            return msgspec.json.decode(msgspec.json.encode(pulled), type=Pulled)

        return await self._asked(ask)

    async def check(self, check: Check) -> Heads:
        def ask(line: Line) -> Heads:
            host = self._network.host
            line.rooms = set(host.heads(line.caller.user_id))
            return host.check(line.caller.user_id, check.digest)

        return await self._asked(ask)

    async def refresh(self, refresh: TokenRefresh) -> None:
        await self._asked(lambda _: None)

    def cut(self) -> None:
        """Break the line, if there is one."""
        if self._line:
            self._network.cut(self._line)

    def can_reach(self) -> bool:
        return self.is_plugged_in and self._network.host.is_up

    async def _asked(self, ask: Callable[[Line], T]) -> T:
        """One request and its answer, through the weather."""
        network, line = self._network, self._line
        if line is None or not line.is_open:
            raise _lost()
        if network.happens(network.weather.cut_up):
            network.cut(line)
        await self._travel(line, network.slot(line))
        if network.happens(network.weather.swallowed):
            await self._travel(line, network.loop.time() + NO_ANSWER_S)
            raise Offline("The relay does not answer.", code="no_answer")
        answer = self._handled(line, ask)
        if network.happens(network.weather.twice):
            answer = self._handled(line, ask)
        at = network.slot(line)  # the answer is queued before the frames of its commit
        network.publish()
        if network.happens(network.weather.cut_down):
            network.cut(line)
        await self._travel(line, at)
        return answer

    def _handled(self, line: Line, ask: Callable[[Line], T]) -> T:
        try:
            return ask(line)
        except RelayDied as died:
            self._network.cut_all()
            raise _lost() from died
        except Refused as refused:
            if refused.code in NUMBER_CODES:
                raise WrongAnswer(refused.code, str(refused)) from refused
            self._network.cut(line)
            raise Offline(str(refused), code=refused.code) from refused

    async def _travel(self, line: Line, until: float) -> None:
        """Wait for the message to arrive. Raises `Offline` when the line is cut meanwhile."""
        if not line.is_open:
            raise _lost()
        line.answer = arrival = self._network.loop.create_future()

        def arrive() -> None:
            if not arrival.done():
                arrival.set_result(None)

        timer = self._network.loop.call_at(until, arrive)
        try:
            await arrival
        finally:
            timer.cancel()
            line.answer = None
        if not line.is_open:  # cut in the very moment of the arrival
            raise _lost()


class MemoryCopies:
    """RoomCopies over the same network, in the format of docs/protocol.md."""

    def __init__(self, network: Network, link: MemoryLink, user_id: str) -> None:
        self._network = network
        self._link = link
        self._user_id = user_id

    @asynccontextmanager
    async def page(
        self, room: str, *, until: int | None, cursor: str | None, limit: int
    ) -> AsyncIterator[AsyncIterator[list[bytes]]]:
        network = self._network
        await asyncio.sleep(network.rng.uniform(0, network.weather.delay_s))
        if not self._link.can_reach() or network.happens(network.weather.cut_up):
            raise Offline("The relay cannot be reached.")
        yield self._pieces(self._lines(room, until, cursor, limit))

    def _lines(self, room: str, until: int | None, cursor: str | None, limit: int) -> list[bytes]:
        host = self._network.host
        limit = min(limit, self._network.weather.page_rows)
        try:
            page = host.copy_page(self._user_id, room, until, cursor, limit)
        except Refused as refused:
            raise WrongAnswer(refused.code, str(refused)) from refused
        last = page.rows[-1] if page.rows else None
        begin = CopyBegin(room=room, until=page.until, total=page.total, audit_head=page.audit_head)
        end = CopyEnd(
            cursor=f"{last['version']} {last['id']}" if last else None,
            done=page.cursor is None,
            checksum=page.checksum,
            audit_head=page.audit_head,
        )
        return [msgspec.json.encode(part) for part in (begin, *page.rows, end)]

    async def _pieces(self, lines: list[bytes]) -> AsyncIterator[list[bytes]]:
        """A few lines at a time; the line may break between them."""
        network = self._network
        while lines:
            if network.happens(network.weather.cut_down):
                raise Offline("The connection broke while copying.", code="copy_cut")
            count = network.rng.randint(1, 4)
            piece, lines = lines[:count], lines[count:]
            await asyncio.sleep(network.rng.uniform(0, network.weather.delay_s / 4))
            yield piece

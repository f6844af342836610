"""The first copy of a room over HTTP: in pages, compressed, resumable, with progress."""

import logging
import random
from asyncio import Event, Queue
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import msgspec

from desktop.store.local import LocalStore
from desktop.store.replica import Copy
from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.sync.arrivals import Clock, Copied
from desktop.sync.backoff import backoff_s
from desktop.sync.relay_link import (
    CopyBegin,
    CopyEnd,
    Offline,
    RoomCopies,
    SignedOut,
    TokenSource,
    WrongAnswer,
)
from domain.chains import Known

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

PAGE_ROWS = 5000
CHUNK_ROWS = 250  # in one step of the store's thread, so that what the person does comes between
READ_TIMEOUT_S = 15.0
BROKE_OFF = "The connection broke while copying."

T = TypeVar("T")


class AnotherPast(Exception):
    """The relay names another audit head at a copy's version than when the copy began.

    Attributes:
        known: the head as it was named at the beginning.
        head: the one that is named by now.
    """

    def __init__(self, known: Known, head: str) -> None:
        super().__init__("The relay has another past than when this copy began.")
        self.known = known
        self.head = head


Progress = Callable[[str, int, int], None]


class HttpRooms:
    """Rooms over `GET /api/sync/rooms/{room}`, in the format of docs/protocol.md."""

    def __init__(
        self, http: "Callable[[], Awaitable[httpx.AsyncClient]]", server: str, tokens: TokenSource
    ) -> None:
        self._http = http
        self._server = server.rstrip("/")
        self._tokens = tokens

    @asynccontextmanager
    async def page(
        self, room: str, *, until: int | None, cursor: str | None, limit: int
    ) -> AsyncIterator[AsyncIterator[list[bytes]]]:
        http = await self._http()
        import httpx

        asked = {"until": until, "cursor": cursor, "limit": limit}
        request = http.build_request(
            "GET",
            f"{self._server}/api/sync/rooms/{quote(room, safe='')}",
            params={name: value for name, value in asked.items() if value is not None},
            timeout=httpx.Timeout(READ_TIMEOUT_S),
        )
        try:
            response = await self._answer(request)
            try:
                yield _lines(response.aiter_bytes())
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            raise Offline(BROKE_OFF, code="copy_cut") from error

    async def _answer(self, request: "httpx.Request") -> "httpx.Response":
        """The answer to read on; a token that the relay no longer takes is replaced once."""
        response = await self._send(request, fresh=False)
        if response.status_code == 401:
            await response.aclose()
            response = await self._send(request, fresh=True)
        if response.status_code != 200:
            raise _refusal(response.status_code, await response.aread())
        return response

    async def _send(self, request: "httpx.Request", *, fresh: bool) -> "httpx.Response":
        token = await self._tokens(fresh=fresh)
        request.headers["Authorization"] = f"Bearer {token.text}"
        return await (await self._http()).send(request, stream=True)


def _refusal(status: int, body: bytes) -> Exception:
    try:
        problem: dict[str, Any] = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:
        problem = {}
    code = str(problem.get("code", f"http_{status}"))
    detail = str(problem.get("detail") or f"The relay answered {status} instead of the copy.")
    if status == 404 and code == "not_found":
        return WrongAnswer(code, detail)
    return Offline(detail, code=code)


async def _lines(pieces: AsyncIterator[bytes]) -> AsyncIterator[list[bytes]]:
    """The whole lines of each piece; a last line without its end is given too."""
    rest = b""
    async for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield lines
    if rest:
        yield [rest]


class _Page:
    """One answer as it comes in; its last line is known as such only at its end."""

    def __init__(self) -> None:
        self.begin: CopyBegin | None = None
        self.rows: list[bytes] = []

    @property
    def total(self) -> int:
        """How many rows the whole room has; 0 before the first line."""
        return self.begin.total if self.begin else 0

    def add(self, lines: list[bytes]) -> None:
        self.rows += [line for line in lines if line]
        if self.begin is None and self.rows:
            self.begin = _decoded(self.rows.pop(0), CopyBegin)

    def full_chunk(self) -> list[bytes]:
        """Rows that are enough to be stored; none of them is the last line."""
        if len(self.rows) <= CHUNK_ROWS:
            return []
        chunk, self.rows = self.rows[:CHUNK_ROWS], self.rows[CHUNK_ROWS:]
        return chunk

    def end(self) -> CopyEnd:
        if not self.rows:
            raise Offline(BROKE_OFF, code="copy_cut")
        return _decoded(self.rows.pop(), CopyEnd)


def _decoded(line: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.MsgspecError as error:
        raise Offline(BROKE_OFF, code="copy_cut") from error


class Copier:
    """Copies rooms, one after the other, beside the live connection; it tries until it can."""

    def __init__(
        self,
        store: StoreWorker,
        source: RoomCopies,
        *,
        clock: Clock,
        rng: random.Random,
        is_wanted: Callable[[str], bool],
        on_progress: Progress,
        on_end: Callable[[Copied], None],
    ) -> None:
        self._store = store
        self._source = source
        self._clock = clock
        self._rng = rng
        self._is_wanted = is_wanted
        self._on_progress = on_progress
        self._on_end = on_end
        self._rooms: Queue[str] = Queue()
        self._done: dict[str, int] = {}  # rows by room, as far as this process has seen them come

    def copy(self, room: str) -> None:
        """Copy this room when its turn comes."""
        self._rooms.put_nowait(room)

    async def run(self) -> None:
        """Copy what is asked for. Ends by cancellation only; what is stored then is kept."""
        try:
            while True:
                await self._copied(await self._rooms.get())
        finally:
            self._rooms = Queue()  # the next connection finds out anew what is to be copied

    async def _copied(self, room: str) -> None:
        attempt = 0
        while self._is_wanted(room):
            try:
                await self._copy(room)
            except Offline as error:
                self._on_end(Copied(room, error))
                await self._rest(max(error.retry_after_s, backoff_s(attempt, self._rng)))
                attempt += 1
            except (AnotherPast, SignedOut, WrongAnswer, StoreTrouble) as error:
                self._on_end(Copied(room, error))
                return
            else:
                self._on_end(Copied(room))
                return

    async def _copy(self, room: str) -> None:
        """Go on with a copy where it was broken off, or begin it."""
        end: CopyEnd | None = None
        while self._is_wanted(room) and not (end and end.done):
            mark = await self._store.run(lambda store: _mark(store, room))
            end = await self._take_page(room, mark)
            if not end.done and end.cursor in {mark.cursor if mark else None, None}:
                raise Offline("The relay's copy does not get on.", code="loop")
        if self._is_wanted(room):
            audit_head = end.audit_head if end else None
            await self._store.run(lambda store: store.end_copy(room, audit_head))

    async def _take_page(self, room: str, mark: Copy | None) -> CopyEnd:
        """The page behind what is marked; without a mark the first one.

        Raises:
            AnotherPast: the page does not belong to what is here; nothing of it was stored.
        """
        page = _Page()
        until, cursor = (mark.until, mark.cursor) if mark else (None, None)
        is_begun = False
        async with self._source.page(room, until=until, cursor=cursor, limit=PAGE_ROWS) as pieces:
            async for lines in pieces:
                page.add(lines)
                if page.begin and not is_begun:
                    is_begun = True
                    await self._begin(room, mark, page.begin)
                while chunk := page.full_chunk():
                    await self._keep(page, room, chunk)
        end = page.end()
        await self._keep(page, room, page.rows)
        return end

    async def _begin(self, room: str, mark: Copy | None, page: CopyBegin) -> None:
        """Begin a copy, or make sure that this page goes on with it."""
        if mark is not None:
            if mark.audit_head and page.audit_head and mark.audit_head != page.audit_head:
                raise AnotherPast(Known(mark.until, mark.audit_head), page.audit_head)
            return
        self._done[room] = 0
        if self._is_wanted(room):
            await self._store.run(lambda store: store.begin_copy(room, page.until, page.audit_head))

    async def _keep(self, page: _Page, room: str, lines: list[bytes]) -> None:
        """Store rows, unless the room was lost meanwhile: then nothing of it may be written."""
        if not lines or not self._is_wanted(room):
            return
        await self._store.run(lambda store: _copy_rows(store, room, lines))
        self._done[room] = self._done.get(room, 0) + len(lines)
        self._on_progress(room, min(self._done[room], page.total), page.total)

    async def _rest(self, seconds: float) -> None:
        over = Event()
        timer = self._clock.later(seconds, over.set)
        try:
            await over.wait()
        finally:
            timer.cancel()


def _mark(store: LocalStore, room: str) -> Copy | None:
    """How far the copy of a room has come; None while nothing of it is here."""
    return next((copy for copy in store.copies() if copy.room == room and copy.cursor), None)


def _copy_rows(store: LocalStore, room: str, lines: list[bytes]) -> None:
    """Decode here, on the store's thread: the window's has better things to do."""
    rows: list[dict[str, Any]] = [msgspec.json.decode(line) for line in lines]
    store.copy_rows(room, rows, f"{rows[-1]['version']} {rows[-1]['id']}")

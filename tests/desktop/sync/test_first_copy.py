"""The first copy of a room: by pages, resumable, and with progress."""

from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import msgspec
import pytest

from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.sync.arrivals import Copied
from desktop.sync.first_copy import CHUNK_ROWS, PAGE_ROWS, AnotherPast, Copier, HttpRooms
from desktop.sync.relay_link import Offline, SignedOut, WrongAnswer
from domain.chains import Known
from tests.desktop.sync.fakes import (
    OTHER,
    FakeCopies,
    FakeRelay,
    FakeStore,
    FakeTokens,
    FakeWorker,
    Held,
    Upper,
    VirtualClock,
    settle,
)
from tests.desktop.sync.tasks import running

SERVER = "https://tandem.example.org"


class Bench:
    """A copier over a relay with one room of many rows."""

    def __init__(self, rows: int) -> None:
        self.time = VirtualClock()
        self.relay = FakeRelay()
        for version in range(3):
            self.relay.commit(OTHER, *range(version * rows // 3, (version + 1) * rows // 3))
        self.store = FakeStore()
        self.worker = FakeWorker(self.store)
        self.source = FakeCopies(self.relay)
        self.wanted = {OTHER}
        self.progress: list[tuple[str, int, int]] = []
        self.ends: list[Copied] = []
        self.copier = Copier(
            cast(StoreWorker, self.worker),
            self.source,
            clock=self.time.clock,
            rng=Upper(),
            is_wanted=self.wanted.__contains__,
            on_progress=lambda *how_far: self.progress.append(how_far),
            on_end=self.ends.append,
        )

    async def copy(self, seconds: float = 0.0) -> None:
        async with running(self.copier.run()):
            self.copier.copy(OTHER)
            await self.time.advance(seconds)
            await settle()

    def is_same(self) -> bool:
        return self.store.heads() == self.relay.heads()


async def test_a_room_is_copied_in_pages_and_small_steps() -> None:
    bench = Bench(2 * PAGE_ROWS + 3)

    await bench.copy()

    assert bench.is_same()
    assert bench.ends == [Copied(OTHER)]
    assert len(bench.source.asked) == 3
    assert max(bench.store.chunks) == CHUNK_ROWS


async def test_an_empty_room_is_copied_too() -> None:
    bench = Bench(0)

    await bench.copy()

    assert bench.store.rooms[OTHER].version == 3
    assert bench.ends == [Copied(OTHER)]


async def test_progress_counts_up_to_all_rows() -> None:
    bench = Bench(600)

    await bench.copy()

    assert bench.progress == [(OTHER, 250, 600), (OTHER, 500, 600), (OTHER, 600, 600)]


async def test_a_copy_that_broke_off_goes_on_where_it_was() -> None:
    bench = Bench(600)
    bench.source.faults = [Offline("The connection broke while copying.")]

    await bench.copy(seconds=1.0)

    assert bench.is_same()
    (_, first_until, first_cursor), (_, until, cursor) = bench.source.asked
    assert (first_until, first_cursor, until) == (None, None, 3)
    assert cursor is not None
    assert sum(bench.store.chunks) == 600
    assert [end.error is None for end in bench.ends] == [False, True]


async def test_a_copy_does_not_go_on_where_the_relay_has_another_past_by_now() -> None:
    bench = Bench(600)
    bench.source.faults = [Offline("The connection broke while copying.")]
    await bench.copy()
    held = bench.store.rooms[OTHER]
    rows = dict(held.rows)
    bench.ends.clear()

    bench.source.audit_head = "another past"
    bench.relay.commit(OTHER, 1)
    await bench.copy(seconds=1.0)

    [end] = bench.ends
    assert isinstance(end.error, AnotherPast)
    assert (end.error.known, end.error.head) == (Known(3, "this past"), "another past")
    assert (held.rows, held.copy_until) == (rows, 3)


async def test_a_copy_of_which_nothing_came_begins_anew() -> None:
    bench = Bench(3)
    bench.store.begin_copy(OTHER, 1, "long ago")

    await bench.copy()

    assert bench.is_same()
    assert bench.source.asked == [(OTHER, None, None)]


async def test_a_copy_is_tried_until_it_can() -> None:
    bench = Bench(3)
    bench.source.faults = [Offline("The relay cannot be reached.")] * 4

    await bench.copy(seconds=0.5 + 1 + 2 + 4)

    assert bench.is_same()


async def test_it_waits_as_long_as_the_relay_asks() -> None:
    bench = Bench(3)
    bench.source.faults = [Offline("Too many requests.", retry_after_s=60.0)]

    await bench.copy(seconds=59.0)

    assert len(bench.source.asked) == 1


@pytest.mark.parametrize(
    "error",
    [
        SignedOut("Sign in again."),
        WrongAnswer("not_found", "This room is not there."),
        StoreTrouble("There is no room left on the disk."),
    ],
)
async def test_what_trying_cannot_mend_ends_the_copy(error: Exception) -> None:
    bench = Bench(3)
    bench.source.faults = [error]

    await bench.copy(seconds=100.0)

    assert bench.ends == [Copied(OTHER, error)]
    assert len(bench.source.asked) == 1


async def test_nothing_is_written_of_a_room_that_is_lost_meanwhile() -> None:
    bench = Bench(600)

    def lose() -> None:
        bench.wanted.clear()
        bench.store.rooms.clear()

    bench.source.during = lose

    await bench.copy()

    assert not bench.store.rooms
    assert not bench.store.chunks


async def test_a_room_that_is_lost_before_its_first_line_is_not_begun() -> None:
    bench = Bench(3)
    page = bench.source.page

    def lost(*arguments: Any, **named: Any) -> Any:
        bench.wanted.clear()
        return page(*arguments, **named)

    bench.source.page = lost  # type: ignore[method-assign]

    await bench.copy()

    assert not bench.store.rooms


async def test_a_copy_that_is_not_wanted_any_more_is_not_asked_for() -> None:
    bench = Bench(3)
    bench.wanted.clear()

    await bench.copy()

    assert not bench.source.asked


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [b'{"room": "mentors", "until": 3, "total": 1}'],
        [b'{"room": "mentors", "until": 3, "total": 1}', b'{"type": "thing", "id": "1"}'],
        [b"<html>"],
    ],
    ids=["empty", "first line only", "no last line", "no JSON"],
)
async def test_an_answer_that_breaks_off_is_asked_for_again(lines: list[bytes]) -> None:
    bench = Bench(3)
    bench.store.rooms[OTHER] = Held(copy_until=3)
    whole = bench.source._lines

    def broken(*_: Any) -> AsyncIterator[list[bytes]]:
        bench.source._lines = whole  # type: ignore[method-assign]
        return _once(lines)

    bench.source._lines = broken  # type: ignore[method-assign, assignment]

    await bench.copy(seconds=1.0)

    assert bench.is_same()
    assert str(bench.ends[0].error) == "The connection broke while copying."


async def test_an_answer_that_never_ends_is_no_hot_loop() -> None:
    bench = Bench(3)
    end = [b'{"room": "mentors", "until": 3, "total": 1}', b'{"cursor": null, "done": false}']
    bench.source._lines = lambda *_: _once(end)  # type: ignore[method-assign]

    await bench.copy()

    assert isinstance(bench.ends[0].error, Offline)
    assert bench.ends[0].error.code == "loop"


async def test_what_was_asked_for_on_an_ended_connection_is_forgotten() -> None:
    bench = Bench(3)
    bench.source.faults = [Offline("The relay cannot be reached.")]
    await bench.copy()
    bench.copier.copy(OTHER)
    async with running(bench.copier.run()):
        await settle()
    asked = len(bench.source.asked)

    async with running(bench.copier.run()):
        await bench.time.advance(60.0)

    assert len(bench.source.asked) == asked


async def _once(lines: list[bytes]) -> AsyncIterator[list[bytes]]:
    yield lines


class Http:
    """Rooms over HTTP with a scripted server."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.client = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))
        self.tokens = FakeTokens(VirtualClock())
        self.rooms = HttpRooms(self._http, SERVER + "/", self.tokens)

    async def lines(self, **named: Any) -> list[bytes]:
        asked: dict[str, Any] = {"until": None, "cursor": None, "limit": 10} | named
        async with self.rooms.page("student:1", **asked) as pieces:
            return [line async for piece in pieces for line in piece]

    async def _http(self) -> httpx.AsyncClient:
        return self.client

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(
            httpx.Request(request.method, request.url, headers=dict(request.headers))
        )
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def test_a_page_is_asked_for_as_the_protocol_says() -> None:
    http = Http(httpx.Response(200, content=b"a\nb\n"))

    await http.lines(until=7, cursor="5 x")

    (request,) = http.requests
    assert str(request.url) == (
        "https://tandem.example.org/api/sync/rooms/student%3A1?until=7&cursor=5+x&limit=10"
    )
    assert request.headers["Authorization"] == "Bearer token 1"
    assert "gzip" in request.headers["Accept-Encoding"]


async def test_lines_are_whole_however_they_are_cut() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"on", b"e\ntwo\nth", b"ree"):
            yield piece

    assert await Http(httpx.Response(200, content=pieces())).lines() == [b"one", b"two", b"three"]


async def test_a_token_that_has_ended_is_replaced_once() -> None:
    http = Http(httpx.Response(401), httpx.Response(200, content=b"one\n"))

    assert (await http.lines())[0] == b"one"
    assert http.requests[1].headers["Authorization"] == "Bearer token 2"


async def test_a_relay_that_takes_no_token_is_said() -> None:
    problem = msgspec.json.encode({"code": "token_invalid", "detail": "No."})
    http = Http(httpx.Response(401), httpx.Response(401, content=problem))

    with pytest.raises(Offline, match=r"No\.") as caught:
        await http.lines()

    assert caught.value.code == "token_invalid"


async def test_a_room_that_one_does_not_read_is_a_wrong_answer() -> None:
    problem = msgspec.json.encode({"code": "not_found", "detail": "There is no such room."})

    with pytest.raises(WrongAnswer, match="no such room"):
        await Http(httpx.Response(404, content=problem)).lines()


async def test_a_page_of_another_server_is_offline() -> None:
    with pytest.raises(Offline, match="The relay answered 404"):
        await Http(httpx.Response(404, content=b"<html>")).lines()


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.ReadError("cut")]
)
async def test_a_broken_line_is_offline(error: Exception) -> None:
    with pytest.raises(Offline, match="The connection broke while copying"):
        await Http(error).lines()

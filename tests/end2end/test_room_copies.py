"""The first copy of a room over HTTP, as docs/protocol.md says."""

from typing import Any

import httpx
import msgspec

from domain.rooms import student_room
from tests.end2end.relays import Served


async def fetch(
    relay: Served, room: str, user_id: str, encoding: str = "gzip", **asked: Any
) -> httpx.Response:
    headers = {
        "Authorization": f"Bearer {await relay.token(user_id)}",
        "Accept-Encoding": encoding,
    }
    async with httpx.AsyncClient() as http:
        return await http.get(f"{relay.url}/api/sync/rooms/{room}", params=asked, headers=headers)


def lines(answer: httpx.Response) -> list[Any]:
    return [msgspec.json.decode(line) for line in answer.text.splitlines()]


def place(row: dict[str, Any]) -> tuple[int, str]:
    return row["version"], row["id"]


async def test_a_copy_is_all_rows_from_the_newest_down(relay: Served) -> None:
    room = student_room(relay.world.ana)

    answer = await fetch(relay, room, relay.world.ana)
    begin, *rows, end = lines(answer)

    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert answer.headers["content-encoding"] == "gzip"
    assert begin["room"] == room
    assert begin["total"] == len(rows) > 10
    assert rows == sorted(rows, key=place, reverse=True)
    assert end["done"] is True
    ana = await relay.replica(relay.world.ana)
    assert ana.heard[0][1]["heads"][room] == [begin["until"], end["checksum"]]


async def test_a_copy_is_resumed_below_the_last_row_that_came(relay: Served) -> None:
    room = student_room(relay.world.ana)
    whole = lines(await fetch(relay, room, relay.world.mia))

    begin, *rows, end = lines(await fetch(relay, room, relay.world.mia, limit=4))
    while not end["done"]:
        cursor, until = end["cursor"], begin["until"]
        page = await fetch(relay, room, relay.world.mia, limit=4, cursor=cursor, until=until)
        begin, *more, end = lines(page)
        rows += more

    assert rows == whole[1:-1]
    assert begin == whole[0]


async def test_a_copy_is_plain_where_gzip_is_not_accepted(relay: Served) -> None:
    answer = await fetch(relay, "mentors", relay.world.mia, encoding="identity")

    assert "content-encoding" not in answer.headers
    assert lines(answer)[-1]["done"] is True


async def test_a_room_of_others_is_not_found(relay: Served) -> None:
    answer = await fetch(relay, student_room(relay.world.ana), relay.world.otto)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"

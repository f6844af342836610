"""The first copy of a room over HTTP: docs/protocol.md."""

import json
from typing import Any

import httpx
import pytest

from tests.builders import id_of
from tests.syncserver.rest.conftest import Build, House


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in answer.text.splitlines()]


def place(row: dict[str, Any]) -> tuple[int, str]:
    return row["version"], row["id"]


async def test_a_copy_has_a_head_all_rows_from_the_newest_and_an_end(house: House) -> None:
    await house.plan()

    head, *rows, end = lines(await house.ana.get(f"/sync/rooms/student:{house.ana.id}"))

    assert head == {
        "room": f"student:{house.ana.id}",
        "until": head["until"],
        "total": len(rows),
        "auditHead": end["auditHead"],
    }
    assert [place(row) for row in rows] == sorted(map(place, rows), reverse=True)
    assert {row["type"] for row in rows} >= {"schedule", "member", "activity"}
    assert (end["done"], end["cursor"]) == (True, f"{rows[-1]['version']} {rows[-1]['id']}")


async def test_its_end_carries_what_proves_it(house: House) -> None:
    room = f"student:{house.ana.id}"
    await house.plan()

    _, *_, end = lines(await house.ana.get(f"/sync/rooms/{room}"))

    head = await house.services.relay.read(lambda reading: reading.head(room))
    assert (end["checksum"], end["auditHead"]) == (head.checksum, head.audit_head)


async def test_a_copy_goes_on_where_it_broke_off_and_stays_at_its_version(house: House) -> None:
    path = f"/sync/rooms/student:{house.ana.id}"
    row = await house.plan()
    _, *whole, _ = lines(await house.ana.get(path))
    head, *first, end = lines(await house.ana.get(f"{path}?limit=2"))
    await house.mia.patch(f"/schedules/{row['id']}", {"title": "Later"})

    more = f"{path}?until={head['until']}&cursor={end['cursor'].replace(' ', '%20')}"
    again, *second, last = lines(await house.ana.get(more))

    assert (end["done"], last["done"]) == (False, True)
    assert again["until"] == head["until"]
    assert last["checksum"] is None
    assert [one["id"] for one in (*first, *second)] == [one["id"] for one in whole]


async def test_a_room_of_several_pages_is_one_stream(build: Build) -> None:
    house = await build(copy_page_rows=2)

    head, *rows, end = lines(await house.mia.get("/sync/rooms/mentors"))

    assert end["done"]
    assert len({(one["type"], one["id"]) for one in rows}) == head["total"] > 4


@pytest.mark.parametrize("room", ["student:{ben}", "user:{ben}", "cohort:{none}", "nonsense"])
async def test_a_room_that_one_does_not_read_is_not_there(house: House, room: str) -> None:
    named = room.format(ben=house.ben.id, none=id_of("none"))

    answer = await house.mia.get(f"/sync/rooms/{named}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("query", ["cursor=nonsense", "until=-1", "limit=0"])
async def test_a_wrong_query_is_named(house: House, query: str) -> None:
    answer = await house.mia.get(f"/sync/rooms/mentors?{query}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == query.partition("=")[0]


async def test_it_is_compressed_for_who_accepts_that(house: House) -> None:
    await house.plan(description="x" * 4000)

    answer = await house.ana.get(f"/sync/rooms/student:{house.ana.id}", Accept_Encoding="gzip")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert lines(answer)

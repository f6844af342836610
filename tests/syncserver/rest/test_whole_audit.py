"""The whole audit log over REST: by filter, in pages, as a file; and that it is noted who read."""

import csv
import io
import json
from typing import Any

import pytest

from syncserver.rest.whole_audit import AT_ONCE
from tests.syncserver.rest.conftest import Clock, House


async def records(house: House, query: str = "") -> list[dict[str, Any]]:
    answer = await house.ada.get(f"/audit-logs?{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def test_it_is_the_newest_first_with_names_and_values(house: House) -> None:
    row = await house.plan()
    await house.mia.patch(f"/schedules/{row['id']}", {"title": "Loops"})

    whole = await records(house, f"type=schedule&itemId={row['id']}")

    assert [one["action"] for one in whole] == ["schedule.update", "schedule.create"]
    assert whole[0]["values"]["title"] == ["Recursion", "Loops"]
    assert (whole[0]["actorId"], whole[0]["actorName"]) == (house.mia.id, "Mia")
    assert {"room", "n", "at", "rowType", "rowId", "mutationId", "hash"} < set(whole[0])


@pytest.mark.parametrize("by", ["actorId", "type", "itemId", "type and itemId", "actorId and type"])
async def test_each_filter_gives_what_fits_of_the_whole_log(house: House, by: str) -> None:
    row = await house.plan()
    whole = await records(house, "limit=500")
    values = {"actorId": house.mia.id, "type": "schedule", "itemId": row["id"]}
    names = {"actorId": "actorId", "type": "rowType", "itemId": "rowId"}
    given = by.split(" and ")

    found = await records(house, "&".join(["limit=500", *(f"{n}={values[n]}" for n in given)]))

    fitting = [one for one in whole if all(one[names[name]] == values[name] for name in given)]
    assert [one for one in found if one["action"] != "audit.read"] == fitting
    assert 0 < len(fitting) < len(whole)


async def test_what_follows_from_a_deed_can_be_left_out(house: House) -> None:
    await house.plan()
    untold = {"member", "activity", "inbox_mark", "read_through"}
    whole = await records(house, "limit=500")

    deeds = await records(house, "limit=500&deedsOnly=true")

    told = [one for one in whole if one["rowType"] not in untold]
    assert [one for one in deeds if one["action"] != "audit.read"] == [
        one for one in told if one["action"] != "audit.read"
    ]
    assert 0 < len(told) < len(whole)


async def test_it_is_of_a_time(house: House, clock: Clock) -> None:
    ids = []
    for _ in range(3):
        clock.pass_(hours=3)
        mia = await house.sign_in(house.mia.email)
        ids.append((await house.plan(mia))["id"])
    house.ada = await house.sign_in(house.ada.email)

    def within(**span: str) -> str:
        return "&".join(["type=schedule", *(f"{name}={text}" for name, text in span.items())])

    middle = await records(
        house, within(from_="2026-03-02T18:00:00Z", to="2026-03-02T21:00:00Z").replace("_", "")
    )
    early = await records(house, within(to="2026-03-02T18:00:00Z"))
    late = await records(house, "type=schedule&from=2026-03-02T21:00:00.000+00:00")

    assert [one["rowId"] for one in middle] == ids[1:2]
    assert [one["rowId"] for one in early] == ids[:1]
    assert [one["rowId"] for one in late] == ids[2:]
    assert await records(house, "from=2030-01-01T00:00:00Z") == []


async def test_what_was_received_while_the_clock_was_set_back_is_found(
    house: House, clock: Clock
) -> None:
    clock.pass_(minutes=10)
    first = await house.plan()
    clock.pass_(minutes=-8)
    second = await house.plan(startTime=clock.at(days=5), endTime=clock.at(days=5, hours=1))

    late = await records(house, "type=schedule&from=2026-03-02T12:05:00Z")
    early = await records(house, "type=schedule&to=2026-03-02T12:05:00Z")

    assert [one["rowId"] for one in late] == [first["id"]]
    assert [one["rowId"] for one in early] == [second["id"]]


async def test_it_comes_in_pages_without_a_gap(house: House) -> None:
    row = await house.plan()
    for title in "abcd":
        await house.mia.patch(f"/schedules/{row['id']}", {"title": title})
    whole = await records(house, "type=schedule")

    found, path = [], "/audit-logs?type=schedule&limit=2"
    while path:
        page = await house.ada.get(path)
        found += page.json()
        path = page.headers.get("Link", "")[1:].split(">")[0].removeprefix("/api")

    assert found == whole
    assert len(whole) == 5


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("type=spell", "type"),
        ("actorId=me", "actorId"),
        ("from=yesterday", "from"),
        ("format=xml", "format"),
        ("cursor=WyJ4IiwiIl0", "cursor"),
    ],
)
async def test_a_filter_that_is_none_is_named(house: House, query: str, field: str) -> None:
    answer = await house.ada.get(f"/audit-logs?{query}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["field"] == field


async def test_a_file_holds_all_that_fits_and_nothing_that_came_later(house: House) -> None:
    row = await house.plan()
    for number in range(AT_ONCE + 3):
        await house.mia.patch(f"/schedules/{row['id']}", {"title": f"T{number}"})

    answer = await house.ada.get("/audit-logs?type=schedule&format=ndjson")

    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit-log.ndjson"'
    assert len(lines) == AT_ONCE + 4
    assert lines[:100] == await records(house, "type=schedule")


async def test_a_table_has_a_line_for_each_record(house: House) -> None:
    await house.ada.patch(f"/users/{house.mia.id}", {"name": "=1+1"})
    row = await house.plan()

    answer = await house.ada.get(f"/audit-logs?itemId={row['id']}&format=csv")

    (table,) = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (table["actorId"], table["action"]) == (house.mia.id, "schedule.create")
    assert table["actorName"] == "'=1+1"
    assert table["deviceId"]
    assert json.loads(table["values"])["title"] == [None, "Recursion"]
    assert "title" in table["fields"].split()


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
async def test_each_reading_is_noted_with_whom_it_concerns(house: House, form: str) -> None:
    row = await house.plan()
    for query in ("", f"actorId={house.mia.id}", f"type=schedule&itemId={row['id']}"):
        assert (await house.ada.get(f"/audit-logs?{query}&format={form}")).status_code == 200

    action = "audit.read" if form == "json" else "audit.export"
    looks = [one for one in await records(house) if one["action"] == action]

    assert [(one["rowType"], one["rowId"]) for one in looks] == [
        ("schedule", row["id"]),
        ("account", house.mia.id),
        ("account", house.ada.id),
    ]
    assert {one["actorId"] for one in looks} == {house.ada.id}
    assert looks[0]["values"] == {"type": [None, "schedule"], "itemId": [None, row["id"]]}
    assert looks[1]["fields"] == [f"actorId={house.mia.id}"]
    assert looks[2]["fields"] == ["all"]
    mine = (await house.mia.get("/me/audit?byOthers=true")).json()
    assert action in {one["action"] for one in mine}
    assert house.services.relay._ledger.verify_audit().ok


async def test_a_look_by_kind_and_time_says_so_with_who_looked(house: House) -> None:
    await records(house, "type=entry&from=2026-03-01T00:00:00Z&deedsOnly=true")

    look = (await records(house))[0]

    assert look["rowId"] == house.ada.id
    assert look["fields"] == ["deedsOnly", "from=2026-03-01T00:00:00.000Z", "type=entry"]


async def test_it_is_for_admins_only(house: House) -> None:
    for someone in (house.mia, house.ana):
        assert (await someone.get("/audit-logs")).status_code == 403

"""Sessions over REST: plan, list, change, complete, cancel, delete."""

from typing import Any

import pytest

from tests.builders import id_of
from tests.syncserver.rest.conftest import Clock, House


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def wrong_fields(answer: Any) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json()["errors"]]


async def test_a_planned_session_has_all_its_fields_an_address_and_a_version(
    house: House, clock: Clock
) -> None:
    body = {
        "title": " Recursion ",
        "studentId": house.ana.id,
        "startTime": "2026-03-05T10:00:00+02:00",
        "endTime": "2026-03-05T09:00:00.500Z",
        "unknown": "ignored",
    }

    answer = await house.mia.post("/schedules", body)

    row = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/schedules/{row['id']}"
    assert answer.headers["ETag"] == f'"{row["version"]}"'
    assert (row["startTime"], row["endTime"]) == ("2026-03-05T08:00:00Z", "2026-03-05T09:00:00Z")
    assert row["createdAt"] == "2026-03-02T12:00:00.000Z"
    assert (row["title"], row["mentorId"], row["status"]) == (
        "Recursion",
        house.mia.id,
        "scheduled",
    )
    assert row["room"] == f"student:{house.ana.id}"
    assert row["completedAt"] is None
    assert "type" not in row


async def test_a_group_session_is_planned_for_a_cohort(house: House) -> None:
    row = await house.plan(studentId=None, cohortId=house.spring, isGroupSession=True)

    assert row["room"] == f"cohort:{house.spring}"
    assert (await house.ana.get(f"/schedules/{row['id']}")).status_code == 200


async def test_a_start_in_the_past_is_accepted(house: House, clock: Clock) -> None:
    row = await house.plan(startTime=clock.at(days=-2), endTime=clock.at(days=-2, hours=1))

    assert row["status"] == "scheduled"


async def test_a_mentor_plans_with_own_students_only(house: House, clock: Clock) -> None:
    body = {"title": "X", "startTime": clock.at(days=1), "endTime": clock.at(days=1, hours=1)}

    strangers = await house.noah.post("/schedules", {**body, "studentId": house.ana.id})
    nobodys = await house.noah.post("/schedules", {**body, "studentId": id_of("nobody")})
    students = await house.ana.post("/schedules", {**body, "studentId": house.ana.id})

    assert code_of(strangers) == (403, "not_assigned")
    assert code_of(nobodys) == (404, "not_found")
    assert code_of(students) == (403, "forbidden")


async def test_an_overlap_is_refused_until_it_is_confirmed(house: House) -> None:
    first = await house.plan()
    body = {name: first[name] for name in ("studentId", "startTime", "endTime")}

    refused = await house.mia.post("/schedules", {**body, "title": "Twice"})
    confirmed = await house.mia.post(
        "/schedules", {**body, "title": "Twice", "confirmOverlap": True}
    )

    assert code_of(refused) == (409, "overlap")
    assert refused.json()["overlaps"][0]["title"] == "Recursion"
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert confirmed.status_code == 201


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"title": None}, "title", "malformed"),
        ({"title": ""}, "title", "required"),
        ({"title": "x" * 121}, "title", "too_long"),
        ({"startTime": "tomorrow"}, "startTime", "malformed"),
        ({"startTime": "2026-03-05T10:00:00"}, "startTime", "malformed"),
        ({"endTime": "2026-03-01T10:00:00Z"}, "endTime", "out_of_range"),
        ({"studentId": "7"}, "studentId", "malformed"),
        ({"studentId": None}, "studentId", "required"),
        ({"meetingUrl": "http://x.org"}, "meetingUrl", "malformed"),
        ({"reminderMinutes": [-1]}, "reminderMinutes[0]", "out_of_range"),
        ({"capacity": "many"}, "capacity", "malformed"),
    ],
)
async def test_a_wrong_field_is_named(
    house: House, clock: Clock, wrong: dict[str, Any], field: str, code: str
) -> None:
    body = {
        "title": "X",
        "studentId": house.ana.id,
        "startTime": clock.at(days=1),
        "endTime": clock.at(days=1, hours=1),
    }

    answer = await house.mia.post("/schedules", {**body, **wrong})

    assert code_of(answer) == (422, "invalid")
    assert wrong_fields(answer) == [(field, code)]


async def test_a_missing_field_is_named(house: House) -> None:
    answer = await house.mia.post("/schedules", {"studentId": house.ana.id})

    assert wrong_fields(answer) == [("title", "required")]


async def test_the_list_is_by_start_then_id_and_comes_in_pages(house: House, clock: Clock) -> None:
    for day in (4, 2, 3, 1):
        await house.plan(startTime=clock.at(days=day), endTime=clock.at(days=day, hours=1))

    first = await house.ana.get("/schedules?limit=3&status=scheduled")
    second = await house.ana.get(first.headers["Link"][1:].split(">")[0].removeprefix("/api"))

    starts = [row["startTime"] for row in [*first.json(), *second.json()]]
    assert starts == [clock.at(days=day) for day in (1, 2, 3, 4)]
    assert first.headers["Link"].endswith('; rel="next"')
    assert "Link" not in second.headers


async def test_from_and_to_give_what_overlaps_them(house: House, clock: Clock) -> None:
    row = await house.plan()
    start, end = row["startTime"], row["endTime"]

    async def found(query: str) -> int:
        return len((await house.mia.get(f"/schedules?{query}")).json())

    assert await found(f"from={start}&to={end}") == 1
    assert await found(f"from={end}") == 0
    assert await found(f"to={start}") == 0
    assert await found("from=2026-03-05T14:59:59+02:00&to=2026-03-05T15:00:00%2B02:00") == 1


async def test_the_list_can_be_of_one_student_and_one_status(house: House) -> None:
    row = await house.plan()

    async def found(query: str) -> list[str]:
        return [one["id"] for one in (await house.mia.get(f"/schedules?{query}")).json()]

    assert await found(f"studentId={house.ana.id}") == [row["id"]]
    assert await found(f"studentId={house.ben.id}") == []
    assert await found("status=canceled") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=done", "status"),
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("from=noon", "from"),
        ("cursor=nonsense", "cursor"),
        ("studentId=7", "studentId"),
    ],
)
async def test_a_wrong_query_is_named(house: House, query: str, field: str) -> None:
    answer = await house.mia.get(f"/schedules?{query}")

    assert code_of(answer) == (422, "invalid")
    assert [one for one, _ in wrong_fields(answer)] == [field]


async def test_what_is_not_visible_is_as_if_it_were_not_there(house: House) -> None:
    row = await house.plan()

    hidden = await house.ben.get(f"/schedules/{row['id']}")
    absent = await house.ben.get(f"/schedules/{id_of('nothing')}")

    assert hidden.json() == absent.json()
    assert code_of(hidden) == (404, "not_found")
    assert (await house.ben.get("/schedules")).json() == []


async def test_patch_changes_what_it_names_and_put_all_the_rest_too(house: House) -> None:
    row = await house.plan(description="Bring paper", place="Room 1")
    path = f"/schedules/{row['id']}"

    patched = (await house.mia.patch(path, {"title": "Loops"})).json()
    times = {name: row[name] for name in ("startTime", "endTime")}
    replaced = (await house.mia.put(path, {"title": "Trees", "place": "Room 2", **times})).json()

    assert (patched["title"], patched["description"], patched["place"]) == (
        "Loops",
        "Bring paper",
        "Room 1",
    )
    assert (replaced["title"], replaced["description"], replaced["place"]) == (
        "Trees",
        "",
        "Room 2",
    )


async def test_a_session_that_was_read_can_be_put_back_as_it_is(house: House) -> None:
    row = await house.plan(reminderMinutes=[5], timeZone="Europe/Berlin")

    answer = await house.mia.put(f"/schedules/{row['id']}", row)

    assert answer.json() == row


async def test_put_needs_title_and_times(house: House) -> None:
    row = await house.plan()

    answer = await house.mia.put(f"/schedules/{row['id']}", {"title": "X"})

    assert wrong_fields(answer) == [("startTime", "required")]


@pytest.mark.parametrize("name", ["studentId", "mentorId", "status"])
async def test_what_cannot_be_changed_here_is_not_ignored_in_silence(
    house: House, name: str
) -> None:
    row = await house.plan()

    answer = await house.mia.patch(f"/schedules/{row['id']}", {name: "canceled"})

    assert wrong_fields(answer) == [(name, "immutable")]


async def test_another_version_than_if_match_is_refused(house: House) -> None:
    row = await house.plan()
    path, seen = f"/schedules/{row['id']}", f'"{row["version"]}"'
    await house.mia.patch(path, {"title": "First"}, If_Match=seen)

    answers = [
        await house.mia.patch(path, {"title": "Second"}, If_Match=seen),
        await house.mia.put(path, row, If_Match='"nonsense"'),
        await house.mia.patch(f"{path}/status", {"status": "completed"}, If_Match=seen),
        await house.mia.delete(path, If_Match=seen),
    ]

    assert [code_of(one) for one in answers] == [(412, "changed")] * 4
    assert (await house.mia.patch(path, {"title": "Any"}, If_Match="*")).status_code == 200


async def test_only_its_mentor_changes_a_session(house: House) -> None:
    row = await house.plan()

    answer = await house.ana.patch(f"/schedules/{row['id']}", {"title": "Mine"})

    assert code_of(answer) == (403, "forbidden")


async def test_a_session_is_completed_reopened_and_canceled(house: House) -> None:
    path = f"/schedules/{(await house.plan())['id']}/status"

    completed = await house.ana.patch(path, {"status": "completed"})
    forbidden = await house.mia.patch(path, {"status": "canceled"})
    reopened = await house.mia.patch(path, {"status": "scheduled"})
    canceled = await house.mia.patch(path, {"status": "canceled", "reason": "Ill"})

    assert completed.json()["completedBy"] == house.ana.id
    assert code_of(forbidden) == (409, "transition_not_allowed")
    assert reopened.json()["status"] == "scheduled"
    assert canceled.json()["statusReason"] == "Ill"


async def test_a_deleted_session_is_gone(house: House) -> None:
    path = f"/schedules/{(await house.plan())['id']}"

    assert (await house.mia.delete(path)).status_code == 204
    assert code_of(await house.mia.get(path)) == (404, "not_found")


async def test_the_same_key_and_body_give_the_same_session(house: House, clock: Clock) -> None:
    body = {
        "title": "X",
        "studentId": house.ana.id,
        "startTime": clock.at(days=1),
        "endTime": clock.at(days=1, hours=1),
    }

    first = await house.mia.post("/schedules", body, Idempotency_Key="k")
    again = await house.mia.post("/schedules", body, Idempotency_Key="k")
    other = await house.mia.post("/schedules", {**body, "title": "Y"}, Idempotency_Key="k")

    assert first.json() == again.json()
    assert len((await house.mia.get("/schedules")).json()) == 1
    assert code_of(other) == (422, "idempotency_key_reused")


async def test_a_refusal_is_repeated_under_its_key(house: House) -> None:
    first = await house.plan()
    body = {name: first[name] for name in ("title", "studentId", "startTime", "endTime")}
    refused = await house.mia.post("/schedules", body, Idempotency_Key="k")
    await house.mia.delete(f"/schedules/{first['id']}")

    again = await house.mia.post("/schedules", body, Idempotency_Key="k")

    assert code_of(refused) == code_of(again) == (409, "overlap")


async def test_two_people_may_use_the_same_key(house: House, clock: Clock) -> None:
    await house.plan()

    answers = [
        await one.patch("/schedules/" + id_of("none"), {}, Idempotency_Key="k")
        for one in (house.mia, house.noah)
    ]

    assert [code_of(one) for one in answers] == [(404, "not_found")] * 2

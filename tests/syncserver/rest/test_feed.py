"""The activity feed and the dashboards, over REST."""

from typing import Any

import pytest

from domain.outcomes import MarkAttendance
from domain.schedules import Mark
from syncserver.relay import Caller
from tests.syncserver.rest.conftest import Clock, House


async def kinds(answer: Any) -> list[str]:
    return [row["kind"] for row in answer.json()]


async def test_the_feed_is_the_newest_first_from_the_rooms_that_one_reads(
    house: House, clock: Clock
) -> None:
    clock.pass_(minutes=1)
    row = await house.plan()
    clock.pass_(minutes=1)
    await house.mia.patch(f"/schedules/{row['id']}", {"title": "Loops"})

    feed = await house.ana.get("/activity-feed")

    assert (await kinds(feed))[:2] == ["schedule:updated", "schedule:created"]
    assert feed.json()[0]["recordedAt"] == "2026-03-02T12:02:00.000Z"
    assert "schedule:created" not in await kinds(await house.ben.get("/activity-feed"))


async def test_the_feed_can_be_of_one_kind_or_one_student(house: House) -> None:
    await house.plan()

    of_kind = await house.mia.get("/activity-feed?type=schedule:created")
    of_ana = await house.mia.get(f"/activity-feed?studentId={house.ana.id}")
    of_ben = await house.mia.get(f"/activity-feed?studentId={house.ben.id}")
    of_unseen = await house.ana.get(f"/activity-feed?studentId={house.ben.id}")

    assert await kinds(of_kind) == ["schedule:created"]
    assert {row["room"] for row in of_ana.json()} == {f"student:{house.ana.id}", "mentors"}
    assert await kinds(of_ben) == ["student:registered"]
    assert await kinds(of_unseen) == []


async def test_the_feed_comes_in_pages_without_a_gap(house: House, clock: Clock) -> None:
    for day in range(1, 6):
        clock.pass_(minutes=1)
        await house.plan(startTime=clock.at(days=day), endTime=clock.at(days=day, hours=1))
    whole = (await house.mia.get("/activity-feed")).json()

    found, path = [], "/activity-feed?limit=2"
    while path:
        page = await house.mia.get(path)
        found += page.json()
        link = page.headers.get("Link", "")
        path = link[1:].split(">")[0].removeprefix("/api")

    assert found == whole
    assert len(whole) > 5


async def test_a_mentors_dashboard_counts_all_students_and_the_own_week(
    house: House, clock: Clock
) -> None:
    await house.plan(startTime=clock.at(days=1), endTime=clock.at(days=1, hours=1))
    await house.plan(startTime=clock.at(days=8), endTime=clock.at(days=8, hours=1))
    off = await house.plan(startTime=clock.at(days=2), endTime=clock.at(days=2, hours=1))
    await house.mia.patch(f"/schedules/{off['id']}/status", {"status": "canceled"})

    dashboard = (await house.mia.get("/dashboard")).json()

    assert dashboard == {
        "activeStudents": 2,
        "activeThisWeek": 0,
        "entries": 0,
        "waitingForReview": 0,
        "sessionsThisWeek": 1,
    }


async def test_the_dashboards_count_entries(house: House) -> None:
    essay = {"title": "Loops", "body": "Two."}
    made = (await house.ana.post("/entries", essay)).json()
    await house.ana.post("/entries", essay)
    await house.ana.post("/entries", {**essay, "status": "draft"})
    await house.mia.patch(f"/entries/{made['id']}/status", {"status": "approved"})

    mentors = (await house.mia.get("/dashboard")).json()
    students = (await house.ana.get("/dashboard")).json()

    assert (mentors["entries"], mentors["waitingForReview"]) == (2, 1)
    assert students["entriesByStatus"] == {
        "draft": 1,
        "pending": 1,
        "reviewed": 0,
        "needs_work": 0,
        "approved": 1,
    }
    others = (await house.noah.get("/dashboard")).json()
    assert (others["entries"], others["waitingForReview"]) == (0, 0)


@pytest.mark.parametrize(("days", "active"), [(0, 1), (6.9, 1), (7.1, 0)])
async def test_a_student_who_did_something_in_the_last_7_days_was_active(
    house: House, clock: Clock, days: float, active: int
) -> None:
    await house.ana.post("/entries", {"title": "Loops", "body": "Two."})
    clock.pass_(days=days)
    mia = await house.sign_in(house.mia.email)

    assert (await mia.get("/dashboard")).json()["activeThisWeek"] == active


async def test_a_student_who_was_in_a_session_was_active(house: House, clock: Clock) -> None:
    row = await house.plan(startTime=clock.at(hours=-2), endTime=clock.at(hours=-1))

    await house.mia.patch(f"/schedules/{row['id']}/status", {"status": "completed"})

    assert (await house.mia.get("/dashboard")).json()["activeThisWeek"] == 1
    assert (await house.noah.get("/dashboard")).json()["activeThisWeek"] == 0


async def test_a_student_who_was_at_a_group_session_was_active(house: House, clock: Clock) -> None:
    group: dict[str, Any] = {"studentId": None, "cohortId": house.spring, "isGroupSession": True}
    row = await house.plan(startTime=clock.at(hours=-2), endTime=clock.at(hours=-1), **group)
    mark = MarkAttendance(id=row["id"], user_id=house.ana.id, mark=Mark.LATE)

    await house.services.relay.do(Caller(house.mia.id), mark, mutation_id="late")

    assert (await house.mia.get("/dashboard")).json()["activeThisWeek"] == 1


async def test_a_students_dashboard_shows_the_next_session(house: House, clock: Clock) -> None:
    await house.plan(startTime=clock.at(days=-2), endTime=clock.at(days=-2, hours=1))
    coming = await house.plan()

    dashboard = (await house.ana.get("/dashboard")).json()

    assert dashboard["nextSession"] == coming
    assert set(dashboard["entriesByStatus"].values()) == {0}
    assert (await house.ben.get("/dashboard")).json()["nextSession"] is None

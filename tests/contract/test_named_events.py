"""Socket.IO: named events, exactly once, to every plain client in the room and to nobody else."""

from uuid import UUID

import pytest

from tests.contract.conftest import Connect
from tests.contract.live import Json, Live
from tests.contract.people import House, Someone, ahead

ENVELOPE = {"id", "at", "actorId", "kind", "subjectType", "subjectId", "room", "data"}


def assert_envelope(event: Json, kind: str, actor: Someone, subject: tuple[str, str]) -> None:
    assert set(event) == ENVELOPE
    assert str(UUID(event["id"])) == event["id"]
    assert event["at"].endswith("Z")
    assert len(event["at"]) == len("2025-12-01T09:00:00.000Z")
    assert (event["kind"], event["actorId"]) == (kind, actor.id)
    assert (event["subjectType"], event["subjectId"]) == subject


async def heard_once(kind: str, *clients: Live) -> Json:
    """The event of this name, once each of the clients has heard it and nothing else."""
    events = [await client.next(kind) for client in clients]
    for client in clients:
        await client.caught_up()
        assert client.events() == [kind]
        client.heard.clear()
    assert all(event == events[0] for event in events)
    only: Json = events[0]
    return only


async def test_a_planned_session_is_told_once_to_actor_and_student(
    house: House, live: Connect
) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    clients = [await live(mia), await live(mia), await live(ana)]

    planned = mia.plan(ana)
    event = await heard_once("schedule:created", *clients)

    assert_envelope(event, "schedule:created", mia, ("schedule", planned["id"]))
    assert (event["room"], event["data"]) == (f"student:{ana.id}", planned)


async def test_each_write_to_a_session_is_told_under_its_own_name(
    house: House, live: Connect
) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    planned = mia.plan(ana)
    one, client = f"schedules/{planned['id']}", await live(ana)
    told = []

    for path, body, kind in (
        (one, {"title": "Sets"}, "schedule:updated"),
        (f"{one}/status", {"status": "completed"}, "schedule:statusChanged"),
        (f"{one}/status", {"status": "scheduled"}, "schedule:statusChanged"),
        (f"{one}/status", {"status": "canceled"}, "schedule:canceled"),
    ):
        shown = mia.patch(path, body).json()
        event = await client.next(kind)
        assert_envelope(event, kind, mia, ("schedule", planned["id"]))
        assert event["data"] == shown
        told.append(kind)

    await client.caught_up()
    assert client.events() == told


async def test_put_is_told_as_an_update(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    planned = mia.plan(ana)
    client = await live(mia)

    shown = mia.put(f"schedules/{planned['id']}", {**planned, "title": "Sets"}).json()

    assert (await heard_once("schedule:updated", client))["data"] == shown


async def test_a_delete_is_told_without_data(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    planned = mia.plan(ana)
    clients = [await live(mia), await live(ana)]

    mia.delete(f"schedules/{planned['id']}")
    event = await heard_once("schedule:deleted", *clients)

    assert_envelope(event, "schedule:deleted", mia, ("schedule", planned["id"]))
    assert event["data"] is None


async def test_a_group_session_is_told_to_the_whole_cohort(house: House, live: Connect) -> None:
    mia = house.mentor()
    cohort = house.cohort(mia)
    students = [house.student(cohort=cohort) for _ in range(2)]
    clients = [await live(one) for one in (mia, *students)]
    times = {"startTime": ahead(days=5), "endTime": ahead(days=5, hours=1)}
    form = {"title": "All", "cohortId": cohort["id"], "isGroupSession": True, **times}

    planned = mia.post("schedules", form).json()
    event = await heard_once("schedule:created", *clients)

    assert (event["room"], event["data"]) == (f"cohort:{cohort['id']}", planned)


async def test_a_new_student_is_told_to_all_mentors_as_a_card(house: House, live: Connect) -> None:
    mia = house.mentor()
    cohort = house.cohort(house.admin)
    client = await live(mia)

    ana = house.student(cohort=cohort)
    event = await heard_once("student:registered", client)

    (card,) = (one for one in mia.get("students").json() if one["id"] == ana.id)
    assert_envelope(event, "student:registered", ana, ("student", ana.id))
    assert (event["room"], event["data"]) == ("mentors", card)


async def test_a_claim_is_told_to_the_student_and_with_the_card_to_the_new_mentor(
    house: House, live: Connect
) -> None:
    mia, ana = house.mentor(), house.student()
    student, mentor = await live(ana), await live(mia)

    card = mia.post(f"students/{ana.id}/claim").json()
    to_student = await heard_once("student:assigned", student)
    to_mentor = await heard_once("student:assigned", mentor)

    assert_envelope(to_mentor, "student:assigned", mia, ("student", ana.id))
    assert to_mentor["data"] == card
    assert to_student == {**to_mentor, "data": None}  # students may not GET cards


async def test_a_change_of_a_cohort_is_told_as_its_get_shows_it_to_all(
    house: House, live: Connect
) -> None:
    mia = house.mentor()
    cohort = house.cohort(mia)
    ana = house.student(cohort=cohort)
    clients = [await live(mia), await live(ana)]

    mia.patch(f"cohorts/{cohort['id']}", {"name": "Morning class"})
    event = await heard_once("cohort:updated", *clients)

    assert_envelope(event, "cohort:updated", mia, ("cohort", cohort["id"]))
    assert event["data"] == ana.get(f"cohorts/{cohort['id']}").json()


async def test_a_new_cohort_is_told_to_its_mentor(house: House, live: Connect) -> None:
    mia = house.mentor()
    client = await live(mia)

    cohort = house.cohort(mia)
    event = await heard_once("cohort:updated", client)

    assert_envelope(event, "cohort:updated", mia, ("cohort", cohort["id"]))


@pytest.mark.parametrize("sessions", [0, 3])
async def test_a_student_who_is_deactivated_is_told_once_to_all_mentors(
    house: House, live: Connect, sessions: int
) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    for _ in range(sessions):
        mia.plan(ana)
    mentors = [mia, house.mentor()]
    clients = [await live(one) for one in mentors]

    house.admin.post(f"users/{ana.id}/deactivate")
    event = await heard_once("student:stateChanged", *clients)

    assert_envelope(event, "student:stateChanged", house.admin, ("student", ana.id))
    assert (event["room"], event["data"]["state"]) == ("mentors", "deactivated")


async def test_a_mentor_who_is_deactivated_is_told_once_to_each(
    house: House, live: Connect
) -> None:
    mia, noah = house.mentor(), house.mentor()
    cohort = house.cohort(mia)
    ana, ben = house.student(mia, cohort=cohort), house.student(cohort=cohort)
    for _ in range(2):
        mia.plan(ana)
    mentor, student, peer = [await live(one) for one in (noah, ana, ben)]

    house.admin.post(f"users/{mia.id}/deactivate")

    event = await heard_once("mentor:stateChanged", mentor)
    assert_envelope(event, "mentor:stateChanged", house.admin, ("mentor", mia.id))
    assert event["data"]["state"] == "deactivated"
    assert (await heard_once("student:unassigned", student))["data"] is None
    assert (await heard_once("cohort:updated", peer))["data"]["mentorIds"] == []


@pytest.mark.parametrize(("role", "kind"), [("student", "student"), ("mentor", "mentor")])
async def test_who_is_reactivated_is_told_once(
    house: House, live: Connect, role: str, kind: str
) -> None:
    someone = house.student() if role == "student" else house.mentor()
    house.admin.post(f"users/{someone.id}/deactivate")
    client = await live(house.mentor())

    house.admin.post(f"users/{someone.id}/reactivate")
    event = await heard_once(f"{kind}:stateChanged", client)

    assert_envelope(event, f"{kind}:stateChanged", house.admin, (kind, someone.id))
    assert event["data"]["state"] == "active"


async def test_a_new_mentor_is_told_to_all_mentors(house: House, live: Connect) -> None:
    client = await live(house.mentor())

    noah = house.mentor()
    event = await heard_once("mentor:registered", client)

    assert_envelope(event, "mentor:registered", noah, ("mentor", noah.id))
    assert (event["room"], event["data"]["id"]) == ("mentors", noah.id)
    assert noah.email not in str(event)


async def test_a_new_join_code_is_told_and_not_shown(house: House, live: Connect) -> None:
    mia = house.mentor()
    cohort = house.cohort(mia)
    student = house.student(cohort=cohort)
    clients = [await live(mia), await live(student)]

    shown = mia.post(f"cohorts/{cohort['id']}/join-code").json()
    event = await heard_once("cohort:updated", *clients)

    assert_envelope(event, "cohort:updated", mia, ("cohort", cohort["id"]))
    assert (event["data"]["version"], event["data"]["joinCode"]) == (shown["version"], None)


async def test_a_student_who_moves_is_told_once_even_where_sessions_overlap(
    house: House, live: Connect
) -> None:
    mia = house.mentor()
    cohort, ana = house.cohort(mia), house.student(mia)
    times = {"startTime": ahead(days=5), "endTime": ahead(days=5, hours=1)}
    mia.plan(ana, **times)
    form = {"title": "All", "cohortId": cohort["id"], "isGroupSession": True, **times}
    mia.post("schedules", {**form, "confirmOverlap": True})
    clients = [await live(mia), await live(ana)]

    moved = house.admin.put(f"cohorts/{cohort['id']}/members/{ana.id}")

    assert moved.status_code == 204
    for client in clients:
        await heard_once("cohort:updated", client)


async def test_a_mentor_of_a_group_hears_who_attended(house: House, live: Connect) -> None:
    mia = house.mentor()
    cohort = house.cohort(mia)
    ana = house.student(cohort=cohort)  # whom Mia does not mentor
    times = {"startTime": ahead(days=6), "endTime": ahead(days=6, hours=1)}
    form = {"title": "All", "cohortId": cohort["id"], "isGroupSession": True, **times}
    planned = mia.post("schedules", form).json()
    client = await live(mia)

    ana.patch(f"schedules/{planned['id']}/status", {"status": "completed"})
    event = await heard_once("schedule:attendanceMarked", client)

    assert_envelope(event, "schedule:attendanceMarked", ana, ("schedule", planned["id"]))
    feed = mia.get("activity-feed?type=schedule:attendanceMarked").json()
    assert [one["subjectId"] for one in feed] == [planned["id"]]


async def test_a_repeated_request_is_told_once(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    client = await live(ana)
    times = {"startTime": ahead(days=5), "endTime": ahead(days=5, hours=1)}

    for _ in range(2):
        form = {"title": "Once", "studentId": ana.id, **times}
        mia.post("schedules", form, Idempotency_Key="one and the same")

    await heard_once("schedule:created", client)


async def test_a_refused_request_is_told_to_nobody(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    client = await live(mia)

    mia.post("schedules", {"title": "", "studentId": ana.id})
    ana.patch(f"schedules/{house.admin.id}", {"title": "x"})
    mia.plan(ana)

    await heard_once("schedule:created", client)


async def test_nobody_else_hears_of_a_session(house: House, live: Connect) -> None:
    mia, noah = house.mentor(), house.mentor()
    ana, ben = house.student(mia), house.student(noah)
    outsiders = [await live(noah), await live(ben)]

    mia.plan(ana)
    noah.plan(ben, title="Of their own")

    event = await heard_once("schedule:created", *outsiders)
    assert event["data"]["title"] == "Of their own"


async def test_who_lost_a_student_hears_no_more(house: House, live: Connect) -> None:
    mia, noah = house.mentor(), house.mentor()
    ana = house.student(mia, noah)
    former = await live(noah)

    house.admin.delete(f"students/{ana.id}/mentors/{noah.id}")
    await former.next("student:unassigned")
    mia.plan(ana, title="Not for Noah")
    noah.plan(house.student(noah), title="For Noah")

    assert (await former.next("schedule:created"))["data"]["title"] == "For Noah"
    await former.caught_up()
    assert "Not for Noah" not in str(former.heard)


async def test_replicas_hear_rows_and_no_named_events(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    replica, plain = await live(ana, replica=True), await live(ana)

    mia.plan(ana)
    await plain.next("schedule:created")
    await replica.frame(f"student:{ana.id}")
    await replica.caught_up()

    assert set(replica.events()) == {"sync:changes"}
    assert set(plain.events()) == {"schedule:created"}

"""REST of schedules: plan, read, change, delete, and what becomes of a session."""

from uuid import UUID, uuid4

import httpx
import pytest

from tests.contract.people import House, Json, Someone, a_session, ahead
from tests.contract.problems import assert_problem

FIELDS = {
    "id", "room", "version", "createdAt", "updatedAt", "mentorId", "studentId", "cohortId", "title",
    "description", "startTime", "endTime", "timeZone", "focusStack", "isGroupSession", "capacity",
    "place", "meetingUrl", "agenda", "status", "statusReason", "canceledBy", "completedAt",
    "completedBy", "seriesId", "reminderMinutes", "icalUid", "sequence",
}  # fmt: skip


@pytest.fixture(scope="module")
def mia(house: House) -> Someone:
    return house.mentor("Mia Okafor")


@pytest.fixture(scope="module")
def ana(house: House, mia: Someone) -> Someone:
    """A student of Mia's."""
    return house.student(mia)


@pytest.fixture(scope="module")
def stranger(house: House) -> Someone:
    return house.mentor("Noah")


def test_a_planned_session_is_shown_whole_at_its_location(mia: Someone, ana: Someone) -> None:
    form = a_session(studentId=ana.id, place="Library", focusStack="loops, lists")

    answer = mia.post("schedules", form)

    shown = answer.json()
    assert answer.status_code == 201
    assert set(shown) == FIELDS
    assert UUID(shown["id"]).version == 7
    assert answer.headers["Location"].endswith(f"/api/schedules/{shown['id']}")
    assert answer.headers["ETag"] == f'"{shown["version"]}"'
    assert mia.get(f"schedules/{shown['id']}").json() == shown
    assert {name: shown[name] for name in form} == form
    assert (shown["mentorId"], shown["room"]) == (mia.id, f"student:{ana.id}")
    assert (shown["status"], shown["canceledBy"], shown["capacity"]) == ("scheduled", None, None)


def test_a_group_session_is_planned_with_a_cohort(house: House, mia: Someone) -> None:
    cohort = house.cohort(mia)
    member = house.student(cohort=cohort)
    form = a_session(cohortId=cohort["id"], isGroupSession=True)

    shown = mia.post("schedules", form).json()

    assert (shown["cohortId"], shown["studentId"]) == (cohort["id"], None)
    assert member.get(f"schedules/{shown['id']}").json() == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2025-12-01T10:00:00+01:00", "2025-12-01T11:00:00+01:00", "2025-12-01T09:00:00Z"),
        ("2025-12-02T04:00:00.000-05:00", "2025-12-02T05:00:00-05:00", "2025-12-02T09:00:00Z"),
        ("2025-12-03T09:00:00Z", "2025-12-03T10:00:00z", "2025-12-03T09:00:00Z"),
        ("2025-12-04T14:30:00+05:30", "2025-12-04T10:00:00+00:00", "2025-12-04T09:00:00Z"),
    ],
)
def test_instants_come_with_any_offset_and_go_back_in_one_form(
    mia: Someone, ana: Someone, start: str, end: str, shown: str
) -> None:
    planned = mia.plan(ana, startTime=start, endTime=end)

    assert planned["startTime"] == shown
    assert planned["endTime"] == shown.replace("T09", "T10")
    assert len(planned["createdAt"]) == len("2025-12-01T09:00:00.000Z")
    assert planned["createdAt"].endswith("Z")


def test_a_session_takes_unknown_fields_in_its_stride(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana, colour="green", mentorId=ana.id)

    assert "colour" not in planned
    assert planned["mentorId"] == mia.id


def test_a_mentor_plans_with_own_students_only(house: House, mia: Someone) -> None:
    other = house.student()

    assert_problem(mia.post("schedules", a_session(studentId=other.id)), 403, "not_assigned")


def test_a_mentor_plans_with_own_cohorts_only(house: House, mia: Someone) -> None:
    form = a_session(cohortId=house.cohort(house.admin)["id"], isGroupSession=True)

    assert_problem(mia.post("schedules", form), 403, "not_assigned")


def test_a_student_plans_nothing(ana: Someone) -> None:
    assert_problem(ana.post("schedules", a_session(studentId=ana.id)), 403, "forbidden")


def test_an_overlap_is_refused_until_it_is_confirmed(mia: Someone, ana: Someone) -> None:
    known = mia.plan(ana, title="The first")
    form = a_session(studentId=ana.id, startTime=known["startTime"], endTime=known["endTime"])

    refused = mia.post("schedules", form)
    booked = mia.post("schedules", {**form, "confirmOverlap": True})

    problem = assert_problem(refused, 409, "overlap")
    assert "The first" in problem["detail"]
    assert booked.status_code == 201


def test_an_overlap_with_what_one_may_not_read_says_busy_only(
    house: House, mia: Someone, stranger: Someone
) -> None:
    shared = house.student(mia)
    own = house.student(stranger)
    cohort = house.cohort(stranger)
    house.admin.put(f"cohorts/{cohort['id']}/members/{shared.id}")
    form = a_session(cohortId=cohort["id"], isGroupSession=True, title="Not for Mia")
    hidden = stranger.post("schedules", form).json()
    times = {"startTime": hidden["startTime"], "endTime": hidden["endTime"]}

    refused = mia.post("schedules", a_session(studentId=shared.id, **times))

    assert own.id != shared.id
    problem = assert_problem(refused, 409, "overlap")
    assert "Not for Mia" not in refused.text
    assert "busy" in problem["detail"]


def test_sessions_that_only_touch_do_not_overlap(mia: Someone, ana: Someone) -> None:
    known = mia.plan(ana)
    end = known["endTime"].replace(":00:00Z", ":30:00Z")

    assert mia.plan(ana, startTime=known["endTime"], endTime=end)["id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("startTime", "tomorrow"),
        ("startTime", "2025-12-01T09:00:00"),
        ("startTime", None),
        ("description", "x" * 4001),
        ("meetingUrl", "http://example.org"),
        ("meetingUrl", "javascript:alert(1)"),
        ("timeZone", "Mars/Olympus"),
        ("place", "a\u0000b"),
        ("capacity", 0),
        ("reminderMinutes", [1, 2, 3, 4, 5, 6]),
        ("focusStack", "a,b,c,d,e,f"),
        ("studentId", "not an id"),
    ],
)
def test_a_wrong_field_is_named(mia: Someone, ana: Someone, field: str, value: object) -> None:
    answer = mia.post("schedules", a_session(**{"studentId": ana.id, field: value}))

    problem = assert_problem(answer, 422, "invalid")
    assert [error["field"].partition("[")[0] for error in problem["errors"]] == [field]


@pytest.mark.parametrize(
    "end", [{}, {"minutes": -5}, {"minutes": 4}, {"hours": 12, "minutes": 1}], ids=str
)
def test_a_session_takes_five_minutes_to_twelve_hours(
    mia: Someone, ana: Someone, end: dict[str, float]
) -> None:
    times = {"startTime": ahead(days=800 / 2), "endTime": ahead(**{"days": 400, **end})}

    answer = mia.post("schedules", a_session(studentId=ana.id, **times))

    assert assert_problem(answer, 422, "invalid")["errors"][0]["field"] == "endTime"


def test_a_session_starts_two_years_ahead_at_most(mia: Someone, ana: Someone) -> None:
    times = {"startTime": ahead(days=740), "endTime": ahead(days=740, hours=1)}

    answer = mia.post("schedules", a_session(studentId=ana.id, **times))

    assert assert_problem(answer, 422, "invalid")["errors"][0]["field"] == "startTime"


def test_a_missing_field_is_named(mia: Someone, ana: Someone) -> None:
    form = a_session(studentId=ana.id)
    del form["title"]

    problem = assert_problem(mia.post("schedules", form), 422, "invalid")

    assert [error["field"] for error in problem["errors"]] == ["title"]


def test_what_is_absent_and_what_is_invisible_get_the_same_answer(
    mia: Someone, ana: Someone, stranger: Someone
) -> None:
    planned = mia.plan(ana)

    def answers_about(session_id: str) -> list[httpx.Response]:
        one = f"schedules/{session_id}"
        return [
            stranger.get(one),
            stranger.patch(one, {"title": "Mine"}),
            stranger.put(one, planned),
            stranger.delete(one),
            stranger.patch(f"{one}/status", {"status": "canceled"}),
        ]

    invisible, absent = answers_about(planned["id"]), answers_about(str(uuid4()))

    for answer in invisible:
        assert_problem(answer, 404, "not_found")
    assert [answer.json() for answer in invisible] == [answer.json() for answer in absent]


def test_a_visible_session_of_someone_else_is_forbidden(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana)

    for answer in (
        ana.patch(f"schedules/{planned['id']}", {"title": "Mine"}),
        ana.delete(f"schedules/{planned['id']}"),
    ):
        assert_problem(answer, 403, "forbidden")


def test_patch_changes_what_it_names(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana, place="Library")

    answer = mia.patch(f"schedules/{planned['id']}", {"title": "Sets"})

    changed = answer.json()
    assert answer.status_code == 200
    assert answer.headers["ETag"] == f'"{changed["version"]}"'
    assert (changed["title"], changed["place"]) == ("Sets", "Library")
    assert changed["version"] > planned["version"]


def test_put_takes_back_what_get_gave(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana, place="Library")

    answer = mia.put(f"schedules/{planned['id']}", {**planned, "title": "Sets"})

    assert answer.status_code == 200
    assert (answer.json()["title"], answer.json()["place"]) == ("Sets", "Library")


def test_put_clears_what_it_does_not_name(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana, place="Library")
    rest = {name: planned[name] for name in ("title", "startTime", "endTime", "studentId")}

    answer = mia.put(f"schedules/{planned['id']}", rest)

    assert (answer.status_code, answer.json()["place"]) == (200, "")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_another_version_than_if_match_is_refused(mia: Someone, ana: Someone, method: str) -> None:
    planned = mia.plan(ana)
    old = f'"{planned["version"]}"'
    new = mia.patch(f"schedules/{planned['id']}", {"title": "Newer"}).headers["ETag"]
    body = None if method == "DELETE" else {**planned, "title": "Newest"}

    refused = mia.ask(method, f"schedules/{planned['id']}", body, If_Match=old)
    taken = mia.ask(method, f"schedules/{planned['id']}", body, If_Match=new)

    assert_problem(refused, 412, "changed")
    assert taken.status_code in (200, 204)


def test_a_deleted_session_is_gone(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana)

    answer = mia.delete(f"schedules/{planned['id']}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert_problem(mia.get(f"schedules/{planned['id']}"), 404, "not_found")


def test_a_session_that_has_started_is_not_deleted(mia: Someone, ana: Someone) -> None:
    past = mia.plan(ana, startTime=ahead(days=-9), endTime=ahead(days=-9, hours=1))

    assert_problem(mia.delete(f"schedules/{past['id']}"), 409, "transition_not_allowed")


def test_a_session_is_canceled_with_a_reason_and_put_back(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana)

    canceled = _set_status(mia, planned, "canceled", reason="I am ill")
    again = _set_status(mia, planned, "scheduled")

    assert (canceled["status"], canceled["statusReason"]) == ("canceled", "I am ill")
    assert canceled["canceledBy"] == mia.id
    assert (again["status"], again["statusReason"], again["canceledBy"]) == ("scheduled", "", None)


def test_a_session_may_be_completed_early_and_without_a_reason(mia: Someone, ana: Someone) -> None:
    completed = _set_status(mia, mia.plan(ana), "completed")

    assert (completed["status"], completed["completedBy"]) == ("completed", mia.id)
    assert len(completed["completedAt"]) == len("2025-12-01T09:00:00.000Z")


def test_a_student_completes_and_cancels_the_own_session(mia: Someone, ana: Someone) -> None:
    assert _set_status(ana, mia.plan(ana), "completed")["completedBy"] == ana.id
    assert _set_status(ana, mia.plan(ana), "canceled")["canceledBy"] == ana.id


@pytest.mark.parametrize(
    ("first", "then"),
    [("completed", "canceled"), ("canceled", "completed"), (None, "scheduled")],
)
def test_a_transition_that_is_none_is_refused(
    mia: Someone, ana: Someone, first: str | None, then: str
) -> None:
    planned = mia.plan(ana)
    if first:
        _set_status(mia, planned, first)

    answer = mia.patch(f"schedules/{planned['id']}/status", {"status": then})

    assert_problem(answer, 409, "transition_not_allowed")


def test_a_status_that_is_none_is_named(mia: Someone, ana: Someone) -> None:
    answer = mia.patch(f"schedules/{mia.plan(ana)['id']}/status", {"status": "postponed"})

    assert assert_problem(answer, 422, "invalid")["errors"][0]["field"] == "status"


def test_the_same_key_and_body_give_the_same_answer(mia: Someone, ana: Someone) -> None:
    form, key = a_session(studentId=ana.id), str(uuid4())

    first, again = (mia.post("schedules", form, Idempotency_Key=key) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["Location"] == again.headers["Location"]


def test_the_same_key_with_another_body_is_refused(mia: Someone, ana: Someone) -> None:
    key = str(uuid4())
    mia.post("schedules", a_session(studentId=ana.id), Idempotency_Key=key)

    answer = mia.post("schedules", a_session(studentId=ana.id), Idempotency_Key=key)

    assert_problem(answer, 422, "idempotency_key_reused")


def _set_status(someone: Someone, session: Json, status: str, **more: str) -> Json:
    answer = someone.patch(f"schedules/{session['id']}/status", {"status": status, **more})
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown


def test_a_list_of_versions_is_matched_by_any_of_them(mia: Someone, ana: Someone) -> None:
    planned = mia.plan(ana)
    one, old = f"schedules/{planned['id']}", planned["version"]

    any_of = mia.patch(one, {"title": "Sets"}, If_Match=f'"{old + 50}", "{old}"')
    none_of = mia.patch(one, {"title": "Maps"}, If_Match=f'"{old}", "{old + 50}"')
    whatever = mia.patch(one, {"title": "Maps"}, If_Match="*")

    assert (any_of.status_code, whatever.status_code) == (200, 200)
    assert_problem(none_of, 412, "changed")


def test_a_completed_session_is_not_put_back_over_another_unseen(
    mia: Someone, ana: Someone
) -> None:
    done = mia.plan(ana)
    mia.patch(f"schedules/{done['id']}/status", {"status": "completed"})
    mia.plan(ana, startTime=done["startTime"], endTime=done["endTime"])
    back = {"status": "scheduled"}

    refused = mia.patch(f"schedules/{done['id']}/status", back)
    anyway = mia.patch(f"schedules/{done['id']}/status", {**back, "confirmOverlap": True})

    assert_problem(refused, 409, "overlap")
    assert (anyway.status_code, anyway.json()["status"]) == (200, "scheduled")

"""REST of students and their mentors, and of cohorts, their people and their join codes."""

from uuid import uuid4

import pytest

from tests.contract.people import House, Json, Someone, a_registration, a_session, pages
from tests.contract.problems import assert_problem

CARD = {
    "id", "room", "version", "createdAt", "updatedAt", "name", "registeredAt", "state", "cohortId",
    "mentorIds",
}  # fmt: skip


@pytest.fixture(scope="module")
def mia(house: House) -> Someone:
    return house.mentor("Mia Okafor")


def card_of(house: House, student: Someone) -> Json:
    (card,) = (one for one in house.admin.get("students").json() if one["id"] == student.id)
    found: Json = card
    return found


def test_mentors_list_all_students_as_cards(house: House, mia: Someone) -> None:
    cohort = house.cohort(mia)
    student = house.student(cohort=cohort, name="Ana Lima")

    (card,) = (one for one in mia.get("students").json() if one["id"] == student.id)

    assert set(card) == CARD
    assert (card["name"], card["state"], card["room"]) == ("Ana Lima", "active", "mentors")
    assert (card["cohortId"], card["mentorIds"]) == (cohort["id"], [])
    assert student.email not in str(card)


def test_students_list_no_students(house: House) -> None:
    assert_problem(house.student().get("students"), 403, "forbidden")


def test_a_student_without_a_mentor_is_claimed_once(house: House, mia: Someone) -> None:
    student = house.student()

    answer = mia.post(f"students/{student.id}/claim")
    late = house.mentor().post(f"students/{student.id}/claim")

    assert (answer.status_code, set(answer.json())) == (200, CARD)
    assert answer.json()["mentorIds"] == [mia.id]
    assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
    assert_problem(late, 409, "already_assigned")


def test_nobody_claims_a_student_who_is_not_there(mia: Someone) -> None:
    assert_problem(mia.post(f"students/{uuid4()}/claim"), 404, "not_found")


def test_admins_assign_and_unassign_mentors(house: House, mia: Someone) -> None:
    student = house.student()

    given = house.admin.put(f"students/{student.id}/mentors/{mia.id}")
    with_her = card_of(house, student)["mentorIds"]
    taken = house.admin.delete(f"students/{student.id}/mentors/{mia.id}")

    assert (given.status_code, with_her, taken.status_code) == (204, [mia.id], 204)
    assert card_of(house, student)["mentorIds"] == []


def test_only_admins_assign_mentors(house: House, mia: Someone) -> None:
    student = house.student()

    assert_problem(mia.put(f"students/{student.id}/mentors/{mia.id}"), 403, "forbidden")


def test_a_new_cohort_is_its_mentors_and_has_a_join_code(house: House, mia: Someone) -> None:
    answer = mia.post("cohorts", {"name": "Evening class", "description": "On Tuesdays"})

    cohort = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"].endswith(f"/api/cohorts/{cohort['id']}")
    assert set(cohort) >= {"id", "room", "version", "name", "description", "startsOn", "endsOn"}
    assert (cohort["room"], cohort["startsOn"]) == (f"cohort:{cohort['id']}", None)
    assert cohort in mia.get("cohorts").json()
    assert mia.get(f"cohorts/{cohort['id']}").headers["ETag"] == f'"{cohort["version"]}"'
    assert house.nobody.post(
        "auth/register", a_registration(joinCode=cohort["joinCode"])
    ).is_success


def test_a_join_code_is_shown_to_its_mentors_only(house: House, mia: Someone) -> None:
    cohort = house.cohort(mia)
    student = house.student(cohort=cohort)

    for someone in (student, house.mentor()):
        assert cohort["joinCode"] not in someone.get("cohorts").text
        assert someone.get(f"cohorts/{cohort['id']}").json().get("joinCode") is None


def test_a_cohort_is_changed_by_its_mentors_only(house: House, mia: Someone) -> None:
    cohort = house.cohort(mia)

    changed = mia.patch(f"cohorts/{cohort['id']}", {"name": "Morning class"})
    refused = house.mentor().patch(f"cohorts/{cohort['id']}", {"name": "Mine"})

    assert (changed.status_code, changed.json()["name"]) == (200, "Morning class")
    assert_problem(refused, 403, "forbidden")


def test_another_version_of_a_cohort_than_if_match_is_refused(house: House, mia: Someone) -> None:
    cohort = house.cohort(mia)
    path, old = f"cohorts/{cohort['id']}", f'"{cohort["version"]}"'
    mia.patch(path, {"name": "Newer"})

    assert_problem(mia.patch(path, {"name": "Newest"}, If_Match=old), 412, "changed")


def test_an_admin_who_is_not_its_mentor_changes_a_cohort_as_seen_only(
    house: House, mia: Someone
) -> None:
    cohort = house.cohort(mia)
    path, seen = f"cohorts/{cohort['id']}", f'"{cohort["version"]}"'

    stale = house.admin.patch(path, {"name": "Stale"}, If_Match='"999"')
    changed = house.admin.patch(path, {"name": "Newer"}, If_Match=seen)
    refused = house.mentor().patch(path, {"name": "Mine"}, If_Match='"999"')

    assert_problem(stale, 412, "changed")
    assert changed.status_code == 200
    assert_problem(refused, 403, "forbidden")  # who may not change it learns of no version


def test_another_mentor_makes_another_version_of_a_cohort(house: House, mia: Someone) -> None:
    cohort, noah = house.cohort(mia), house.mentor()
    path, tags = f"cohorts/{cohort['id']}", [f'"{cohort["version"]}"']

    for method in ("PUT", "DELETE"):
        mia.ask(method, f"{path}/members/{noah.id}")
        tags.append(mia.get(path).headers["ETag"])

    assert len(set(tags)) == 3
    assert_problem(mia.patch(path, {"name": "Late"}, If_Match=tags[0]), 412, "changed")


def test_a_new_join_code_ends_the_old_one(house: House, mia: Someone) -> None:
    cohort = house.cohort(mia)

    answer = mia.post(f"cohorts/{cohort['id']}/join-code")

    codes = [cohort["joinCode"], answer.json()["joinCode"]]
    came = [house.nobody.post("auth/register", a_registration(joinCode=code)) for code in codes]
    assert answer.status_code == 201
    assert_problem(came[0], 422, "join_code_unknown")
    assert came[1].status_code == 201


def test_a_join_code_is_not_changed_by_others(house: House, mia: Someone) -> None:
    path = f"cohorts/{house.cohort(mia)['id']}/join-code"

    assert_problem(house.mentor().post(path), 403, "forbidden")


def test_people_are_put_into_a_cohort_and_out_of_it(house: House, mia: Someone) -> None:
    cohort, colleague = house.cohort(mia), house.mentor()
    student = house.student()
    path = f"cohorts/{cohort['id']}/members"

    for person in (student, colleague):
        assert house.admin.put(f"{path}/{person.id}").status_code == 204
    joined = (card_of(house, student)["cohortId"], colleague.get(f"cohorts/{cohort['id']}").json())
    for person in (student, colleague):
        assert house.admin.delete(f"{path}/{person.id}").status_code == 204

    assert joined[0] == cohort["id"]
    assert joined[1]["joinCode"] == cohort["joinCode"]
    assert card_of(house, student)["cohortId"] is None
    assert colleague.get(f"cohorts/{cohort['id']}").json()["joinCode"] is None


def test_a_student_sees_no_cohort_but_their_own(house: House, mia: Someone) -> None:
    cohort, other = house.cohort(mia), house.cohort(mia)
    student = house.student(cohort=cohort)

    assert [one["id"] for one in student.get("cohorts").json()] == [cohort["id"]]
    assert_problem(student.get(f"cohorts/{other['id']}"), 404, "not_found")
    assert_problem(student.get(f"cohorts/{uuid4()}"), 404, "not_found")


def test_a_student_founds_no_cohort(house: House) -> None:
    assert_problem(house.student().post("cohorts", {"name": "Ours"}), 403, "forbidden")


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 81), ("startsOn", "soon")]
)
def test_a_wrong_field_of_a_cohort_is_named(mia: Someone, field: str, value: str) -> None:
    answer = mia.post("cohorts", {"name": "Evening class", field: value})

    problem = assert_problem(answer, 422, "invalid")
    assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize("path", ["students", "cohorts"])
def test_people_and_cohorts_come_in_pages_by_name(house: House, mia: Someone, path: str) -> None:
    for name in ("Page c", "Page a", "Page b"):
        house.student(cohort=house.cohort(mia, name=name), name=name)
    whole = mia.get(f"{path}?limit=500").json()

    found = pages(mia, f"{path}?limit=2")

    assert [row for page in found for row in page] == whole
    assert all(len(page) == 2 for page in found[:-1])
    assert [row["name"] for row in whole] == sorted(row["name"] for row in whole)


def test_a_page_that_is_none_is_named(mia: Someone) -> None:
    for path in ("students", "cohorts"):
        for query in ("limit=0", "cursor=nonsense"):
            assert_problem(mia.get(f"{path}?{query}"), 422, "invalid")


@pytest.mark.parametrize("leaving", ["unassign", "remove", "deactivate"])
def test_a_hand_over_to_a_busy_mentor_is_refused_until_it_is_confirmed(
    house: House, leaving: str
) -> None:
    mia, noah = house.mentor(), house.mentor()
    cohort = house.cohort(mia)
    ana = house.student(mia, cohort=cohort)
    own = noah.plan(house.student(noah), title="Not for the admin")
    times = {"startTime": own["startTime"], "endTime": own["endTime"]}
    given = mia.plan(ana, **times) if leaving != "remove" else _group(mia, cohort, times)
    method, path = {
        "unassign": ("DELETE", f"students/{ana.id}/mentors/{mia.id}"),
        "remove": ("DELETE", f"cohorts/{cohort['id']}/members/{mia.id}"),
        "deactivate": ("POST", f"users/{mia.id}/deactivate"),
    }[leaving]
    form = {"sessions": {"handOver": noah.id}}

    refused = house.admin.ask(method, path, form)
    listed = house.admin.ask(method, path, {**form, "confirmOverlap": [given["id"]]})
    done = house.admin.ask(method, path, {**form, "confirmOverlap": True})

    problem = assert_problem(refused, 409, "overlap")
    assert [one["id"] for one in problem["overlaps"]] == [own["id"]]
    assert "Not for the admin" not in refused.text
    assert_problem(listed, 409, "overlap")  # another one than was seen
    assert done.status_code == 204
    assert noah.get(f"schedules/{given['id']}").json()["mentorId"] == noah.id


def _group(mentor: Someone, cohort: Json, times: Json) -> Json:
    form = a_session(cohortId=cohort["id"], isGroupSession=True, **times)
    planned: Json = mentor.post("schedules", form).json()
    return planned


def test_a_student_whose_only_mentor_was_deactivated_is_claimed_by_another(house: House) -> None:
    mia, noah = house.mentor(), house.mentor()
    student = house.student(mia)

    house.admin.post(f"users/{mia.id}/deactivate")
    unassigned = card_of(house, student)["mentorIds"]
    claimed = noah.post(f"students/{student.id}/claim")

    assert unassigned == []
    assert claimed.json()["mentorIds"] == [noah.id]

"""Cohorts, their people and their join codes, over REST."""

from typing import Any

from tests.builders import id_of
from tests.syncserver.rest.conftest import House


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_new_cohort_has_its_mentor_and_a_join_code(house: House) -> None:
    answer = await house.noah.post("/cohorts", {"name": "Autumn", "startsOn": "2026-09-01"})

    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/cohorts/{made['id']}"
    assert (made["name"], made["startsOn"], made["endsOn"]) == ("Autumn", "2026-09-01", None)
    assert made["mentorIds"] == [house.noah.id]
    assert len(made["joinCode"]) == 9


async def test_only_its_mentors_and_admins_see_a_join_code(house: House) -> None:
    seen = {
        name: (await getattr(house, name).get(f"/cohorts/{house.spring}")).json()["joinCode"]
        for name in ("mia", "ada", "noah", "ana")
    }

    code = house.join_code
    assert seen == {"mia": code, "ada": code, "noah": None, "ana": None}


async def test_a_join_code_is_in_no_row(house: House) -> None:
    copies = [
        await house.mia.get(f"/sync/rooms/{room}") for room in (f"cohort:{house.spring}", "mentors")
    ]

    assert all(one.status_code == 200 for one in copies)
    assert not any(house.join_code in one.text for one in copies)


async def test_a_student_sees_the_own_cohort_only(house: House) -> None:
    await house.noah.post("/cohorts", {"name": "Autumn"})

    assert [one["name"] for one in (await house.ana.get("/cohorts")).json()] == ["Spring"]
    assert (await house.ben.get("/cohorts")).json() == []
    assert code_of(await house.ben.get(f"/cohorts/{house.spring}")) == (404, "not_found")


async def test_a_cohort_is_changed_by_its_mentors_and_admins(house: House) -> None:
    path = f"/cohorts/{house.spring}"

    own = await house.mia.patch(path, {"description": "Eight weeks"})
    admins = await house.ada.patch(path, {"name": "Spring 2026"})
    strangers = await house.noah.patch(path, {"name": "Mine"})

    assert own.json()["description"] == "Eight weeks"
    assert (admins.json()["name"], admins.json()["description"]) == ("Spring 2026", "Eight weeks")
    assert code_of(strangers) == (403, "forbidden")


async def test_a_new_join_code_ends_the_old_one(house: House) -> None:
    answer = await house.mia.post(f"/cohorts/{house.spring}/join-code")

    form = {"role": "student", "name": "E", "email": "e@x.org", "password": "a long password"}
    old = await house.nobody.post("/auth/register", {**form, "joinCode": house.join_code})
    new = await house.nobody.post("/auth/register", {**form, "joinCode": answer.json()["joinCode"]})
    assert code_of(old) == (422, "join_code_unknown")
    assert new.status_code == 201


async def test_only_its_mentors_rotate_a_join_code(house: House) -> None:
    path = f"/cohorts/{house.spring}/join-code"

    assert code_of(await house.noah.post(path)) == (403, "forbidden")
    assert code_of(await house.mia.post(f"/cohorts/{id_of('x')}/join-code")) == (404, "not_found")


async def test_a_mentor_joins_and_leaves_a_cohort(house: House) -> None:
    path = f"/cohorts/{house.spring}/members/{house.noah.id}"

    assert (await house.mia.put(path)).status_code == 204
    assert (await house.noah.get(f"/cohorts/{house.spring}")).json()["joinCode"] == house.join_code
    assert (await house.mia.delete(path)).status_code == 204
    assert (await house.noah.get(f"/cohorts/{house.spring}")).json()["joinCode"] is None


async def test_the_last_mentor_does_not_leave(house: House) -> None:
    answer = await house.mia.delete(f"/cohorts/{house.spring}/members/{house.mia.id}")

    assert code_of(answer) == (409, "last_mentor")


async def test_a_student_joins_and_leaves_a_cohort(house: House) -> None:
    path = f"/cohorts/{house.spring}/members/{house.ben.id}"

    assert (await house.ada.put(path)).status_code == 204
    assert len((await house.ben.get("/cohorts")).json()) == 1
    assert (await house.ada.delete(path)).status_code == 204
    assert code_of(await house.ada.delete(path)) == (404, "not_found")


async def test_who_is_not_there_joins_nothing(house: House) -> None:
    path = f"/cohorts/{house.spring}/members/{id_of('x')}"

    assert code_of(await house.mia.put(path)) == (404, "not_found")
    assert code_of(await house.mia.delete(path)) == (404, "not_found")

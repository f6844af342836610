"""Oneself, one's devices, students and their mentors, and who may come in, over REST."""

from typing import Any

from tests.builders import id_of
from tests.syncserver.rest.conftest import Clock, House


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_my_account_is_mine_with_all_its_settings(house: House) -> None:
    answer = await house.ana.get("/me")

    me = answer.json()
    assert (me["id"], me["email"], me["state"]) == (house.ana.id, "ana@example.org", "active")
    assert me["reminderMinutes"] == [10]
    assert answer.headers["ETag"] == f'"{me["version"]}"'


async def test_my_devices_are_listed_and_one_can_be_signed_out(house: House) -> None:
    other = await house.sign_in(house.ana.email)
    listed = (await house.ana.get("/me/devices")).json()
    theirs = next(one for one in listed if not one["current"])

    ended = await house.ana.delete(f"/me/devices/{theirs['id']}")

    assert len(listed) == 2
    assert ended.status_code == 204
    assert (await other.get("/me")).status_code == 401
    assert len((await house.ana.get("/me/devices")).json()) == 1


async def test_nobody_signs_somebody_elses_device_out(house: House) -> None:
    device = (await house.ana.get("/me/devices")).json()[0]

    answer = await house.ben.delete(f"/me/devices/{device['id']}")

    assert code_of(answer) == (404, "not_found")
    assert (await house.ana.get("/me")).status_code == 200


async def test_a_device_has_the_name_that_it_says(house: House) -> None:
    form = {"email": house.ana.email, "password": "correct horse battery"}
    await house.nobody.post("/auth/login", form, X_Device_Name="Ana's laptop")

    names = [one["name"] for one in (await house.ana.get("/me/devices")).json()]

    assert "Ana's laptop" in names


async def test_mentors_see_all_students_without_their_addresses(house: House) -> None:
    answer = await house.noah.get("/students")

    assert [card["name"] for card in answer.json()] == ["Ana", "Ben"]
    assert "email" not in answer.text


async def test_students_do_not_see_the_directory(house: House) -> None:
    assert code_of(await house.ana.get("/students")) == (403, "forbidden")


async def test_a_student_is_claimed_once(house: House) -> None:
    first = await house.noah.post(f"/students/{house.ben.id}/claim")
    second = await house.mia.post(f"/students/{house.ben.id}/claim")

    assert first.json()["mentorIds"] == [house.noah.id]
    assert code_of(second) == (409, "already_assigned")


async def test_who_is_not_there_cannot_be_claimed(house: House) -> None:
    assert code_of(await house.mia.post(f"/students/{id_of('x')}/claim")) == (404, "not_found")
    assert code_of(await house.mia.post("/students/nonsense/claim")) == (404, "not_found")


async def test_an_admin_assigns_and_unassigns_a_mentor(house: House, clock: Clock) -> None:
    path = f"/students/{house.ana.id}/mentors/{house.noah.id}"

    assigned = await house.ada.put(path)
    row = await house.plan(house.noah)
    taken = await house.ada.delete(path)

    assert (assigned.status_code, taken.status_code) == (204, 204)
    assert (await house.mia.get(f"/schedules/{row['id']}")).json()["status"] == "canceled"
    assert code_of(await house.noah.get(f"/schedules/{row['id']}")) == (404, "not_found")


async def test_sessions_can_be_handed_over_with_the_student(house: House) -> None:
    row = await house.plan()
    body = {"sessions": {"handOver": house.noah.id}}

    answer = await house.ada.delete(f"/students/{house.ana.id}/mentors/{house.mia.id}", body)

    assert answer.status_code == 204
    assert (await house.noah.get(f"/schedules/{row['id']}")).json()["mentorId"] == house.noah.id


async def test_only_admins_assign_invite_and_deactivate(house: House) -> None:
    answers = [
        await house.mia.put(f"/students/{house.ana.id}/mentors/{house.noah.id}"),
        await house.mia.post("/invitations", {"role": "mentor"}),
        await house.mia.post(f"/users/{house.ana.id}/deactivate"),
        await house.mia.post(f"/users/{house.ana.id}/reactivate"),
    ]

    assert [code_of(one) for one in answers] == [(403, "forbidden")] * 4


async def test_an_invitation_is_the_same_under_the_same_key(house: House) -> None:
    body = {"role": "mentor"}

    answers = [await house.ada.post("/invitations", body, Idempotency_Key="k") for _ in range(2)]
    other = await house.ada.post("/invitations", body, Idempotency_Key="l")

    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] != other.json()["code"]


async def test_a_deactivated_person_comes_back_but_not_their_sign_ins(house: House) -> None:
    await house.ada.post(f"/users/{house.ana.id}/deactivate")

    answer = await house.ada.post(f"/users/{house.ana.id}/reactivate")

    assert answer.status_code == 204
    assert code_of(await house.ana.get("/me")) == (401, "token_invalid")
    assert (await house.sign_in(house.ana.email)).id == house.ana.id


async def test_nobody_deactivates_themselves_or_who_is_not_there(house: House) -> None:
    own = await house.ada.post(f"/users/{house.ada.id}/deactivate")
    absent = await house.ada.post(f"/users/{id_of('x')}/deactivate")

    assert code_of(own) == (409, "own_account")
    assert code_of(absent) == (404, "not_found")

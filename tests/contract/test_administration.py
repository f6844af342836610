"""REST of administration: people, their roles and codes, invitations, one's own e-mail address."""

from uuid import uuid4

import pytest

from tests.contract.conftest import Connect
from tests.contract.people import House, Json, Someone, a_registration, pages
from tests.contract.problems import assert_problem
from tests.contract.programs import PASSWORD

USER = {"id", "name", "email", "role", "status", "timeZone", "createdAt", "lastSeenAt"}


def a_person(**fields: object) -> Json:
    return {"role": "student", "name": "Eve Lang", "email": a_registration()["email"], **fields}


def user(house: House, someone: Someone) -> Json:
    answer = house.admin.get(f"users/{someone.id}")
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown


def test_admins_list_people_by_name_in_pages(house: House) -> None:
    mark = f"Page {uuid4()}"
    people = [house.mentor(f"{mark} {letter}") for letter in "CAB"]

    found = [one for page in pages(house.admin, f"users?limit=2&q={mark}") for one in page]

    assert [one["name"][-1] for one in found] == ["A", "B", "C"]
    assert {one["id"] for one in found} == {one.id for one in people}
    assert all(set(one) == USER for one in found)
    assert user(house, people[0]) == found[2]
    assert found[0]["lastSeenAt"] is not None


def test_people_are_filtered_by_role_and_status(house: House) -> None:
    mark = f"Filter {uuid4()}"
    house.mentor(f"{mark} M")
    gone = house.student(name=f"{mark} S")
    house.admin.post(f"users/{gone.id}/deactivate")

    found = {
        query: [one["name"][-1] for one in house.admin.get(f"users?q={mark}&{query}").json()]
        for query in ("role=mentor", "role=admin", "status=disabled", "status=active")
    }

    assert found == {
        "role=mentor": ["M"],
        "role=admin": [],
        "status=disabled": ["S"],
        "status=active": ["M"],
    }


@pytest.mark.parametrize("role", ["student", "mentor"])
def test_a_new_person_sets_the_password_with_the_code(house: House, role: str) -> None:
    form = a_person(role=role)

    made = house.admin.post("users", form)

    assert (made.status_code, set(made.json())) == (201, {"user", "code", "expiresAt"})
    assert set(made.json()["user"]) == USER
    login = {"email": form["email"], "password": PASSWORD}
    assert_problem(house.nobody.post("auth/login", login), 401, "credentials_wrong")
    reset = {"email": form["email"], "code": made.json()["code"], "newPassword": PASSWORD}
    assert house.nobody.post("auth/reset", reset).status_code == 204
    someone = house.nobody.sign_in(form["email"])
    assert (someone.id, someone.grant["user"]["role"]) == (made.json()["user"]["id"], role)
    assert_problem(house.admin.post("users", form), 409, "email_taken")


def test_a_wrong_field_of_a_new_person_is_named(house: House) -> None:
    for wrong in ({"name": ""}, {"email": "x"}, {"role": "admin"}, {"cohortId": str(uuid4())}):
        problem = assert_problem(house.admin.post("users", a_person(**wrong)), 422, "invalid")
        assert [error["field"] for error in problem["errors"]] == list(wrong)


async def test_a_new_name_reaches_everybody_who_is_connected(house: House, live: Connect) -> None:
    mia = house.mentor()
    student = house.student(mia)
    replica = await live(mia, replica=True)

    answer = house.admin.patch(f"users/{student.id}", {"name": "Ana Lima"})

    frame = await replica.frame("mentors")
    (card,) = (row for row in frame["rows"] if row["type"] == "student_card")
    member = (await replica.frame(f"student:{student.id}"))["rows"][0]
    assert (answer.status_code, answer.json()["name"], card["name"]) == (200, *["Ana Lima"] * 2)
    assert (member["type"], member["name"]) == ("member", "Ana Lima")


async def test_another_role_counts_at_once(house: House, live: Connect) -> None:
    mia = house.mentor()
    replica = await live(mia, replica=True)

    answer = house.admin.patch(f"users/{mia.id}", {"role": "admin"})

    account = (await replica.frame(f"user:{mia.id}"))["rows"]
    assert answer.json()["role"] == "admin"
    assert {row["role"] for row in account} == {"admin"}
    assert mia.get("users").status_code == 200
    house.admin.patch(f"users/{mia.id}", {"role": "mentor"})
    assert_problem(mia.get("users"), 403, "forbidden")


async def test_who_becomes_a_mentor_is_signed_out_and_announced(
    house: House, live: Connect
) -> None:
    mia, student = house.mentor(), house.student()
    client, own = await live(mia), await live(student)

    house.admin.patch(f"users/{student.id}", {"role": "mentor"})

    assert (await client.next("mentor:registered"))["subjectId"] == student.id
    assert (await own.next("goodbye"))["code"] == "token_invalid"
    assert house.nobody.sign_in(student.email).get("students").status_code == 200


def test_the_last_admin_stays_one(house: House) -> None:
    refused = house.admin.patch(f"users/{house.admin.id}", {"role": "mentor"})

    assert_problem(refused, 409, "last_admin")
    assert_problem(house.admin.post(f"users/{house.admin.id}/deactivate"), 409, "own_account")


def test_only_who_saw_a_person_as_they_stand_changes_them(house: House) -> None:
    path = f"users/{house.student().id}"
    seen = house.admin.get(path).headers["ETag"]
    house.admin.patch(path, {"name": "Newer"}, If_Match=seen)

    assert_problem(house.admin.patch(path, {"name": "Newest"}, If_Match=seen), 412, "changed")


def test_a_reset_code_lets_a_person_back_in(house: House) -> None:
    mia = house.mentor()

    made = house.admin.post(f"users/{mia.id}/reset-code")

    assert (made.status_code, set(made.json())) == (201, {"code", "expiresAt"})
    form = {"email": mia.email, "code": made.json()["code"], "newPassword": "another good phrase"}
    assert house.nobody.post("auth/reset", form).status_code == 204
    assert house.nobody.sign_in(mia.email, "another good phrase").id == mia.id


def test_sessions_are_handed_over_when_a_mentor_leaves(house: House) -> None:
    mia, noah = house.mentor(), house.mentor()
    planned = mia.plan(house.student(mia))

    answer = house.admin.post(f"users/{mia.id}/deactivate", {"handOverTo": noah.id})

    assert answer.status_code == 204
    assert noah.get(f"schedules/{planned['id']}").json()["mentorId"] == noah.id


def test_invitations_are_listed_without_codes_and_withdrawn(house: House) -> None:
    used = house.mentor()
    made = house.admin.post("invitations", {"role": "mentor"}).json()

    listed = house.admin.get("invitations")
    withdrawn = house.admin.delete(f"invitations/{made['id']}")

    first, second, *_ = listed.json()
    assert set(first) == {
        "id", "role", "createdAt", "createdBy", "expiresAt", "usedAt", "usedBy",
    }  # fmt: skip
    assert (first["id"], first["usedBy"], second["usedBy"]) == (made["id"], None, used.id)
    assert made["code"] not in listed.text
    assert withdrawn.status_code == 204
    late = a_registration(role="mentor", invitation=made["code"])
    assert_problem(house.nobody.post("auth/register", late), 422, "invitation_unknown")
    assert_problem(house.admin.delete(f"invitations/{second['id']}"), 409, "invitation_used")


def test_administration_is_for_admins(house: House) -> None:
    mia = house.mentor()

    for someone in (mia, house.student()):
        refused = [
            someone.get("users"),
            someone.get(f"users/{mia.id}"),
            someone.post("users", a_person()),
            someone.patch(f"users/{mia.id}", {"role": "admin"}),
            someone.post(f"users/{mia.id}/reset-code"),
            someone.get("invitations"),
            someone.delete(f"invitations/{uuid4()}"),
        ]
        for answer in refused:
            assert_problem(answer, 403, "forbidden")


def test_one_changes_the_own_address_with_the_password(house: House) -> None:
    mia, new = house.mentor(), a_registration()["email"]
    form = {"currentPassword": PASSWORD, "newEmail": new}

    wrong = mia.post("auth/email", {**form, "currentPassword": "not that one"})
    taken = mia.post("auth/email", {**form, "newEmail": house.admin.email.upper()})
    done = mia.post("auth/email", form)

    assert_problem(wrong, 401, "credentials_wrong")
    assert_problem(taken, 409, "email_taken")
    assert (done.status_code, done.content) == (204, b"")
    assert house.nobody.sign_in(new).id == mia.id
    assert mia.get("me").json()["email"] == new

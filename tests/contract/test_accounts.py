"""REST of accounts: registration, signing in and out, passwords, one's own account and devices."""

import httpx
import pytest

from tests.contract.people import House, Json, Someone, a_registration, a_session
from tests.contract.problems import assert_problem
from tests.contract.programs import PASSWORD


def assert_is_grant(grant: Json) -> None:
    assert set(grant) == {"accessToken", "refreshToken", "tokenType", "expiresIn", "user"}
    assert (grant["tokenType"], grant["expiresIn"]) == ("Bearer", 900)
    assert set(grant["user"]) == {"id", "name", "email", "role", "timeZone"}


def test_a_student_registers_with_a_join_code(house: House) -> None:
    cohort = house.cohort(house.admin)
    form = a_registration(joinCode=cohort["joinCode"], name="Zoë Ångström")

    answer = house.nobody.post("auth/register", form)

    assert answer.status_code == 201
    assert_is_grant(answer.json())
    user = answer.json()["user"]
    assert (user["name"], user["email"]) == ("Zoë Ångström", form["email"])
    assert (user["role"], user["timeZone"]) == ("student", "Europe/Berlin")


def test_a_mentor_registers_with_an_invitation(house: House) -> None:
    form = a_registration(role="mentor", invitation=house.invitation())

    answer = house.nobody.post("auth/register", form)

    assert answer.status_code == 201
    assert_is_grant(answer.json())
    assert answer.json()["user"]["role"] == "mentor"


def test_an_address_that_is_taken_is_refused(house: House) -> None:
    known, cohort = house.mentor(), house.cohort(house.admin)
    form = a_registration(joinCode=cohort["joinCode"], email=known.email.upper())

    assert_problem(house.nobody.post("auth/register", form), 409, "email_taken")


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        ({"joinCode": "WRONG-CODE"}, "join_code_unknown"),
        ({}, "join_code_unknown"),
        ({"role": "mentor", "invitation": "WRONG"}, "invitation_unknown"),
        ({"role": "mentor"}, "invitation_unknown"),
    ],
)
def test_nobody_registers_without_a_right_code(house: House, proof: Json, code: str) -> None:
    answer = house.nobody.post("auth/register", a_registration(**proof))

    assert_problem(answer, 422, code)


@pytest.mark.parametrize(
    "wrong",
    [
        {"password": "123456789"},
        {"password": "x" * 129},
        {"name": ""},
        {"name": "x" * 81},
        {"email": "nowhere"},
        {"timeZone": "Europe/Atlantis"},
        {"role": "king"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_wrong_field_of_a_registration_is_named(house: House, wrong: Json) -> None:
    cohort = house.cohort(house.admin)

    answer = house.nobody.post(
        "auth/register", a_registration(joinCode=cohort["joinCode"], **wrong)
    )

    problem = assert_problem(answer, 422, "invalid")
    assert [error["field"] for error in problem["errors"]] == list(wrong)


@pytest.mark.parametrize(
    ("locale", "status"), [("en", 201), ("pt-BR", 201), ("de_DE", 422), ("deutsch bitte", 422)]
)
def test_a_locale_is_a_language_tag(house: House, locale: str, status: int) -> None:
    code = house.cohort(house.admin)["joinCode"]

    answer = house.nobody.post("auth/register", a_registration(joinCode=code, locale=locale))

    assert answer.status_code == status
    if status == 422:
        assert assert_problem(answer, 422, "invalid")["errors"][0]["field"] == "locale"


@pytest.mark.parametrize("length", [10, 128])
def test_a_password_has_10_to_128_characters(house: House, length: int) -> None:
    cohort = house.cohort(house.admin)
    form = a_registration(joinCode=cohort["joinCode"], password="é" * length)

    assert house.nobody.post("auth/register", form).status_code == 201


def test_signing_in_gives_a_grant(house: House) -> None:
    mentor = house.mentor()

    answer = house.nobody.post("auth/login", {"email": mentor.email, "password": PASSWORD})

    assert answer.status_code == 200
    assert_is_grant(answer.json())
    assert answer.json()["user"]["id"] == mentor.id


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(house: House) -> None:
    mentor = house.mentor()

    wrong = house.nobody.post("auth/login", {"email": mentor.email, "password": "x" * 12})
    unknown = house.nobody.post("auth/login", {"email": "no@example.org", "password": "x" * 12})

    assert_problem(wrong, 401, "credentials_wrong")
    assert wrong.json() == unknown.json()


def test_too_many_tries_have_to_wait_as_long_as_is_said(house: House) -> None:
    form = {"email": "guessed@example.org", "password": "wrong phrase"}

    answers = [house.nobody.post("auth/login", form) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert_problem(answers[-1], 429, "too_many_tries")
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900


def test_a_refresh_gives_the_next_grant(house: House) -> None:
    mentor = house.mentor()

    answer = _refresh(house, mentor)

    assert answer.status_code == 200
    assert_is_grant(answer.json())
    assert answer.json()["refreshToken"] != mentor.grant["refreshToken"]
    assert Someone(house.http, answer.json()).get("me").status_code == 200


def test_a_refresh_token_that_is_used_twice_revokes_its_family(house: House) -> None:
    mentor = house.mentor()
    successor = Someone(house.http, _refresh(house, mentor).json())

    assert_problem(_refresh(house, mentor), 401, "token_reused")

    assert _refresh(house, successor).status_code == 401
    assert_problem(successor.get("me"), 401, "token_invalid")
    assert house.nobody.sign_in(mentor.email).get("me").status_code == 200


def test_a_refresh_token_of_nobody_is_invalid(house: House) -> None:
    answer = house.nobody.post("auth/refresh", {"refreshToken": "made up"})

    assert_problem(answer, 401, "token_invalid")


@pytest.mark.parametrize(("everywhere", "other"), [(False, 200), (True, 401)])
def test_signing_out_ends_this_device_or_all(house: House, everywhere: bool, other: int) -> None:
    here = house.mentor()
    there = house.nobody.sign_in(here.email)

    answer = here.post("auth/logout", {"everywhere": everywhere})

    assert (answer.status_code, answer.content) == (204, b"")
    assert _refresh(house, here).status_code == 401
    assert here.get("me").status_code == 401
    assert there.get("me").status_code == other


def test_a_new_password_signs_other_devices_out(house: House) -> None:
    here = house.mentor()
    there = house.nobody.sign_in(here.email)

    answer = here.post(
        "auth/password", {"currentPassword": PASSWORD, "newPassword": "another good phrase"}
    )

    assert answer.status_code == 204
    assert (here.get("me").status_code, there.get("me").status_code) == (200, 401)
    assert house.nobody.sign_in(here.email, "another good phrase").id == here.id


def test_a_password_is_not_changed_without_the_current_one(house: House) -> None:
    form = {"currentPassword": "not that one", "newPassword": "another good phrase"}

    answer = house.mentor().post("auth/password", form)

    assert_problem(answer, 401, "credentials_wrong")


def test_a_reset_code_of_nobody_is_unknown(house: House) -> None:
    form = {"email": house.mentor().email, "code": "WRONG", "newPassword": "another good phrase"}

    assert_problem(house.nobody.post("auth/reset", form), 422, "reset_code_unknown")


def test_me_is_the_account(house: House) -> None:
    mentor = house.mentor("Mia Okafor")

    answer = mentor.get("me")

    account = answer.json()
    assert answer.status_code == 200
    assert answer.headers["ETag"] == f'"{account["version"]}"'
    assert set(account) >= {"id", "room", "version", "createdAt", "updatedAt", "quietHours"}
    assert (account["id"], account["room"]) == (mentor.id, f"user:{mentor.id}")
    assert (account["name"], account["role"], account["state"]) == (
        "Mia Okafor",
        "mentor",
        "active",
    )


def test_a_device_can_be_signed_out_from_another_one(house: House) -> None:
    here = house.mentor()
    there = house.nobody.sign_in(here.email)
    ids = {one["id"] for one in here.get("me/devices").json()}
    (other,) = ids - {one["id"] for one in here.get("me/devices").json() if one["current"]}

    answer = here.delete(f"me/devices/{other}")

    assert len(ids) == 2
    assert answer.status_code == 204
    assert there.get("me").status_code == 401
    assert [one["current"] for one in here.get("me/devices").json()] == [True]


def test_only_admins_invite(house: House) -> None:
    made = house.admin.post("invitations", {"role": "mentor"})

    assert made.status_code == 201
    assert set(made.json()) == {"id", "code", "expiresAt"}
    assert_problem(house.mentor().post("invitations", {"role": "mentor"}), 403, "forbidden")


def test_a_deactivated_person_is_out_until_reactivated(house: House) -> None:
    mentor = house.mentor()

    ended = house.admin.post(f"users/{mentor.id}/deactivate")
    refused = house.nobody.post("auth/login", {"email": mentor.email, "password": PASSWORD})
    begun = house.admin.post(f"users/{mentor.id}/reactivate")

    assert (ended.status_code, begun.status_code) == (204, 204)
    assert_problem(refused, 403, "account_disabled")
    assert house.nobody.sign_in(mentor.email).id == mentor.id


def test_only_admins_deactivate(house: House) -> None:
    mentor = house.mentor()

    assert_problem(mentor.post(f"users/{house.admin.id}/deactivate"), 403, "forbidden")
    assert_problem(mentor.post(f"users/{house.admin.id}/reactivate"), 403, "forbidden")


def test_a_request_without_a_token_is_told_so(house: House) -> None:
    assert_problem(house.nobody.get("me"), 401, "token_missing")
    assert_problem(house.nobody.post("schedules", a_session()), 401, "token_missing")


def test_a_token_of_another_maker_is_invalid(house: House) -> None:
    forged = {"accessToken": "eyJhbGciOiJub25lIn0.e30."}

    assert_problem(Someone(house.http, forged).get("me"), 401, "token_invalid")


def _refresh(house: House, someone: Someone) -> httpx.Response:
    return house.nobody.post("auth/refresh", {"refreshToken": someone.grant["refreshToken"]})

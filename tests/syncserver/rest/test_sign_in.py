"""Registration, signing in and out, refresh tokens and passwords, over REST."""

import asyncio

import jwt
import pytest

from tests.syncserver.rest.conftest import KEY, PASSWORD, Build, Clock, House, Someone


def code_of(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]  # type: ignore[attr-defined]


def a_student(house: House, number: int) -> dict[str, str]:
    """The form of one more student."""
    who = {"name": f"Student {number}", "email": f"student{number}@example.org"}
    return {"role": "student", **who, "password": PASSWORD, "joinCode": house.join_code}


async def test_a_grant_says_who_signed_in(house: House) -> None:
    grant = house.ana.grant

    assert grant["tokenType"] == "Bearer"
    assert grant["expiresIn"] == 900
    assert grant["user"] == {
        "id": house.ana.id,
        "name": "Ana",
        "email": "ana@example.org",
        "role": "student",
        "timeZone": "Europe/Berlin",
    }


async def test_an_address_is_one_account_however_it_is_written(house: House) -> None:
    form = {"role": "student", "name": "Ana 2", "email": " ANA@Example.org", "password": PASSWORD}

    answer = await house.nobody.post("/auth/register", {**form, "joinCode": house.join_code})

    assert code_of(answer) == (409, "email_taken")
    assert (await house.sign_in("  Ana@EXAMPLE.org")).id == house.ana.id


async def test_a_taken_address_uses_no_invitation_up(house: House) -> None:
    invited = (await house.ada.post("/invitations", {"role": "mentor"})).json()
    form = {"role": "mentor", "name": "X", "password": PASSWORD, "invitation": invited["code"]}
    await house.nobody.post("/auth/register", {**form, "email": "ana@example.org"})

    answer = await house.nobody.post("/auth/register", {**form, "email": "new@example.org"})

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        ({"role": "student"}, "join_code_unknown"),
        ({"role": "student", "joinCode": "AAAA-BBBB"}, "join_code_unknown"),
        ({"role": "mentor"}, "invitation_unknown"),
        ({"role": "mentor", "invitation": "AAAA-BBBB-CCCC"}, "invitation_unknown"),
    ],
)
async def test_nobody_comes_in_without_a_right_code(
    house: House, proof: dict[str, str], code: str
) -> None:
    form = {"name": "X", "email": "x@example.org", "password": PASSWORD, **proof}

    answer = await house.nobody.post("/auth/register", form)

    assert code_of(answer) == (422, code)


async def test_an_invitation_is_good_for_one(house: House) -> None:
    invited = (await house.ada.post("/invitations", {"role": "mentor"})).json()
    await house.register("Olga", "mentor", invitation=invited["code"])
    form = {"role": "mentor", "name": "P", "email": "p@example.org", "password": PASSWORD}

    answer = await house.nobody.post("/auth/register", {**form, "invitation": invited["code"]})

    assert code_of(answer) == (422, "invitation_unknown")


async def test_an_invitation_ends(house: House, clock: Clock) -> None:
    invited = (await house.ada.post("/invitations", {"role": "mentor"})).json()
    clock.pass_(days=14)
    form = {"role": "mentor", "name": "P", "email": "p@example.org", "password": PASSWORD}

    answer = await house.nobody.post("/auth/register", {**form, "invitation": invited["code"]})

    assert code_of(answer) == (422, "invitation_unknown")


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"password": "short"}, "password", "too_short"),
        ({"email": "nowhere"}, "email", "malformed"),
        ({"name": " "}, "name", "required"),
        ({"timeZone": "Mars/Base"}, "timeZone", "malformed"),
        ({"role": "admin"}, "role", "malformed"),
        ({"name": None}, "name", "malformed"),
    ],
)
async def test_a_wrong_field_of_a_registration_is_named(
    house: House, wrong: dict[str, str], field: str, code: str
) -> None:
    form = {"role": "student", "name": "X", "email": "x@example.org", "password": PASSWORD}

    answer = await house.nobody.post(
        "/auth/register", {**form, "joinCode": house.join_code, **wrong}
    )

    assert code_of(answer) == (422, "invalid")
    assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]


async def test_open_registration_needs_no_code(build: Build) -> None:
    house = await build(open_registration=True)

    eve = await house.register("Eve", "student")

    assert (await eve.get("/me")).json()["role"] == "student"


async def test_a_repeated_registration_gives_the_same_person(house: House) -> None:
    form = {"role": "student", "name": "Eve", "email": "e@example.org", "password": PASSWORD}
    form["joinCode"] = house.join_code

    answers = [
        await house.nobody.post("/auth/register", form, Idempotency_Key="k1") for _ in range(2)
    ]

    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json()["user"] == answers[1].json()["user"]


async def test_wrong_password_and_unknown_name_get_the_same_answer(house: House) -> None:
    wrong = await house.nobody.post("/auth/login", {"email": house.ana.email, "password": "x"})
    unknown = await house.nobody.post("/auth/login", {"email": "no@one.org", "password": "x"})

    assert code_of(wrong) == (401, "credentials_wrong")
    assert wrong.json() == unknown.json()


async def test_the_eleventh_try_has_to_wait(house: House, clock: Clock) -> None:
    form = {"email": house.ana.email, "password": "wrong"}
    tries = [await house.nobody.post("/auth/login", form) for _ in range(10)]

    refused = await house.nobody.post("/auth/login", {**form, "password": PASSWORD})

    assert {one.status_code for one in tries} == {401}
    assert code_of(refused) == (429, "too_many_tries")
    assert refused.headers["Retry-After"] == "900"
    clock.pass_(minutes=15)
    await house.sign_in(house.ana.email)


async def test_a_whole_class_may_register_behind_one_address(build: Build) -> None:
    house = await build(code_tries=2)

    people = [
        await house.register(f"S{number}", "student", joinCode=house.join_code)
        for number in range(4)
    ]

    assert len({person.id for person in people}) == 4


async def test_tries_at_once_do_not_slip_through(house: House) -> None:
    form = {"email": house.ana.email, "password": "wrong"}

    answers = await asyncio.gather(*(house.nobody.post("/auth/login", form) for _ in range(12)))

    assert sorted(one.status_code for one in answers) == [401] * 10 + [429] * 2


async def test_signing_in_forgives_earlier_tries(house: House) -> None:
    form = {"email": house.ana.email, "password": "wrong"}
    for _ in range(9):
        await house.nobody.post("/auth/login", form)
    await house.sign_in(house.ana.email)

    assert (await house.nobody.post("/auth/login", form)).status_code == 401


async def test_a_deactivated_person_is_told_so_only_with_the_right_password(house: House) -> None:
    await house.ada.post(f"/users/{house.ana.id}/deactivate")
    form = {"email": house.ana.email, "password": PASSWORD}

    right = await house.nobody.post("/auth/login", form)
    wrong = await house.nobody.post("/auth/login", {**form, "password": "wrong"})

    assert code_of(right) == (403, "account_disabled")
    assert code_of(wrong) == (401, "credentials_wrong")
    assert code_of(await house.ana.get("/me")) == (403, "account_disabled")


async def refreshed(house: House, token: str, **headers: str) -> object:
    return await house.nobody.post("/auth/refresh", {"refreshToken": token}, **headers)


async def test_a_refresh_gives_the_next_grant(house: House) -> None:
    answer = await refreshed(house, house.ana.grant["refreshToken"])

    grant = answer.json()  # type: ignore[attr-defined]
    assert grant["refreshToken"] != house.ana.grant["refreshToken"]
    assert (await Someone(house.nobody.http, grant=grant).get("/me")).status_code == 200


async def test_a_reused_refresh_token_revokes_its_family_and_no_other(house: House) -> None:
    other = await house.sign_in(house.ana.email)
    first = house.ana.grant["refreshToken"]
    second = (await refreshed(house, first)).json()["refreshToken"]  # type: ignore[attr-defined]

    reused = await refreshed(house, first)

    assert code_of(reused) == (401, "token_reused")
    assert code_of(await refreshed(house, second)) == (401, "token_reused")
    assert code_of(await house.ana.get("/me")) == (401, "token_invalid")
    assert (await other.get("/me")).status_code == 200


async def test_a_refresh_whose_answer_was_lost_can_be_repeated_under_its_key(house: House) -> None:
    token = house.ana.grant["refreshToken"]

    answers = [await refreshed(house, token, Idempotency_Key="try-1") for _ in range(2)]

    tokens = {answer.json()["refreshToken"] for answer in answers}  # type: ignore[attr-defined]
    assert len(tokens) == 1
    assert (await refreshed(house, tokens.pop())).status_code == 200  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["", "another"])
async def test_who_has_only_the_old_token_cannot_repeat_a_refresh(house: House, key: str) -> None:
    token = house.ana.grant["refreshToken"]
    await refreshed(house, token, Idempotency_Key="try-1")

    assert code_of(await refreshed(house, token, Idempotency_Key=key)) == (401, "token_reused")


async def test_a_refresh_is_not_repeated_once_its_successor_was_used(house: House) -> None:
    token = house.ana.grant["refreshToken"]
    first = await refreshed(house, token, Idempotency_Key="try-1")
    await refreshed(house, first.json()["refreshToken"])  # type: ignore[attr-defined]

    again = await refreshed(house, token, Idempotency_Key="try-1")

    assert code_of(again) == (401, "token_reused")


async def test_a_refresh_is_not_repeated_for_ever(house: House, clock: Clock) -> None:
    token = house.ana.grant["refreshToken"]
    await refreshed(house, token, Idempotency_Key="try-1")
    clock.pass_(minutes=11)

    again = await refreshed(house, token, Idempotency_Key="try-1")

    assert code_of(again) == (401, "token_reused")


async def test_a_refresh_token_ends(house: House, clock: Clock) -> None:
    clock.pass_(days=61)

    answer = await refreshed(house, house.ana.grant["refreshToken"])

    assert code_of(answer) == (401, "token_expired")


async def test_an_unknown_refresh_token_is_invalid(house: House) -> None:
    assert code_of(await refreshed(house, "nonsense")) == (401, "token_invalid")


async def test_signing_out_ends_this_device_only(house: House) -> None:
    other = await house.sign_in(house.ana.email)

    assert (await house.ana.post("/auth/logout")).status_code == 204

    assert code_of(await house.ana.get("/me")) == (401, "token_invalid")
    assert code_of(await refreshed(house, house.ana.grant["refreshToken"])) == (
        401,
        "token_invalid",
    )
    assert (await other.get("/me")).status_code == 200


async def test_signing_out_everywhere_ends_all_devices(house: House) -> None:
    other = await house.sign_in(house.ana.email)

    await house.ana.post("/auth/logout", {"everywhere": True})

    assert (await other.get("/me")).status_code == 401


async def test_a_new_password_signs_other_devices_out(house: House) -> None:
    other = await house.sign_in(house.ana.email)
    form = {"currentPassword": PASSWORD, "newPassword": "another long one"}

    answer = await house.ana.post("/auth/password", form)

    assert answer.status_code == 204
    assert (await house.ana.get("/me")).status_code == 200
    assert (await other.get("/me")).status_code == 401
    assert (await house.sign_in(house.ana.email, "another long one")).id == house.ana.id


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (
            {"currentPassword": "wrong", "newPassword": "another long one"},
            (401, "credentials_wrong"),
        ),
        ({"currentPassword": PASSWORD, "newPassword": "short"}, (422, "invalid")),
    ],
)
async def test_a_password_is_not_changed_without_the_current_one_or_to_a_short_one(
    house: House, form: dict[str, str], expected: tuple[int, str]
) -> None:
    assert code_of(await house.ana.post("/auth/password", form)) == expected
    assert (await house.sign_in(house.ana.email)).id == house.ana.id


async def test_a_reset_code_sets_a_new_password_once(house: House) -> None:
    code = (await house.services.administration.allow_reset(house.ana.email)).code
    form = {"email": house.ana.email, "code": code.lower(), "newPassword": "another long one"}

    first = await house.nobody.post("/auth/reset", form)
    second = await house.nobody.post("/auth/reset", form)

    assert first.status_code == 204
    assert code_of(second) == (422, "reset_code_unknown")
    assert (await house.ana.get("/me")).status_code == 401
    assert (await house.sign_in(house.ana.email, "another long one")).id == house.ana.id


async def test_a_reset_code_is_its_persons_only_and_ends(house: House, clock: Clock) -> None:
    code = (await house.services.administration.allow_reset(house.ana.email)).code
    form = {"email": house.ben.email, "code": code, "newPassword": "another long one"}

    others = await house.nobody.post("/auth/reset", form)
    clock.pass_(hours=24)
    late = await house.nobody.post("/auth/reset", {**form, "email": house.ana.email})
    nobodys = await house.nobody.post("/auth/reset", {**form, "email": "no@one.org"})

    assert [code_of(one) for one in (others, late, nobodys)] == [(422, "reset_code_unknown")] * 3


async def test_a_request_without_a_token_is_told_to_sign_in(house: House) -> None:
    answer = await house.nobody.get("/me")

    assert code_of(answer) == (401, "token_missing")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


async def test_an_access_token_ends(house: House, clock: Clock) -> None:
    clock.pass_(minutes=15)

    assert code_of(await house.ana.get("/me")) == (401, "token_expired")


async def test_a_token_for_someone_who_is_not_here_is_invalid(house: House) -> None:
    claims = jwt.decode(house.ana.grant["accessToken"], options={"verify_signature": False})
    foreign = jwt.encode({**claims, "sub": house.ben.id}, KEY, "HS256")

    answer = await house.nobody.get("/me", Authorization=f"Bearer {foreign}")

    assert code_of(answer) == (401, "token_invalid")


async def test_an_address_written_in_another_way_has_no_more_tries(house: House) -> None:
    spellings = [f"ana{chr(0x200E) * n}@example.org" for n in range(11)]
    forms = [{"email": email, "password": "not the password"} for email in spellings]

    answers = [await house.nobody.post("/auth/login", form) for form in forms]

    assert code_of(answers[9]) == (401, "credentials_wrong")
    assert code_of(answers[10]) == (429, "too_many_tries")


async def test_names_that_are_no_address_fill_no_memory_with_keys(house: House) -> None:
    names = [*(str(n) * 50_000 for n in range(5)), *("x" * (300 + n) + "@a.org" for n in range(6))]
    forms = [{"email": name, "password": "not the password"} for name in names]

    answers = [await house.nobody.post("/auth/login", form) for form in forms]

    assert code_of(answers[9]) == (401, "credentials_wrong")
    assert code_of(answers[10]) == (429, "too_many_tries")


async def test_without_an_invitation_nobody_learns_which_addresses_are_taken(
    house: House,
) -> None:
    form = {"role": "mentor", "name": "X", "password": PASSWORD, "invitation": "guessed"}

    taken = await house.nobody.post("/auth/register", {**form, "email": "ana@example.org"})
    free = await house.nobody.post("/auth/register", {**form, "email": "new@example.org"})

    assert code_of(taken) == code_of(free) == (422, "invitation_unknown")

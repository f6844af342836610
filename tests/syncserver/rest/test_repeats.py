"""Repeated requests under an Idempotency-Key: their answers, and what keeps them safe."""

import asyncio
from datetime import timedelta

import pytest

from syncserver.rest.repeats import SIGN_INS_KEPT, Keyed
from syncserver.storage.answers import answers
from tests.syncserver.rest.conftest import PASSWORD, Build, Clock, House


async def stored(house: House) -> list[bytes]:
    """All that is kept, as it lies in the relay's file."""
    everything = answers.select().where(answers.c.id > "")
    return await house.services.relay.read(
        lambda reading: [row.sealed for row in reading.connection.execute(everything)]
    )


async def test_a_request_without_a_key_is_kept_nowhere(house: House) -> None:
    await house.mia.post("/cohorts", {"name": "Evenings"})

    assert await stored(house) == []


async def test_what_is_only_read_is_not_kept(house: House) -> None:
    await house.mia.get("/cohorts", Idempotency_Key="k")

    assert await stored(house) == []


async def test_an_answer_lies_sealed_in_the_file(house: House) -> None:
    form = {"email": house.mia.email, "password": PASSWORD}

    grant = (await house.nobody.post("/auth/login", form, Idempotency_Key="k")).json()
    code = (await house.ada.post("/invitations", {"role": "mentor"}, Idempotency_Key="k")).json()

    kept = b"".join(await stored(house))
    assert len(kept) > 400
    for secret in (grant["refreshToken"], grant["accessToken"], code["code"], house.mia.email):
        assert secret.encode() not in kept


async def test_two_at_once_get_one_answer(house: House) -> None:
    form = {"email": house.mia.email, "password": PASSWORD}

    answers_ = await asyncio.gather(
        *(house.nobody.post("/auth/login", form, Idempotency_Key="k") for _ in range(2))
    )

    assert answers_[0].json() == answers_[1].json()


async def test_an_invalid_request_leaves_its_key_unused(house: House) -> None:
    wrong = await house.mia.post("/cohorts", {"name": ""}, Idempotency_Key="k")

    mended = await house.mia.post("/cohorts", {"name": "Evenings"}, Idempotency_Key="k")

    assert (wrong.status_code, mended.status_code) == (422, 201)


async def test_a_wrong_password_may_be_mended_under_the_same_key(house: House) -> None:
    form = {"email": house.mia.email, "password": "not this one"}
    await house.nobody.post("/auth/login", form, Idempotency_Key="k")

    right = {**form, "password": PASSWORD}

    assert (await house.nobody.post("/auth/login", right, Idempotency_Key="k")).status_code == 200


async def test_guessing_at_a_kept_sign_in_is_counted(build: Build) -> None:
    house = await build(sign_in_tries=3)
    form = {"email": house.mia.email, "password": PASSWORD}
    await house.nobody.post("/auth/login", form, Idempotency_Key="k")

    guesses = [
        await house.nobody.post("/auth/login", {**form, "password": guess}, Idempotency_Key="k")
        for guess in ("first guess", "second guess", "third guess", PASSWORD)
    ]

    assert [one.status_code for one in guesses] == [422, 422, 422, 429]


async def test_a_repeated_sign_in_costs_no_try(build: Build) -> None:
    house = await build(sign_in_tries=2)
    form = {"email": house.mia.email, "password": PASSWORD}

    codes = [
        (await house.nobody.post("/auth/login", form, Idempotency_Key="k")).status_code
        for _ in range(5)
    ]

    assert codes == [200] * 5


async def test_a_sign_in_is_kept_for_a_day_and_other_answers_for_ever(
    house: House, clock: Clock
) -> None:
    form = {"email": house.mia.email, "password": PASSWORD}
    await house.nobody.post("/auth/login", form, Idempotency_Key="k")
    await house.mia.post("/cohorts", {"name": "Evenings"}, Idempotency_Key="k")

    forgotten = []
    for span in (SIGN_INS_KEPT, timedelta(seconds=1), timedelta(days=900)):
        clock.time += span
        forgotten.append(await house.services.relay.forget_answers())

    assert (forgotten, len(await stored(house))) == ([0, 1, 0], 1)


async def test_who_signed_out_hears_again_that_it_was_done_and_nothing_else(house: House) -> None:
    made = await house.mia.post("/cohorts", {"name": "Evenings"}, Idempotency_Key="made")
    out = await house.mia.post("/auth/logout", Idempotency_Key="out")

    again = await house.mia.post("/auth/logout", Idempotency_Key="out")
    others = [
        await house.mia.post("/auth/logout"),
        await house.mia.post("/auth/logout", Idempotency_Key="another"),
        await house.mia.post("/cohorts", {"name": "Evenings"}, Idempotency_Key="made"),
        await house.mia.get("/me", Idempotency_Key="out"),
    ]

    assert (made.status_code, out.status_code, again.status_code) == (201, 204, 204)
    assert [one.json()["code"] for one in others] == ["token_invalid"] * 4


@pytest.mark.parametrize("token", ["nonsense", ""])
async def test_a_key_opens_nothing_without_a_token(house: House, token: str) -> None:
    await house.mia.post("/auth/logout", Idempotency_Key="out")

    answer = await house.nobody.post(
        "/auth/logout", Idempotency_Key="out", Authorization=f"Bearer {token}"
    )

    assert answer.status_code == 401


async def test_who_was_deactivated_hears_nothing_again(house: House) -> None:
    ended = (await house.ana.get("/me/devices")).json()[0]["id"]
    await house.ana.delete(f"/me/devices/{ended}", Idempotency_Key="out")
    await house.ada.post(f"/users/{house.ana.id}/deactivate")

    answer = await house.ana.delete(f"/me/devices/{ended}", Idempotency_Key="out")

    assert (answer.status_code, answer.json()["code"]) == (403, "account_disabled")


async def test_what_no_receipt_tells_of_is_kept_in_its_own_commit(house: House) -> None:
    """A relay that dies between the two would ask for a password that is over."""
    repeats, kept = house.services.repeats, Keyed(house.mia.id, "k", (b"POST /x", b"{}"))
    identity = house.services.auth.verify(house.mia.grant["accessToken"])

    await house.services.accounts.change_password(
        identity, PASSWORD, "a new long password", also=repeats.keeping_done(kept)
    )

    answer = await repeats.find(kept)
    assert answer is not None
    assert (answer.status_code, answer.content or b"") == (204, b"")

"""Auth: passwords, access tokens, refresh tokens and codes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from domain.errors import Invalid
from domain.members import Role
from syncserver.auth import (
    Auth,
    TokenRefused,
    hashed,
    new_code,
    new_refresh_token,
    opened,
    plain_code,
    sealed,
)
from syncserver.settings import Settings
from tests.builders import id_of

KEY = b"k" * 32
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ANA, PHONE = id_of("Ana, student"), id_of("phone")


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def auth(tmp_path: Path, clock: Clock) -> Iterator[Auth]:
    settings = Settings(data=tmp_path, password_memory_kib=8, password_rounds=1)
    auth = Auth(settings, KEY, clock)
    yield auth
    auth.close()


def claims(**other: Any) -> dict[str, Any]:
    standard = {
        "iss": "tandem-relay",
        "aud": "tandem",
        "sub": ANA,
        "jti": "1",
        "iat": NOW,
        "exp": NOW + timedelta(minutes=15),
        "sid": PHONE,
        "role": "student",
    }
    return {name: value for name, value in {**standard, **other}.items() if value is not None}


def test_a_token_stands_for_its_person_for_fifteen_minutes(auth: Auth) -> None:
    identity = auth.verify(auth.issue(ANA, Role.STUDENT, PHONE))

    assert (identity.user_id, identity.role, identity.device_id) == (ANA, Role.STUDENT, PHONE)
    assert identity.expires_at == NOW + timedelta(minutes=15)


def test_each_token_has_a_number_of_its_own(auth: Auth) -> None:
    tokens = [auth.issue(ANA, Role.STUDENT, PHONE) for _ in range(2)]

    numbers = {jwt.decode(one, options={"verify_signature": False})["jti"] for one in tokens}

    assert len(numbers) == 2


def test_a_token_ends_to_the_second(auth: Auth, clock: Clock) -> None:
    token = auth.issue(ANA, Role.STUDENT, PHONE)
    clock.time += timedelta(minutes=15)

    with pytest.raises(TokenRefused) as refused:
        auth.verify(token)

    assert refused.value.code == "token_expired"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "nonsense",
        "a.b.c",
        jwt.encode(claims(), "", "none"),
        jwt.encode(claims(), b"x" * 32, "HS256"),
        jwt.encode(claims(), KEY * 2, "HS512"),
        jwt.encode(claims(aud="another"), KEY, "HS256"),
        jwt.encode(claims(iss="another"), KEY, "HS256"),
        jwt.encode(claims(iat=NOW + timedelta(hours=1)), KEY, "HS256"),
        jwt.encode(claims(nbf=NOW + timedelta(hours=1)), KEY, "HS256"),
        jwt.encode(claims(exp=None), KEY, "HS256"),
        jwt.encode(claims(sid=None), KEY, "HS256"),
        jwt.encode(claims(role="owner"), KEY, "HS256"),
        jwt.encode(claims(exp=10**18), KEY, "HS256"),
    ],
    ids=[
        "empty",
        "nonsense",
        "no json",
        "alg none",
        "wrong key",
        "wrong algorithm",
        "wrong audience",
        "wrong issuer",
        "issued in the future",
        "not yet",
        "without an end",
        "without a device",
        "with an unknown role",
        "with an end beyond all years",
    ],
)
def test_a_token_that_is_not_ours_opens_nothing(auth: Auth, token: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        auth.verify(token)

    assert refused.value.code == "token_invalid"


def test_a_clock_that_is_a_little_ahead_is_forgiven(auth: Auth) -> None:
    token = jwt.encode(claims(iat=NOW + timedelta(seconds=30)), KEY, "HS256")

    assert auth.verify(token).user_id == ANA


async def test_a_password_is_hashed_with_argon2id_and_checked(auth: Auth) -> None:
    stored = await auth.hash_password("a long enough one")

    assert stored.startswith("$argon2id$")
    assert await auth.is_password(stored, "a long enough one")
    assert not await auth.is_password(stored, "another long one")


async def test_without_a_stored_password_none_is_right_and_one_is_checked_all_the_same(
    auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    verify = auth._verify

    def noted(stored: str, given: str) -> bool:
        checked.append(stored)
        return verify(stored, given)

    monkeypatch.setattr(auth, "_verify", noted)

    assert not await auth.is_password(None, "whatever it is")

    assert [one.split("$")[3] for one in checked] == ["m=8,t=1,p=1"]


async def test_a_damaged_hash_is_no_password(auth: Auth) -> None:
    assert not await auth.is_password("$argon2id$nonsense", "whatever it is")


@pytest.mark.parametrize(("length", "code"), [(9, "too_short"), (129, "too_long")])
async def test_a_password_has_ten_to_128_characters(auth: Auth, length: int, code: str) -> None:
    with pytest.raises(Invalid) as invalid:
        await auth.hash_password("x" * length)

    assert (invalid.value.field, invalid.value.code) == ("password", code)


async def test_a_hash_of_weaker_days_is_outdated(auth: Auth, tmp_path: Path) -> None:
    stored = await auth.hash_password("a long enough one")
    stronger = Auth(
        Settings(data=tmp_path, password_memory_kib=16, password_rounds=1), KEY, auth._now
    )

    assert stronger.is_outdated(stored)
    assert not auth.is_outdated(stored)
    stronger.close()


def test_a_code_is_found_however_it_is_typed() -> None:
    code = new_code()

    assert plain_code(f" {code.lower().replace('-', ' ')} ") == code
    assert len(code) == 14


def test_codes_differ_and_have_no_letters_that_look_alike() -> None:
    codes = {new_code() for _ in range(50)}

    assert len(codes) == 50
    assert not set("".join(codes)) & set("01OILU")


def test_a_code_for_a_purpose_is_always_the_same(auth: Auth) -> None:
    assert auth.code_for("invitation", ANA, "k") == auth.code_for("invitation", ANA, "k")
    assert auth.code_for("invitation", ANA, "k") != auth.code_for("invitation", ANA, "l")


def test_the_digest_of_a_body_cannot_be_made_without_the_key(auth: Auth, tmp_path: Path) -> None:
    other = Auth(
        Settings(data=tmp_path, password_memory_kib=8, password_rounds=1), b"o" * 32, auth._now
    )

    assert auth.digest(b"x") != other.digest(b"x")
    other.close()


def test_only_the_old_token_and_its_key_open_the_successor() -> None:
    old, successor = new_refresh_token(), new_refresh_token()

    seal = sealed(successor, old, "key")

    assert opened(seal, old, "key") == successor
    assert opened(seal, old, "another") != successor
    assert opened(seal, new_refresh_token(), "key") != successor


def test_what_is_stored_of_a_token_is_not_the_token() -> None:
    token = new_refresh_token()

    assert token not in hashed(token)
    assert len(token) == 43


def test_what_is_veiled_opens_with_the_same_parts_only(auth: Auth) -> None:
    veiled = auth.veiled(b"a grant", b"key", b"body")

    assert veiled != b"a grant"
    assert auth.veiled(veiled, b"key", b"body") == b"a grant"
    for parts in ((b"key", b"other"), (b"keybody",), (b"ke", b"ybody"), ()):
        assert auth.veiled(veiled, *parts) != b"a grant"

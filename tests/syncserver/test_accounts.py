"""Accounts beyond what REST shows: stored hashes, and who may speak for whom."""

from pathlib import Path

import pytest

from domain.errors import Refused
from syncserver.accounts import Accounts
from syncserver.auth import Auth, TokenRefused
from syncserver.settings import Settings
from syncserver.storage.credentials import Credentials
from tests.syncserver.rest.conftest import KEY, PASSWORD, House, clock, house

__all__ = ["clock", "house"]  # fixtures


async def test_a_token_gives_the_role_of_this_moment(house: House) -> None:
    identity = await house.services.accounts.authenticate(house.ada.grant["accessToken"])

    assert (identity.user_id, identity.role) == (house.ada.id, "admin")


async def test_a_deactivated_account_has_no_identity(house: House) -> None:
    await house.ada.post(f"/users/{house.ana.id}/deactivate")

    with pytest.raises(TokenRefused) as refused:
        await house.services.accounts.authenticate(house.ana.grant["accessToken"])

    assert refused.value.code == "account_disabled"


async def test_no_secret_is_stored_as_it_is(house: House, tmp_path: Path) -> None:
    reset = (await house.services.administration.allow_reset(house.ana.email)).code

    stored = b"".join(path.read_bytes() for path in (tmp_path / "relay").iterdir())

    for secret in (PASSWORD, house.ana.grant["refreshToken"], reset):
        assert secret.encode() not in stored


async def test_a_password_is_hashed_anew_with_todays_parameters(
    house: House, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path, password_memory_kib=16, password_rounds=1)
    stronger = Auth(settings, KEY, house.clock)
    accounts = Accounts(house.services.relay, stronger, settings, house.clock)

    await accounts.sign_in(house.ana.email, PASSWORD, "phone")

    stored = await house.services.relay.read(
        lambda reading: Credentials(reading.connection).password_of(house.ana.id)
    )
    assert stored is not None
    assert "m=16," in stored
    stronger.close()


async def test_an_unknown_name_is_refused_like_a_wrong_password(house: House) -> None:
    for email in ("no@one.org", "nonsense", ""):
        with pytest.raises(Refused) as refused:
            await house.services.accounts.sign_in(email, PASSWORD, "phone")
        assert refused.value.code == "credentials_wrong"


async def test_a_device_was_last_seen_at_its_last_refresh(house: House) -> None:
    house.clock.pass_(minutes=10)

    await house.services.accounts.refresh(house.ana.grant["refreshToken"])

    (device,) = await house.services.accounts.devices(house.ana.id)
    assert device.last_seen_at > device.created_at

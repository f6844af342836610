"""Signing in and out: grants, devices and their families of refresh tokens, passwords."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from uuid_utils import uuid7

from domain.accounts import Account, AccountState
from domain.administration import ChangeAccount
from domain.errors import DomainError, Refused, not_found
from domain.fields import email_address
from domain.instants import instant, later
from domain.members import Role
from syncserver.auth import (
    Auth,
    Identity,
    TokenRefused,
    checked_password,
    hashed,
    new_refresh_token,
    opened,
    plain_code,
    sealed,
)
from syncserver.frames import EndedDevice
from syncserver.relay import Also, Relay
from syncserver.settings import Settings
from syncserver.storage.credentials import Credentials, Device, RefreshToken
from syncserver.storage.ledger import Reading, Writing
from syncserver.storage.notes import act_of, note

DEVICE_NAME_LENGTH = 80


class Person(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The signed-in person, as a grant shows them."""

    id: str
    name: str
    email: str
    role: Role
    time_zone: str


class Grant(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What signing in gives: a short access token and the first or next refresh token."""

    access_token: str
    refresh_token: str
    token_type: str = "Bearer"  # noqa: S105 - the name of a scheme, RFC 6750
    expires_in: int
    user: Person


def nothing(_writing: Writing) -> None:
    """What else belongs to a commit, where nothing does."""


class Accounts:
    """What people do about their own account; every answer is durable before it is given.

    A refresh token is used once. The second use of one ends its device with all its tokens: either
    the person or a thief has an old copy, and nobody can tell which. One benign case is exempt: the
    answer to a refresh was lost. A client that sends an `Idempotency-Key` with its refresh may
    repeat it under the same key, as long as the successor was not used and for at most
    `refresh_retry_s`; it then gets the same successor. Who only stole the token has no such key.
    """

    def __init__(
        self, relay: Relay, auth: Auth, settings: Settings, now: Callable[[], datetime]
    ) -> None:
        self._relay = relay
        self._auth = auth
        self._settings = settings
        self._now = now

    async def authenticate(self, token: str) -> Identity:
        """Who the access token stands for, with their role of this moment.

        Raises:
            TokenRefused: also when the device was signed out or the account deactivated meanwhile.
        """
        identity = self._auth.verify(token)

        def look(reading: Reading) -> tuple[Account | None, Device | None]:
            device = Credentials(reading.connection).device(identity.device_id)
            return reading.find(Account, identity.user_id), device

        account, device = await self._relay.read(look)
        if account is None or device is None or device.user_id != account.id:
            raise TokenRefused("token_invalid", "Sign in again.")
        if account.state is not AccountState.ACTIVE:
            raise TokenRefused("account_disabled", "This account has been deactivated.")
        if device.ended_at is not None:
            raise TokenRefused("token_invalid", "This device was signed out.")
        return Identity(account.id, account.role, device.id, identity.expires_at)

    async def sign_in(self, email: str, password: str, device_name: str) -> Grant:
        """A grant for a new device.

        Raises:
            Refused: `credentials_wrong`, after the same time for a name that is not known, or
                `account_disabled`, to those who know the password.
        """
        account, stored = await self._relay.read(lambda reading: _known(reading, email))
        is_right = await self._auth.is_password(stored, password)
        if not is_right or account is None or stored is None:
            raise Refused("credentials_wrong", "The e-mail address or the password is wrong.")
        if account.state is not AccountState.ACTIVE:
            raise Refused("account_disabled", "This account has been deactivated.")
        newer = None
        if self._auth.is_outdated(stored):
            newer = await self._auth.hash_password(password)
        return await self.grant(account, device_name, password_hash=newer)

    async def grant(
        self, account: Account, device_name: str, *, password_hash: str | None = None
    ) -> Grant:
        """A grant for a new device of this person, whose identity is proved."""
        device_id, token, now = str(uuid7()), new_refresh_token(), instant(self._now())

        def work(writing: Writing) -> None:
            credentials = Credentials(writing.connection)
            name = device_name[:DEVICE_NAME_LENGTH]
            credentials.add_device(device_id, account.id, name, now)
            credentials.add_refresh_token(hashed(token), device_id, self._refresh_end(now))
            if password_hash:
                credentials.set_password(account.id, password_hash, now)

        await self._relay.write(work)
        return self._granted(account, device_id, token)

    async def refresh(self, token: str, retry_key: str = "") -> Grant:
        """The next grant of a device.

        Raises:
            TokenRefused: `token_invalid`, `token_expired`, `account_disabled`, or `token_reused`,
                and then the device's whole family is revoked.
        """
        outcome = await self._relay.write(lambda writing: self._rotate(writing, token, retry_key))
        if isinstance(outcome, TokenRefused):
            raise outcome
        account, device_id, successor = outcome
        return self._granted(account, device_id, successor)

    def _rotate(
        self, writing: Writing, token: str, retry_key: str
    ) -> tuple[Account, str, str] | TokenRefused:
        """The refusal is returned and not raised: its revocation must be committed."""
        credentials, now = Credentials(writing.connection), instant(self._now())
        known = credentials.refresh_token(hashed(token))
        device = credentials.device(known.device_id) if known else None
        account = writing.find(Account, device.user_id) if device else None
        if known is None or device is None or account is None:
            return TokenRefused("token_invalid", "Sign in again.")
        if refusal := _refusal(known, device, account, now):
            return refusal
        if known.used_at is not None:
            if self._is_retry(credentials, known, retry_key, now):
                seal = known.successor_seal or ""
                return account, device.id, opened(seal, token, retry_key)
            _tell(writing, credentials.end_device(device.id, now, by="reused"))
            return _reused()
        successor = new_refresh_token()
        credentials.add_refresh_token(hashed(successor), device.id, self._refresh_end(now))
        credentials.use_refresh_token(
            known,
            now,
            successor=hashed(successor),
            retry=hashed(retry_key) if retry_key else None,
            seal=sealed(successor, token, retry_key) if retry_key else None,
        )
        return account, device.id, successor

    def _is_retry(
        self, credentials: Credentials, known: RefreshToken, retry_key: str, now: str
    ) -> bool:
        if not (retry_key and known.successor_seal and known.retry_hash == hashed(retry_key)):
            return False
        successor = credentials.refresh_token(known.successor_hash or "")
        patience = timedelta(seconds=self._settings.refresh_retry_s)
        in_time = now <= later(known.used_at or now, patience)
        return in_time and successor is not None and successor.used_at is None

    async def sign_out(self, identity: Identity, *, everywhere: bool, also: Also = nothing) -> None:
        """Sign this device out, or all; `also` belongs to the same commit, as below."""
        now = instant(self._now())

        def work(writing: Writing) -> None:
            credentials = Credentials(writing.connection)
            if everywhere:
                ended = credentials.end_devices(identity.user_id, now, by="signed_out")
            else:
                ended = credentials.end_device(identity.device_id, now, by="signed_out")
            _tell(writing, ended)
            also(writing)

        await self._relay.write(work)

    async def devices(self, user_id: str) -> list[Device]:
        """The devices where this person is signed in, the last seen first."""
        return await self._relay.read(
            lambda reading: Credentials(reading.connection).devices_of(user_id)
        )

    async def end_device(self, user_id: str, device_id: str, *, also: Also = nothing) -> None:
        """Sign one of the person's devices out. Raises `not_found`."""
        now = instant(self._now())

        def work(writing: Writing) -> bool:
            credentials = Credentials(writing.connection)
            device = credentials.device(device_id)
            if device is None or device.user_id != user_id or device.ended_at:
                return False
            _tell(writing, credentials.end_device(device_id, now, by="signed_out"))
            also(writing)
            return True

        if not await self._relay.write(work):
            raise not_found("device")

    async def change_password(
        self, identity: Identity, current: str, new: str, *, also: Also = nothing
    ) -> None:
        """Set a new password, and sign out all other devices.

        Raises:
            Refused: `credentials_wrong`.
            Invalid: the new one is too short or too long.
        """
        checked_password(new, "newPassword")
        await self._check_password(identity, current)
        await self._set_password(identity, new, also=also)

    async def change_email(
        self, identity: Identity, current: str, new: str, *, mutation_id: str, body_hash: str
    ) -> None:
        """Sign in under another address from now on.

        Raises:
            Refused: `credentials_wrong`, or `email_taken`.
            Invalid: it is no e-mail address.
        """
        address = email_address("newEmail", new)
        await self._check_password(identity, current)
        await self._relay.do_trusted(
            ChangeAccount(user_id=identity.user_id, email=address),
            mutation_id=mutation_id,
            body_hash=body_hash,
            actor=identity.user_id,
            device_id=identity.device_id,
        )

    async def reset_password(
        self, email: str, code: str, new: str, *, also: Also = nothing
    ) -> None:
        """Set a new password with a reset code, and sign out all devices.

        Raises:
            Refused: `reset_code_unknown`, also for an address that is not known.
            Invalid: the new password is too short or too long.
        """
        checked_password(new, "newPassword")
        account, _ = await self._relay.read(lambda reading: _known(reading, email))
        new_hash, now = await self._auth.hash_password(new), instant(self._now())

        def work(writing: Writing) -> bool:
            credentials = Credentials(writing.connection)
            if account is None:
                return False
            if not credentials.use_reset_code(account.id, hashed(plain_code(code)), now):
                return False
            credentials.set_password(account.id, new_hash, now)
            end_devices(writing, account.id, now, by="password")
            _note_password(writing, account.id, now, "account.reset_password")
            also(writing)
            return True

        if not await self._relay.write(work):
            raise Refused("reset_code_unknown", "This reset code is wrong, used or over.")

    async def _check_password(self, identity: Identity, current: str) -> None:
        stored = await self._relay.read(
            lambda reading: Credentials(reading.connection).password_of(identity.user_id)
        )
        if not await self._auth.is_password(stored, current):
            raise Refused("credentials_wrong", "The current password is wrong.")

    async def _set_password(self, identity: Identity, new: str, *, also: Also) -> None:
        new_hash, now = await self._auth.hash_password(new), instant(self._now())
        user_id, here = identity.user_id, identity.device_id

        def work(writing: Writing) -> None:
            Credentials(writing.connection).set_password(user_id, new_hash, now)
            end_devices(writing, user_id, now, by="password", besides=here)
            _note_password(writing, user_id, now, "account.password", here)
            also(writing)

        await self._relay.write(work)

    def _refresh_end(self, now: str) -> str:
        return later(now, timedelta(days=self._settings.refresh_token_days))

    def _granted(self, account: Account, device_id: str, refresh_token: str) -> Grant:
        return Grant(
            access_token=self._auth.issue(account.id, account.role, device_id),
            refresh_token=refresh_token,
            expires_in=self._settings.access_token_s,
            user=Person(
                id=account.id,
                name=account.name,
                email=account.email,
                role=account.role,
                time_zone=account.time_zone,
            ),
        )


def account_of(reading: Reading, email: str) -> Account | None:
    """The account with this e-mail address, however it is written."""
    try:
        address = email_address("email", email)
    except DomainError:
        return None
    return next(iter(reading.where(Account, email=address)), None)


def end_devices(writing: Writing, user_id: str, now: str, *, by: str, besides: str = "") -> None:
    """Sign a person out everywhere but on one device, in somebody else's commit."""
    ended = Credentials(writing.connection).end_devices(user_id, now, by=by, besides=besides)
    _tell(writing, ended)


def _note_password(
    writing: Writing, user_id: str, now: str, action: str, device_id: str | None = None
) -> None:
    """Audit that there is a new password, in the room of the person alone."""
    if (account := writing.find(Account, user_id)) is not None:
        act = act_of(account, now, str(uuid7()))
        note(writing, act, action, account, said={"password": ""}, device_id=device_id)


def _tell(writing: Writing, device_ids: list[str]) -> None:
    """Have the live connections of these devices ended once it is durable."""
    writing.effects.told += [EndedDevice(device_id) for device_id in device_ids]


def _known(reading: Reading, email: str) -> tuple[Account | None, str | None]:
    account = account_of(reading, email)
    stored = Credentials(reading.connection).password_of(account.id) if account else None
    return account, stored


def _refusal(
    known: RefreshToken, device: Device, account: Account, now: str
) -> TokenRefused | None:
    if account.state is not AccountState.ACTIVE:
        return TokenRefused("account_disabled", "This account has been deactivated.")
    if device.ended_by == "reused":
        return _reused()
    if device.ended_at is not None:
        return TokenRefused("token_invalid", "This device was signed out.")
    if known.expires_at <= now:
        return TokenRefused("token_expired", "Sign in again.")
    return None


def _reused() -> TokenRefused:
    return TokenRefused("token_reused", "This sign-in was used twice and has ended for safety.")

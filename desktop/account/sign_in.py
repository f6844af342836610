"""Signing in and out: which account, which folder, and the access tokens that follow."""

import asyncio
import re
import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec

from desktop.account.api import Api, ApiRefused, Grant, Unreachable
from desktop.account.credentials import Credentials, Secret
from desktop.account.join_links import server_address
from desktop.tasks import spawn
from desktop.whole_files import written
from domain.members import Role

LAST_ACCOUNT = "last-account.json"
LEAST_LEFT_S = 30.0  # a token that ends sooner is not given out any more
TELL_S = 3.0  # how long a relay is given to hear of a sign-out; the person is out before that
ENDED = {"token_reused", "token_expired", "token_invalid", "token_missing", "account_disabled"}
NOT_SIGNED_IN = "Sign in to go on syncing. Everything you do here meanwhile is kept."


class Account(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person on a relay, as this computer knows them."""

    server: str
    user_id: str
    name: str
    email: str
    role: Role
    time_zone: str

    @property
    def key(self) -> str:
        """Its name in the keyring, and of its folder."""
        host = re.sub(r"[^a-z0-9.-]", "_", urlsplit(self.server).netloc.lower())
        return f"{host}-{self.user_id}"


class AccessToken(NamedTuple):
    """An access token; `expires_at` is in seconds of the monotonic clock."""

    text: str
    expires_at: float


class Tokens:
    """Gives access tokens of one account, and refreshes them, one refresh at a time.

    `offline` and `signed_out` make the exceptions that the sync client knows, from a sentence and
    `code=`; `offline` takes `retry_after_s=` too.
    """

    def __init__(
        self,
        api: Api,
        credentials: Credentials,
        account: Account,
        *,
        offline: Callable[..., Exception],
        signed_out: Callable[..., Exception],
        first: AccessToken | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._credentials = credentials
        self._account = account
        self._offline = offline
        self._signed_out = signed_out
        self._token = first
        self._monotonic = monotonic
        self._one_at_a_time = asyncio.Lock()

    async def __call__(self, *, fresh: bool = False) -> AccessToken:
        """A token that is valid for a while; `fresh` insists on one that was not seen yet."""
        seen = self._token
        async with self._one_at_a_time:
            token = self._token
            is_new = not fresh or token is not seen
            if token and is_new and token.expires_at - self._monotonic() > LEAST_LEFT_S:
                return token
            self._token = await self._refreshed()
            return self._token

    async def _refreshed(self) -> AccessToken:
        key = self._account.key
        secret = await self._credentials.load(key)
        if secret is None:
            raise self._without_secret()
        asked_at = self._monotonic()
        try:
            grant = await self._api.refresh(secret.refresh_token, secret.retry_key)
        except Unreachable as error:
            raise self._offline(str(error), code=error.code) from error
        except ApiRefused as error:
            if error.code in ENDED:
                raise self._signed_out(str(error), code=error.code) from error
            raise self._offline(
                str(error), code=error.code, retry_after_s=error.retry_after_s
            ) from error
        await self._credentials.save(key, _secret(grant))
        return AccessToken(grant.access_token, asked_at + grant.expires_in)

    def _without_secret(self) -> Exception:
        """Why there is none: the keyring may still give it, does not, or has none."""
        trouble = self._credentials.trouble
        if self._credentials.is_waiting:
            return self._offline(trouble, code="keyring_waits")
        return self._signed_out(trouble or NOT_SIGNED_IN, code="signed_out")


class SignIn:
    """Who is signed in on this computer; every account has a folder of its own.

    `data` is the program's data folder.
    """

    def __init__(
        self,
        data: Path,
        credentials: Credentials,
        *,
        make_api: Callable[[str], Api] = Api,
        monotonic: Callable[[], float] = time.monotonic,
        tell_s: float = TELL_S,
    ) -> None:
        self._data = data
        self._credentials = credentials
        self._make_api = make_api
        self._monotonic = monotonic
        self._apis: dict[str, Api] = {}
        self._tell_s = tell_s
        self._first_tokens: dict[str, AccessToken] = {}
        self._ending: set[asyncio.Future[None]] = set()

    def api(self, server: str) -> Api:
        """The REST interface of a relay; one for each address."""
        if server not in self._apis:
            self._apis[server] = self._make_api(server)
        return self._apis[server]

    def last(self) -> Account | None:
        """Who was signed in last and did not sign out; None on a new computer."""
        try:
            text = (self._data / LAST_ACCOUNT).read_bytes()
            return msgspec.json.decode(text, type=Account)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def folder(self, account: Account) -> Path:
        """Where the files of this account are; it may not exist yet."""
        return self._data / "accounts" / account.key

    async def sign_in(self, server: str, email: str, password: str) -> Account:
        """Sign in with what was typed.

        Raises:
            Malformed: the address is none.
            ApiRefused, Unreachable: nothing was changed.
        """
        address = server_address(server)
        return await self._enter(address, self.api(address).login(email.strip(), password))

    async def register(self, server: str, fields: Mapping[str, str]) -> Account:
        """Make an account and sign in; `fields` as in the contract. Raises like `sign_in`."""
        address = server_address(server)
        return await self._enter(address, self.api(address).register(fields))

    async def reset_password(self, server: str, email: str, code: str, new_password: str) -> None:
        """Set a forgotten password anew with a code. Raises like `sign_in`."""
        api = self.api(server_address(server))
        await api.reset_password(email.strip(), code, new_password)

    async def remember(self, account: Account) -> None:
        """Keep another name, address or zone of whoever is signed in, for the next start."""
        await asyncio.to_thread(self._remember_again, account)

    async def sign_out(
        self, account: Account, *, everywhere: bool = False, wipe: bool = False
    ) -> None:
        """Forget the sign-in, and with `wipe` all files of the account, which must be closed.

        Nobody waits for the keyring and the relay: they are told in the background, the relay if it
        can be reached soon; its refresh token ends by itself in any case.

        Raises:
            NotDeleted: some files are still there; the person is signed out all the same.
        """
        first = self._first_tokens.pop(account.key, None)
        ended = asyncio.get_running_loop().create_future()
        self._ending.add(ended)
        spawn(self._end(account, first, ended, everywhere=everywhere), name="sign out")
        await asyncio.to_thread(self._forget, account, wipe=wipe)

    def tokens(
        self,
        account: Account,
        *,
        offline: Callable[..., Exception],
        signed_out: Callable[..., Exception],
    ) -> Tokens:
        """The source of this account's access tokens."""
        return Tokens(
            self.api(account.server),
            self._credentials,
            account,
            offline=offline,
            signed_out=signed_out,
            first=self._first_tokens.get(account.key),
            monotonic=self._monotonic,
        )

    async def close(self) -> None:
        """Let sign-outs come to their end, which is soon, and close the lines."""
        if self._ending:
            await asyncio.wait(set(self._ending))
        for api in self._apis.values():
            await api.close()

    async def _enter(self, server: str, granting: Awaitable[Grant]) -> Account:
        asked_at = self._monotonic()
        grant = await granting
        user = grant.user
        account = Account(
            server=server,
            user_id=user.id,
            name=user.name,
            email=user.email,
            role=user.role,
            time_zone=user.time_zone,
        )
        await self._credentials.save(account.key, _secret(grant))
        token = AccessToken(grant.access_token, asked_at + grant.expires_in)
        self._first_tokens[account.key] = token
        await asyncio.to_thread(self._remember, account)
        return account

    async def _end(
        self,
        account: Account,
        first: AccessToken | None,
        ended: asyncio.Future[None],
        *,
        everywhere: bool,
    ) -> None:
        """Take the secret out of the keyring, and tell the relay; it is no matter if it is away."""
        try:
            secret = await self._credentials.forget(account.key)
            with suppress(TimeoutError, Unreachable, ApiRefused):
                async with asyncio.timeout(self._tell_s):
                    await self._tell(self.api(account.server), first, secret, everywhere=everywhere)
        finally:
            self._ending.discard(ended)
            ended.set_result(None)

    async def _tell(
        self, api: Api, first: AccessToken | None, secret: Secret | None, *, everywhere: bool
    ) -> None:
        if first and first.expires_at > self._monotonic():
            await api.logout(first.text, everywhere=everywhere)
        elif secret:  # the grant is not kept: nobody is signed in here any more
            grant = await api.refresh(secret.refresh_token, secret.retry_key)
            await api.logout(grant.access_token, everywhere=everywhere)

    def _remember(self, account: Account) -> None:
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written(self._data / LAST_ACCOUNT) as part:
            part.write_bytes(msgspec.json.encode(account))

    def _remember_again(self, account: Account) -> None:
        last = self.last()
        if last is not None and last.key == account.key:  # else somebody else is in by now
            self._remember(account)

    def _forget(self, account: Account, *, wipe: bool) -> None:
        last = self.last()
        if last is not None and last.key == account.key:
            (self._data / LAST_ACCOUNT).unlink(missing_ok=True)
        folder = self.folder(account)
        if not wipe or not folder.exists():
            return
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise NotDeleted(folder) from error


class NotDeleted(Exception):
    """Files of an account that stay on the disk; `str(error)` is for the user's eyes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Not all files of your copy could be deleted. Delete this folder by hand: {folder}"
        )


def _secret(grant: Grant) -> Secret:
    return Secret(refresh_token=grant.refresh_token, retry_key=str(uuid4()))

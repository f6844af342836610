"""Passwords, access tokens, refresh tokens and one-time codes; no storage, no network."""

import asyncio
import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import argon2
import jwt

from domain.errors import Invalid
from domain.members import Role
from syncserver.settings import Settings

ISSUER, AUDIENCE, ALGORITHM = "tandem-relay", "tandem", "HS256"
CLOCK_LEEWAY = timedelta(seconds=60)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128
# Without 0 O 1 I L U: read aloud and typed without a doubt.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_BYTES = 32


class TokenRefused(Exception):
    """A token that opens nothing.

    Attributes:
        code: `token_missing`, `token_invalid`, `token_expired`, `token_reused` or
            `account_disabled`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an access token stands for, and until when."""

    user_id: str
    role: Role
    device_id: str
    expires_at: datetime


class Auth:
    """Makes and checks what proves a person's identity.

    Passwords are hashed on a small pool of threads: argon2id takes long and much memory by design.
    """

    def __init__(self, settings: Settings, key: bytes, now: Callable[[], datetime]) -> None:
        self._hasher = argon2.PasswordHasher(
            time_cost=settings.password_rounds,
            memory_cost=settings.password_memory_kib,
            parallelism=1,
        )
        self._key = key
        self._now = now
        self._lifetime = timedelta(seconds=settings.access_token_s)
        self._threads = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="argon2")
        # What an unknown name is checked against, so that it takes as long as a known one.
        self._decoy = self._hasher.hash(secrets.token_urlsafe())

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)

    async def hash_password(self, password: str) -> str:
        """The argon2id hash of a new password. Raises `Invalid` outside of 10 to 128 characters."""
        made: str = await self._on_thread(self._hasher.hash, checked_password(password))
        return made

    async def is_password(self, stored: str | None, password: str) -> bool:
        """Whether it is this password; without a stored one False, after the same time."""
        matches: bool = await self._on_thread(self._verify, stored or self._decoy, password)
        return matches and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return bool(self._hasher.check_needs_rehash(stored))

    def issue(self, user_id: str, role: Role, device_id: str) -> str:
        """An access token, good for 15 minutes where nothing else is set."""
        now = self._now()
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": user_id,
            "jti": secrets.token_hex(16),
            "iat": now,
            "exp": now + self._lifetime,
            "sid": device_id,
            "role": role.value,
        }
        token: str = jwt.encode(claims, self._key, ALGORITHM)
        return token

    def verify(self, token: str) -> Identity:
        """Who the token stands for; whether the account is still active is the caller's to ask.

        Raises:
            TokenRefused: `token_expired`, or `token_invalid` for everything else.
        """
        try:
            claims = self._decoded(token)
            identity = Identity(
                user_id=str(claims["sub"]),
                role=Role(claims["role"]),
                device_id=str(claims["sid"]),
                expires_at=datetime.fromtimestamp(claims["exp"], UTC),
            )
            issued_at = datetime.fromtimestamp(max(claims["iat"], claims.get("nbf", 0)), UTC)
        except (jwt.InvalidTokenError, ValueError, TypeError, OverflowError, OSError) as error:
            raise TokenRefused("token_invalid", "Sign in again.") from error
        if issued_at > self._now() + CLOCK_LEEWAY:
            raise TokenRefused("token_invalid", "This token is from the future.")
        if identity.expires_at <= self._now():
            raise TokenRefused("token_expired", "This token has ended.")
        return identity

    def code_for(self, *purpose: str) -> str:
        """A code that is always the same for this purpose, and that only this relay can make."""
        text = "\x1f".join(purpose).encode()
        digest = hmac.digest(self._key, b"code\x1f" + text, "sha256")
        return _spelled(int.from_bytes(digest, "big"), 12)

    def digest(self, *parts: bytes) -> str:
        """A keyed digest of a request's body: it may hold a password, and is stored."""
        return hmac.new(self._key, b"body\x1f" + b"\x1f".join(parts), "sha256").hexdigest()

    def veiled(self, data: bytes, *parts: bytes) -> bytes:
        """The data as nobody reads it without this relay's key and the same parts; twice, itself.

        The parts are used for one piece of data only.
        """
        seed = b"\x1f".join(
            (self._key, b"veil", *(hashlib.sha256(part).digest() for part in parts))
        )
        pad = hashlib.shake_256(seed).digest(len(data))
        return bytes(a ^ b for a, b in zip(data, pad, strict=True))

    def _decoded(self, token: str) -> dict[str, Any]:
        # Times are checked above: with this relay's own clock, and by one rule.
        claims: dict[str, Any] = jwt.decode(
            token,
            self._key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={
                "require": ["iss", "aud", "sub", "jti", "iat", "exp", "sid", "role"],
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
        return claims

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False

    async def _on_thread(self, function: Callable[..., Any], *arguments: Any) -> Any:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, function, *arguments)


def checked_password(password: str, field: str = "password") -> str:
    """The password, if it has 10 to 128 characters. Raises `Invalid`."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid(field, "too_short", f"Use at least {SHORTEST_PASSWORD} characters.")
    if len(password) > LONGEST_PASSWORD:
        raise Invalid(field, "too_long", f"Use at most {LONGEST_PASSWORD} characters.")
    return password


def new_code(letters: int = 12) -> str:
    """A random code in groups of four."""
    return _spelled(secrets.randbits(letters * 8), letters)


def plain_code(typed: str) -> str:
    """A code as it was made, however a person typed it."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return "-".join(letters[n : n + 4] for n in range(0, len(letters), 4))


def new_refresh_token() -> str:
    return urlsafe_b64encode(secrets.token_bytes(SECRET_BYTES)).decode().rstrip("=")


def hashed(secret: str) -> str:
    """What is stored of a secret that is random enough to need no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def sealed(successor: str, old_token: str, key: str) -> str:
    """A refresh token that only the holder of its predecessor and of `key` can open again."""
    data = urlsafe_b64decode(successor + "=")
    return bytes(a ^ b for a, b in zip(data, _pad(old_token, key), strict=True)).hex()


def opened(seal: str, old_token: str, key: str) -> str:
    data = bytes.fromhex(seal)
    plain = bytes(a ^ b for a, b in zip(data, _pad(old_token, key), strict=True))
    return urlsafe_b64encode(plain).decode().rstrip("=")


def _pad(old_token: str, key: str) -> bytes:
    return hmac.digest(old_token.encode(), b"successor\x1f" + key.encode(), "sha256")


def _spelled(number: int, letters: int) -> str:
    spelled = ""
    for _ in range(letters):
        number, index = divmod(number, len(CODE_LETTERS))
        spelled += CODE_LETTERS[index]
    return plain_code(spelled)

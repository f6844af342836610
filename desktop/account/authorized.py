"""Asks a relay with an access token, and once more with a fresh one where that has ended."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from desktop.account.api import ApiRefused
from desktop.account.sign_in import AccessToken

STALE = {"token_expired", "token_invalid"}  # a token refreshed in the meantime may do

T = TypeVar("T")


class TokenSource(Protocol):
    """Gives access tokens; `fresh` insists on one that was not seen yet."""

    async def __call__(self, *, fresh: bool = False) -> AccessToken: ...


async def authorized(tokens: TokenSource, call: Callable[[str], Awaitable[T]]) -> T:
    """What `call` gives for an access token. Raises what it raises, or what `tokens` raises."""
    try:
        return await call((await tokens()).text)
    except ApiRefused as refused:
        if refused.code not in STALE:
            raise
    return await call((await tokens(fresh=True)).text)

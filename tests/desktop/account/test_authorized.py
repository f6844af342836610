"""Requests with a token that may have ended meanwhile."""

from __future__ import annotations

import pytest

from desktop.account.api import ApiRefused
from desktop.account.authorized import authorized
from tests.desktop.account.test_own_account import FakeTokens


async def test_a_token_that_has_ended_is_renewed_once() -> None:
    seen: list[str] = []

    async def call(token: str) -> str:
        seen.append(token)
        if len(seen) == 1:
            raise ApiRefused("token_expired", "It has ended.")
        return "an answer"

    assert await authorized(FakeTokens(), call) == "an answer"
    assert seen == ["access 1", "access 2"]


@pytest.mark.parametrize(("code", "tries"), [("token_invalid", 2), ("forbidden", 1)])
async def test_what_stays_refused_is_said(code: str, tries: int) -> None:
    seen: list[str] = []

    async def call(token: str) -> None:
        seen.append(token)
        raise ApiRefused(code, "No.")

    with pytest.raises(ApiRefused, match="No"):
        await authorized(FakeTokens(), call)

    assert len(seen) == tries

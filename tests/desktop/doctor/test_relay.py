"""The relay itself, by answers that are scripted."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from desktop.account.api import About
from desktop.doctor import relay
from desktop.doctor.findings import Finding, Verdict
from desktop.sync.relay_link import Offline, SignedOut, StaleToken, UpgradeRequired
from domain.wire import Welcome
from tests.desktop.account.servers import Server, a_problem
from tests.desktop.sync.fakes import FakeLink, FakeRelay, FakeTokens, VirtualClock

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DATE = {"Date": "Mon, 02 Mar 2026 12:00:00 GMT"}


def says(**more: object) -> httpx.Response:
    body = {"version": "1.2", "protocol": 1, "minProtocol": 1, **more}
    return httpx.Response(200, json=body, headers=DATE)


async def test_a_relay_that_speaks_alike_fits() -> None:
    found, about = await relay.version(Server(says()).api)

    assert (found.verdict, found.code, found.facts["version"]) == (Verdict.GOOD, "fits", "1.2")
    assert about is not None
    assert about.date == DATE["Date"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (says(minProtocol=9, protocol=9), "desktop_old"),
        (says(protocol=0, minProtocol=0), "relay_old"),
        (httpx.Response(200, text="<html>"), "foreign"),
        (httpx.ConnectError("no"), "unreachable"),
        (a_problem(503, "busy"), "refused"),
    ],
)
async def test_what_does_not_fit_is_told_apart(
    answer: httpx.Response | Exception, code: str
) -> None:
    found, about = await relay.version(Server(answer).api)

    assert (found.verdict, found.code) == (Verdict.BAD, code)
    assert about is None


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (NOON + timedelta(seconds=30), "right"),
        (NOON + timedelta(hours=1), "ahead"),
        (NOON - timedelta(hours=1), "behind"),
    ],
)
def test_clocks_are_compared(now: datetime, code: str) -> None:
    assert relay.clock(About(version="1", date=DATE["Date"]), now).code == code


def test_a_relay_that_tells_no_time_is_no_fault() -> None:
    assert relay.clock(About(version="1"), NOON).code == "untold"


async def let_in(*refusals: Exception) -> tuple[Finding, list[Welcome]]:
    kept: list[Welcome] = []
    link = FakeLink(FakeRelay())
    link.answers["connect"] = list(refusals)
    return await relay.token(FakeTokens(VirtualClock()), link, "client-1", kept.append), kept


async def test_a_sign_in_that_is_taken_gives_the_welcome() -> None:
    found, kept = await let_in()

    assert (found.code, len(kept)) == ("taken", 1)


async def test_a_token_that_has_just_ended_is_replaced_once() -> None:
    found, kept = await let_in(StaleToken("ended"))

    assert (found.code, len(kept)) == ("taken", 1)


@pytest.mark.parametrize(
    ("refusals", "code"),
    [
        ((StaleToken("ended"), StaleToken("ended")), "not_taken"),
        ((SignedOut("closed"),), "signed_out"),
        ((UpgradeRequired("old"),), "desktop_old"),
        ((Offline("full"),), "not_let_in"),
    ],
)
async def test_why_nobody_is_let_in_is_told_apart(
    refusals: tuple[Exception, ...], code: str
) -> None:
    found, kept = await let_in(*refusals)

    assert (found.code, kept) == (code, [])

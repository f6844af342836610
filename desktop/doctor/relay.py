"""The relay itself: whether it is one, whether the clocks agree, whether it takes the sign-in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from desktop.account.api import About, Api, ApiRefused, Unreachable
from desktop.doctor.findings import Finding, Step, bad, good, note
from desktop.sync.relay_link import (
    Offline,
    RelayLink,
    SignedOut,
    StaleToken,
    TokenSource,
    UpgradeRequired,
)
from domain.wire import PROTOCOL_VERSION, Welcome

SLACK = timedelta(seconds=60)


async def version(api: Api) -> tuple[Finding, About | None]:
    """Whether a relay answers, and whether it speaks as this program does."""
    try:
        about = await api.about()
    except Unreachable as error:
        return bad(Step.VERSION, error.code, why=str(error)), None
    except ApiRefused as error:
        return bad(Step.VERSION, "refused", why=str(error)), None
    facts = {"version": about.version, "protocol": str(PROTOCOL_VERSION)}
    if about.min_protocol > PROTOCOL_VERSION:
        return bad(Step.VERSION, "desktop_old", **facts), None
    if about.protocol < PROTOCOL_VERSION:
        return bad(Step.VERSION, "relay_old", **facts), None
    return good(Step.VERSION, "fits", **facts), about


def clock(about: About, now: datetime) -> Finding:
    """How far the clocks are apart; the relay's is told with each answer, in whole seconds."""
    try:
        theirs = parsedate_to_datetime(about.date)
        apart = now - theirs
    except (TypeError, ValueError):
        return note(Step.CLOCK, "untold")
    if abs(apart) <= SLACK:
        return good(Step.CLOCK, "right")
    code = "ahead" if apart > timedelta() else "behind"
    return bad(Step.CLOCK, code, seconds=str(int(abs(apart).total_seconds())))


async def token(
    tokens: TokenSource, link: RelayLink, client_id: str, keep: Callable[[Welcome], None]
) -> Finding:
    """Whether the relay takes the sign-in of this computer; it is let in and leaves again."""
    try:
        keep(await _let_in(tokens, link, client_id))
    except SignedOut as error:
        return bad(Step.TOKEN, "signed_out", why=str(error))
    except StaleToken as error:
        return bad(Step.TOKEN, "not_taken", why=str(error))
    except UpgradeRequired as error:
        return bad(Step.TOKEN, "desktop_old", why=str(error))
    except Offline as error:
        return bad(Step.TOKEN, "not_let_in", why=str(error))
    finally:
        await link.close()
    return good(Step.TOKEN, "taken")


async def _let_in(tokens: TokenSource, link: RelayLink, client_id: str) -> Welcome:
    try:
        return await link.connect((await tokens(fresh=False)).text, client_id, lambda _news: None)
    except StaleToken:
        return await link.connect((await tokens(fresh=True)).text, client_id, lambda _news: None)

"""Whether something that happened is told outside the window: one rule for all of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from domain.accounts import Account, Switch
from domain.activities import Activity, Person, addressed_to
from domain.instants import moment

ALWAYS = Switch()


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person wants to be told, and when not.

    Attributes:
        quiet: from and to as `HH:MM` of the wall in `zone`; it may pass midnight.
        silent_until: the end of *do not disturb*, as an instant.
    """

    me: Person
    zone: ZoneInfo
    switches: Mapping[str, Switch] = field(default_factory=dict)
    quiet: tuple[str, str] | None = None
    silent_until: str | None = None


def preferences(account: Account, zone: ZoneInfo) -> Preferences:
    """What the account's row says."""
    return Preferences(
        Person(account.id, account.role),
        zone,
        account.switches,
        account.quiet_hours,
        account.dnd_until,
    )


def should_toast(activity: Activity, now: datetime, prefs: Preferences) -> bool:
    """Whether this becomes a toast at `now`: never what one did oneself or does not concern one."""
    is_wanted = prefs.switches.get(activity.kind_, ALWAYS).toast
    return is_wanted and addressed_to(activity, prefs.me) and not is_silent(now, prefs)


def should_remind(now: datetime, prefs: Preferences) -> bool:
    """Whether a reminder of a session is shown at `now`.

    Quiet hours hold none back: they are about what others do, and a session in them, with its
    reminder, is the person's own appointment.
    """
    return not is_undisturbed(now, prefs)


def is_silent(now: datetime, prefs: Preferences) -> bool:
    """Whether nothing is told now: *do not disturb*, or quiet hours."""
    return is_undisturbed(now, prefs) or _is_quiet(now.astimezone(prefs.zone).time(), prefs.quiet)


def is_undisturbed(now: datetime, prefs: Preferences) -> bool:
    """Whether *do not disturb* is on."""
    return prefs.silent_until is not None and now.astimezone(UTC) < moment(prefs.silent_until)


def _is_quiet(wall: time, quiet: tuple[str, str] | None) -> bool:
    if quiet is None:
        return False
    start, end = (time.fromisoformat(text) for text in quiet)
    if start <= end:
        return start <= wall < end
    return wall >= start or wall < end

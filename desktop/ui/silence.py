"""Do not disturb: its choices, how long each lasts, and how it stands in words."""

from datetime import datetime, time, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.store.people import account
from desktop.ui.times import clock_words, moment_words, today
from desktop.ui.workspace import Workspace
from domain.accounts import UpdateAccount
from domain.instants import instant, moment

HALF_AN_HOUR, AN_HOUR, TOMORROW, NOT = "30m", "1h", "tomorrow", ""
LENGTHS = {HALF_AN_HOUR: timedelta(minutes=30), AN_HOUR: timedelta(hours=1)}
DAY_BEGINS = time(7)  # when *until tomorrow* is over, on the wall


def silence_choices() -> dict[str, str]:
    """What one can choose, in words, by key."""
    return {
        HALF_AN_HOUR: _tr("For 30 minutes"),
        AN_HOUR: _tr("For 1 hour"),
        TOMORROW: _tr("Until tomorrow"),
        NOT: _tr("Off"),
    }


def silent_until(workspace: Workspace) -> datetime | None:
    """When *do not disturb* is over; None while it is off."""
    row = workspace.query(account, workspace.me.id)
    if row is None or row.dnd_until is None:
        return None
    until = moment(row.dnd_until)
    return until if workspace.now() < until else None


def silence_words(workspace: Workspace) -> str:
    """`until 14:30`, `until Tomorrow, 07:00`; "" while it is off."""
    until = silent_until(workspace)
    if until is None:
        return ""
    wall = until.astimezone(workspace.zone)
    when = clock_words(wall)
    if wall.date() != today(workspace):
        when = moment_words(wall, workspace)
    return _tr("until %1").replace("%1", when)


def choose_silence(workspace: Workspace, choice: str) -> str | None:
    """Save a choice for all devices of the person; the instant at which it is over."""
    until = end_of(choice, workspace)
    workspace.do(UpdateAccount(dnd_until=until))
    return until


def end_of(choice: str, workspace: Workspace) -> str | None:
    """When a choice that is made now is over; None for *off*."""
    now = workspace.now()
    if choice in LENGTHS:
        return instant(now + LENGTHS[choice])
    if choice != TOMORROW:
        return None
    day = now.astimezone(workspace.zone).date() + timedelta(days=1)
    return instant(datetime.combine(day, DAY_BEGINS, tzinfo=workspace.zone))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Silence", text)

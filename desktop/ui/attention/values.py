"""Values of fields as one reads them: times, statuses and names in place of what the wire holds."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.ui.entries.looks import status_look
from desktop.ui.reminder_boxes import reminder_words
from desktop.ui.schedule.looks import mark_chip, status_words
from desktop.ui.times import day_words, moment_words, range_words
from desktop.ui.week_days import day_name
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus
from domain.schedules import Mark, Status

DASH = "\N{EN DASH}"
NAMED = ("studentId", "userId", "cohortId", "mentorId", "scheduleId")  # ids, which nobody reads
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def value_words(
    field: str, value: Any, workspace: Workspace, names: Mapping[str, str] = NO_NAMES
) -> str:
    """A field's value as one reads it; a dash for what is empty."""
    if field in SETTINGS and value is not None:
        return SETTINGS[field](value)
    if value in (None, "", []):
        return DASH
    if field in NAMED:
        return names.get(str(value)) or _nameless(field)
    if words := WORDS.get(field):
        return words(value, workspace)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value if one is not None) or DASH
    return str(value)


def _nameless(field: str) -> str:
    return _tr("A session that is no longer here") if field == "scheduleId" else ""


def _time(value: Any, workspace: Workspace) -> str:
    start, end = (workspace.local(one) if one else None for one in value[:2])
    if start is None:
        return ""
    return f"{day_words(start.date(), workspace)}, {range_words(start, end or start)}"


def _moment(value: Any, workspace: Workspace) -> str:
    return moment_words(workspace.local(str(value)), workspace)


def _day(value: Any, workspace: Workspace) -> str:
    return day_words(date.fromisoformat(value), workspace) if value else DASH


def _days(value: Any, workspace: Workspace) -> str:
    return f" {DASH} ".join(_day(day, workspace) for day in value)


def _mark(value: Any, _workspace: Workspace) -> str:
    return mark_chip(Mark(value)).text


def _status(value: Any, _workspace: Workspace) -> str:
    if value in set(Status):
        return status_words(Status(value))
    return status_look(EntryStatus(value)).text if value in set(EntryStatus) else str(value)


WORDS: dict[str, Callable[[Any, Workspace], str]] = {
    "time": _time,
    "deadline": _moment,
    "dndUntil": _moment,
    "startsOn": _day,
    "endsOn": _day,
    "days": _days,
    "mark": _mark,
    "status": _status,
}


def _hours_words(ranges: Any) -> str:
    return ", ".join(f"{first}{DASH}{last}" for first, last in ranges)


def _week_words(week: Any) -> str:
    """The days that have hours, one a line."""
    lines = [
        f"{day_name(day)}: {_hours_words(ranges)}" for day, ranges in enumerate(week) if ranges
    ]
    return "\n".join(lines) or _tr("none")


def _days_words(days: Any) -> str:
    return ", ".join(day_name(day) for day in days) or _tr("none")


def _switch_words(switches: Any) -> str:
    """Only how many: which ones are best seen in the settings."""
    return QCoreApplication.translate("Attention", "%n set otherwise", "", len(switches))


SETTINGS: dict[str, Callable[[Any], str]] = {
    "reminderMinutes": reminder_words,
    "workingHours": _week_words,
    "quietHours": lambda hours: _hours_words([hours]),
    "restDays": _days_words,
    "switches": _switch_words,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attention", text)

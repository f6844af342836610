"""Instants as text of fixed precision, so that their text sorts by time."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Invalid

# Stricter than `fromisoformat`, which takes more forms with each version of Python.
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def instant(moment: datetime) -> str:
    """`2025-12-01T09:00:00.000Z`: UTC, exactly three decimals, cut and not rounded."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def second(moment: datetime) -> str:
    """`2025-12-01T09:00:00Z`: UTC, whole seconds, cut and not rounded."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def moment(text: str) -> datetime:
    """The aware UTC datetime of an RFC 3339 text with any offset.

    Raises:
        ValueError: the text is not an instant of the years 1970 to 9998, or has no offset.
    """
    if not RFC_3339.fullmatch(text) or text[11:13] == "24":
        raise ValueError(f"{text!r} is no RFC 3339 instant with an offset")
    parsed = datetime.fromisoformat(text.upper())
    if not 1969 <= parsed.year <= 9998:  # before any offset could leave the calendar
        raise ValueError(f"{text!r} is out of the calendar")
    parsed = parsed.astimezone(UTC)
    if not 1970 <= parsed.year <= 9998:  # in UTC, as it is read again later
        raise ValueError(f"{text!r} is out of the calendar")
    return parsed


def later(text: str, by: timedelta) -> str:
    """The instant `by` after `text`, in the precision that `text` has."""
    shifted = moment(text) + by
    return instant(shifted) if "." in text else second(shifted)


def checked_instant(field: str, text: str) -> str:
    return instant(_parsed(field, text))


def checked_second(field: str, text: str) -> str:
    return second(_parsed(field, text))


def checked_day(field: str, text: str) -> str:
    """A calendar day as `2025-12-01`."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise Invalid(field, "malformed", "Enter a day as YYYY-MM-DD.") from error


def checked_zone(field: str, name: str) -> str:
    """An IANA time zone name that this machine knows."""
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, KeyError) as error:
        raise Invalid(field, "malformed", f"“{name}” is not a time zone.") from error


def checked_clock(field: str, text: str) -> str:
    """A wall-clock time as `09:30`; `24:00` ends a day."""
    hours, colon, minutes = text.partition(":")
    if not (colon and len(text) == 5 and text.isascii() and hours.isdigit() and minutes.isdigit()):
        raise Invalid(field, "malformed", "Enter a time as HH:MM.")
    if int(minutes) > 59 or int(hours) * 60 + int(minutes) > 24 * 60:
        raise Invalid(field, "malformed", "Enter a time between 00:00 and 24:00.")
    return text


def _parsed(field: str, text: str) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise Invalid(field, "malformed", "Enter a time with its offset.") from error

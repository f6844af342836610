"""Instants as text of fixed precision, so that their text sorts by time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Invalid


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
    if len(text) < 20 or text[10] not in "Tt ":
        raise ValueError(f"{text!r} is no RFC 3339 instant")
    parsed = datetime.fromisoformat(text.upper())
    if parsed.tzinfo is None or not 1970 <= parsed.year <= 9998:
        raise ValueError(f"{text!r} is no RFC 3339 instant with an offset")
    return parsed.astimezone(UTC)


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
    if not (colon and len(text) == 5 and hours.isdecimal() and minutes.isdecimal()):
        raise Invalid(field, "malformed", "Enter a time as HH:MM.")
    if int(minutes) > 59 or int(hours) * 60 + int(minutes) > 24 * 60:
        raise Invalid(field, "malformed", "Enter a time between 00:00 and 24:00.")
    return text


def _parsed(field: str, text: str) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise Invalid(field, "malformed", "Enter a time with its offset.") from error

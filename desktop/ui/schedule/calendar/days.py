"""The days that a week or a month shows."""

from datetime import date, timedelta

WEEK_DAYS = 7


def week_of(day: date, first_weekday: int) -> list[date]:
    """The seven days around `day`; `first_weekday` is 1 for Monday up to 7, as in Qt."""
    back = (day.isoweekday() - first_weekday) % WEEK_DAYS
    return [day + timedelta(days=number - back) for number in range(WEEK_DAYS)]


def month_page(day: date, first_weekday: int) -> list[date]:
    """The four to six whole weeks that show the month of `day`, the first with its first day."""
    start = week_of(day.replace(day=1), first_weekday)[0]
    last = months_later(day.replace(day=1), 1) - timedelta(days=1)
    weeks = ((last - start).days + WEEK_DAYS) // WEEK_DAYS
    return [start + timedelta(days=number) for number in range(weeks * WEEK_DAYS)]


def months_later(day: date, by: int) -> date:
    """The same day of another month, or the last one where that month is shorter."""
    months = day.year * 12 + day.month - 1 + by
    first = date(months // 12, months % 12 + 1, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    return first.replace(day=min(day.day, (after - timedelta(days=1)).day))

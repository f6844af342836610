"""The days of weeks and months."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.ui.schedule.calendar.days import month_page, months_later, week_of

WEDNESDAY = date(2025, 12, 3)


@pytest.mark.parametrize(
    ("first_weekday", "first"),
    [(1, date(2025, 12, 1)), (7, date(2025, 11, 30)), (6, date(2025, 11, 29))],
)
def test_a_week_begins_as_the_locale_has_it(first_weekday: int, first: date) -> None:
    week = week_of(WEDNESDAY, first_weekday)

    assert (week[0], len(week)) == (first, 7)
    assert WEDNESDAY in week


@pytest.mark.parametrize(
    ("day", "weeks"), [(date(2025, 12, 31), 5), (date(2026, 2, 10), 5), (date(2021, 2, 1), 4)]
)
def test_a_month_is_shown_in_as_many_weeks_as_it_touches(day: date, weeks: int) -> None:
    page = month_page(day, 1)

    assert len(page) == weeks * 7
    assert page[0] <= day.replace(day=1) <= page[6]


def test_a_month_can_touch_six_weeks() -> None:
    page = month_page(date(2026, 3, 1), 1)  # begins on a Sunday

    assert (len(page), page[-1]) == (42, date(2026, 4, 5))


def test_a_day_that_another_month_lacks_is_its_last() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert months_later(date(2025, 12, 5), 1) == date(2026, 1, 5)

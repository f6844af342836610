"""Where the keyboard stands in a week."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop.ui.schedule.calendar.cursor import Cursor

DAY = date(2025, 12, 1)


def test_it_stands_at_a_whole_quarter() -> None:
    cursor = Cursor.at(datetime(2025, 12, 1, 9, 44))  # noqa: DTZ001  a wall clock

    assert cursor == Cursor(DAY, 9 * 60 + 30)


def test_it_steps_by_days_and_quarters() -> None:
    assert Cursor(DAY, 600).stepped(days=-1, steps=2) == Cursor(date(2025, 11, 30), 630)


def test_the_ends_of_the_day_stop_it() -> None:
    assert Cursor(DAY, 15).stepped(steps=-5).minute == 0
    assert Cursor(DAY, 1400).stepped(steps=100).minute == 1425


def test_a_new_session_there_takes_an_hour() -> None:
    span = Cursor(DAY, 600).span

    assert span.end - span.start == timedelta(hours=1)
    assert span.start.hour == 10

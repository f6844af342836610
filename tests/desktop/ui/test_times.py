"""Days and times in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from desktop.ui.times import (
    ago_words,
    clock_words,
    countdown_words,
    day_words,
    midnight,
    moment_words,
    month_start,
    range_words,
    short_day_words,
    today,
    week_start,
)
from domain.instants import moment

BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True)
class Clock:
    """A Wednesday noon in Berlin, or what a test says."""

    text: str = "2025-12-03T11:00:00.000Z"
    zone: ZoneInfo = BERLIN

    @property
    def now(self) -> Callable[[], datetime]:
        return lambda: moment(self.text)


@pytest.fixture
def locale() -> Iterator[Callable[[str], None]]:
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("name", "first"),
    [("en_GB", "2025-12-01"), ("en_US", "2025-11-30"), ("ar_EG", "2025-11-29")],
)
def test_the_week_begins_as_the_locale_has_it(
    locale: Callable[[str], None], name: str, first: str
) -> None:
    locale(name)

    assert week_start(Clock()) == date.fromisoformat(first)


def test_on_its_first_day_the_week_begins_today(locale: Callable[[str], None]) -> None:
    locale("en_GB")

    assert week_start(Clock("2025-12-01T00:30:00.000Z")) == date(2025, 12, 1)


def test_the_month_begins_in_the_own_zone() -> None:
    assert month_start(Clock("2025-11-30T23:30:00.000Z")) == date(2025, 12, 1)


def test_a_day_begins_at_the_own_midnight_also_when_clocks_change() -> None:
    assert midnight(date(2025, 12, 3), Clock()) == "2025-12-02T23:00:00Z"
    assert midnight(date(2025, 10, 26), Clock()) == "2025-10-25T22:00:00Z"
    assert midnight(date(2025, 10, 27), Clock()) == "2025-10-26T23:00:00Z"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"seconds": 20}, "in 1 min"),
        ({"minutes": 25}, "in 25 min"),
        ({"minutes": 59, "seconds": 30}, "in 1 h"),
        ({"hours": 3, "minutes": 10}, "in 3 h 10 min"),
        ({"hours": 11}, "in 11 h"),
        ({"hours": 13}, "tomorrow"),
        ({"days": 3}, "in 3 days"),
        ({"minutes": -25}, "now, 35 min left"),
    ],
)
def test_counts_down_to_the_start_and_then_to_the_end(span: dict[str, int], words: str) -> None:
    clock = Clock()
    start = clock.now() + timedelta(**span)

    assert countdown_words(start, start + timedelta(hours=1), clock) == words


def test_shortly_before_midnight_hours_say_more_than_tomorrow() -> None:
    clock = Clock("2025-12-03T21:30:00.000Z")
    start = clock.now() + timedelta(hours=2)

    assert countdown_words(start, start + timedelta(hours=1), clock) == "in 2 h"


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "yesterday"), (5, "5 days ago"), (28, "28 days ago")]
)
def test_says_how_long_ago(days: int, words: str) -> None:
    clock = Clock()

    assert ago_words(clock.now().astimezone(BERLIN) - timedelta(days=days), clock) == words


def test_what_is_long_ago_has_a_date() -> None:
    long_ago = datetime(2025, 9, 1, 12, tzinfo=BERLIN)

    assert "Sep" in ago_words(long_ago, Clock())


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2025, 12, 2), "Yesterday", "Yesterday"),
        (date(2025, 12, 3), "Today", "Today"),
        (date(2025, 12, 4), "Tomorrow", "Tomorrow"),
        (date(2025, 12, 11), "Thursday 11 December", "Thu 11 Dec"),
        (date(2026, 1, 1), "Thursday 1 January 2026", "Thu 1 Jan 2026"),
    ],
)
@pytest.mark.usefixtures("british")
def test_a_day_is_named_as_people_say_it(day: date, long: str, short: str) -> None:
    assert day_words(day, Clock()) == long
    assert short_day_words(day, Clock()) == short


def test_today_is_the_own_day() -> None:
    late = "2025-12-03T23:30:00.000Z"

    assert today(Clock(late)) == date(2025, 12, 4)
    assert today(Clock(late, ZoneInfo("America/New_York"))) == date(2025, 12, 3)


def test_a_time_is_written_as_the_locale_has_it(locale: Callable[[str], None]) -> None:
    wall = moment("2025-12-03T18:05:00.000Z")

    locale("en_GB")
    assert clock_words(wall) == "18:05"
    assert range_words(wall, wall + timedelta(hours=1)) == "18:05\u201319:05"
    locale("en_US")

    assert clock_words(wall).replace("\u202f", " ") == "6:05 PM"


@pytest.mark.usefixtures("british")
def test_a_moment_is_a_day_and_a_time() -> None:
    wall = moment("2025-12-11T18:05:00.000Z")

    assert moment_words(wall, Clock()) == "Thu 11 Dec, 18:05"

"""The days of a week, as each locale has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale

from desktop.ui.week_days import day_name, days_in_order, working_days

SetLocale = Callable[[str], None]


@pytest.fixture
def live_in() -> Iterator[SetLocale]:
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "first", "working"),
    [
        ("en_GB", 0, {0, 1, 2, 3, 4}),
        ("en_US", 6, {0, 1, 2, 3, 4}),
        ("ar_EG", 5, {6, 0, 1, 2, 3}),
    ],
)
def test_the_week_begins_and_rests_as_in_the_locale(
    live_in: SetLocale, locale: str, first: int, working: set[int]
) -> None:
    live_in(locale)

    days = days_in_order()

    assert days[0] == first
    assert sorted(days) == list(range(7))
    assert working_days() == working


def test_days_have_names_that_can_stand_alone(live_in: SetLocale) -> None:
    live_in("de_DE")
    assert day_name(0) == "Montag"
    live_in("fr_FR")
    assert day_name(6) == "Dimanche"

"""Times as pixels, and back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop.ui.schedule.calendar.columns import Column
from desktop.ui.schedule.calendar.scale import GUTTER_PX, HOUR_PX, LEAST_MIN, Scale, drawn
from desktop.ui.schedule.calendar.spans import Piece

MONDAY = date(2025, 12, 1)
DAYS = [MONDAY + timedelta(days=at) for at in range(7)]
LEFT = Scale(days=DAYS, width=GUTTER_PX + 700)
RIGHT = Scale(days=DAYS, width=GUTTER_PX + 700, is_mirrored=True)


@pytest.mark.parametrize("scale", [LEFT, RIGHT], ids=["left to right", "right to left"])
@pytest.mark.parametrize("day", DAYS)
def test_a_point_in_a_block_is_in_its_time(scale: Scale, day: date) -> None:
    rect = scale.rect_of(Piece(day, 600, 660))

    assert rect is not None
    at = scale.time_at(rect.center().x(), rect.center().y())
    assert (at.date(), at.hour) == (day, 10)


def test_an_hour_is_as_high_as_every_other() -> None:
    assert LEFT.y_of(60) == HOUR_PX
    assert LEFT.y_of(24 * 60) == LEFT.height


@pytest.mark.parametrize("scale", [LEFT, RIGHT], ids=["left to right", "right to left"])
def test_columns_of_a_day_do_not_touch_and_stay_in_it(scale: Scale) -> None:
    piece = Piece(MONDAY, 600, 660)
    rects = [scale.rect_of(piece, Column(at, 3)) for at in range(3)]
    day = scale.day_rect(0)

    assert all(rect is not None and day.contains(rect) for rect in rects)
    first, second, third = (rect for rect in rects if rect is not None)
    assert not first.intersects(second)
    assert not second.intersects(third)
    assert (first.left() < second.left()) != scale.is_mirrored


def test_the_first_day_is_where_a_line_begins() -> None:
    assert LEFT.day_rect(0).left() == GUTTER_PX
    assert RIGHT.day_rect(0).right() == RIGHT.width - GUTTER_PX


def test_a_day_that_is_not_shown_has_no_place() -> None:
    assert LEFT.rect_of(Piece(date(2025, 11, 30), 0, 60)) is None


def test_points_beside_the_grid_are_of_its_nearest_time() -> None:
    assert LEFT.time_at(0, -50) == datetime(2025, 12, 1)  # noqa: DTZ001  a wall clock
    assert LEFT.time_at(5000, 5000) == datetime(2025, 12, 7, 23, 59)  # noqa: DTZ001  likewise


def test_what_is_short_is_drawn_long_enough_to_be_read() -> None:
    assert drawn(Piece(MONDAY, 600, 605)) == (600, 600 + LEAST_MIN)
    assert drawn(Piece(MONDAY, 1435, 1440)) == (1440 - LEAST_MIN, 1440)
    assert drawn(Piece(MONDAY, 600, 660)) == (600, 660)

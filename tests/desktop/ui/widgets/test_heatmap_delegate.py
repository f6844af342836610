"""How strong a day of a heatmap is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.heatmap_delegate import STRONGEST, paint_day, shade


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_each_step_stands_out_more_from_the_ground_than_the_one_before(
    theme: Theme, look: Look
) -> None:
    theme.choose(look)
    ground = theme.color("surface").lightnessF()

    distances = [abs(shade(theme, n).lightnessF() - ground) for n in range(1, STRONGEST + 1)]

    assert distances == sorted(distances)
    assert min(b - a for a, b in pairwise(distances)) > 0.05


def test_more_than_the_strongest_is_not_stronger(theme: Theme) -> None:
    assert shade(theme, STRONGEST + 7) == shade(theme, STRONGEST)


def middle_of(theme: Theme, count: int, *, is_off: bool) -> int:
    picture = QImage(16, 16, QImage.Format.Format_RGB32)
    picture.fill(theme.color("surface"))
    painter = QPainter(picture)
    paint_day(painter, theme, QRectF(0, 0, 16, 16), count, is_off=is_off)
    painter.end()
    return picture.pixel(8, 8)


def test_a_day_on_which_nothing_was_expected_is_hollow_unless_it_has_a_number(
    theme: Theme,
) -> None:
    assert middle_of(theme, 0, is_off=True) == theme.color("surface").rgb()
    assert middle_of(theme, 0, is_off=False) == theme.color("hover").rgb()
    assert middle_of(theme, 4, is_off=True) == shade(theme, 4).rgb()

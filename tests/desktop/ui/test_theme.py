"""The colours can be read, and follow the system and the person's choice."""

import re
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from desktop.ui.theme import DARK, LIGHT, Look, Palette, Theme, qt_palette, style_sheet

READABLE = 4.5
VISIBLE = 3.0
SURFACES = ("window", "surface", "sidebar", "hover", "pressed", "selected")
INKS = ("text", "text_muted", "text_faint", "accent_text")
STATUSES = ("scheduled", "completed", "canceled", "pending")
ON_FILL = (
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("on_tooltip", "tooltip"),
    ("tooltip_action", "tooltip"),
)
TEXT_PAIRS = [
    *product((*INKS, *STATUSES), SURFACES),
    *((status, f"{status}_tint") for status in STATUSES),
    *(("text", f"{status}_tint") for status in STATUSES),
    *ON_FILL,
]
PALETTES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read_on_every_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(palette.color(ink), palette.color(ground)) >= READABLE


@pytest.mark.parametrize("palette", PALETTES)
def test_initials_can_be_read_on_every_avatar(palette: Palette) -> None:
    ratios = [contrast(QColor(ground), QColor(ink)) for ground, ink in palette.avatars]

    assert min(ratios) >= READABLE


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("ground", ["window", "surface"])
@pytest.mark.parametrize("edge", ["field_border", "focus"])
def test_edges_of_fields_and_of_the_focus_are_visible(
    palette: Palette, edge: str, ground: str
) -> None:
    assert contrast(palette.color(edge), palette.color(ground)) >= VISIBLE


@pytest.mark.parametrize("palette", PALETTES)
def test_qt_draws_disabled_text_readable_too(palette: Palette) -> None:
    shown = qt_palette(palette)
    group = QPalette.ColorGroup.Disabled
    ink = shown.color(group, QPalette.ColorRole.Text)

    assert contrast(ink, shown.color(group, QPalette.ColorRole.Base)) >= READABLE


@pytest.mark.parametrize("palette", PALETTES)
def test_the_style_sheet_names_no_colour_of_its_own(theme: Theme, palette: Palette) -> None:
    sheet = style_sheet(palette, theme.sizes)
    known = {value.lower() for value in vars_of(palette)}

    assert {color.lower() for color in re.findall(r"#[0-9a-fA-F]{6}", sheet)} <= known


def vars_of(palette: Palette) -> list[str]:
    names = palette.__slots__
    return [value for name in names if isinstance(value := getattr(palette, name), str)]


def test_qt_understands_the_style_sheet(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Save")
    qtbot.addWidget(button)
    button.setProperty("kind", "primary")
    button.resize(120, 40)

    middle = button.grab().toImage().pixelColor(10, 20)

    assert middle.name().upper() == theme.palette.accent


def test_follows_the_system_live(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp, Look.SYSTEM)

    with qtbot.waitSignal(theme.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert theme.palette is DARK
    theme.deleteLater()


def test_a_choice_stands_against_the_system(theme: Theme, qapp: QApplication) -> None:
    theme.choose(Look.LIGHT)

    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)

    assert theme.palette is LIGHT


def test_a_choice_dresses_the_application_at_once(theme: Theme, qapp: QApplication) -> None:
    theme.choose(Look.DARK)

    assert DARK.window in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)


def test_icons_of_buttons_change_with_the_theme(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    theme.dress(button, "plus", "text")
    light = button.icon().cacheKey()

    theme.choose(Look.DARK)

    assert button.icon().cacheKey() != light
    assert button.icon().cacheKey() == theme.icon("plus", "text").cacheKey()


def test_there_are_four_sizes_and_the_smallest_is_legible(theme: Theme) -> None:
    assert list(theme.sizes) == ["small", "body", "heading", "title"]
    assert min(theme.sizes.values()) >= 12
    assert sorted(theme.sizes.values()) == list(theme.sizes.values())


class StillStyle(QProxyStyle):
    """A style of a system that is told not to animate."""

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        is_duration = hint == QStyle.StyleHint.SH_Widget_Animation_Duration
        return 0 if is_duration else super().styleHint(hint, option, widget, returnData)


@pytest.mark.parametrize(("style", "is_still"), [("Fusion", False), (StillStyle, True)])
def test_moves_only_where_the_system_moves(
    theme: Theme, qapp: QApplication, style: str | type[StillStyle], is_still: bool
) -> None:
    qapp.setStyle(style if isinstance(style, str) else style("Fusion"))

    assert theme.reduces_motion is is_still
    qapp.setStyle("Fusion")

"""Icons are tinted, crisp, and all of one family."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from pytestqt.qtbot import QtBot

from desktop.ui import icons

OWN_COLOURS = {"tandem"}
NAMES = sorted(path.stem for path in icons.ICONS.glob("*.svg"))
STROKES = [name for name in NAMES if name not in OWN_COLOURS and not name.startswith("control-")]


def opaque_colours(image: QImage) -> set[str]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", STROKES)
def test_every_icon_is_drawn_in_the_colour_asked_for(qtbot: QtBot, name: str) -> None:
    picture = icons.pixmap(name, "#1b5bb8", 24, 2.0).toImage()

    assert opaque_colours(picture) == {"#1b5bb8"}


@pytest.mark.parametrize("name", STROKES)
def test_every_icon_has_the_same_box_and_stroke(name: str) -> None:
    source = (icons.ICONS / f"{name}.svg").read_text(encoding="utf-8")

    assert 'viewBox="0 0 24 24"' in source
    assert 'stroke-width="1.75"' in source
    assert 'stroke="currentColor"' in source


def test_is_sharp_on_a_screen_of_double_density(qtbot: QtBot) -> None:
    picture = icons.pixmap("bell", "#000000", 20, 2.0)

    assert picture.size() == QSize(40, 40)
    assert picture.deviceIndependentSize().toSize() == QSize(20, 20)


def test_a_checked_button_gets_its_own_colour(qtbot: QtBot) -> None:
    icon = icons.icon("bell", "#111111", "#222222")

    picture = icon.pixmap(QSize(20, 20), 2.0, QIcon.Mode.Normal, QIcon.State.On)

    assert opaque_colours(picture.toImage()) == {QColor("#222222").name()}


def test_an_unknown_icon_is_a_mistake_of_ours(qtbot: QtBot) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon", "#000000", 16)


def test_the_window_has_an_icon_in_all_sizes(qtbot: QtBot) -> None:
    assert not icons.app_icon().isNull()
    assert QSize(256, 256) in icons.app_icon().availableSizes()

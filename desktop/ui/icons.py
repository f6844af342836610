"""Icons drawn from SVG in the colour that the theme asks for, crisp on any screen."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

ICONS = Path(__file__).parents[2] / "resources" / "icons"
SIZES = (16, 20, 24)
RATIOS = (1, 2, 3)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def pixmap(name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon `name` in `color`, `size` logical pixels wide, sharp at the screen's `ratio`.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    source = _source(name).replace("currentColor", QColor(color).name())
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def icon(name: str, color: str, checked_color: str = "", disabled_color: str = "") -> QIcon:
    """The icon `name` for a button or an action, in the sizes that the window uses."""
    shown = QIcon()
    colors = [
        (QIcon.Mode.Normal, QIcon.State.Off, color),
        (QIcon.Mode.Normal, QIcon.State.On, checked_color or color),
        (QIcon.Mode.Disabled, QIcon.State.Off, disabled_color or color),
    ]
    for mode, state, tint in colors:
        for size in SIZES:
            for ratio in RATIOS:
                shown.addPixmap(pixmap(name, tint, size, ratio), mode, state)
    return shown


def app_icon() -> QIcon:
    """Tandem's own sign, for windows and the task bar."""
    shown = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        shown.addPixmap(pixmap("tandem", "#000000", size))
    return shown

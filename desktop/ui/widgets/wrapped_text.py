"""Text laid out in lines for painting, so that rows can show all of it."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from desktop.ui.widgets.literal import revealed


@dataclass(frozen=True, slots=True)
class WrappedText:
    """Lines of one text in one font; `width` is that of its widest line."""

    layout: QTextLayout
    width: float
    height: int

    def paint(self, painter: QPainter, left: float, top: float, color: QColor) -> None:
        painter.setPen(color)
        self.layout.draw(painter, QPointF(left, top))


@lru_cache(maxsize=4096)
def wrapped(text: str, font: QFont, width: int, *, is_right_to_left: bool = False) -> WrappedText:
    """Lay out `text` in lines of at most `width`, breaking within a word only where it must."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    # Never by the first letter: a sentence that begins with a foreign name keeps its own way.
    way = Qt.LayoutDirection.RightToLeft if is_right_to_left else Qt.LayoutDirection.LeftToRight
    option.setTextDirection(way)
    layout = QTextLayout(revealed(text).replace("\n", "\u2028"), font)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    leading = QFontMetricsF(font).leading()
    height = widest = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, height))
        height += line.height() + leading
        widest = max(widest, line.naturalTextWidth())
    layout.endLayout()
    return WrappedText(layout, widest, ceil(height))

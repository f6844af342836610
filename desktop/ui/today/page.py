"""Today: the next session, tiles, what waits for a word, the week, and the latest activity."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.today.bars_section import BarsSection
from desktop.ui.today.hint import Hint
from desktop.ui.today.next_session import NextSessionCard
from desktop.ui.today.row_section import RowSection
from desktop.ui.today.year_section import YearSection
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.tile import Tile

TWO_COLUMNS_FROM = 780


class TodayPage(QWidget):
    """Shows what concerns the person now; it decides and stores nothing.

    Its parts carry the signals: `next`, `hint`, `confirm`, `entries`, `week`, `latest`. Only a
    student has `year` and `feedback`, only a mentor `bars`.

    Signals:
        tile_pressed: the key of a tile.
    """

    tile_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        *,
        tiles: Sequence[tuple[str, str, str]],
        confirm: RowSection,
        entries: RowSection,
        week: RowSection,
        latest: RowSection,
        year: YearSection | None = None,
        feedback: RowSection | None = None,
        bars: BarsSection | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Lay the parts out; `tiles` are (key, label, icon)."""
        super().__init__(parent)
        self.hint = Hint(theme)
        self.next = NextSessionCard(theme)
        self.tiles = {
            key: Tile(theme, label, icon, is_clickable=True) for key, label, icon in tiles
        }
        self.confirm, self.entries = confirm, entries
        self.week, self.latest = week, latest
        self.year, self.feedback, self.bars = year, feedback, bars
        self._lay_out()

        for key, tile in self.tiles.items():
            tile.pressed.connect(lambda key=key: self.tile_pressed.emit(key))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= TWO_COLUMNS_FROM
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != way:
            self._columns.setDirection(way)

    def _lay_out(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(12)
        for tile in self.tiles.values():
            tiles.addWidget(tile, 1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        left = (self.confirm, self.feedback, self.entries, self.week)
        self._columns.addLayout(_column(left), 5)
        self._columns.addLayout(_column((self.bars, self.latest)), 4)
        self.area = ScrolledPage()
        column = self.area.column
        column.addWidget(self.hint)
        column.addWidget(self.next)
        column.addLayout(tiles)
        if self.year is not None:
            column.addWidget(self.year)
        column.addLayout(self._columns)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)


def _column(parts: Sequence[QWidget | None]) -> QVBoxLayout:
    """The parts that there are, one beneath the other."""
    column = QVBoxLayout()
    column.setSpacing(16)
    for part in parts:
        if part is not None:
            column.addWidget(part)
    column.addStretch(1)
    return column

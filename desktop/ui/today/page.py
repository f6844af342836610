"""Today: the next session, tiles, what waits for a word, the week, and the latest news."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.today.hint import Hint
from desktop.ui.today.next_session import NextSessionCard
from desktop.ui.today.row_section import RowSection
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.tile import Tile

TWO_COLUMNS_FROM = 780


class TodayPage(QWidget):
    """Shows what concerns the person now; it decides and stores nothing.

    Its parts carry the signals: `next`, `hint`, `confirm`, `entries`, `week`, `latest`.

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
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.confirm)
        left.addWidget(self.entries)
        left.addWidget(self.week)
        left.addStretch(1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        self._columns.addLayout(left, 5)
        self._columns.addWidget(self.latest, 4, Qt.AlignmentFlag.AlignTop)
        self.area = ScrolledPage()
        column = self.area.column
        column.addWidget(self.hint)
        column.addWidget(self.next)
        column.addLayout(tiles)
        column.addLayout(self._columns)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.area)

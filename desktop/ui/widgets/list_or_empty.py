"""The place of a list: the list itself, or why there is nothing in it."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.row_list import RowList


class ListOrEmpty(QWidget):
    """Shows one of the two; the words of the empty place are its owner's matter."""

    def __init__(self, rows: RowList, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._empty = empty
        self._layers = QStackedLayout(self)
        self._layers.addWidget(rows)
        self._layers.addWidget(empty)

    def show_list(self, has_rows: bool) -> None:
        self._layers.setCurrentWidget(self._rows if has_rows else self._empty)

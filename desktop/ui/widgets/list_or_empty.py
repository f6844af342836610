"""The place of a list: the list itself, or why there is nothing in it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.row_list import RowList


class ListOrEmpty(QWidget):
    """Shows one of the two; the words of the empty place are its owner's matter.

    A list that had the keyboard when it went has it again when it comes back, unless the person
    has gone elsewhere meanwhile.
    """

    def __init__(self, rows: RowList, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._empty = empty
        self._layers = QStackedLayout(self)
        self._layers.addWidget(rows)
        self._layers.addWidget(empty)
        self._is_owed = False  # whether the list went with the keyboard
        self._waits_at: QWidget | None = None  # where that has gone since

    def show_list(self, has_rows: bool) -> None:
        had_focus = self._rows.hasFocus()
        stays = QApplication.focusWidget() is self._waits_at
        self._layers.setCurrentWidget(self._rows if has_rows else self._empty)
        if had_focus and not has_rows:
            self._is_owed, self._waits_at = True, QApplication.focusWidget()
        elif has_rows and self._is_owed:
            self._is_owed = False
            if stays:
                self._give_back()

    def _give_back(self) -> None:
        """The keyboard stands on a row again: on the first one, for the old one was taken away."""
        self._rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self._rows.current_id():
            self._rows.select_first()

"""A list of the relay's with the reasons why nothing stands in it: not read, not reached, empty."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.admin.asking import RelayRows
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.more_on_scroll import MoreOnScroll
from desktop.ui.widgets.row_list import RowList

AGAIN = "again"


class RelayList(QWidget):
    """Rows that grow as one scrolls; a banner says when those that are shown are not of now.

    Signals:
        opened: the id of a row.
        action_asked: the key of a row's button, and the row's id.
        more_asked: the end of the list comes near.
        again_asked: read once more what could not be read.
    """

    opened = Signal(str)
    action_asked = Signal(str, str)
    more_asked = Signal()
    again_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[Any],
        name: str,
        icon: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.banner = Banner(theme)
        self.list = RowList(theme, model, name, opens_on_click=True)
        self.empty = EmptyState(theme, icon, "")
        self.place = ListOrEmpty(self.list, self.empty)
        self._more = MoreOnScroll(self.list)
        self._empty_words = ("", "")  # what was told last, while there are no rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addWidget(self.place, 1)

        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(self.action_asked)
        self.banner.action_asked.connect(lambda _key: self.again_asked.emit())
        self.empty.action_asked.connect(self.again_asked)
        self._more.wanted.connect(self.more_asked)

    def begin_at_top(self) -> None:
        """Forget where one was: what comes now is another list."""
        self.list.setCurrentIndex(QModelIndex())
        self.list.scrollToTop()

    def show_rows(self, found: RelayRows[Any], nothing: tuple[str, str]) -> None:
        """Show what is known; `nothing` is title and sentence where the relay has no rows."""
        rows: Sequence[Any] = found.rows
        self.model.show(rows)
        if rows:
            self._empty_words = ("", "")
            self._show_trouble(found)
        else:
            self.banner.hide()
            self._show_empty(found, nothing)
        self.place.show_list(bool(rows))
        self._more.look()

    def _show_trouble(self, found: RelayRows[Any]) -> None:
        """Say why rows are not of now; the button stays while one tries, with the keyboard."""
        again = [(AGAIN, self.tr("Try again"))]
        if found.trouble and found.is_reading:
            self.banner.show_message("info", self.tr("Reading the list…"), again)
        elif found.trouble:
            self.banner.show_message("warning", found.trouble, again)
        else:
            self.banner.hide()

    def _show_empty(self, found: RelayRows[Any], nothing: tuple[str, str]) -> None:
        """Say why there are no rows, to a screen reader too when it is something else."""
        again = self.tr("Try again") if found.trouble else ""
        if found.trouble and not found.is_reading:
            words = (self.tr("This cannot be shown now"), found.trouble)
        elif found.trouble or not found.is_known:
            words = (self.tr("Reading the list…"), "")
        else:
            words = nothing
        self.empty.show_words(*words, again)
        if words != self._empty_words and self.isVisible():
            announce(self, " ".join(words).strip())
        self._empty_words = words

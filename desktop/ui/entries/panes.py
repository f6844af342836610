"""A list of entries and beside it, or instead of it in a small window, the one that is read."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.store.reviews import ReviewItem
from desktop.ui.entries.reader import EntryReader
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList

NARROW_BELOW = 760
LIST_PX = 312
UNBOUND_PX = 16_777_215  # Qt's QWIDGETSIZE_MAX


class ReadingPanes(QWidget):
    """Shows and says what the person went to; what stands in the filters is its owner's matter.

    Signals:
        current_changed: the id of the row that the person went to, beside the reader.
        opened: the id of the entry that the person wants to read.
        step_asked: -1 for the previous entry, 1 for the next.
        more_asked: the end of the list is reached.
    """

    current_changed = Signal(str)
    opened = Signal(str)
    step_asked = Signal(int)
    more_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[ReviewItem],
        reader: EntryReader,
        filters: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.reader = reader
        self.filters = filters
        self.is_narrow = False
        self._is_reading = False
        self._is_showing = False
        self._hides_reader = False
        self._reads_another = False
        self.list = RowList(theme, model, self.tr("Entries"), opens_on_click=True)
        self.empty = EmptyState(theme, "entries", "")
        self.place = ListOrEmpty(self.list, self.empty)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self.place, 1)
        both.addWidget(reader, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(filters)
        column.addLayout(both, 1)
        self._arrange()

        self.list.opened.connect(self.opened)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        reader.back_asked.connect(self.show_list)
        reader.step_asked.connect(self.step_asked)

    def show_rows(
        self, rows: Sequence[ReviewItem], open_id: str, *, hides_reader: bool = False
    ) -> None:
        """Show these rows; the one that is read stays the current one, if it is among them.

        `hides_reader`: there is nothing at all to read, so the list has all the room.
        """
        self._is_showing = True  # where Qt goes when the current row leaves is not what one reads
        self.model.show(rows)
        self._reads_another = self.model.row_of(open_id) < 0
        if self._reads_another:
            self.list.selectionModel().clear()
        elif self.list.current_id() != open_id:
            self.list.select(open_id)
        self._is_showing = False
        self.place.show_list(bool(rows))
        self._hides_reader = hides_reader
        self._arrange()

    def select(self, entry_id: str) -> None:
        """Make a row the current one, without asking for it."""
        self._is_showing = True
        self._reads_another = not self.list.select(entry_id)
        if self._reads_another:
            self.list.selectionModel().clear()
        self._is_showing = False

    def show_reader(self) -> None:
        """Bring the reader into view, where there is room for one of the two only."""
        self._is_reading = True
        self._arrange()

    def show_list(self) -> None:
        """Bring the list into view, and the keyboard to it."""
        self._is_reading = False
        self._arrange()
        self.list.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW_BELOW
        if is_narrow != self.is_narrow:
            self.is_narrow = is_narrow
            self._arrange()

    def _arrange(self) -> None:
        reads_alone = self.is_narrow and self._is_reading
        is_list_alone = not reads_alone and (self.is_narrow or self._hides_reader)
        self.filters.setVisible(not reads_alone)
        self.place.setVisible(not reads_alone)
        self.place.setMaximumWidth(UNBOUND_PX if is_list_alone else LIST_PX)
        self.reader.setVisible(not is_list_alone)
        self.reader.set_narrow(self.is_narrow)

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        # A list without a current row makes its first one current as soon as it gets the keyboard;
        # that is no wish to read another entry than the one that is open, if that is in the list.
        is_wish = previous.isValid() or not self.reader.is_reading or self._reads_another
        if is_wish and not self._is_showing and not self.is_narrow and current.isValid():
            self.current_changed.emit(str(current.data(Role.RECORD_ID)))

    def _on_scrolled(self, at: int) -> None:
        if at == self.list.verticalScrollBar().maximum():
            self.more_asked.emit()

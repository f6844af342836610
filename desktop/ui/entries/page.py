"""A student's entries: the list, beside it the one that is read, or the form to write in."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.store.reviews import ReviewItem
from desktop.ui.entries.reader import EntryReader
from desktop.ui.entries.writer import EntryWriter
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList

NARROW_BELOW = 760
LIST_PX = 320


class EntriesPage(QWidget):
    """Shows and says what the person asked for; it decides nothing.

    Signals:
        filter_changed: another status is wanted.
        current_changed: the id of the row that the person went to, beside the reader.
        opened: the id of the entry that the person wants to read.
        step_asked: -1 for the previous entry, 1 for the next.
        new_asked: write a new one.
        more_asked: the end of the list is reached.
    """

    filter_changed = Signal()
    current_changed = Signal(str)
    opened = Signal(str)
    step_asked = Signal(int)
    new_asked = Signal()
    more_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[ReviewItem],
        reader: EntryReader,
        writer: EntryWriter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.reader = reader
        self.writer = writer
        self.is_narrow = False
        self._is_reading = False
        self._is_showing = False
        self.new_action = QAction(self.tr("New entry"), self)
        theme.dress(self.new_action, "plus", "on_accent")
        self.status = FilterBar(
            self.tr("Status"),
            [
                ("", self.tr("All")),
                ("draft", self.tr("Drafts")),
                ("pending", self.tr("Waiting")),
                ("needs_work", self.tr("Needs work")),
                ("reviewed", self.tr("Reviewed")),
                ("approved", self.tr("Approved")),
            ],
        )
        self.list = RowList(theme, model, self.tr("Entries"), opens_on_click=True)
        self.empty = EmptyState(theme, "entries", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self.filters = QWidget()
        self._lay_out()
        self._arrange()

        self.new_action.triggered.connect(lambda: self.new_asked.emit())
        self.empty.action_asked.connect(self.new_asked)
        self.status.chosen.connect(lambda _key: self.filter_changed.emit())
        self.list.opened.connect(self.opened)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        reader.back_asked.connect(self.show_list)
        reader.step_asked.connect(self.step_asked)
        for keys, by in (("J", 1), ("K", -1)):
            shortcut = QShortcut(QKeySequence(keys), self._browse)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self.step_asked.emit(by))

    def shortcuts(self) -> list[tuple[str, str]]:
        """The page's own shortcuts, in words."""
        return [
            ("J", self.tr("Next entry")),
            ("K", self.tr("Previous entry")),
            ("Ctrl+Return", self.tr("Submit what is written, or send the comment")),
            ("Ctrl+S", self.tr("Save what is written")),
            ("Escape", self.tr("Leave what is written, which is kept; from an entry to the list")),
        ]

    @property
    def is_writing(self) -> bool:
        return self._layers.currentWidget() is self.writer

    def show_writer(self) -> None:
        """Bring the form into view, instead of everything else."""
        self.new_action.setEnabled(False)
        self._layers.setCurrentWidget(self.writer)

    def end_writing(self) -> None:
        """Bring list and reader back."""
        self.new_action.setEnabled(True)
        self._layers.setCurrentWidget(self._browse)

    def show_rows(self, rows: Sequence[ReviewItem], open_id: str) -> None:
        """Show these rows; the one that is read stays the current one, if it is among them."""
        self._is_showing = True  # where Qt goes when the current row leaves is not what one reads
        self.model.show(rows)
        if self.model.row_of(open_id) < 0:
            self.list.selectionModel().clear()
        elif self.list.current_id() != open_id:
            self.list.select(open_id)
        self._is_showing = False
        if not rows:
            self._show_empty()
        self.place.show_list(bool(rows))

    def select(self, entry_id: str) -> None:
        """Make a row the current one, without asking for it."""
        self._is_showing = True
        if not self.list.select(entry_id):
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
        has_none = not self.model.rowCount() and not self.status.current
        self.filters.setVisible(not reads_alone)
        self.place.setVisible(not reads_alone)
        self.reader.setVisible(reads_alone or not (self.is_narrow or has_none))
        self.reader.set_narrow(self.is_narrow)
        is_whole = self.is_narrow or has_none
        self.place.setMaximumWidth(16_777_215 if is_whole else LIST_PX)

    def arrange(self) -> None:
        """Give list and reader their places anew, after rows have come or gone."""
        self._arrange()

    def _show_empty(self) -> None:
        if self.status.current:
            self.empty.show_words(
                self.tr("No entries here"), self.tr("None of your entries is in this state.")
            )
            return
        self.empty.show_words(
            self.tr("Write your first entry"),
            self.tr("What you did and learned stands here; a mentor reads it and answers."),
            self.tr("New entry"),
        )

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        # A list without a current row makes its first one current as soon as it gets the keyboard;
        # that is no wish to read another entry than the one that is open.
        is_wish = previous.isValid() or not self.reader.is_reading
        if is_wish and not self._is_showing and not self.is_narrow and current.isValid():
            self.current_changed.emit(str(current.data(Role.RECORD_ID)))

    def _on_scrolled(self, at: int) -> None:
        if at == self.list.verticalScrollBar().maximum():
            self.more_asked.emit()

    def _lay_out(self) -> None:
        row = FlowRow(self.filters, spacing=12)
        row.addWidget(self.status)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self.place, 1)
        both.addWidget(self.reader, 2)
        self._browse = QWidget()
        column = QVBoxLayout(self._browse)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addLayout(both, 1)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self._browse)
        self._layers.addWidget(self.writer)

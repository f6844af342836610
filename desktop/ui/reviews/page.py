"""The mentor's entries: the queue, and beside it or instead of it the one that is read."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.store.reviews import ReviewItem
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.reviews.feedback import APPROVE, NEEDS_WORK, REVIEWED
from desktop.ui.reviews.reader import Reader
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from desktop.ui.widgets.row_list import RowList

NARROW_BELOW = 760
LIST_PX = 304


class ReviewsPage(QWidget):
    """Shows the queue and one entry, and says what the person asked for; it decides nothing.

    Signals:
        filter_changed: another status, student or tag is wanted.
        current_changed: the id of the row that the person went to, beside the reader.
        opened: the id of the entry that the person wants to read.
        step_asked: -1 for the previous entry, 1 for the next.
        decide_asked: "approved", "needs_work" or "reviewed".
        more_asked: the end of the list is reached.
    """

    filter_changed = Signal()
    current_changed = Signal(str)
    opened = Signal(str)
    step_asked = Signal(int)
    decide_asked = Signal(str)
    more_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[ReviewItem],
        reader: Reader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.reader = reader
        self.is_narrow = False
        self._is_showing = False
        self.status = FilterBar(
            self.tr("Status"),
            [
                ("pending", self.tr("Waiting")),
                ("needs_work", self.tr("Needs work")),
                ("reviewed", self.tr("Reviewed")),
                ("approved", self.tr("Approved")),
                ("", self.tr("All")),
            ],
        )
        self.students = _picker(self.tr("Student"))
        self.tags = _picker(self.tr("Tag"))
        self._offered: dict[PersonPicker, list[Choice]] = {}
        self.list = RowList(theme, model, self.tr("Entries"), opens_on_click=True)
        self.empty = EmptyState(theme, "entries", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self.filters = QWidget()
        self._lay_out()
        self._arrange()

        self.status.chosen.connect(lambda _key: self.filter_changed.emit())
        for picker in (self.students, self.tags):
            picker.picked.connect(lambda _id: self.filter_changed.emit())
        self.list.opened.connect(self.opened)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        reader.back_asked.connect(self.show_list)
        reader.step_asked.connect(self.step_asked)
        reader.feedback.decide_asked.connect(self.decide_asked)
        self._add_shortcuts()

    def shortcuts(self) -> list[tuple[str, str]]:
        """The page's own shortcuts, in words."""
        return [
            ("J", self.tr("Next entry")),
            ("K", self.tr("Previous entry")),
            ("C", self.tr("Write feedback")),
            ("Escape", self.tr("Leave the feedback, which is kept; from there back to the list")),
            ("A", self.tr("Approve the entry, with the feedback")),
            ("W", self.tr("Ask for more work, with the feedback")),
            ("R", self.tr("Mark the entry as reviewed, with the feedback")),
            ("Ctrl+Return", self.tr("Send the feedback alone, and decide later")),
        ]

    def show_choices(self, students: Sequence[Choice], tags: Sequence[Choice]) -> None:
        """Offer these as filters; a name half typed stays while they do."""
        for picker, choices in ((self.students, list(students)), (self.tags, list(tags))):
            if self._offered.get(picker) != choices:
                self._offered[picker] = choices
                picker.show_choices([Choice("", self.tr("All")), *choices])

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
        self.filters.setVisible(not reads_alone)
        self.place.setVisible(not reads_alone)
        self.reader.setVisible(reads_alone or not self.is_narrow)
        self.reader.set_narrow(self.is_narrow)
        self.place.setMaximumWidth(16_777_215 if self.is_narrow else LIST_PX)

    def _show_empty(self) -> None:
        if self.students.current_id() or self.tags.current_id():
            self.empty.show_words(
                self.tr("No entry fits"), self.tr("Choose another status, student or tag.")
            )
        elif self.status.current == "pending":
            self.empty.show_words(
                self.tr("Nothing waits for you"),
                self.tr("What your students submit stands here until you have reviewed it."),
            )
        else:
            self.empty.show_words(
                self.tr("No entries here"),
                self.tr("Entries come here as you review what your students submit."),
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

    def _add_shortcuts(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "J": lambda: self.step_asked.emit(1),
            "K": lambda: self.step_asked.emit(-1),
            "C": self.reader.feedback.area.setFocus,
            "A": lambda: self._decide(APPROVE),
            "W": lambda: self._decide(NEEDS_WORK),
            "R": lambda: self._decide(REVIEWED),
        }
        for keys, deed in deeds.items():
            self._key(keys, deed)

    def _key(self, keys: str, deed: Callable[[], object]) -> None:
        """A letter reaches a field that one types in before it could come here."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: deed())

    def _decide(self, key: str) -> None:
        if self.reader.isVisible() and self.reader.is_reading and self.reader.feedback.can(key):
            self.decide_asked.emit(key)

    def _lay_out(self) -> None:
        self._is_reading = False
        row = FlowRow(self.filters, spacing=12)
        for widget in (self.status, self.students, self.tags):
            row.addWidget(widget)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addWidget(self.place, 1)
        both.addWidget(self.reader, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.filters)
        column.addLayout(both, 1)


def _picker(name: str) -> PersonPicker:
    picker = PersonPicker(name)
    picker.setAccessibleName(name)
    picker.setFixedWidth(140)
    return picker

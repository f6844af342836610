"""The mentor's entries: the queue with its filters, and the one that is read and decided."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.store.reviews import ReviewItem
from desktop.ui.entries.panes import ReadingPanes
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.reviews.feedback import APPROVE, NEEDS_WORK, REVIEWED
from desktop.ui.reviews.reader import Reader
from desktop.ui.theme import Theme
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.person_picker import Choice, PersonPicker


class ReviewsPage(ReadingPanes):
    """Shows the queue and one entry, and says what the person asked for; it decides nothing.

    Signals:
        filter_changed: another status, student or tag is wanted.
        decide_asked: a button was pressed: "approved", "needs_work" or "reviewed".
        key_pressed: the same, by its letter.
    """

    filter_changed = Signal()
    decide_asked = Signal(str)
    key_pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[ReviewItem],
        reader: Reader,
        parent: QWidget | None = None,
    ) -> None:
        # Made before the list, so that the keyboard comes to them first.
        status = FilterBar(
            _tr("Status"),
            [
                ("pending", _tr("Waiting")),
                ("needs_work", _tr("Needs work")),
                ("reviewed", _tr("Reviewed")),
                ("approved", _tr("Approved")),
                ("", _tr("All")),
            ],
        )
        students, tags = _picker(_tr("Student")), _picker(_tr("Tag"))
        filters = QWidget()
        row = FlowRow(filters, spacing=12)
        for widget in (status, students, tags):
            row.addWidget(widget)
        super().__init__(theme, model, reader, filters, parent)
        self.feedback = reader.feedback
        self.status, self.students, self.tags = status, students, tags
        self._offered: dict[PersonPicker, list[Choice]] = {}

        self.status.chosen.connect(lambda _key: self.filter_changed.emit())
        for picker in (self.students, self.tags):
            picker.picked.connect(lambda _id: self.filter_changed.emit())
        self.feedback.decide_asked.connect(self.decide_asked)
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

    @override
    def show_rows(
        self, rows: Sequence[ReviewItem], open_id: str, *, hides_reader: bool = False
    ) -> None:
        if not rows:
            self._show_empty()
        super().show_rows(rows, open_id, hides_reader=hides_reader)

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

    def _add_shortcuts(self) -> None:
        deeds: dict[str, Callable[[], object]] = {
            "J": lambda: self.step_asked.emit(1),
            "K": lambda: self.step_asked.emit(-1),
            "C": self.feedback.area.setFocus,
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
        if self.reader.isVisible() and self.reader.is_reading and self.feedback.can(key):
            self.key_pressed.emit(key)


def _picker(name: str) -> PersonPicker:
    picker = PersonPicker(name)
    picker.setAccessibleName(name)
    picker.setFixedWidth(140)
    return picker


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reviews", text)

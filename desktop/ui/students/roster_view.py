"""The roster: all students, mine, or those without a mentor; narrowed by a part of a name."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.store.roster import Student
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList

MINE, ALL, UNASSIGNED = "mine", "all", "unassigned"


class RosterView(QWidget):
    """Shows students and says what the person does with them.

    Signals:
        filter_changed: other students are wanted.
        opened: the id of a student to look at.
        claim_asked: the id of a student to become the mentor of.
        current_changed: another row is the current one, or none.
        unassigned_asked: show those without a mentor.
    """

    filter_changed = Signal()
    opened = Signal(str)
    claim_asked = Signal(str)
    current_changed = Signal()
    unassigned_asked = Signal()

    def __init__(
        self, theme: Theme, model: RecordListModel[Student], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.filter = FilterBar(
            self.tr("Which students"),
            [
                (MINE, self.tr("Mine")),
                (ALL, self.tr("All")),
                (UNASSIGNED, self.tr("Unassigned")),
            ],
        )
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Find by name or cohort"))
        self.search.setAccessibleName(self.tr("Find by name or cohort"))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(240)
        self.list = RowList(theme, model, self.tr("Students"), opens_on_click=True)
        self.empty = EmptyState(theme, "users", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self._lay_out()

        self.filter.chosen.connect(lambda _key: self.filter_changed.emit())
        self.search.textChanged.connect(lambda _text: self.filter_changed.emit())
        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(lambda _key, row_id: self.claim_asked.emit(row_id))
        selection = self.list.selectionModel()
        selection.currentChanged.connect(lambda _now, _before: self.current_changed.emit())
        self.empty.action_asked.connect(self.unassigned_asked)
        shortcut = QShortcut(QKeySequence.StandardKey.Find, self)
        shortcut.activated.connect(self.search.setFocus)

    def show_rows(self, rows: Sequence[Student], counts: dict[str, int]) -> None:
        """Show these students, or why there are none; `counts` by filter."""
        self.model.show(rows)
        for key, count in counts.items():
            self.filter.show_count(key, count)
        if not rows:
            self._show_empty(has_unassigned=counts[UNASSIGNED] > 0)
        self.place.show_list(bool(rows))

    def take_focus(self, student_id: str) -> None:
        """Give the keyboard back to the list, on this student when they are in it."""
        self.list.select(student_id)
        self.list.setFocus()

    def _show_empty(self, *, has_unassigned: bool) -> None:
        if self.search.text().strip():
            self.empty.show_words(
                self.tr("Nobody of that name or cohort"),
                self._wider_words(),
            )
        elif self.filter.current == MINE and has_unassigned:
            self.empty.show_words(
                self.tr("You have no students yet"),
                self.tr("Claim one of those who have no mentor, or ask an admin to assign you."),
                self.tr("Show the unassigned"),
            )
        elif self.filter.current == MINE:
            self.empty.show_words(
                self.tr("You have no students yet"),
                self.tr("Students register with a cohort's code; then you can claim them here."),
            )
        elif self.filter.current == UNASSIGNED:
            self.empty.show_words(
                self.tr("Everybody has a mentor"),
                self.tr("New students stand here until a mentor claims them."),
            )
        else:
            self.empty.show_words(
                self.tr("No students yet"),
                self.tr("Students register with a cohort's code; then they stand here."),
            )

    def _wider_words(self) -> str:
        if self.filter.current == ALL:
            return self.tr("Type less of it, or clear the field.")
        return self.tr("Look among all, or type less of it.")

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.filter)
        top.addStretch(1)
        top.addWidget(self.search, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.place, 1)

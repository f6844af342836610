"""The activity page: all that happened by day, filtered, going on as one scrolls."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.activity.days import ANY, DaysButton
from desktop.ui.activity.looks import FOLD, Row
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.times import Clock
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.held_list import held
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.more_on_scroll import MoreOnScroll
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from desktop.ui.widgets.row_list import RowList

ALL = "all"


class ActivityPage(QWidget):
    """Shows what happened and says what the person asks for; it decides nothing.

    Signals:
        filter_changed: other kinds, another student or other days are wanted.
        opened: the id of the row that the person wants to see, or to unfold.
        fold_asked: the id of a run that is to be shown one by one, or as one again.
        more_wanted: the person comes to the end of what is shown.
        visited: the person looks at the page, from now on.
        left: and looks at something else.
    """

    filter_changed = Signal()
    opened = Signal(str)
    fold_asked = Signal(str)
    more_wanted = Signal()
    visited = Signal()
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[Row],
        clock: Clock,
        *,
        has_students: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`has_students`: the reader has several, of whom one can be chosen."""
        super().__init__(parent)
        self.model = model
        self.has_students = has_students
        self._offered: list[Choice] = []
        self.kinds = FilterBar(
            self.tr("Kind"),
            [
                (ALL, self.tr("All")),
                ("sessions", self.tr("Sessions")),
                ("entries", self.tr("Entries")),
                ("people", self.tr("People")),
            ],
        )
        self.students = PersonPicker(self.tr("Student"))
        self.students.setAccessibleName(self.tr("Student"))
        self.students.setFixedWidth(180)
        self.days = DaysButton(theme, clock)
        self.show_all = push_button(self.tr("Show all"), "quiet", theme=theme, icon="x")
        self.list = RowList(theme, model, self.tr("Activity"), opens_on_click=True)
        self.empty = EmptyState(theme, "activity", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self.more = MoreOnScroll(self.list)
        filters = QWidget()
        row = FlowRow(filters, spacing=12)
        for widget in (self.kinds, self.students, self.days, self.show_all):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(filters)
        column.addWidget(self.place, 1)
        self.students.setVisible(has_students)
        self._show_whether_filtered()
        self._connect()

    def shortcuts(self) -> list[tuple[str, str]]:
        """The page's own shortcuts, in words."""
        return [
            ("J", self.tr("Next activity")),
            ("K", self.tr("Previous activity")),
            ("Return", self.tr("Open it, or show several like ones one by one")),
            ("Escape", self.tr("Show all again")),
        ]

    @property
    def is_filtered(self) -> bool:
        """Whether something is left out."""
        is_any = self.kinds.current == ALL and self.days.days == ANY
        return not is_any or bool(self.students.current_id())

    def clear_filters(self) -> None:
        """Leave nothing out any more."""
        self.blockSignals(True)
        self.kinds.choose(ALL)
        self.students.choose("")
        self.days.choose(ANY)
        self.blockSignals(False)
        self._on_filter()

    def show_students(self, choices: Sequence[Choice]) -> None:
        """Offer these students; a name half typed stays while they do."""
        if self._offered != list(choices):
            self._offered = list(choices)
            self.students.show_choices(choices)

    def show_rows(self, rows: Sequence[Row | Heading]) -> None:
        """Show these rows, or why there are none; what one reads stays where it is."""
        with held(self.list):
            self.model.show(rows)
        if not rows:
            self._show_empty()
        self.place.show_list(bool(rows))
        self.more.look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.visited.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.left.emit()

    def _show_empty(self) -> None:
        if self.is_filtered:
            self.empty.show_words(
                self.tr("Nothing fits"),
                self.tr("Choose other days, another kind or another student."),
                self.tr("Show all"),
            )
        elif self.has_students:
            self.empty.show_words(
                self.tr("Nothing has happened yet"),
                self.tr(
                    "What you and your students do with sessions, entries and cohorts stands here."
                ),
            )
        else:
            self.empty.show_words(
                self.tr("Nothing has happened yet"),
                self.tr("What you and your mentor do with sessions and entries stands here."),
            )

    def _show_whether_filtered(self) -> None:
        self.show_all.setVisible(self.is_filtered)

    def _on_filter(self) -> None:
        self._show_whether_filtered()
        self.list.scrollToTop()
        self.filter_changed.emit()

    def _on_show_all(self) -> None:
        """The button goes, so that the keyboard needs another place."""
        self.clear_filters()
        self.kinds.buttons[ALL].setFocus()

    def _on_escape(self) -> None:
        """The row that one was on stays in sight, where it is still there."""
        if self.is_filtered:
            here = self.list.current_id()
            self.clear_filters()
            if not self.list.select(here):
                self.list.select_first()

    def _connect(self) -> None:
        self.kinds.chosen.connect(lambda _key: self._on_filter())
        self.students.picked.connect(lambda _id: self._on_filter())
        self.days.chosen.connect(self._on_filter)
        self.show_all.clicked.connect(self._on_show_all)
        self.empty.action_asked.connect(self._on_show_all)
        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(self._on_action)
        self.more.wanted.connect(self.more_wanted)
        self._key("J", lambda: self.list.step(1))
        self._key("K", lambda: self.list.step(-1))
        self._key("Escape", self._on_escape)

    def _on_action(self, key: str, row_id: str) -> None:
        if key == FOLD:
            self.fold_asked.emit(row_id)

    def _key(self, keys: str, then: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: then())

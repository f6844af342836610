"""The mentor's schedule: sessions by day, filtered, with what can be done with each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.store.schedules import Session
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from desktop.ui.widgets.row_list import RowList


class SchedulePage(QWidget):
    """Shows sessions and says what the person asked for; it decides and stores nothing.

    Signals:
        view_changed: the list, the week or the month is wanted: the key of `views`.
        filter_changed: another time, status, student or cohort is wanted.
        new_asked: plan a session.
        opened: the id of the session to look at.
        action_asked: "edit", "complete", "cancel", "reopen", "delete" or "duplicate", and an id.
        more_asked: the end of the list is reached.
    """

    view_changed = Signal(str)
    filter_changed = Signal()
    new_asked = Signal()
    opened = Signal(str)
    action_asked = Signal(str, str)
    more_asked = Signal()

    def __init__(
        self, theme: Theme, model: RecordListModel[Session], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._calendar: QWidget | None = None
        self.views = FilterBar(
            self.tr("View"),
            [
                ("list", self.tr("List")),
                ("week", self.tr("Week")),
                ("month", self.tr("Month")),
            ],
        )
        self.new_action = QAction(self.tr("New session"), self)
        self.time = FilterBar(
            self.tr("When"), [("ahead", self.tr("Upcoming")), ("past", self.tr("Past"))]
        )
        self.status = FilterBar(
            self.tr("Status"),
            [
                ("", self.tr("All")),
                ("scheduled", self.tr("Scheduled")),
                ("completed", self.tr("Completed")),
                ("canceled", self.tr("Canceled")),
            ],
        )
        self._all = Choice("", self.tr("All students and cohorts"))
        self._choices: list[Choice] | None = None
        self.people = PersonPicker(self._all.text)
        self.people.setAccessibleName(self.tr("Student or cohort"))
        self.people.setFixedWidth(240)
        self.list = RowList(theme, model, self.tr("Sessions"))
        self.empty = EmptyState(theme, "calendar", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self._lay_out()

        self.views.chosen.connect(self._on_view)
        self.new_action.triggered.connect(self.new_asked)
        self.empty.action_asked.connect(self.new_asked)
        for bar in (self.time, self.status):
            bar.chosen.connect(lambda _key: self.filter_changed.emit())
        self.people.picked.connect(lambda _id: self.filter_changed.emit())
        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(self.action_asked)
        self.list.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        for keys, action, _words in self.shortcuts():
            self._key(keys, action, self.list, self.list.current_id)

    @property
    def view(self) -> str:
        """Which view is shown."""
        return self.views.current

    def shortcuts(self) -> list[tuple[str, str, str]]:
        """The page's own shortcuts: keys, the deed with the row, and what it is in words.

        Those of the calendar, which its grids know themselves, have no deed.
        """
        return [
            ("F2", "edit", self.tr("Edit the session")),
            ("Ctrl+D", "duplicate", self.tr("Duplicate the session, a week later")),
            ("Del", "delete", self.tr("Delete the session, or cancel it once it has begun")),
            ("N", "", self.tr("In the calendar: plan a session where you are")),
            ("T", "", self.tr("In the calendar: go to today")),
            ("PgUp, PgDown", "", self.tr("The week or month before, or after")),
            ("Ctrl+Up, Ctrl+Down", "", self.tr("In the week: the session before, or after")),
            ("Alt + arrows, Return", "", self.tr("In the week: move the session, and agree")),
            ("+, -, Return", "", self.tr("In the week: make it longer or shorter, and agree")),
        ]

    def add_calendar(self, calendar: QWidget, week: QWidget, current_id: Callable[[], str]) -> None:
        """Put the calendar behind the switch; the shortcuts work in its `week`, too."""
        self._calendar = calendar
        self._places.addWidget(calendar)
        for keys, action, _words in self.shortcuts():
            self._key(keys, action, week, current_id)

    def show_view(self, key: str) -> None:
        """Turn to a view without asking for anything."""
        self.views.choose(key)
        calendar = None if key == "list" else self._calendar
        self.time.setVisible(calendar is None)
        self._places.setCurrentWidget(calendar or self.place)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these students and cohorts as filters; a name half typed stays while they do."""
        if list(choices) != self._choices:
            self._choices = list(choices)
            self.people.show_choices([self._all, *choices])

    def show_ahead(self, count: int, most: int) -> None:
        """Write how many sessions are still to come; `most` is where the counting ended."""
        self.time.show_count("ahead", count or None, most=most)

    def show_rows(self, rows: Sequence[Session | Heading], *, is_filtered: bool) -> None:
        """Show these rows, or why there are none."""
        self.model.show(rows)
        if not rows:
            self._show_empty(is_filtered=is_filtered)
        self.place.show_list(bool(rows))

    def _show_empty(self, *, is_filtered: bool) -> None:
        if is_filtered:
            self.empty.show_words(
                self.tr("No session fits"), self.tr("Choose another time, status or person.")
            )
        elif self.time.current == "past":
            self.empty.show_words(
                self.tr("No past sessions"), self.tr("Sessions that are over are kept here.")
            )
        else:
            self.empty.show_words(
                self.tr("No upcoming sessions"),
                self.tr("Plan one with a student or a cohort; they see it at once."),
                self.tr("New session"),
            )

    def _on_view(self, key: str) -> None:
        self.show_view(key)
        self.view_changed.emit(key)

    def _on_scrolled(self, at: int) -> None:
        if at == self.list.verticalScrollBar().maximum():
            self.more_asked.emit()

    def _key(self, keys: str, action: str, where: QWidget, current_id: Callable[[], str]) -> None:
        if not action:
            return
        shortcut = QShortcut(QKeySequence(keys), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._asker(action, current_id))

    def _asker(self, action: str, current_id: Callable[[], str]) -> Callable[[], None]:
        def ask_for_current() -> None:
            if record_id := current_id():
                self.action_asked.emit(action, record_id)

        return ask_for_current

    def _lay_out(self) -> None:
        self._places = QStackedWidget()
        self._places.addWidget(self.place)
        filters = FlowRow(spacing=12)
        for widget in (self.views, self.time, self.people, self.status):
            filters.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(filters)
        column.addWidget(self._places, 1)

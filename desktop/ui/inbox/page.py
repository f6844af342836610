"""The inbox: notifications by day, unread ones marked, each opening what it is about."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.store.activity import Notification
from desktop.ui.record_list_model import Heading, RecordListModel, Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList


class InboxPage(QWidget):
    """Shows notifications and says what the person does with them.

    Signals:
        filter_chosen: "unread", "all", "snoozed" or "archived".
        opened: the id of the activity whose item the person wants to see.
        mark_asked: the id of an activity, and "read", "unread", "archived" or "snooze".
        mark_all_asked: everything that is shown is read.
    """

    filter_chosen = Signal(str)
    opened = Signal(str)
    mark_asked = Signal(str, str)
    mark_all_asked = Signal()

    def __init__(
        self, theme: Theme, model: RecordListModel[Notification], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.filter = FilterBar(
            self.tr("Which notifications"),
            [
                ("unread", self.tr("Unread")),
                ("all", self.tr("All")),
                ("snoozed", self.tr("Snoozed")),
                ("archived", self.tr("Archived")),
            ],
        )
        self.mark_all = push_button(self.tr("Mark all read"), "", theme=theme, icon="check")
        self.list = RowList(theme, model, self.tr("Notifications"), opens_on_click=True)
        self.empty = EmptyState(theme, "inbox", "")
        self.place = ListOrEmpty(self.list, self.empty)
        top = QHBoxLayout()
        top.addWidget(self.filter)
        top.addStretch(1)
        top.addWidget(self.mark_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.place, 1)

        self.filter.chosen.connect(self.filter_chosen)
        self.mark_all.clicked.connect(self.mark_all_asked)
        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(lambda key, row_id: self.mark_asked.emit(row_id, key))
        deeds: dict[str, Callable[[], object]] = {
            "J": lambda: self._step(1),
            "K": lambda: self._step(-1),
            "U": self._toggle_current,
            "E": lambda: self._mark_current("archived"),
            "H": lambda: self._mark_current("snooze"),
            "Shift+E": self.mark_all_asked.emit,
        }
        for keys, _words in self.shortcuts():
            self._key(keys, deeds[keys])

    def shortcuts(self) -> list[tuple[str, str]]:
        """The page's own shortcuts, in words."""
        return [
            ("J", self.tr("Next notification")),
            ("K", self.tr("Previous notification")),
            ("U", self.tr("Mark as read, or as unread again")),
            ("E", self.tr("Archive")),
            ("H", self.tr("Snooze")),
            ("Shift+E", self.tr("Mark all as read")),
        ]

    def show_rows(self, rows: Sequence[Notification | Heading], unread: int) -> None:
        """Show these rows, or why there are none."""
        self.model.show(rows)
        self.filter.show_count("unread", unread or None)
        self.mark_all.setEnabled(unread > 0)
        if not rows:
            self._show_empty()
        self.place.show_list(bool(rows))

    def _show_empty(self) -> None:
        if self.filter.current == "snoozed":
            self.empty.show_words(
                self.tr("Nothing is snoozed"),
                self.tr("What you snooze waits here, and comes back unread at its time."),
            )
        elif self.filter.current == "archived":
            self.empty.show_words(
                self.tr("Nothing is archived"), self.tr("What you archive can be found here.")
            )
        elif self.filter.current == "unread":
            self.empty.show_words(
                self.tr("You have read everything"),
                self.tr("What the others do with your sessions shows up here."),
            )
        else:
            self.empty.show_words(
                self.tr("Nothing has happened yet"),
                self.tr(
                    "When somebody plans, moves or cancels a session of yours, you read it here."
                ),
            )

    def _mark_current(self, state: str) -> None:
        if record_id := self.list.current_id():
            self.mark_asked.emit(record_id, state)

    def _toggle_current(self) -> None:
        row = self.model.row_of(self.list.current_id())
        if row >= 0:
            shown = self.model.index(row, 0).data(Role.RECORD)
            is_unread = isinstance(shown, Notification) and shown.is_unread
            self._mark_current("read" if is_unread else "unread")

    def _step(self, by: int) -> None:
        key = Qt.Key.Key_Down if by > 0 else Qt.Key.Key_Up
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.list, event)

    def _key(self, keys: str, then: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: then())

"""A list of notifications that one goes through by key: read, put off, put away."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.store.activity import Notification
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.row_list import RowList


class NotificationList(RowList):
    """Shows notifications, which open at a click, and says what is to become of them.

    Signals:
        mark_asked: the id of an activity, and "read", "unread", "archived" or "snooze".
        mark_all_asked: everything that is unread is to be read.
    """

    mark_asked = Signal(str, str)
    mark_all_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[Notification],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, model, name, parent, opens_on_click=True)
        self.action_asked.connect(lambda key, row_id: self.mark_asked.emit(row_id, key))
        deeds: dict[str, Callable[[], object]] = {
            "J": lambda: self.step(1),
            "K": lambda: self.step(-1),
            "U": self._toggle_current,
            "E": lambda: self._mark_current("archived"),
            "S": lambda: self._mark_current("snooze"),
            "Shift+E": self.mark_all_asked.emit,
        }
        for keys, _words in shortcuts():
            self._key(keys, deeds[keys])

    def _mark_current(self, state: str) -> None:
        if record_id := self.current_id():
            self.mark_asked.emit(record_id, state)

    def _toggle_current(self) -> None:
        shown = self.currentIndex().data(Role.RECORD)
        if isinstance(shown, Notification):
            self._mark_current("read" if shown.is_unread else "unread")

    def _key(self, keys: str, then: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: then())


def shortcuts() -> list[tuple[str, str]]:
    """The keys of the list, in words."""
    return [
        ("J", _tr("Next notification")),
        ("K", _tr("Previous notification")),
        ("U", _tr("Mark as read, or as unread again")),
        ("E", _tr("Archive")),
        ("S", _tr("Snooze")),
        ("Shift+E", _tr("Mark all as read")),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inbox", text)

"""The inbox: notifications by day, unread ones marked, each opening what it is about."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.store.activity import MOST_COUNTED, Notification
from desktop.ui.inbox.notification_list import NotificationList, shortcuts
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.held_list import held
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.more_on_scroll import MoreOnScroll
from desktop.ui.widgets.why_not import allow


class InboxPage(QWidget):
    """Shows notifications; what is done with them, its list says.

    Signals:
        filter_chosen: "unread", "all", "snoozed" or "archived".
        more_wanted: the person comes to the end of what is shown.
    """

    filter_chosen = Signal(str)
    more_wanted = Signal()

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
        self.list = NotificationList(theme, model, self.tr("Notifications"))
        self.empty = EmptyState(theme, "inbox", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self.more = MoreOnScroll(self.list)
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
        self.more.wanted.connect(self.more_wanted)

    def shortcuts(self) -> list[tuple[str, str]]:
        """The page's own shortcuts, in words."""
        return shortcuts()

    def show_rows(self, rows: Sequence[Notification | Heading], unread: int) -> None:
        """Show these rows, or why there are none; what one reads stays where it is."""
        with held(self.list):
            self.model.show(rows)
        self.filter.show_count("unread", unread or None, most=MOST_COUNTED)
        allow(self.mark_all, unread > 0, self.tr("Nothing is unread."))
        if not rows:
            self._show_empty()
        self.place.show_list(bool(rows))
        self.more.look()

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
                self.tr("What the others do with your sessions, entries and cohorts comes here."),
            )
        else:
            self.empty.show_words(
                self.tr("Nothing has happened yet"),
                self.tr(
                    "When somebody plans or changes a session of yours, or says something about "
                    "an entry, you read it here."
                ),
            )

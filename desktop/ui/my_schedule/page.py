"""The student's schedule: what to confirm, what comes, what was, what was canceled."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.store.schedules import Session
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.row_list import RowList

PARTS = ("upcoming", "completed", "canceled")


class MySchedulePage(QWidget):
    """Shows the student's sessions and says what the student does with them.

    Signals:
        part_chosen: "upcoming", "completed" or "canceled".
        opened: the id of the session to look at.
        action_asked: the key of a deed, and the session's id.
    """

    part_chosen = Signal(str)
    opened = Signal(str)
    action_asked = Signal(str, str)

    def __init__(
        self, theme: Theme, model: RecordListModel[Session], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.parts = FilterBar(
            self.tr("Which sessions"),
            [
                ("upcoming", self.tr("Upcoming")),
                ("completed", self.tr("Completed")),
                ("canceled", self.tr("Canceled")),
            ],
        )
        self.list = RowList(theme, model, self.tr("My sessions"))
        self.empty = EmptyState(theme, "calendar", "")
        top = QHBoxLayout()
        top.addWidget(self.parts)
        top.addStretch(1)
        body = QWidget()
        self._layers = QStackedLayout(body)
        self._layers.addWidget(self.list)
        self._layers.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(body, 1)

        self.parts.chosen.connect(self.part_chosen)
        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(self.action_asked)

    @property
    def part(self) -> str:
        """Which part is shown."""
        return self.parts.current

    def show_rows(self, rows: Sequence[Session | Heading], to_confirm: int) -> None:
        """Show these rows, or why there are none; the part says how many wait for an answer."""
        self.model.show(rows)
        self.parts.show_count("upcoming", to_confirm or None)
        if not rows:
            self._show_empty()
        self._layers.setCurrentWidget(self.list if rows else self.empty)

    def _show_empty(self) -> None:
        words = {
            "upcoming": (
                self.tr("No upcoming sessions"),
                self.tr("When your mentor plans one, it stands here at once."),
            ),
            "completed": (
                self.tr("No completed sessions"),
                self.tr("Sessions that took place are kept here."),
            ),
            "canceled": (
                self.tr("No canceled sessions"),
                self.tr("A session that is called off stands here, with its reason."),
            ),
        }
        self.empty.show_words(*words[self.part])

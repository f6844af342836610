"""The student's schedule: what to confirm, what comes, what was, what was canceled."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.store.schedules import Session
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList


class MySchedulePage(QWidget):
    """Shows the student's sessions and says what the student does with them.

    Signals:
        part_chosen: "upcoming" or "completed".
        fold_changed: whether the canceled sessions are to be seen, too.
        opened: the id of the session to look at.
        action_asked: the key of a deed, and the session's id.
    """

    part_chosen = Signal(str)
    fold_changed = Signal(bool)
    opened = Signal(str)
    action_asked = Signal(str, str)

    def __init__(
        self, theme: Theme, model: RecordListModel[Session], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.model = model
        self.parts = FilterBar(
            self.tr("Which sessions"),
            [
                ("upcoming", self.tr("Upcoming")),
                ("completed", self.tr("Completed")),
            ],
        )
        self.list = RowList(theme, model, self.tr("My sessions"))
        self.empty = EmptyState(theme, "calendar", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self.fold = push_button("", "quiet", theme=theme, icon="chevron-right")
        self.fold.setCheckable(True)
        self.fold.hide()
        top = QHBoxLayout()
        top.addWidget(self.parts)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.place, 1)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)

        self.parts.chosen.connect(self.part_chosen)
        self.fold.toggled.connect(self._on_fold)
        self.list.opened.connect(self.opened)
        self.list.action_asked.connect(self.action_asked)

    @property
    def part(self) -> str:
        """Which part is shown."""
        return self.parts.current

    @property
    def shows_canceled(self) -> bool:
        return self.fold.isChecked()

    def show_rows(
        self,
        rows: Sequence[Session | Heading],
        *,
        upcoming: int,
        canceled: int,
        is_mentored: bool = True,
    ) -> None:
        """Show these rows, or why there are none; how many are still on, or are folded."""
        self.model.show(rows)
        self.fold.setVisible(canceled > 0)
        number = QLocale().toString(canceled)
        self.fold.setText(self.tr("Canceled  %1").replace("%1", number))
        self.parts.show_count("upcoming", upcoming or None)
        if not rows:
            self._show_empty(is_mentored=is_mentored)
        self.place.show_list(bool(rows))

    def _show_empty(self, *, is_mentored: bool) -> None:
        waits_for = (
            self.tr("When your mentor plans one, it stands here at once.")
            if is_mentored
            else self.tr("Nobody mentors you yet. A mentor will claim you and then plan sessions.")
        )
        words = {
            "upcoming": (self.tr("No upcoming sessions"), waits_for),
            "completed": (
                self.tr("No completed sessions"),
                self.tr("Sessions that took place are kept here."),
            ),
        }
        self.empty.show_words(*words[self.part])

    def _on_fold(self, is_open: bool) -> None:
        icon = "chevron-down" if is_open else "chevron-right"
        self._theme.dress(self.fold, icon, "accent_text")
        self.fold_changed.emit(is_open)

"""One student: who they are, what time it is there, and one timeline of all that is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.store.timelines import Moment
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.today.next_session import FactLine
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.list_or_empty import ListOrEmpty
from desktop.ui.widgets.row_list import RowList

ALL_MOMENTS, SESSIONS, ENTRIES = "all", "sessions", "entries"


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentLook:
    """The head of a student's page; empty words leave their line out.

    `further` sessions are ahead and not shown yet.
    """

    name: str
    chip: ChipLook | None
    cohort: str
    mentors: str
    clock: str
    active: str
    pending: str
    can_give_up: bool
    can_move: bool
    has_timeline: bool
    empty: tuple[str, str]
    further: int = 0


class StudentView(QWidget):
    """Shows one student and says what the person does.

    Signals:
        back_asked: to the roster.
        opened: the id of a moment to look at.
        filter_changed: other moments are wanted.
        give_up_asked: no longer be this student's mentor.
        move_asked: put the student into another cohort.
        more_asked: the end of the list is reached.
        further_asked: also the sessions farther ahead are wanted.
    """

    back_asked = Signal()
    opened = Signal(str)
    filter_changed = Signal()
    give_up_asked = Signal()
    move_asked = Signal()
    more_asked = Signal()
    further_asked = Signal()

    def __init__(
        self, theme: Theme, model: RecordListModel[Moment], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.model = model
        self.back_button = push_button(
            self.tr("All students"), "quiet", theme=theme, icon="chevron-left"
        )
        self.avatar = Avatar(theme, "", 48)
        self.name = WrapLabel("", size="title", strong=True)
        self.chip = StatusChip(theme, ChipLook("", "help"))
        self.facts = {
            key: FactLine(theme, icon)
            for key, icon in (
                ("cohort", "users"),
                ("mentors", "user"),
                ("clock", "clock"),
                ("active", "activity"),
                ("pending", "clock"),
            )
        }
        self.move_button = push_button(self.tr("Move to a cohort…"), theme=theme, icon="users")
        self.give_up_button = push_button(self.tr("Give up…"), theme=theme, icon="x-circle")
        self.filter = FilterBar(
            self.tr("What of the timeline"),
            [
                (ALL_MOMENTS, self.tr("Everything")),
                (SESSIONS, self.tr("Sessions")),
                (ENTRIES, self.tr("Entries")),
            ],
        )
        self.further = push_button("", "quiet", theme=theme, icon="chevron-up")
        self.further.hide()
        self.list = RowList(theme, model, self.tr("Timeline"), opens_on_click=True)
        self.empty = EmptyState(theme, "activity", "")
        self.place = ListOrEmpty(self.list, self.empty)
        self._lay_out()

        self.back_button.clicked.connect(self.back_asked)
        self.move_button.clicked.connect(self.move_asked)
        self.give_up_button.clicked.connect(self.give_up_asked)
        self.further.clicked.connect(self.further_asked)
        self.list.opened.connect(self.opened)
        self.filter.chosen.connect(lambda _key: self.filter_changed.emit())
        bar = self.list.verticalScrollBar()
        bar.valueChanged.connect(lambda at: self.more_asked.emit() if at == bar.maximum() else None)
        for keys in (QKeySequence(Qt.Key.Key_Escape), QKeySequence(QKeySequence.StandardKey.Back)):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.back_asked)

    def show_student(self, look: StudentLook, rows: Sequence[Moment | Heading]) -> None:
        """Show the student with this timeline, or say why it is empty."""
        self.name.setText(look.name)
        self.avatar.set_name(look.name)
        self.chip.setVisible(look.chip is not None)
        if look.chip is not None:
            self.chip.show_look(look.chip)
        for key, line in self.facts.items():
            line.show_words(getattr(look, key), *(("pending", "clock") if key == "pending" else ()))
        self.move_button.setVisible(look.can_move)
        self.give_up_button.setVisible(look.can_give_up)
        self.filter.setVisible(look.has_timeline)
        self.further.setText(self.tr("%n more sessions", "", look.further))
        self.further.setVisible(look.further > 0)
        self.model.show(rows)
        if not rows:
            self.empty.show_words(*look.empty)
        self.place.show_list(bool(rows))

    def take_focus(self) -> None:
        """Give the keyboard to the timeline, or to the way back."""
        target = self.list if self.model.rowCount() else self.back_button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_to(self, moment_id: str) -> None:
        """Bring a moment into view, with the keyboard on it."""
        self.list.select(moment_id)
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.back_button)
        top.addStretch(1)
        top.addWidget(self.filter)
        name = QHBoxLayout()
        name.setSpacing(12)
        name.addWidget(self.name, 1)
        name.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(name)
        for line in self.facts.values():
            words.addWidget(line)
        words.addStretch(1)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.move_button)
        buttons.addWidget(self.give_up_button)
        buttons.addWidget(self.further)
        buttons.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addLayout(buttons)
        card = Card()
        card.body.addLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(card)
        column.addWidget(self.place, 1)

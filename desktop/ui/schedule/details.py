"""One session in full, with what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.store.schedules import Attendee
from desktop.ui.schedule.looks import mark_chip
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.row_look import RowAction
from desktop.ui.widgets.scrolled_page import ScrolledPage
from domain.schedules import Mark

WIDTH = 600
HISTORY = "history"  # the key of what is there for every session, and never the likeliest
MARGIN = 24  # of the window that stays to be seen around it


class MarkBox(QComboBox):
    """The attendance of one student; the wheel scrolls the page and changes nothing."""

    def __init__(self, mark: Mark | None) -> None:
        super().__init__()
        self.choices: list[Mark | None] = [*Mark] if mark else [None, *Mark]
        for choice in self.choices:
            self.addItem(mark_chip(choice).text)
        self.setCurrentIndex(self.choices.index(mark))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SessionDetails(QDialog):
    """What a session is about, who, when and where.

    Signals:
        action_asked: the key of the button that was pressed.
        mark_asked: a student's id and the attendance `Mark`, for a group session.
    """

    action_asked = Signal(str)
    mark_asked = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._facts: list[tuple[str, str]] = []
        self._actions: list[RowAction] = []
        self._attendees: list[Attendee] = []
        self.title = WrapLabel("", size="title", strong=True)
        self.chip = StatusChip(theme, ChipLook("", "calendar"))
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(8)
        self.facts.setColumnStretch(1, 1)
        self.attendance = QVBoxLayout()
        self.attendance.setSpacing(8)
        self.marks: dict[str, MarkBox] = {}
        self.buttons = FlowRow()
        self.close_button = push_button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self._lay_out()

    def show_facts(
        self,
        title: str,
        chip: ChipLook,
        facts: Sequence[tuple[str, str]],
        actions: Sequence[RowAction],
    ) -> None:
        """Show the session anew; facts without words are left out, what is the same stays."""
        self.setWindowTitle(title)
        self.title.setText(title)
        self.chip.show_look(chip)
        told = [(name, words) for name, words in facts if words]
        if told != self._facts:
            self._facts = told
            self._show_facts()
        if list(actions) != self._actions:
            self._actions = list(actions)
            self._show_actions()

    def show_attendance(self, attendees: Sequence[Attendee]) -> None:
        """Show a line with its choice of marks for each student."""
        if list(attendees) == self._attendees:
            return
        self._attendees = list(attendees)
        focused = next((key for key, box in self.marks.items() if box.hasFocus()), "")
        _clear(self.attendance)
        self.marks = {}
        if attendees:
            self.attendance.addWidget(WrapLabel(self.tr("Attendance"), strong=True))
        for attendee in attendees:
            self.attendance.addWidget(self._attendance_line(attendee))
        if focused in self.marks:
            self.marks[focused].setFocus()

    def _attendance_line(self, attendee: Attendee) -> QWidget:
        shown = QWidget()
        layout = QHBoxLayout(shown)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(WrapLabel(attendee.name), 1)
        if attendee.is_seen:
            layout.addWidget(self._mark_box(attendee))
        else:
            hidden = WrapLabel(self.tr("Seen by their own mentors only"), tone="muted")
            layout.addWidget(hidden, 1)
        return shown

    def _mark_box(self, attendee: Attendee) -> MarkBox:
        box = MarkBox(attendee.mark)
        box.setAccessibleName(self.tr("Attendance of %1").replace("%1", attendee.name))
        box.activated.connect(lambda at: self._on_marked(attendee.user_id, box.choices[at]))
        self.marks[attendee.user_id] = box
        return box

    def _on_marked(self, user_id: str, mark: Mark | None) -> None:
        if mark is not None:
            self.mark_asked.emit(user_id, mark)

    def _show_facts(self) -> None:
        _clear(self.facts)
        for row, (name, words) in enumerate(self._facts):
            self.facts.addWidget(WrapLabel(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            label = WrapLabel(words)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.facts.addWidget(label, row, 1)

    def _show_actions(self) -> None:
        had_focus = self.isVisible() and self.focusWidget() is not self.close_button
        _clear(self.buttons)
        for at, action in enumerate(self._actions):
            kind = "primary" if at == 0 and action.key != HISTORY else ""
            button = push_button(action.text, kind, theme=self._theme, icon=action.icon)
            button.clicked.connect(lambda _on=False, key=action.key: self.action_asked.emit(key))
            self.buttons.addWidget(button)
        if had_focus:  # it was on a button that has gone
            self.close_button.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
        self.close_button.setFocus()

    def _fit(self) -> None:
        """As high as its words need, within the window that it belongs to."""
        parent = self.parentWidget()
        room = parent.size() if parent else self.size()
        width = min(WIDTH, room.width() - 2 * MARGIN)
        inside = self._scroll.column.totalHeightForWidth(width - 2 * MARGIN - 8)
        layout = self.layout()
        around = layout.totalHeightForWidth(width) if layout else 0
        around -= self._scroll.sizeHint().height()
        self.resize(width, min(around + inside, room.height() - 2 * MARGIN))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        self._scroll = ScrolledPage()
        inside = self._scroll.column
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self.facts)
        inside.addLayout(self.attendance)
        inside.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addLayout(self.buttons, 1)
        foot.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)


def _clear(layout: QGridLayout | QVBoxLayout | FlowRow) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()

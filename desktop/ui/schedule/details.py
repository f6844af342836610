"""One session in full, with what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.row_look import RowAction


class SessionDetails(QDialog):
    """What a session is about, who, when and where.

    Signals:
        action_asked: the key of the button that was pressed.
        mark_asked: a student's id and the attendance mark, for a group session.
    """

    action_asked = Signal(str)
    mark_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self.setMinimumSize(480, 320)
        self.title = WrapLabel("", size="title", strong=True)
        self.chip = StatusChip(theme, ChipLook("", "calendar"))
        self.facts = QGridLayout()
        self.facts.setHorizontalSpacing(16)
        self.facts.setVerticalSpacing(8)
        self.facts.setColumnStretch(1, 1)
        self.attendance = QVBoxLayout()
        self.attendance.setSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
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
        """Show the session anew; facts without words are left out."""
        self.setWindowTitle(title)
        self.title.setText(title)
        self.chip.show_look(chip)
        _clear(self.facts)
        for row, (name, words) in enumerate((name, words) for name, words in facts if words):
            self.facts.addWidget(WrapLabel(name, tone="muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            label = WrapLabel(words)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.facts.addWidget(label, row, 1)
        self._show_actions(actions)

    def show_attendance(self, rows: Sequence[tuple[str, str, QWidget]]) -> None:
        """Show a line for each student: id, name, and the control for the mark."""
        _clear(self.attendance)
        if rows:
            self.attendance.addWidget(WrapLabel(self.tr("Attendance"), strong=True))
        for _user_id, name, control in rows:
            line = QWidget()
            layout = QHBoxLayout(line)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.addWidget(WrapLabel(name), 1)
            layout.addWidget(control)
            self.attendance.addWidget(line)

    def _show_actions(self, actions: Sequence[RowAction]) -> None:
        while self.buttons.count() > 2:
            item = self.buttons.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.hide()
                widget.deleteLater()
        for at, action in enumerate(actions):
            kind = "danger" if action.key == "delete" else "primary" if at == 0 else ""
            button = push_button(action.text, kind, theme=self._theme, icon=action.icon)
            button.clicked.connect(lambda _on=False, key=action.key: self.action_asked.emit(key))
            self.buttons.insertWidget(at, button)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.close_button.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(16)
        inside.addLayout(self.facts)
        inside.addLayout(self.attendance)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(self.buttons)
        self.resize(560, 460)


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()

"""When a session reminds: as each person likes, not at all, or at chosen times."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.reminder_boxes import ReminderBoxes

OWN, NONE, CHOSEN = range(3)
FIRST_MIN = 10


class _Choices(QComboBox):
    """The wheel scrolls the form around it and changes nothing."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ReminderField(QWidget):
    """A choice of three; the last one shows a box for each time.

    Signals:
        changed: the person has chosen otherwise.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choices = _Choices()
        self.choices.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for words in (_tr("As each person likes"), _tr("None"), _tr("At chosen times")):
            self.choices.addItem(words)
        self.boxes = ReminderBoxes()
        self.editors: list[QWidget] = [self.choices]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choices)
        column.addWidget(self.boxes)
        self.setFocusProxy(self.choices)
        self.boxes.hide()
        self.choices.activated.connect(self._on_chosen)
        self.boxes.changed.connect(lambda _minutes: self.changed.emit())

    def minutes(self) -> list[int] | None:
        """Minutes before the start, the earliest reminder first; None for each person's own."""
        if self.choices.currentIndex() == OWN:
            return None
        return self.boxes.minutes() if self.choices.currentIndex() == CHOSEN else []

    def show_minutes(self, minutes: Sequence[int] | None) -> None:
        """Show what is chosen, without saying that somebody did."""
        at = OWN if minutes is None else CHOSEN if minutes else NONE
        self.choices.setCurrentIndex(at)
        self.boxes.show_minutes(minutes or [])
        self.boxes.setVisible(at == CHOSEN)

    def _on_chosen(self, at: int) -> None:
        if at == CHOSEN and not self.boxes.minutes():
            self.boxes.show_minutes([FIRST_MIN])
        self.boxes.setVisible(at == CHOSEN)
        self.changed.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Editing", text)

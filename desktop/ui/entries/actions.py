"""What its author can do with an entry that is read: the buttons beneath it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.flow_row import FlowRow
from domain.entries import EntryStatus

WRITE, SUBMIT, WITHDRAW, DELETE = "write", "submit", "withdraw", "delete"
ALL = (WRITE, SUBMIT, WITHDRAW, DELETE)


class EntryActions(QFrame):
    """Offers what the status allows; it does nothing itself.

    Signals:
        asked: "write", "submit", "withdraw" or "delete".
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.buttons: dict[str, QPushButton] = {
            WRITE: push_button(self.tr("Go on writing"), "primary", theme=theme, icon="edit"),
            SUBMIT: push_button(self.tr("Submit"), theme=theme, icon="check"),
            WITHDRAW: push_button(self.tr("Withdraw"), theme=theme, icon="undo"),
            DELETE: push_button(self.tr("Delete"), "quiet", theme=theme, icon="trash"),
        }
        self.buttons[WITHDRAW].setToolTip(self.tr("Take it back as a draft that only you see"))
        row = FlowRow()
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self.asked.emit(key))
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addLayout(row)

    def show_status(self, status: EntryStatus | None, *, is_answered: bool) -> None:
        """Offer what is possible now; `is_answered`: somebody has said something to it."""
        words = {
            EntryStatus.DRAFT: self.tr("Go on writing"),
            EntryStatus.PENDING: self.tr("Change"),
        }
        if status is not None:
            self.buttons[WRITE].setText(words.get(status, self.tr("Write the next version")))
        offered = self._offered(status, is_answered=is_answered)
        focused = next((key for key, button in self.buttons.items() if button.hasFocus()), "")
        for key, button in self.buttons.items():
            button.setVisible(key in offered)
        self.setVisible(bool(offered))
        if focused and focused not in offered:  # Qt would go on to the next, which may delete
            self.buttons[WRITE].setFocus()

    def can(self, key: str) -> bool:
        """Whether this is offered now."""
        return not self.buttons[key].isHidden() and not self.isHidden()

    def _offered(self, status: EntryStatus | None, *, is_answered: bool) -> set[str]:
        match status:
            case EntryStatus.DRAFT:
                return {WRITE, SUBMIT, DELETE}
            case EntryStatus.PENDING:
                return {WRITE} if is_answered else {WRITE, WITHDRAW, DELETE}
            case EntryStatus.REVIEWED | EntryStatus.NEEDS_WORK:
                return {WRITE}
            case _:
                return set()

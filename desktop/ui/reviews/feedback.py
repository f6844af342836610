"""What a mentor says to an entry, and what becomes of it: one field and its buttons."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.text_area import TextArea
from domain.entries import EntryStatus

APPROVE, NEEDS_WORK, REVIEWED = "approved", "needs_work", "reviewed"


class Feedback(QFrame):
    """The field and the decisions that the entry's status allows; it decides nothing itself.

    Signals:
        decide_asked: "approved", "needs_work" or "reviewed", with what the field says.
        comment_asked: send what the field says, without a decision.
        left: Escape was pressed in the field.
    """

    decide_asked = Signal(str)
    comment_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.area = TextArea(least=2, most=6)
        self.area.setPlaceholderText(self.tr("What is good, and what comes next? (C)"))
        self.field = FormField(theme, self.tr("Feedback"), self.area)
        self.field.label.hide()  # the placeholder says it, and here height is dear
        self.buttons: dict[str, QPushButton] = {
            APPROVE: push_button(self.tr("Approve"), "primary", theme=theme, icon="check"),
            NEEDS_WORK: push_button(self.tr("Needs work"), theme=theme, icon="edit"),
            REVIEWED: push_button(self.tr("Reviewed"), theme=theme, icon="eye"),
        }
        self.comment = push_button(self.tr("Only comment"), "quiet")
        row = FlowRow()
        for button in (*self.buttons.values(), self.comment):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(row)
        self.show_status(EntryStatus.PENDING)

        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self.decide_asked.emit(key))
            button.installEventFilter(self)
        self.comment.clicked.connect(self.comment_asked)
        self.area.send_asked.connect(self.comment_asked)
        self.area.left.connect(self.left)
        self.area.textChanged.connect(lambda: self.field.set_error(""))
        self.area.overfull.connect(
            lambda: self.field.set_error(self.tr("That is too long to paste into a comment."))
        )

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click is one decision, and not a second one about the entry that comes next."""
        is_second = event.type() is QEvent.Type.MouseButtonDblClick
        return is_second or super().eventFilter(watched, event)

    def show_status(self, status: EntryStatus | None) -> None:
        """Offer what can be done in this status; with None nothing can, and the words stay."""
        is_approved = status is EntryStatus.APPROVED
        focused = next((one for one in self.buttons.values() if one.hasFocus()), None)
        for key in (APPROVE, REVIEWED):
            self.buttons[key].setVisible(not is_approved)
        more = self.buttons[NEEDS_WORK]
        more.setText(self.tr("Ask for more work") if is_approved else self.tr("Needs work"))
        for key, button in self.buttons.items():
            button.setEnabled(status is not None and (key != status or is_approved))
        self.comment.setEnabled(status is not None)
        self._explain(status)
        if focused is not None and (focused.isHidden() or not focused.isEnabled()):
            self.left.emit()

    def can(self, key: str) -> bool:
        """Whether this decision is offered now."""
        return self.buttons[key].isEnabled() and not self.buttons[key].isHidden()

    def complain(self, sentence: str) -> None:
        """Say at the field what is missing, and go there."""
        self.field.set_error(sentence)
        self.area.setFocus()

    def _explain(self, status: EntryStatus | None) -> None:
        """Say what each button does, or why it does nothing now."""
        is_approved = status is EntryStatus.APPROVED
        nothing = self.tr("The entry has this status already.")
        if status is None:
            nothing = self.tr("Open an entry first.")
        more = self.tr("Open the entry again; the feedback says why (W)")
        if not is_approved:
            more = self.tr("Ask for another version; the feedback says what is missing (W)")
        for button, words in (
            (self.buttons[APPROVE], self.tr("Approve the entry, with the feedback (A)")),
            (self.buttons[NEEDS_WORK], more),
            (self.buttons[REVIEWED], self.tr("Mark as reviewed, with the feedback (R)")),
            (self.comment, self.tr("Send the feedback and decide later (Ctrl+Enter)")),
        ):
            told = words if button.isEnabled() else nothing
            button.setToolTip(told)
            button.setAccessibleDescription(told)

"""Asks once before something that matters, perhaps with a reason."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.stops import lead_to


class ConfirmDialog(QDialog):
    """A question with a button named after the deed; Escape and the other button change nothing."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        confirm_label: str,
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.setMaximumWidth(560)
        self.title = WrapLabel(title, size="heading", strong=True)
        self.sentence = WrapLabel(sentence, tone="muted")
        self.setAccessibleDescription(sentence)
        self.confirm_button = push_button(confirm_label, "danger" if danger else "primary")
        self.back_button = push_button(self.tr("Go back"))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.back_button)
        self.buttons.addWidget(self.confirm_button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(12)
        self.column.addWidget(self.title)
        self.column.addWidget(self.sentence)
        self.column.addStretch(1)
        self.column.addSpacing(4)
        self.column.addLayout(self.buttons)
        self.be_careful(danger)
        (self.back_button if danger else self.confirm_button).setFocus()

        self.confirm_button.clicked.connect(self.accept)
        self.back_button.clicked.connect(self.reject)

    def be_careful(self, is_careful: bool) -> None:
        """Have a stray Enter go back: what cannot be taken back must not happen by it."""
        self.back_button.setDefault(is_careful)
        self.confirm_button.setDefault(not is_careful)

    def begin_at(self, *editors: QWidget) -> None:
        """Begin with the keyboard at the first of these; Tab goes on from them to the buttons."""
        lead_to(self.back_button, *editors)
        editors[0].setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What Qt guesses for labels that wrap leaves holes between them.
        self.resize(self.width(), self.column.totalHeightForWidth(self.width()))


class ReasonDialog(ConfirmDialog):
    """The same question with a line for the reason."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        title: str,
        sentence: str,
        confirm_label: str,
        *,
        reason_label: str,
        is_required: bool,
        longest: int,
        danger: bool,
    ) -> None:
        super().__init__(parent, title, sentence, confirm_label, danger=danger)
        self._is_required = is_required
        self.reason = QLineEdit()
        self.reason.setMaxLength(longest)
        self.field = FormField(theme, reason_label, self.reason, is_required=is_required)
        self.column.insertWidget(2, self.field)
        self._is_danger = danger
        self._choose_default()
        self.begin_at(self.reason)

        self.reason.textChanged.connect(self._on_typed)

    def _on_typed(self) -> None:
        self.field.set_error("")
        self._choose_default()

    def _choose_default(self) -> None:
        """Whoever has typed a reason means it: Enter confirms; else it does nothing dangerous."""
        self.be_careful(self._is_danger and not self.reason.text().strip())

    @override
    def accept(self) -> None:
        if self._is_required and not self.reason.text().strip():
            self.field.set_error(
                QCoreApplication.translate("ReasonDialog", "Please say why, in a few words.")
            )
            self.reason.setFocus()
            return
        super().accept()


def ask(
    parent: QWidget,
    title: str,
    sentence: str,
    confirm_label: str,
    then: Callable[[], object],
    *,
    danger: bool = False,
) -> ConfirmDialog:
    """Ask, and call `then` when the person agrees; returns at once, the window stays alive."""
    dialog = ConfirmDialog(parent, title, sentence, confirm_label, danger=danger)
    dialog.accepted.connect(lambda: then())
    dialog.open()
    return dialog


def ask_reason(
    theme: Theme,
    parent: QWidget,
    title: str,
    sentence: str,
    confirm_label: str,
    then: Callable[[str], object],
    *,
    reason_label: str,
    is_required: bool = False,
    longest: int = 500,
    danger: bool = False,
) -> ReasonDialog:
    """Ask with a line for the reason, and call `then` with it, trimmed."""
    dialog = ReasonDialog(
        theme,
        parent,
        title,
        sentence,
        confirm_label,
        reason_label=reason_label,
        is_required=is_required,
        longest=longest,
        danger=danger,
    )
    dialog.accepted.connect(lambda: then(dialog.reason.text().strip()))
    dialog.open()
    return dialog

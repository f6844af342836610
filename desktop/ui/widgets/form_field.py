"""A field of a form: its label, its editor, and what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.labels import IconLabel, WrapLabel, restyle


class FormField(QWidget):
    """A label above an editor, with a hint or an error beneath.

    `editor` may be any widget; one that is made of several names them in `editors`.
    """

    def __init__(
        self,
        theme: Theme,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        is_required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.is_required = is_required
        self.label = QLabel(f"{label} *" if is_required else label)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setProperty("strong", True)
        self.label.setBuddy(editor.focusProxy() or editor)
        self.hint = WrapLabel(hint, tone="muted", size="small")
        self.error = WrapLabel("", tone="error", size="small")
        self._error_row = QWidget()
        row = QHBoxLayout(self._error_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel(theme, "warning", "canceled"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.error, 1)
        self._error_row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.label, editor, self.hint, self._error_row):
            column.addWidget(widget)
        self.hint.setVisible(bool(hint))
        is_tall = bool(editor.sizePolicy().expandingDirections() & Qt.Orientation.Vertical)
        if not is_tall:
            column.addStretch(1)
        for target in self._targets():
            if not target.accessibleName():
                target.setAccessibleName(label)
        self._describe()

    def set_error(self, sentence: str) -> None:
        """Show what is wrong, or with "" that nothing is; what was typed stays."""
        is_news = bool(sentence) and sentence != self.error.accessibleName()
        self.error.setText(sentence)
        self._error_row.setVisible(bool(sentence))
        for target in self._targets():
            target.setProperty("invalid", bool(sentence))
            restyle(target)
        self._describe()
        if is_news:
            announce(self, sentence)

    @property
    def has_error(self) -> bool:
        return bool(self.error.accessibleName())

    def _targets(self) -> list[QWidget]:
        return getattr(self.editor, "editors", [self.editor])

    def _describe(self) -> None:
        words = self.error.accessibleName() or self.hint.accessibleName()
        for target in self._targets():
            target.setAccessibleDescription(words)

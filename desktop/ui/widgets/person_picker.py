"""A choice among many: type a part of the name, or open the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QWidget
from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Choice:
    """One person or group to choose; `detail` stands behind the name, in brackets."""

    id: str
    name: str
    detail: str = ""
    icon: str = ""

    @property
    def text(self) -> str:
        return f"{self.name} ({self.detail})" if self.detail else self.name


class PersonPicker(QComboBox):
    """A list of names that narrows while one types; text that names nobody chooses nobody.

    The wheel scrolls the page around it and changes nothing.

    Signals:
        picked: the id that was chosen, or "".
    """

    picked = Signal(str)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self.setMaxVisibleItems(10)
        self._reported = ""
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        popup = QListView()
        popup.setObjectName("completions")
        completer.setPopup(popup)
        self.setCompleter(completer)
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(placeholder)
            edit.returnPressed.connect(self._take_only_match)
        self.setCurrentIndex(-1)

        self.currentTextChanged.connect(self._on_text_changed)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Offer `choices`; who was chosen stays chosen when still among them."""
        chosen = self.current_id()
        self.blockSignals(True)
        self.clear()
        for choice in choices:
            self.addItem(choice.text, choice.id)
        self.setCurrentIndex(-1)
        self.blockSignals(False)
        self.choose(chosen)

    def choose(self, choice_id: str) -> None:
        """Choose by id; an unknown id or "" chooses nobody."""
        self.setCurrentIndex(self.findData(choice_id) if choice_id else -1)
        if self.currentIndex() < 0:
            self.clearEditText()
        self._report()

    def current_id(self) -> str:
        """Who is chosen, or "" when the text names nobody."""
        row = self._row_of(self.currentText())
        return str(self.itemData(row)) if row >= 0 else ""

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._take_only_match()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _take_only_match(self) -> None:
        """Choose whom the text names, or the only one whose name holds it."""
        row = self._row_of(self.currentText())
        typed = self.currentText().strip().casefold()
        if row < 0 and typed:
            rows = [i for i in range(self.count()) if typed in self.itemText(i).casefold()]
            row = rows[0] if len(rows) == 1 else -1
        if row >= 0 and row != self.currentIndex():
            self.setCurrentIndex(row)

    def _row_of(self, text: str) -> int:
        current = self.currentIndex()
        if current >= 0 and self.itemText(current) == text:
            return current
        return self.findText(text.strip(), Qt.MatchFlag.MatchFixedString) if text.strip() else -1

    def _on_text_changed(self) -> None:
        self._report()

    def _report(self) -> None:
        chosen = self.current_id()
        if chosen != self._reported:
            self._reported = chosen
            self.picked.emit(chosen)

"""A choice among many: type a part of the name, or open the list."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QListView, QWidget
from typing_extensions import override

MOST_PX = 420  # of a list
AROUND_PX = 48  # a name in a list, with the scroll bar


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
        self._completions = QListView()
        self._completions.setObjectName("completions")
        completer.setPopup(self._completions)
        self.setCompleter(completer)
        edit = self.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(placeholder)
            edit.returnPressed.connect(self.take_typed)
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
        self._widen_lists()
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
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes away what was typed and names nobody; else it is the window's."""
        is_nonsense = bool(self.currentText()) and not self._is_named
        if event.key() == Qt.Key.Key_Escape and is_nonsense:
            self.choose("")
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.take_typed()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    @property
    def _is_named(self) -> bool:
        """Whether the text is that of a choice."""
        return self._row_of(self.currentText()) >= 0

    def _widen_lists(self) -> None:
        """Let both lists show every name whole, up to a limit; the field itself may be narrow."""
        names = [self.itemText(row) for row in range(self.count())]
        widest = max((self.fontMetrics().horizontalAdvance(name) for name in names), default=0)
        for view in (self._completions, self.view()):
            view.setMinimumWidth(min(MOST_PX, widest + AROUND_PX))

    def take_typed(self) -> None:
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

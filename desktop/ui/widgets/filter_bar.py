"""A row of choices of which exactly one is on."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from desktop.ui.widgets.buttons import PushButton, give_tab_to


class Segment(PushButton):
    """One of the choices; as wide as its words are when it is on, and bold."""

    @override
    def sizeHint(self) -> QSize:
        plain, bold = self.font(), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        widths = [QFontMetrics(font).horizontalAdvance(self.text()) for font in (plain, bold)]
        return super().sizeHint() + QSize(max(0, widths[1] - widths[0]), 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class FilterBar(QFrame):
    """Choices side by side, of which one is on; arrow keys move between them.

    Signals:
        chosen: the key of the choice that the person made.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        """Offer `choices`, which are (key, words), the first of them on; `name` says of what."""
        super().__init__(parent)
        self.setObjectName("filterBar")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, QPushButton] = {}
        self._words = dict(choices)
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for key, words in choices:
            button = Segment(words)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            # Not `clicked`, which does not come when assistive technology turns it on.
            button.toggled.connect(lambda is_on, key=key: self._on_toggled(key, is_on))
            group.addButton(button)
            row.addWidget(button)
            self.buttons[key] = button
        self.current = ""
        if choices:
            self.choose(choices[0][0])

    def choose(self, key: str) -> None:
        """Turn on `key` without asking for anything."""
        self.current = key
        self.buttons[key].setChecked(True)
        self._bring_keyboard(key)

    def show_count(self, key: str, count: int | None, *, most: int | None = None) -> None:
        """Write how many there are behind the words; none, or `None`, takes the number away.

        `most` is where the counting ended: 1,000 of them read `999+`.
        """
        words = self._words[key]
        number = f"  {QLocale().toString(count)}" if count else ""
        if count and most is not None and count >= most:
            number = f"  {QLocale().toString(most - 1)}+"
        self.buttons[key].setText(words + number)

    def _on_toggled(self, key: str, is_on: bool) -> None:
        if is_on and key != self.current:
            self.current = key
            self._bring_keyboard(key)
            self.chosen.emit(key)

    def _bring_keyboard(self, key: str) -> None:
        """Let Tab come to this choice, and take the keyboard along from another."""
        had_focus = any(button.hasFocus() for button in self.buttons.values())
        give_tab_to(self.buttons[key], self.buttons.values())
        if had_focus:
            self.buttons[key].setFocus()

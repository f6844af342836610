"""A difference of texts to read: added and removed by sign and colour, unchanged parts folded."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.ui.entries.difference import ADDED, REMOVED, SAME, Fold, Line, folded
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.literal import revealed
from desktop.ui.widgets.plain_text import PlainText

Part = tuple[str, Sequence[Line]]  # a heading, "" for none, and lines

INDENT_PX = 20
SIGNS = {SAME: "\N{NO-BREAK SPACE}", ADDED: "+", REMOVED: "\N{MINUS SIGN}"}
INKS = {ADDED: "completed", REMOVED: "canceled"}


class LinesText(PlainText):
    """Lines with their signs before them; marked words are underlined or struck through."""

    def __init__(self, theme: Theme, lines: Sequence[Line], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._theme = theme
        self._lines = list(lines)
        self._draw()
        theme.changed.connect(self._draw)

    def _draw(self) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()  # laid out once, and not with every line
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        for at, line in enumerate(self._lines):
            if at:
                cursor.insertBlock()
            self._draw_line(cursor, line)
        cursor.endEditBlock()
        self.setAccessibleName("\n".join(_told(line) for line in self._lines))
        self._fit()

    def _draw_line(self, cursor: QTextCursor, line: Line) -> None:
        block = QTextBlockFormat()
        block.setLeftMargin(INDENT_PX)
        block.setTextIndent(-INDENT_PX + 4)
        plain = QTextCharFormat()
        ink = INKS.get(line.sign)
        plain.setForeground(self._theme.color("text" if ink else "text_muted"))
        if ink:
            block.setBackground(self._theme.color(f"{ink}_tint"))
        cursor.setBlockFormat(block)
        sign = QTextCharFormat(plain)
        sign.setForeground(self._theme.color(ink or "text_muted"))
        sign.setFontWeight(QFont.Weight.DemiBold)
        cursor.insertText(f"{SIGNS[line.sign]}\N{NO-BREAK SPACE}", sign)
        marked = QTextCharFormat(sign)
        marked.setFontUnderline(line.sign == ADDED)
        marked.setFontStrikeOut(line.sign == REMOVED)
        for piece in line.pieces:
            cursor.insertText(revealed(piece.text), marked if piece.is_marked else plain)


class DifferenceView(QWidget):
    """Shows under each heading what differs; a button unfolds what does not."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: list[Part] = []
        self.folds: list[QPushButton] = []
        self.texts: list[LinesText] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show these parts, each with its heading ("" for none); what is the same stays."""
        if list(parts) == self._parts:
            return
        self._parts = list(parts)
        self._clear()
        for heading, lines in parts:
            if heading:
                self.column.addWidget(WrapLabel(heading, tone="muted", size="small", strong=True))
            self._add(folded(lines))
        if not parts:
            self.column.addWidget(WrapLabel(_tr("The text is the same."), tone="muted"))

    def _add(self, shown: Sequence[Line | Fold]) -> None:
        lines: list[Line] = []
        for one in shown:
            if isinstance(one, Line):
                lines.append(one)
                continue
            self._add_lines(lines)
            lines = []
            self._add_fold(one)
        self._add_lines(lines)

    def _add_lines(self, lines: list[Line]) -> None:
        if lines:
            self.texts.append(LinesText(self._theme, lines))
            self.column.addWidget(self.texts[-1])

    def _add_fold(self, fold: Fold) -> None:
        count = len(fold.lines)
        words = QCoreApplication.translate("Difference", "Show %n unchanged lines", "", count)
        button = push_button(words, "quiet", theme=self._theme, icon="chevron-down")
        self.folds.append(button)
        at = self.column.count()
        self.column.insertWidget(at, button)
        button.clicked.connect(lambda: self._unfold(button, fold))

    def _unfold(self, button: QPushButton, fold: Fold) -> None:
        """Put the lines where the button was, and the keyboard on them."""
        text = LinesText(self._theme, fold.lines)
        self.texts.append(text)
        self.column.insertWidget(self.column.indexOf(button), text)
        self.folds.remove(button)
        button.hide()
        button.deleteLater()
        text.setFocus()

    def _clear(self) -> None:
        self.folds, self.texts = [], []
        while (item := self.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _told(line: Line) -> str:
    """The line as a screen reader says it."""
    match line.sign:
        case "+":
            return _tr("Added: %1").replace("%1", line.text)
        case "-":
            return _tr("Removed: %1").replace("%1", line.text)
        case _:
            return line.text


def _tr(text: str) -> str:
    return QCoreApplication.translate("Difference", text)

"""A field for several lines that grows with what is typed."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

SEND_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
HOLDS = 100_000  # letters, more than anything here may have; a larger paste would stall the window
AROUND_PX = 18  # padding, border and the document's own margin


class TextArea(QPlainTextEdit):
    """As high as its lines between `least` and `most`; Tab leaves it, each line has its direction.

    Signals:
        send_asked: Ctrl+Enter was pressed.
        left: Escape was pressed; what was typed stays.
        overfull: what was to be pasted is longer than the field holds; nothing was changed.
    """

    send_asked = Signal()
    left = Signal()
    overfull = Signal()

    def __init__(self, *, least: int = 2, most: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        option = self.document().defaultTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self._fit()

        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def typed(self) -> str:
        """What stands there, without blank ends."""
        return self.toPlainText().strip()

    def end(self) -> None:
        """Put the cursor behind the last letter."""
        self.moveCursor(self.textCursor().MoveOperation.End)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in SEND_KEYS and with_control:
            if not event.isAutoRepeat():  # a key that is held down sends nothing twice
                self.send_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.document().characterCount() + len(source.text()) > HOLDS:
            self.overfull.emit()
        else:
            super().insertFromMimeData(source)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The document of a plain text field counts its height in lines.
        lines = min(self._most, max(self._least, round(self.document().size().height())))
        height = lines * self.fontMetrics().lineSpacing() + AROUND_PX
        if height != self.minimumHeight():
            self.setFixedHeight(height)

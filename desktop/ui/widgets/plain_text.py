"""Plain text to read and to copy from, exactly as high as its words are."""

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget
from typing_extensions import override

from desktop.ui.widgets.literal import revealed


class PlainText(QTextEdit):
    """Shows every word, breaks within long ones, and sets each paragraph in its own direction.

    A label would do for fewer words; its text could be copied only with the breaks in long words.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("reading", True)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show another text; a selection stays when it is the same."""
        shown = revealed(text)
        if shown != self.toPlainText():
            self.setPlainText(shown)
        self.setAccessibleName(shown)
        self._fit()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls, not its parts

    def _fit(self) -> None:
        height = ceil(self.document().size().height())
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

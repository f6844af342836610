"""A page that scrolls up and down as a whole, exactly as high as its parts are at its width."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

RING = 2  # the width that the style sheet gives it where Tab comes


class _Inside(QWidget):
    """Leaves its height to its layout: words that wrap ask for more when they guess the width."""

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class ScrolledPage(QScrollArea):
    """`column` is the layout to fill; what follows its last part stays empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(20)
        inside = _Inside()
        inside.setProperty("scrolled", True)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(24, 16, 24, 24)
        self.column.setSpacing(16)
        self.setWidget(inside)

    def height_in(self, dialog: QDialog, width: int) -> int:
        """How high a dialog that it is a part of has to be to show all of it at this width."""
        layout = dialog.layout()
        if layout is None:
            return self.column.totalHeightForWidth(width)
        sides = layout.contentsMargins()
        frame = 2 * RING if self.focusPolicy() else 0
        inside = self.column.totalHeightForWidth(width - sides.left() - sides.right() - frame)
        around = layout.totalSizeHint().height()
        if layout.hasHeightForWidth():
            around = layout.totalHeightForWidth(width)
        return around - self.sizeHint().height() + inside + frame

    def scroll_by_key(self) -> None:
        """Let Tab come here, which a ring around it shows; the arrow keys scroll then."""
        self.setProperty("ringed", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

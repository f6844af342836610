"""A row of widgets that goes on in a new line where the width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from typing_extensions import override


class FlowRow(QLayout):
    """Lays out its widgets like words of a text, each as wide as it wants to be.

    One that is given a vertical alignment stands so beside the tallest.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), moves=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moves=True)

    @override
    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        gaps = self.spacing() * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(sum(size.width() for size in sizes) + gaps, height)

    @override
    def minimumSize(self) -> QSize:
        """The widest alone in a line."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, moves: bool) -> int:
        """Put each where it belongs within `rect`; the height that all take."""
        left, top, tall = 0, 0, 0
        tallest = self.sizeHint().height()
        for item in self._shown():
            size = item.sizeHint()
            if item.alignment() & Qt.AlignmentFlag.AlignVertical_Mask:
                size.setHeight(tallest)
            if left and left + size.width() > rect.width():
                left, top, tall = 0, top + tall + self.spacing(), 0
            if moves:
                wide = min(size.width(), rect.width())
                item.setGeometry(self._mirrored(rect, left, top, QSize(wide, size.height())))
            left += size.width() + self.spacing()
            tall = max(tall, size.height())
        return top + tall

    def _mirrored(self, rect: QRect, left: int, top: int, size: QSize) -> QRect:
        parent = self.parentWidget()
        if parent and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = rect.width() - left - size.width()
        return QRect(rect.topLeft() + QPoint(left, top), size)

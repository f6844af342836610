"""A number on the dashboard, with what it counts."""

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import IconLabel, WrapLabel

KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Tile(QFrame):
    """A label, a number and a second line; pressed like a button where it leads somewhere.

    Signals:
        pressed: the person wants to see what the number counts.
    """

    pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        icon: str = "",
        *,
        is_clickable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tile")
        self.setProperty("clickable", is_clickable)
        self._is_clickable = is_clickable
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        if is_clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.label = WrapLabel(label, tone="muted", size="small")
        self.value = WrapLabel("", size="title", strong=True)
        self.second = WrapLabel("", tone="muted", size="small")
        top = QHBoxLayout()
        top.setSpacing(8)
        if icon:
            top.addWidget(IconLabel(theme, icon), 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(top)
        column.addWidget(self.value)
        column.addWidget(self.second)
        column.addStretch(1)
        self._name()

    def show_value(self, value: int | str, second: str = "") -> None:
        """Show another number, written as the person's language writes it."""
        self.value.setText(QLocale().toString(value) if isinstance(value, int) else value)
        self.second.setText(second)
        self._name()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, super().minimumSizeHint().height())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_inside = self.rect().contains(event.position().toPoint())
        if self._is_clickable and event.button() == Qt.MouseButton.LeftButton and is_inside:
            self.pressed.emit()
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_clickable and event.key() in KEYS:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def _name(self) -> None:
        parts = [self.label.accessibleName(), self.value.text(), self.second.accessibleName()]
        self.setAccessibleName(", ".join(part for part in parts if part))

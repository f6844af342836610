"""The wheel, turned with the pointer over a widget."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

NOTCH = QPoint(0, -120)  # in eighths of a degree


def turn_wheel(under: QWidget) -> bool:
    """Turn it by a notch towards the person; whether the widget has taken it from the page."""
    at = QPoint(5, 5)
    turned = QWheelEvent(
        QPointF(at),
        QPointF(under.mapToGlobal(at)),
        QPoint(),
        NOTCH,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    turned.setAccepted(False)
    QApplication.sendEvent(under, turned)
    return turned.isAccepted()

"""Tells when a widget has been drawn: what costs time waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class FirstPaint(QObject):
    """Calls `then` once, after the next time that `widget` and what is in it were drawn."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._then: Callable[[], object] | None = then
        widget.installEventFilter(self)
        widget.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._then:
            then, self._then = self._then, None
            # The children are drawn in this same turn of the loop, after their parent.
            QTimer.singleShot(0, then)
            watched.removeEventFilter(self)
        return super().eventFilter(watched, event)

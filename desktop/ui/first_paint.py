"""Tells when a widget has been drawn: what costs time waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from typing_extensions import override

PATIENCE_MS = 2000


class FirstPaint(QObject):
    """Calls `then` once, after the next time that `widget` and what is in it were drawn.

    Qt draws nothing of a widget that its children cover, or that is not on the screen: what waits
    here must not wait for ever, and goes on after `PATIENCE_MS`.
    """

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._then: Callable[[], object] | None = then
        widget.installEventFilter(self)
        widget.update()
        QTimer.singleShot(PATIENCE_MS, self, self._go_on)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            # The children are drawn in this same turn of the loop, after their parent.
            QTimer.singleShot(0, self, self._go_on)
            watched.removeEventFilter(self)
        return super().eventFilter(watched, event)

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then:
            then()

"""Scrolls a page to one of its parts, also where the page is only now being laid out."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from desktop.ui.widgets.steady import area_around, settle

FOLLOW_MS = 600  # so long things above it may still grow
ABOVE = 0.2  # of the page that stays in sight above the part
OWN_WAY = (QEvent.Type.Wheel, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress)


def bring_into_view(part: QWidget) -> None:
    """Scroll to `part`, and stay there until its page has found its size or the person scrolls."""
    area = area_around(part)
    if area is not None:
        _Approach(part, area)


class _Approach(QObject):
    """Follows one part for a moment; it goes with it."""

    def __init__(self, part: QWidget, area: QScrollArea) -> None:
        super().__init__(part)
        self._part, self._area = part, area
        area.verticalScrollBar().rangeChanged.connect(self._scroll)
        area.viewport().installEventFilter(self)
        part.installEventFilter(self)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._end)
        self._rest.start(FOLLOW_MS)
        settle()
        self._scroll()
        QTimer.singleShot(0, self, self._scroll)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in OWN_WAY:
            self._end()
        return super().eventFilter(watched, event)

    def _scroll(self) -> None:
        inside = self._area.widget()
        if inside is None or not inside.isAncestorOf(self._part):
            return
        room = self._area.viewport().height() - self._part.height()
        above = max(0, min(round(self._area.viewport().height() * ABOVE), room))
        top = self._part.mapTo(inside, QPoint(0, 0)).y()
        self._area.verticalScrollBar().setValue(top - above)

    def _end(self) -> None:
        self._rest.stop()
        self._area.verticalScrollBar().rangeChanged.disconnect(self._scroll)
        self._area.viewport().removeEventFilter(self)
        self._part.removeEventFilter(self)
        self.deleteLater()

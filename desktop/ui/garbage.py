"""Collects Python's garbage in the window's thread, and in no other.

Python collects in whatever thread has just made a new object, so the thread of the store would
delete layouts, models and timers of Qt that hang in a circle with their own slots, while the window
works on them: a crash, now and then.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageCollection(QObject):
    """Takes the place of Python's own collection, from now on until `end`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_due)
        self._timer.start(EVERY_MS)

    def end(self) -> None:
        self._timer.stop()
        gc.enable()


def collect_due() -> None:
    """Collect the oldest generation that is due, by Python's own thresholds."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in reversed(range(len(counts))):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return

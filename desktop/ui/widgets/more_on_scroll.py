"""Asks for more rows before a list comes to its end."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.widgets.row_list import RowList

AHEAD = 1.5  # pages of the screen that still lie below


class MoreOnScroll(QObject):
    """Watches one list.

    Signals:
        wanted: the person comes near the end, or the rows do not fill the list.
    """

    wanted = Signal()

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._ask)
        bar = view.verticalScrollBar()
        bar.valueChanged.connect(self.look)
        bar.rangeChanged.connect(self.look)

    def look(self) -> None:
        """Ask, once rows that were just shown are laid out, if there are too few below."""
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self) -> None:
        bar = self._view.verticalScrollBar()
        left = bar.maximum() - bar.value()
        if self._view.isVisible() and left < AHEAD * bar.pageStep():
            self.wanted.emit()

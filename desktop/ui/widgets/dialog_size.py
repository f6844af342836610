"""How large a dialog opens: as it wishes, and with some of the window to be seen around it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

MARGIN = 48  # on both sides together


def size_within(parent: QWidget, wished: QSize, least: QSize) -> QSize:
    """The wished size as far as the window has room for it, also where a smaller dialog asks.

    It is never smaller than `least`.
    """
    window = parent.window()
    while (owner := window.parentWidget()) is not None:
        window = owner.window()
    return wished.boundedTo(window.size() - QSize(MARGIN, MARGIN)).expandedTo(least)

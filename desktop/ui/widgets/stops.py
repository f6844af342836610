"""Where Tab comes to within a widget, and which of these the keyboard goes to first."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget


def stops(inside: QWidget) -> Iterator[QWidget]:
    """What Tab comes to within `inside` as it is shown now, in this order."""
    widget = inside.nextInFocusChain()
    while widget is not None and widget is not inside:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and widget.isVisible() and widget.isEnabled() and inside.isAncestorOf(widget):
            yield widget
        widget = widget.nextInFocusChain()


def bring_keyboard(inside: QWidget) -> None:
    """Give the keyboard to the list that is shown within `inside`, else to the first control."""
    found = list(stops(inside))
    lists = (each for each in found if isinstance(each, QAbstractItemView))
    if target := next(lists, found[0] if found else None):
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

"""Where Tab comes to within a widget, in which order, and where the keyboard goes first."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget


def stops(inside: QWidget) -> Iterator[QWidget]:
    """What Tab comes to within `inside` as it is shown now, in this order."""
    start = inside.window()
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        if inside.isAncestorOf(widget) and _takes_tab(widget):
            yield widget
        widget = widget.nextInFocusChain()


def _takes_tab(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and _has_place(widget)
    return by_tab and widget.isVisible() and widget.isEnabled()


def _has_place(widget: QWidget) -> bool:
    """Whether it takes the keyboard itself; some only hand it on, and stand in no order."""
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None


def go_on(first: QWidget, *others: QWidget) -> QWidget:
    """Let Tab go on from `first` to these and all that is in them; gives the last of all.

    What is added late Qt puts behind everything else. `first` has to take the keyboard itself.
    """
    last = first
    for other in others:
        for each in (other, *other.findChildren(QWidget)):
            if _has_place(each) and each.window() is first.window():
                QWidget.setTabOrder(last, each)
                last = each
    return last


def lead_to(place: QWidget, *others: QWidget) -> None:
    """Let Tab go through these, and all that is in them, before it comes to `place`."""
    QWidget.setTabOrder(go_on(place, *others), place)


def bring_keyboard(inside: QWidget) -> None:
    """Give the keyboard to the list that is shown, else to a grid, else to the first control."""
    found = list(stops(inside))
    for kind in (QListView, QAbstractItemView, QWidget):
        if target := next((each for each in found if isinstance(each, kind)), None):
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

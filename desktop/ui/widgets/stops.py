"""Where Tab comes to within a widget, in which order, and where the keyboard goes first."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)


def takes_tab(widget: QWidget) -> bool:
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
    """Give the keyboard to the list that is shown, else to a grid, else to the topmost control."""
    for kind in (QListView, QAbstractItemView, QLineEdit, QPlainTextEdit, QAbstractButton):
        if _bring_to_topmost(inside, kind):
            return


def bring_keyboard_to_top(inside: QWidget) -> None:
    """Give the keyboard to the topmost control, of whatever kind."""
    _bring_to_topmost(inside, *CONTROLS)


def _bring_to_topmost(inside: QWidget, *kinds: type[QWidget]) -> bool:
    # Not along the chain of focus: PySide then wraps widgets of Qt's own that are about to go, and
    # takes what comes to lie in their place for the dead ones.
    found = [each for kind in kinds for each in inside.findChildren(kind) if takes_tab(each)]
    if found:
        topmost = min(found, key=lambda each: _place_of(each, inside))
        topmost.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return bool(found)


def _place_of(widget: QWidget, inside: QWidget) -> tuple[int, int]:
    corner = widget.mapTo(inside, QPoint(0, 0))
    return corner.y(), corner.x()

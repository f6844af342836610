"""Keeps what one reads where it is on the screen while things around it change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


@contextmanager
def steady(inside: QWidget, parts: Callable[[], list[QWidget]]) -> Iterator[None]:
    """Scroll the area around `inside` so that nothing moves that is seen and stays.

    What holds still is the part that has the focus, else the first of `parts` that is in sight.
    """
    settle()  # where things stand is known once they have been laid out
    area = area_around(inside)
    anchor = _anchor(area, parts()) if area is not None else None
    if area is None or anchor is None:
        yield
        return
    before = _top(anchor, area)
    yield
    settle()
    if anchor.isVisibleTo(area):
        bar = area.verticalScrollBar()
        bar.setValue(bar.value() + _top(anchor, area) - before)


def settle() -> None:
    """Have layouts do at once what they would do at the next turn."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def area_around(widget: QWidget) -> QScrollArea | None:
    """The area that scrolls with `widget` in it, or None."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def _anchor(area: QScrollArea, parts: list[QWidget]) -> QWidget | None:
    focused = QApplication.focusWidget()
    inside = area.viewport().isAncestorOf(focused) if focused is not None else False
    if focused is not None and inside and _is_in_sight(focused, area):
        return focused
    return next((part for part in parts if _is_in_sight(part, area)), None)


def _is_in_sight(widget: QWidget, area: QScrollArea) -> bool:
    top = _top(widget, area)
    return widget.isVisible() and top + widget.height() > 0 and top < area.viewport().height()


def _top(widget: QWidget, area: QScrollArea) -> int:
    return widget.mapTo(area.viewport(), QPoint(0, 0)).y()

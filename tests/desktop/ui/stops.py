"""Where Tab comes to, for tests that look at the order."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.stops import takes_tab


def stops(inside: QWidget) -> Iterator[QWidget]:
    """What Tab comes to within `inside` as it is shown now, in this order."""
    start = inside.window()
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        if inside.isAncestorOf(widget) and takes_tab(widget):
            yield widget
        widget = widget.nextInFocusChain()

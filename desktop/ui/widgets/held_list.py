"""Keeps the rows that one reads in their place while others come and go above them."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPersistentModelIndex

from desktop.ui.widgets.row_list import RowList


@contextmanager
def held(view: RowList) -> Iterator[None]:
    """Scroll a list so that the first row in sight that stays does not move.

    At the very top nothing is held: what is new shows itself there.
    """
    bar = view.verticalScrollBar()
    if bar.value() == bar.minimum():
        yield
        return
    seen = [(index, view.visualRect(index).top()) for index in _in_sight(view)]
    yield
    view.executeDelayedItemsLayout()
    for index, top in seen:
        if index.isValid():
            bar.setValue(bar.value() + view.visualRect(index).top() - top)
            return


def _in_sight(view: RowList) -> list[QPersistentModelIndex]:
    """The rows that are seen, in order, which follow their records."""
    model, height = view.model(), view.viewport().height()
    first = view.indexAt(view.viewport().rect().topLeft())
    found = []
    for row in range(max(0, first.row()), model.rowCount()):
        index = model.index(row, 0)
        if view.visualRect(index).top() > height:
            break
        found.append(QPersistentModelIndex(index))
    return found

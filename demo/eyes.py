"""What a person sees in a window: rows, numbers and words, and the moment they were painted."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QWidget
from typing_extensions import override

from desktop.ui.main_window import MainWindow
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.today.page import TodayPage
from desktop.ui.widgets.row_list import RowList

Sees = Callable[[QWidget, QRegion], bool]


class Sight(QObject):
    """The first moment at which something was painted, in nanoseconds of the monotonic clock.

    It counts only when the thing is there, in what the widget shows, and a paint event for that
    place has come and the whole turn of painting is over.
    """

    def __init__(self, widgets: Sequence[QWidget], sees: Sees, then: Callable[[], object]) -> None:
        super().__init__()
        self._widgets = widgets
        self._sees = sees
        self._then = then
        self._is_noting = False
        self.at_ns: int | None = None
        for widget in widgets:
            widget.installEventFilter(self)
            widget.update()  # what is there already counts from now on

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and isinstance(watched, QWidget) and not self._is_noting:
            self._is_noting = self._sees(watched, event.region())
            if self._is_noting:
                QTimer.singleShot(0, self._note)
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        self.at_ns = time.monotonic_ns()
        for widget in self._widgets:
            widget.removeEventFilter(self)
        self._then()


class Eyes:
    """Looks at one window, and tells what stands in it."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def sight(self, wanted: dict[str, Any], then: Callable[[], object]) -> Sight:
        """Wait for a row with these words, or for a tile's or the bell's number."""
        match wanted:
            case {"row": str(words)}:
                views = [view.viewport() for view in self._page().findChildren(RowList)]
                return Sight(views, lambda port, region: _shows_row(port, region, words), then)
            case {"tile": str(key), "at_least": int(least)}:
                value = self.today().tiles[key].value
                return Sight([value], lambda _port, _region: _number(value) >= least, then)
            case {"bell": int(least)}:
                badge = self._window.topbar.badge
                return Sight([badge], lambda _port, _region: badge.count >= least, then)
            case {"bell_at_most": int(most)}:
                badge = self._window.topbar.badge
                return Sight([badge], lambda _port, _region: badge.count <= most, then)
        raise ValueError(f"Nobody can look for {wanted}.")

    def lists(self) -> list[RowList]:
        """The lists of the page that is open."""
        return [view for view in self._page().findChildren(RowList) if view.isVisible()]

    def today(self) -> TodayPage:
        page = self._window.pages["today"].widget
        if not isinstance(page, TodayPage):
            raise TypeError("Today is another page than the demo knows.")
        return page

    def numbers(self) -> dict[str, int]:
        """Each tile of Today by its key, and the bell."""
        tiles = {key: _number(tile.value) for key, tile in self.today().tiles.items()}
        return {**tiles, "bell": self._window.topbar.badge.count}

    def row_count(self) -> int:
        """How many rows stand in the lists of the open page, headings aside."""
        return sum(1 for view in self.lists() for _row in _rows(view))

    def row_id(self, words: str) -> str:
        """The id of the record whose row holds these words, or ""."""
        for view in self.lists():
            for row in _rows(view):
                if words in _text(view, row):
                    return str(view.model().index(row, 0).data(Role.RECORD_ID))
        return ""

    def row_text(self, words: str) -> str:
        """All that a screen reader says of the row that holds these words, or ""."""
        texts = (_text(view, row) for view in self.lists() for row in _rows(view))
        return next((text for text in texts if words in text), "")

    def line(self, name: str) -> str:
        """What stands in the line of this name, in whatever is open; "" where there is none."""
        lines = (one for one in self._window.findChildren(QLineEdit) if one.isVisible())
        return next((one.text() for one in lines if one.accessibleName() == name), "")

    def is_on_page(self, words: str) -> bool:
        """Whether the open page says these words, in a row or a label that can be seen."""
        labels = (label for label in self._page().findChildren(QLabel) if label.isVisible())
        said = (label.accessibleName() or label.text() for label in labels)
        return bool(self.row_text(words)) or any(words in text for text in said)

    def found(self, secrets: Sequence[str]) -> list[str]:
        """Which of these words or ids stand anywhere in the window's models and labels."""
        everything = "\n".join(self._everything())
        return [secret for secret in secrets if secret in everything]

    def _page(self) -> QWidget:
        return self._window.pages[self._window.current_key].widget

    def _everything(self) -> Iterator[str]:
        for label in self._window.findChildren(QLabel):
            yield label.accessibleName()
            yield label.text()
        for view in self._window.findChildren(QListView):
            model = view.model()
            for row in range(model.rowCount()):
                index = model.index(row, 0)
                yield f"{index.data()} {index.data(Role.RECORD_ID)} {index.data(Role.RECORD)!r}"


def _shows_row(port: QWidget, region: QRegion, words: str) -> bool:
    """Whether a row with these words lies in what is being painted."""
    view = port.parent()
    if not isinstance(view, RowList):
        return False
    for row in _rows(view):
        if words in _text(view, row):
            place = view.visualRect(view.model().index(row, 0))
            if region.intersects(place):
                return True
    return False


def _rows(view: RowList) -> Iterator[int]:
    model = view.model()
    if isinstance(model, RecordListModel):
        for row in range(model.rowCount()):
            if not model.index(row, 0).data(Role.IS_HEADING):
                yield row


def _text(view: RowList, row: int) -> str:
    index = view.model().index(row, 0)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")


def _number(label: QLabel) -> int:
    digits = "".join(letter for letter in label.text() if letter.isdigit())
    return int(digits) if digits else -1

"""When a row or a number counts as seen: it is there, and has been painted."""

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from demo.eyes import Eyes
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.row_list import RowList
from desktop.ui.widgets.row_look import RowLook


@dataclass(frozen=True)
class Row:
    """A row that only has words."""

    id: str
    words: str


class Nothing:
    """A window without a memory."""

    def load(self) -> dict[str, object]:
        return {}

    def save(self, values: dict[str, object]) -> None: ...


@pytest.fixture
def model() -> RecordListModel[Row]:
    return RecordListModel(lambda row: row.words, lambda row: RowLook(title=row.words))


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, model: RecordListModel[Row]) -> MainWindow:
    theme = Theme(qapp)
    window = MainWindow(theme, Nothing())
    qtbot.addWidget(window)
    page = QWidget()
    QVBoxLayout(page).addWidget(RowList(theme, model, "Rows"))
    window.add_page(PageSpec(key="rows", title="Rows", icon="today", widget=page))
    window.add_page(PageSpec(key="other", title="Other", icon="today", widget=QWidget()))
    window.show()
    qtbot.waitExposed(window)
    return window


def test_a_row_is_seen_once_it_was_painted(
    qtbot: QtBot, window: MainWindow, model: RecordListModel[Row]
) -> None:
    seen: list[bool] = []
    sight = Eyes(window).sight({"row": "Hello"}, lambda: seen.append(True))

    model.show([Row("a", "Hello from here")])
    assert sight.at_ns is None  # it is in the model, and not on the screen

    qtbot.waitUntil(lambda: seen == [True])
    assert sight.at_ns is not None


def test_a_row_below_the_end_of_the_window_is_not_seen(
    qtbot: QtBot, window: MainWindow, model: RecordListModel[Row]
) -> None:
    sight = Eyes(window).sight({"row": "Hello"}, lambda: None)
    last = Eyes(window).sight({"row": "Row 0"}, lambda: None)

    model.show([*(Row(str(at), f"Row {at}") for at in range(100)), Row("a", "Hello")])

    qtbot.waitUntil(lambda: last.at_ns is not None)
    assert sight.at_ns is None


def test_a_row_on_a_page_that_is_not_open_is_not_seen(
    qtbot: QtBot, window: MainWindow, model: RecordListModel[Row]
) -> None:
    sight = Eyes(window).sight({"row": "Hello"}, lambda: None)
    window.show_page("other")
    bell = Eyes(window).sight({"bell": 3}, lambda: None)

    model.show([Row("a", "Hello")])
    window.set_unread(3)

    qtbot.waitUntil(lambda: bell.at_ns is not None)
    assert sight.at_ns is None


def test_the_bell_is_seen_when_its_number_has_fallen(qtbot: QtBot, window: MainWindow) -> None:
    window.set_unread(3)
    fallen = Eyes(window).sight({"bell_at_most": 2}, lambda: None)
    same = Eyes(window).sight({"bell": 3}, lambda: None)
    qtbot.waitUntil(lambda: same.at_ns is not None)
    assert fallen.at_ns is None

    window.set_unread(2)

    qtbot.waitUntil(lambda: fallen.at_ns is not None)


def test_the_bell_is_seen_when_its_number_is_high_enough(qtbot: QtBot, window: MainWindow) -> None:
    sight = Eyes(window).sight({"bell": 3}, lambda: None)
    low = Eyes(window).sight({"bell": 2}, lambda: None)

    window.set_unread(2)

    qtbot.waitUntil(lambda: low.at_ns is not None)
    assert sight.at_ns is None


def test_words_and_ids_are_found_in_every_page(
    window: MainWindow, model: RecordListModel[Row]
) -> None:
    model.show([Heading("day", "Today"), Row("id-of-a", "Hello")])
    window.show_page("other")

    assert Eyes(window).found(["Hello", "id-of-a", "id-of-b"]) == ["Hello", "id-of-a"]


def test_headings_are_no_rows(window: MainWindow, model: RecordListModel[Row]) -> None:
    model.show([Heading("day", "Today"), Row("a", "Hello")])

    assert Eyes(window).row_count() == 1
    assert Eyes(window).row_id("Today") == ""

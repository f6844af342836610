"""Pages in a language that is longer and reads from the right: all translated, whole, mirrored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.people import account
from desktop.ui.main_window import MainWindow
from desktop.ui.record_list_model import Role
from desktop.ui.shell import Shell
from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.row_look import RowLook
from domain.comments import AddComment
from domain.planning import UpdateSchedule
from tests.builders import World, ahead, id_of
from tests.desktop.ui.pseudo import CLOSE, OPEN, PseudoTranslator
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.test_layout import INTERACTIVE, assert_fine
from tests.desktop.ui.test_main_window import MemoryRemembered
from tests.desktop.ui.tour import settle

SeatOf = Callable[[str], Seat]
NO_WORDS = re.compile(r"[\W\d_]*")
NAME = "Mia Stone"
PAGES = ["activity", "inbox"]


@pytest.fixture
def pseudo(qapp: QApplication) -> Iterator[None]:
    translator = PseudoTranslator()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def from_the_right(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("he_IL"))
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    QLocale.setDefault(before)


@pytest.fixture
def busy(world: World) -> World:
    """With something of each sort that a row can be."""
    for minute in (1, 2, 3):
        change = UpdateSchedule(id=world.soon, title=f"Talk {minute}")
        world.done_by(change, world.mia, now=ahead(minutes=minute))
        comment = AddComment(id=id_of(f"said {minute}"), entry_id=world.waiting, body="Words.")
        world.done_by(comment, world.noah, now=ahead(minutes=10 + minute))
    return world


Enter = Callable[[Seat, tuple[int, int]], tuple[MainWindow, Shell]]


@pytest.fixture
def enter(theme: Theme, qtbot: QtBot) -> Iterator[Enter]:
    shells: list[Shell] = []

    def enter(seat: Seat, size: tuple[int, int]) -> tuple[MainWindow, Shell]:
        frame = MainWindow(theme, MemoryRemembered())
        qtbot.addWidget(frame)
        frame.resize(*size)
        with qtbot.waitExposed(frame):
            frame.show()
        frame.activateWindow()
        shells.append(Shell(frame, seat.workspace, theme, NAME))
        return frame, shells[-1]

    yield enter
    for shell in shells:
        shell.close()


def untranslated(top: QWidget, data: set[str]) -> list[str]:
    """The words that are seen or read aloud, and are neither translated nor somebody's own."""
    found = [
        words
        for widget in [top, *top.findChildren(QWidget)]
        if widget.isVisible()
        for words in _words_of(widget)
    ]
    return [words for words in found if not _is_translated(words, data)]


def _is_translated(words: str, data: set[str]) -> bool:
    is_whole = OPEN in words and CLOSE in words
    return is_whole or words in data or NO_WORDS.fullmatch(words) is not None


def _words_of(widget: QWidget) -> list[str]:
    words = [widget.toolTip()]
    if isinstance(widget, QLabel | QAbstractButton):
        words.append(widget.text())
    if isinstance(widget, INTERACTIVE) and not widget.objectName().startswith("qt_"):
        words.append(widget.accessibleName())
    if isinstance(widget, QAbstractItemView):
        words += _words_of_rows(widget)
    return words


def _words_of_rows(view: QAbstractItemView) -> list[str]:
    looks = [view.model().index(row, 0).data(Role.LOOK) for row in range(view.model().rowCount())]
    rows = [look for look in looks if isinstance(look, RowLook)]
    return [row.title for row in rows] + [one.text for row in rows for one in row.actions]


def name_of(seat: Seat) -> str:
    """What the sidebar calls who is signed in."""
    own = seat.workspace.query(account, seat.workspace.me.id)
    assert own is not None
    return own.name


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("who", ["mia", "ana", "noah", "ben"])
async def test_every_word_of_the_feed_and_the_inbox_is_translated(
    busy: World, seat_of: SeatOf, enter: Enter, who: str
) -> None:
    seat = seat_of(busy.people[who])
    frame, shell = enter(seat, (1100, 720))
    await all_done()

    for key in PAGES:
        frame.show_page(key)
        for segment in _segments(frame.pages[key].widget):
            segment.click()
            await all_done()
            settle()
            assert untranslated(frame.pages[key].widget, {"Ana Ruiz", "Ben Hall"}) == [], key
    shell.bell.open()
    settle()
    assert untranslated(shell.bell.panel, set()) == []
    shell.bell.panel.hide()
    assert untranslated(frame.topbar, set()) == []
    assert untranslated(frame.sidebar, {name_of(seat)}) == []


@pytest.mark.usefixtures("pseudo")
async def test_a_run_and_its_parts_are_translated(
    busy: World, seat_of: SeatOf, enter: Enter
) -> None:
    frame, shell = enter(seat_of(busy.mia), (1100, 720))
    frame.show_page("activity")
    await all_done()
    page = shell.activity.page
    rows = [page.model.record_at(row) for row in range(page.model.rowCount())]

    for row in [one for one in rows if one is not None and one.id.startswith("run:")]:
        page.fold_asked.emit(row.id)
    settle()

    assert untranslated(page, set()) == []
    assert any(one.startswith("part:") for one in _ids(page.list))


@pytest.mark.usefixtures("pseudo", "from_the_right")
@pytest.mark.parametrize("size", [(720, 520), (1100, 720)], ids=["small", "first"])
@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
@pytest.mark.parametrize("who", ["noah", "ben"])
async def test_from_the_right_all_is_whole_and_mirrored(
    busy: World,
    seat_of: SeatOf,
    enter: Enter,
    theme: Theme,
    who: str,
    look: Look,
    size: tuple[int, int],
) -> None:
    theme.choose(look)
    frame, shell = enter(seat_of(busy.people[who]), size)
    await all_done()

    for key in PAGES:
        frame.show_page(key)
        for segment in _segments(frame.pages[key].widget):
            segment.click()
            await all_done()
            assert_fine(f"{key}, {segment.text()}", frame)
    shell.bell.open()
    settle()
    assert_fine("panel", shell.bell.panel)

    assert frame.sidebar.geometry().right() == frame.frame.rect().right()
    picture = frame.grab()
    assert not picture.isNull()
    shell.bell.panel.hide()


def _segments(page: QWidget) -> list[QAbstractButton]:
    buttons = page.findChildren(QAbstractButton)
    return [one for one in buttons if one.property("kind") == "segment"]


def _ids(view: QAbstractItemView) -> list[str]:
    model = view.model()
    return [str(model.index(row, 0).data(Role.RECORD_ID)) for row in range(model.rowCount())]


def test_what_is_not_translated_is_noticed(window: QWidget) -> None:
    QLabel("[Ťrañšlátéd]", window).show()
    QLabel("Ana Ruiz", window).show()
    QLabel("13:00", window).show()
    QLabel("Forgotten", window).show()
    QCoreApplication.processEvents()

    assert untranslated(window, {"Ana Ruiz"}) == ["Forgotten"]

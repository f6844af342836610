"""Words that were written to be taken for something else: on every page they stand as they are.

The pages and dialogs are those of the tour, so that a new page is looked over from its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, Qt
from PySide6.QtGui import QAction, QHelpEvent, QTextDocument
from PySide6.QtGui import Qt as Guessing
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QTextEdit,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.record_list_model import Role
from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import BREAK
from desktop.ui.widgets.literal import UNSEEN
from domain.accounts import Account, UpdateAccount
from domain.cohorts import UpdateCohort
from domain.outcomes import CannotMakeIt
from domain.planning import UpdateSchedule
from tests.builders import World, a_plan, id_of, second_ahead
from tests.desktop.ui.entries.written import resubmitted, reviewed, said, written
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.tour import a_frame, enter, openers, pages_of, places_of, settle

SeatOf = Callable[[str], Seat]
BOLD, PICTURE, AMPERSAND, TURNED = "<b>bold</b>", "<img src=file:///x>", "&co", "gpj\u202eexe"
WORDS = f"{BOLD} {PICTURE} {AMPERSAND} {TURNED}"
TEXT = f"{WORDS}\n\n![a chart](https://evil.example/x.png) and [a link](javascript:alert(1))"
URL = f"https://example.org/{BOLD}?a=1{AMPERSAND}"
MOST_COLUMNS = 7  # of the days of a week
TIPS = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def hostile(world: World) -> World:
    """The world in which everybody writes such words wherever one can write."""
    for person in (world.mia, world.ana, world.ben, world.noah):
        world.done_by(UpdateAccount(name=f"{WORDS} {person[:4]}"), person)
    for cohort in (world.spring, world.autumn):
        world.done_by(UpdateCohort(id=cohort, name=WORDS, description=TEXT), world.mia)
    for session_id in (world.soon, world.session, world.group):
        command = UpdateSchedule(
            id=session_id,
            title=WORDS,
            place=WORDS,
            description=TEXT,
            agenda=TEXT,
            focus_stack=BOLD,
            meeting_url=URL,
        )
        world.done_by(command, world.mia)
    world.done_by(CannotMakeIt(id=world.session, reason=WORDS), world.ana)
    circle = a_plan(id_of("circle"), cohort_id=world.spring, start=second_ahead(hours=-5))
    world.done_by(circle, world.mia)
    essay = {"title": WORDS, "body": TEXT, "tags": [BOLD, AMPERSAND], "resources": [URL]}
    first = written(world, "first", schedule_id=world.session, **essay)
    written(world, "waits", **essay)
    written(world, "draft", status="draft", **essay)
    reviewed(world, first, "needs_work", comment=TEXT)
    resubmitted(world, first, body=f"{TEXT}\n\nAnd more.")
    said(world, first, TEXT)
    return world


@pytest.fixture
def frame(theme: Theme, qtbot: QtBot) -> MainWindow:
    return a_frame(theme, qtbot, (1100, 720))


@pytest.mark.parametrize("who", ["mia", "ana"])
async def test_every_page_shows_hostile_words_as_they_are(
    hostile: World, seat_of: SeatOf, frame: MainWindow, theme: Theme, who: str
) -> None:
    seat = seat_of(hostile.people[who])
    shell = await enter(frame, seat, theme, name_of(seat))
    met: set[str] = set()

    for where in pages_of(frame):
        settle()
        assert misread(frame) == [], where
        met |= words_on(frame)
    for where, open_it in places_of(hostile, shell, seat).items():
        open_it()
        await all_done()
        settle()
        assert misread(frame) == [], where
        met |= words_on(frame)

    for words in (BOLD, PICTURE, AMPERSAND):
        assert any(words in one for one in met), words
    shell.close()


@pytest.mark.parametrize("who", ["mia", "ana"])
async def test_every_dialog_shows_hostile_words_as_they_are(
    hostile: World, seat_of: SeatOf, frame: MainWindow, theme: Theme, who: str
) -> None:
    seat = seat_of(hostile.people[who])
    shell = await enter(frame, seat, theme, name_of(seat))

    for where, open_it in openers(hostile, frame, shell, seat).items():
        open_it()
        await all_done()
        [dialog] = [one for one in frame.findChildren(QDialog) if one.isVisible()]
        assert misread(dialog) == [], where
        dialog.reject()
        await all_done()
        settle()

    shell.close()


async def test_what_stands_at_the_pointer_over_a_week_shows_tags_as_they_were_typed(
    hostile: World, seat_of: SeatOf, frame: MainWindow, theme: Theme
) -> None:
    shell = await enter(frame, seat_of(hostile.mia), theme, "Mia Stone")
    week = shell.schedule.calendar.view.week
    frame.show_page("schedule")
    shell.schedule.page.views.buttons["week"].click()
    settle()
    index = week.model().index(shell.schedule.calendar.sessions.row_of(hostile.soon), 0)
    week.scrollTo(index)
    at = week.visualRect(index).center()

    asked = QHelpEvent(QEvent.Type.ToolTip, at, week.viewport().mapToGlobal(at))
    QApplication.sendEvent(week.viewport(), asked)

    assert Guessing.mightBeRichText(QToolTip.text())
    assert list(_formatted(QToolTip.text(), week)) == []
    shell.close()


def name_of(seat: Seat) -> str:
    """Their name as it is after all checks."""
    return seat.desk.relay.get(Account, seat.desk.user).name


def misread(top: QWidget) -> list[str]:
    """All in `top`, seen or not, that would not show its words as they are."""
    found = [words for one in (top, *top.findChildren(QWidget)) for words in _misread(one)]
    for action in top.findChildren(QAction):
        found += _shortened(action.text(), action)
    return found


def _misread(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _guessed(widget)
    if isinstance(widget, QAbstractButton):
        yield from _shortened(widget.text(), widget)
    if isinstance(widget, QTextEdit):
        yield from _drawn(widget.document())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _listed(widget)
    for words in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
        yield from _formatted(words, widget)
    if UNSEEN.search(widget.windowTitle()):
        yield f"a window title that hides something: {widget.windowTitle()!r}"


def _guessed(label: QLabel) -> Iterator[str]:
    if label.textFormat() is not Qt.TextFormat.PlainText and "bold" in label.text():
        yield f"a label that guesses: {label.text()!r}"
    if UNSEEN.search(label.text()):
        yield f"a label that hides something: {label.text()!r}"


def _listed(view: QAbstractItemView) -> Iterator[str]:
    for index in _all_of(view.model()):
        for role in TIPS:
            yield from _formatted(index.data(role), view)
        for action in getattr(index.data(Role.LOOK), "actions", ()):
            yield from _shortened(action.text, view)


def _all_of(model: QAbstractItemModel) -> Iterator[QModelIndex]:
    for row in range(model.rowCount()):
        for column in range(MOST_COLUMNS):
            if model.hasIndex(row, column):
                yield model.index(row, column)


def _shortened(text: str, of: object) -> Iterator[str]:
    """The window's own words have no letters to press with Alt, so each "&" is somebody's."""
    if "&" in text.replace("&&", ""):
        yield f"an underlined letter: {text!r} of {of!r}"


def _formatted(words: object, of: QWidget) -> Iterator[str]:
    """What Qt would make of a tooltip: if it takes it for HTML, it must read as it was typed."""
    if not isinstance(words, str) or not Guessing.mightBeRichText(words):
        return
    document = QTextDocument()
    document.setHtml(words)
    plain = document.toPlainText()
    if "\N{OBJECT REPLACEMENT CHARACTER}" in plain or BOLD not in plain:
        yield f"a tooltip with tags: {words!r} of {of!r}"


def _drawn(document: QTextDocument) -> Iterator[str]:
    plain = document.toPlainText()
    if "\N{OBJECT REPLACEMENT CHARACTER}" in plain:
        yield f"a picture: {plain!r}"
    if "bold" in plain and BOLD not in plain:
        yield f"tags that are obeyed: {plain!r}"
    if UNSEEN.search(plain):
        yield f"a text that hides something: {plain!r}"


def words_on(top: QWidget) -> set[str]:
    """All that labels and lists say, to know that the words were met at all."""
    labels = {one.text().replace(BREAK, "") for one in top.findChildren(QLabel)}
    for view in top.findChildren(QAbstractItemView):
        if view.model() is not None:
            labels |= {str(index.data()) for index in _all_of(view.model())}
    return labels

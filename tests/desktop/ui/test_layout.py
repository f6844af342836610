"""Every page and dialog of both roles, looked over: nothing cut off, overlapping or out of reach.

The pages are those that the shell adds, so that a new page is looked over from its first day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.sign_in.page import SignInPage
from desktop.ui.theme import Look, Theme
from domain.accounts import UpdateAccount
from domain.outcomes import CannotMakeIt
from domain.planning import UpdateSchedule
from tests.builders import World, a_plan, id_of, second_ahead
from tests.desktop.ui.entries.written import resubmitted, reviewed, said, written
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.tour import (
    a_frame,
    admin_openers,
    enter,
    openers,
    pages_of,
    places_of,
    settle,
)

SeatOf = Callable[[str], Seat]
SIZES = [(720, 520), (1100, 720)]
LEAST, LEAST_CONTRAST = 24, 4.5
LONG_TITLE = ("Reading together: how a browser turns a page into pixels, and where time goes " * 2)[
    :120
]
LONG_NAME = "Anastasia Maximiliana Ruiz-Fernández de la Concepción"
LONG_BODY = "A paragraph that goes on for a while, and then a list:\n\n- one\n- two\n\n" * 6
TAGS = ["accessibility", "data structures", "testing what nobody sees", "git"]
LINKS = ["https://example.org/" + "a" * 150, "https://example.org/short"]
INTERACTIVE = (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QAbstractSpinBox,
    QAbstractItemView,
)
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def full(world: World) -> World:
    """The world with long names, titles and texts."""
    week = [[("09:00", "12:00"), ("13:00", "17:30"), ("20:00", "24:00")]] * 7
    world.done_by(UpdateAccount(name=LONG_NAME, time_zone="Asia/Tokyo"), world.ana)
    world.done_by(UpdateAccount(name=LONG_NAME, working_hours=week), world.mia)
    world.done_by(
        UpdateSchedule(
            id=world.soon,
            title=LONG_TITLE,
            place="Room 4, second floor, beside the library, ask at the desk if it is closed",
            meeting_url="https://meet.example.org/" + "x" * 150,
            focus_stack="React, Data structures, Accessibility, Testing, Git",
            description="Long words. " * 40,
        ),
        world.mia,
    )
    world.done_by(CannotMakeIt(id=world.session, reason="An exam, all day long. " * 4), world.ana)
    circle = a_plan(id_of("circle"), cohort_id=world.spring, start=second_ahead(hours=-5))
    world.done_by(circle, world.mia)
    for number in range(4):
        start = second_ahead(days=6, hours=2 * number)
        plan = a_plan(id_of(f"plan {number}"), world.ana, start=start, title=LONG_TITLE)
        world.done_by(plan, world.mia)
    write_much(world)
    return world


def write_much(world: World) -> None:
    """Let Ana write entries in every state, and Mia answer them."""
    text = LONG_BODY
    essay = {"title": LONG_TITLE, "body": text, "tags": TAGS, "minutes": 1_439}
    first = written(world, "first", schedule_id=world.session, resources=LINKS, **essay)
    reviewed(world, first, "needs_work", comment=text)
    resubmitted(world, first, body=f"{text}\n\nAnd more.")
    said(world, first, text)
    written(world, "waits", **essay)
    written(world, "draft", status="draft", **essay)
    reviewed(world, written(world, "good", **essay), "approved", comment=text)


@pytest.fixture(params=[Look.LIGHT, Look.DARK], ids=["light", "dark"])
def look(request: pytest.FixtureRequest, theme: Theme) -> Look:
    look: Look = request.param
    theme.choose(look)
    return look


@pytest.fixture(params=SIZES, ids=["small", "first"])
def frame(request: pytest.FixtureRequest, look: Look, theme: Theme, qtbot: QtBot) -> MainWindow:
    return a_frame(theme, qtbot, request.param)


def complaints(top: QWidget) -> list[str]:
    """All that is wrong with what is seen of `top`."""
    settle()
    shown = [one for one in top.findChildren(QWidget) if _is_seen(one, top)]
    found = [words for one in shown for words in (_cut_off(one), _unreachable(one, top)) if words]
    return found + _overlaps([top, *shown])


def _is_seen(widget: QWidget, top: QWidget) -> bool:
    return widget.isVisible() and widget.window() is top.window() and not _is_part(widget)


def _is_part(widget: QWidget) -> bool:
    """Whether Qt made it inside another control, as the line of a combo box."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QAbstractSpinBox | QLineEdit):
            return True
        parent = parent.parentWidget()
    return widget.objectName().startswith("qt_")


def _cut_off(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        room = widget.contentsRect()
        flags = Qt.TextFlag.TextWordWrap if widget.wordWrap() else Qt.TextFlag.TextSingleLine
        wide = 10_000 if not widget.wordWrap() else room.width()
        needed = widget.fontMetrics().boundingRect(QRect(0, 0, wide, 100_000), flags, widget.text())
        if needed.width() > room.width() or needed.height() > room.height() + 2:
            return f"cut off: {widget.text()!r} needs {needed.size()}, has {room.size()}"
    if isinstance(widget, QAbstractButton) and widget.text():
        return _cut_off_button(widget)
    return ""


def _cut_off_button(button: QAbstractButton) -> str:
    needed = button.fontMetrics().horizontalAdvance(button.text())
    if isinstance(button, QCheckBox):
        option = QStyleOptionButton()
        option.initFrom(button)
        part = QStyle.SubElement.SE_CheckBoxContents
        room = button.style().subElementRect(part, option, button).width()
    else:
        icon = button.iconSize().width() + 4 if not button.icon().isNull() else 0
        room = button.width() - icon - 4
    return f"cut off: button {button.text()!r}" if needed > room else ""


def _unreachable(widget: QWidget, top: QWidget) -> str:
    name = widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        name = name or widget.text()
    if isinstance(widget, INTERACTIVE) and widget.isEnabled():
        if not name:
            return f"without a name: {widget!r}"
        if min(widget.width(), widget.height()) < LEAST:
            return f"too small: {name!r} {widget.size()}"
    if not _scrolls(widget, top):
        place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
        if not top.rect().contains(place) and not widget.size().isEmpty():
            return f"outside the window: {widget!r} {name!r} {place}"
    return ""


def _scrolls(widget: QWidget, top: QWidget) -> bool:
    """Whether it lies in an area that scrolls up and down."""
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _overlaps(parents: list[QWidget]) -> list[str]:
    found = []
    for parent in parents:
        children = [
            one
            for one in parent.findChildren(
                QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
            )
            if one.isVisible() and not one.isWindow() and not _floats(one) and not _is_part(one)
        ]
        for at, one in enumerate(children):
            for other in children[at + 1 :]:
                if one.geometry().intersects(other.geometry()):
                    found.append(f"overlap: {one!r} {one.geometry()} {other!r} {other.geometry()}")
    return found


def _floats(widget: QWidget) -> bool:
    """A badge and a message lie over what they belong to, on purpose."""
    return type(widget).__name__ in {"Badge", "ToastStack"}


def assert_fine(where: str, top: QWidget) -> None:
    assert not (found := complaints(top)), f"{where}: " + "\n".join(found)


@pytest.mark.parametrize("who", ["mia", "ana", "admin"])
async def test_every_full_page_is_whole(
    full: World, seat_of: SeatOf, frame: MainWindow, theme: Theme, who: str
) -> None:
    seat = seat_of(full.people[who])
    shell = await enter(frame, seat, theme, LONG_NAME)

    for where in pages_of(frame):
        assert_fine(where, frame)

    shell.close()


@pytest.mark.parametrize("who", ["otto", "cem"])
async def test_every_empty_page_is_whole(
    world: World, seat_of: SeatOf, frame: MainWindow, theme: Theme, who: str
) -> None:
    seat = seat_of(world.people[who])
    shell = await enter(frame, seat, theme, "Otto Lind")

    for where in pages_of(frame):
        assert_fine(where, frame)

    shell.close()


@pytest.mark.parametrize("who", ["mia", "ana"])
async def test_every_dialog_is_whole_and_smaller_than_the_window(
    full: World, seat_of: SeatOf, frame: MainWindow, theme: Theme, who: str
) -> None:
    seat = seat_of(full.people[who])
    shell = await enter(frame, seat, theme, LONG_NAME)

    for where, open_it in openers(full, frame, shell, seat).items():
        open_it()
        await all_done()
        [dialog] = [one for one in frame.findChildren(QDialog) if one.isVisible()]
        assert_fine(where, dialog)
        assert dialog.width() <= frame.width(), where
        assert dialog.height() <= frame.height(), where
        dialog.reject()
        await all_done()
        settle()

    shell.close()


@pytest.mark.parametrize("who", ["mia", "ana", "admin"])
async def test_every_place_within_a_page_is_whole(
    full: World, seat_of: SeatOf, frame: MainWindow, theme: Theme, who: str
) -> None:
    seat = seat_of(full.people[who])
    shell = await enter(frame, seat, theme, LONG_NAME)

    for where, open_it in places_of(full, shell, seat).items():
        open_it()
        await all_done()
        assert_fine(where, frame)
        assert pale_words(frame) == {}, where

    shell.close()


async def test_every_dialog_of_the_administration_is_whole_and_smaller_than_the_window(
    full: World, seat_of: SeatOf, frame: MainWindow, theme: Theme
) -> None:
    shell = await enter(frame, seat_of(full.admin), theme, LONG_NAME)

    for where, open_it in admin_openers(full, frame, shell).items():
        await open_it()
        await all_done()
        [dialog] = [one for one in frame.findChildren(QDialog) if one.isVisible()]
        assert_fine(where, dialog)
        assert dialog.width() <= frame.width(), where
        assert dialog.height() <= frame.height(), where
        assert pale_words(dialog) == {}, where
        dialog.reject()
        await all_done()
        settle()

    shell.close()


@pytest.mark.parametrize("way", ["sign_in", "student", "mentor", "reset"])
def test_every_way_in_is_whole(frame: MainWindow, theme: Theme, way: str) -> None:
    page = SignInPage(theme)
    frame.show_full_page(page)
    page.show_way(way)
    page.show_trouble("The address could not be reached. Is the relay running there?")

    assert_fine(way, frame)
    assert pale_words(frame) == {}


@pytest.mark.parametrize("who", ["mia", "ana", "admin"])
async def test_words_stand_out_from_what_is_behind_them(
    full: World, seat_of: SeatOf, frame: MainWindow, theme: Theme, who: str
) -> None:
    seat = seat_of(full.people[who])
    shell = await enter(frame, seat, theme, LONG_NAME)

    for where in pages_of(frame):
        settle()
        assert pale_words(frame) == {}, where

    shell.close()


def pale_words(top: QWidget) -> dict[str, float]:
    """The words of `top` that hardly stand out, each with its contrast."""
    labels = [one for one in top.findChildren(QLabel) if one.text() and _is_seen(one, top)]
    picture = top.grab().toImage()
    ratios = {}
    for label in labels:
        place = QRect(label.mapTo(top, QPoint(0, 0)), label.size())
        if label.visibleRegion().boundingRect() == label.rect():  # not scrolled half away
            ratios[label.text()] = _contrast(picture.copy(place))
    assert ratios, "There are no words to be looked at."
    return {words: ratio for words, ratio in ratios.items() if ratio < LEAST_CONTRAST}


def _contrast(picture: QImage) -> float:
    """Between the colour that most of it has and the one that differs most from that one."""
    colors = Counter(
        picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())
    )
    ground = _luminance(colors.most_common(1)[0][0])
    lights = [_luminance(color) for color in colors]
    return max((max(one, ground) + 0.05) / (min(one, ground) + 0.05) for one in lights)


def _luminance(pixel: int) -> float:
    """Relative luminance, as in WCAG 2.2."""
    color = QColor.fromRgb(pixel)
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_label_that_is_cut_off_is_noticed(window: QWidget, theme: Theme) -> None:
    label = QLabel("A rather long sentence", window)
    label.setFixedWidth(30)
    label.show()

    assert any("cut off" in words for words in complaints(window))


def test_what_overlaps_or_lies_outside_is_noticed(window: QWidget, theme: Theme) -> None:
    for at in (0, 10):
        QLabel("", window).setGeometry(at, 0, 100, 30)
    QLabel("", window).setGeometry(5000, 0, 100, 30)
    for label in window.findChildren(QLabel):
        label.show()

    found = " ".join(complaints(window))

    assert "overlap" in found
    assert "outside" in found


def test_a_control_without_a_name_or_too_small_is_noticed(window: QWidget, theme: Theme) -> None:
    edit = QLineEdit(window)
    edit.setGeometry(0, 0, 100, 30)
    small = QListView(window)
    small.setAccessibleName("Small")
    small.setFixedSize(QSize(100, 12))
    small.move(0, 100)
    for one in (edit, small):
        one.show()

    found = " ".join(complaints(window))

    assert "without a name" in found
    assert "too small" in found

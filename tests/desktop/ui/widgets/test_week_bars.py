"""The days of a week as bars."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.week_bars import BarLook, WeekBars

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Key = Qt.Key


def looks(*numbers: tuple[int, int], today: int = 2) -> list[BarLook]:
    given = [*numbers, *[(0, 0)] * (7 - len(numbers))]
    return [
        BarLook(name, done, planned, f"{name}: {done} done, {planned} planned", at == today)
        for at, (name, (done, planned)) in enumerate(zip(NAMES, given, strict=True))
    ]


@pytest.fixture
def week(theme: Theme, window: QWidget) -> WeekBars:
    week = WeekBars(theme, "Done", "Planned", window)
    week.show_days(looks((2, 0), (1, 1), (0, 3)))
    week.resize(420, week.sizeHint().height())
    week.show()
    return week


def test_each_day_is_a_button_with_words(week: WeekBars) -> None:
    said = [QAccessible.queryAccessibleInterface(bar) for bar in week.bars]

    assert said[1].text(QAccessible.Text.Name) == "Tue: 1 done, 1 planned"
    assert {one.role() for one in said} == {QAccessible.Role.PushButton}
    assert week.bars[1].toolTip() == "Tue: 1 done, 1 planned"


def test_tab_comes_to_today_and_the_arrows_go_on_from_there(week: WeekBars, qtbot: QtBot) -> None:
    by_tab = [bar for bar in week.bars if bar.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert by_tab == [week.bars[2]]

    week.bars[2].setFocus()
    qtbot.keyClick(week.bars[2], Key.Key_Right)
    assert week.bars[3].hasFocus()
    qtbot.keyClick(week.bars[3], Key.Key_Home)
    assert week.bars[0].hasFocus()
    qtbot.keyClick(week.bars[0], Key.Key_Left)
    assert week.bars[0].hasFocus()


def test_left_is_later_where_people_read_from_the_right(week: WeekBars, qtbot: QtBot) -> None:
    week.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    week.bars[2].setFocus()

    qtbot.keyClick(week.bars[2], Key.Key_Left)

    assert week.bars[3].hasFocus()


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space])
def test_a_day_is_opened_by_key(week: WeekBars, qtbot: QtBot, key: Key) -> None:
    with qtbot.waitSignal(week.opened) as opened:
        qtbot.keyClick(week.bars[4], key)

    assert opened.args == [4]


def test_a_day_is_opened_by_a_click(week: WeekBars, qtbot: QtBot) -> None:
    with qtbot.waitSignal(week.opened) as opened:
        qtbot.mouseClick(week.bars[1], Qt.MouseButton.LeftButton)

    assert opened.args == [1]


def test_focus_stays_on_its_day_when_the_numbers_change(week: WeekBars) -> None:
    week.bars[5].setFocus()

    week.show_days(looks((2, 1)))

    assert week.bars[5].hasFocus()
    assert week.bars[0].accessibleName() == "Mon: 2 done, 1 planned"


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_done_is_filled_and_planned_is_not(week: WeekBars, theme: Theme, look: Look) -> None:
    theme.choose(look)
    bar = week.bars[1]
    picture = bar.grab().toImage()
    ratio = picture.devicePixelRatio()

    column = [
        picture.pixelColor(QPoint(int(bar.width() / 2 * ratio), y)).name()
        for y in range(picture.height())
    ]

    assert theme.color("completed").name() in column
    assert theme.color("scheduled_tint").name() in column
    first = column.index(theme.color("scheduled_tint").name())
    assert first < column.index(theme.color("completed").name())  # the plan stands on what is done

"""A day and a time of the wall clock."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt, QTime
from PySide6.QtGui import QFocusEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.date_time_field import DateTimeField, QuarterTimeEdit
from desktop.ui.widgets.day_popup import DayPopup
from tests.desktop.ui.wheels import turn_wheel

WALL = datetime(2026, 11, 23, 18, 7)  # noqa: DTZ001 - a wall-clock time has no zone


@pytest.fixture
def field(theme: Theme, qtbot: QtBot) -> DateTimeField:
    field = DateTimeField("Start")
    qtbot.addWidget(field)
    return field


def test_gives_back_what_it_shows(field: DateTimeField) -> None:
    field.set_value(WALL)

    assert field.value() == WALL


def test_reports_a_change_of_day_and_time_once(field: DateTimeField) -> None:
    changes: list[bool] = []
    field.changed.connect(lambda: changes.append(True))

    field.set_value(WALL)
    field.set_value(WALL)

    assert changes == [True]


def test_a_time_can_be_typed(field: DateTimeField, qtbot: QtBot) -> None:
    field.set_value(WALL)
    field.clock.selectAll()
    field.clock.setSelectedSection(QuarterTimeEdit.Section.HourSection)

    qtbot.keyClicks(field.clock, "09")

    assert field.value().hour == 9


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot) -> Iterator[DateTimeField]:
    """The field on the screen, in British order, with the keyboard elsewhere."""
    locale = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    window = QWidget()
    before = QLineEdit(window)
    british = DateTimeField("Start")
    QLocale.setDefault(locale)
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(british)
    qtbot.addWidget(window)
    window.resize(500, 200)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    before.setFocus()
    british.set_value(WALL)
    yield british
    window.hide()


def arrive(edit: QDateTimeEdit, way: str, qtbot: QtBot) -> None:
    """Bring the keyboard into an editor, in one of the ways that people have."""
    match way:
        case "click":
            qtbot.mouseClick(edit.lineEdit(), Qt.MouseButton.LeftButton)
        case "select all":
            qtbot.mouseClick(edit.lineEdit(), Qt.MouseButton.LeftButton)
            QTest.keySequence(edit, QKeySequence.StandardKey.SelectAll)
        case "tab":
            edit.setFocus(Qt.FocusReason.TabFocusReason)
        case _:
            edit.setFocus(Qt.FocusReason.BacktabFocusReason)
    QApplication.processEvents()


WAYS = ("click", "select all", "tab", "back")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("typed", "hour", "minute"), [("14:00", 14, 0), ("1405", 14, 5), ("9:30", 9, 30)]
)
def test_a_time_is_typed_as_people_write_it(
    shown: DateTimeField, qtbot: QtBot, way: str, typed: str, hour: int, minute: int
) -> None:
    arrive(shown.clock, way, qtbot)

    qtbot.keyClicks(shown.clock, typed)

    assert (shown.value().hour, shown.value().minute) == (hour, minute)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("typed", ["14122027", "14/12/2027"])
def test_a_day_is_typed_from_its_number_on(
    shown: DateTimeField, qtbot: QtBot, way: str, typed: str
) -> None:
    arrive(shown.day, way, qtbot)

    qtbot.keyClicks(shown.day, typed)

    assert shown.value().date() == date(2027, 12, 14)


def test_no_day_is_farther_away_than_anybody_plans(field: DateTimeField) -> None:
    field.set_value(WALL.replace(year=1752))

    assert field.value().year == 2000
    assert field.day.maximumDate().year() == 2099


def test_the_calendar_is_the_one_that_stands_still(field: DateTimeField) -> None:
    assert isinstance(field.day.calendarWidget(), DayPopup)


@pytest.mark.parametrize(
    ("minute", "steps", "expected"),
    [(7, 1, (18, 15)), (7, -1, (18, 0)), (15, -1, (18, 0)), (45, 1, (19, 0)), (0, -1, (17, 45))],
)
def test_arrows_go_to_the_next_quarter(
    field: DateTimeField, minute: int, steps: int, expected: tuple[int, int]
) -> None:
    field.clock.setTime(QTime(18, minute))
    field.clock.setSelectedSection(QuarterTimeEdit.Section.MinuteSection)

    field.clock.stepBy(steps)

    assert (field.clock.time().hour(), field.clock.time().minute()) == expected


def test_both_parts_are_named(field: DateTimeField) -> None:
    assert field.day.accessibleName() == "Start, day"
    assert field.clock.accessibleName() == "Start, time"


def test_the_year_has_four_digits(field: DateTimeField) -> None:
    assert "yyyy" in field.day.displayFormat()


def test_tab_goes_to_the_number_of_the_day_not_to_its_name(field: DateTimeField) -> None:
    tab = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)

    QApplication.sendEvent(field.day, tab)
    QApplication.processEvents()

    assert field.day.currentSectionIndex() == 1


def test_the_wheel_scrolls_the_page_and_sets_no_other_day_or_time(field: DateTimeField) -> None:
    field.set_value(WALL)
    field.show()

    for editor in (field.day, field.clock):
        editor.setFocus()
        assert not turn_wheel(editor.lineEdit())
        assert not turn_wheel(editor)

    assert field.value() == WALL

"""The mentor's schedule as widgets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.store.schedules import Session
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.schedule.page import SchedulePage
from desktop.ui.theme import Theme
from desktop.ui.widgets.person_picker import Choice


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> SchedulePage:
    model: RecordListModel[Session] = RecordListModel(lambda shown: shown.schedule.title)
    page = SchedulePage(theme, model)
    qtbot.addWidget(page)
    page.resize(656, 460)
    page.show()
    return page


def test_an_empty_schedule_says_how_to_begin(page: SchedulePage, qtbot: QtBot) -> None:
    page.show_rows([], is_filtered=False)
    assert page.empty.title.accessibleName() == "No upcoming sessions"

    with qtbot.waitSignal(page.new_asked):
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)


def test_an_empty_past_has_nothing_to_begin(page: SchedulePage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.time.buttons["past"], Qt.MouseButton.LeftButton)

    page.show_rows([], is_filtered=False)

    assert page.empty.title.accessibleName() == "No past sessions"
    assert not page.empty.button.isVisible()


def test_filters_that_leave_nothing_say_so(page: SchedulePage) -> None:
    page.show_rows([], is_filtered=True)

    assert page.empty.title.accessibleName() == "No session fits"


def test_a_name_half_typed_survives_news(page: SchedulePage, qtbot: QtBot) -> None:
    page.show_choices([Choice("ana", "Ana Ruiz")])
    edit = page.people.lineEdit()
    assert edit is not None
    qtbot.keyClicks(edit, "An")

    page.show_choices([Choice("ana", "Ana Ruiz")])

    assert edit.text() == "An"


def test_everybody_is_the_first_choice(page: SchedulePage, qtbot: QtBot) -> None:
    page.show_choices([Choice("ana", "Ana Ruiz")])
    page.people.choose("ana")

    with qtbot.waitSignal(page.filter_changed):
        page.people.setCurrentIndex(0)

    assert page.people.currentText() == "All students and cohorts"
    assert page.people.current_id() == ""


def test_the_filters_fit_into_the_smallest_window(page: SchedulePage) -> None:
    filters = (page.views, page.time, page.people, page.status)

    assert all(page.rect().contains(one.geometry()) for one in filters)
    assert page.status.y() > page.views.y()
    page.resize(1100, 600)
    assert len({one.geometry().center().y() for one in filters}) == 1


def test_its_shortcuts_are_told(page: SchedulePage) -> None:
    found = [(keys, bool(deed)) for keys, deed, _words in page.shortcuts()]

    assert found[:4] == [("F2", True), ("Ctrl+D", True), ("Del", True), ("N", False)]


def test_the_calendar_stands_behind_the_switch(page: SchedulePage, qtbot: QtBot) -> None:
    calendar, week = QWidget(), QWidget()
    page.add_calendar(calendar, week, lambda: "")
    qtbot.addWidget(week)

    with qtbot.waitSignal(page.view_changed) as changed:
        qtbot.mouseClick(page.views.buttons["week"], Qt.MouseButton.LeftButton)
    assert changed.args == ["week"]
    assert calendar.isVisible()
    assert not page.time.isVisible()
    page.show_view("list")

    assert page.place.isVisible()
    assert page.time.isVisible()


def test_the_sessions_ahead_are_counted(page: SchedulePage) -> None:
    page.show_ahead(3, 1000)
    assert page.time.buttons["ahead"].text() == "Upcoming  3"
    page.show_ahead(1000, 1000)
    assert page.time.buttons["ahead"].text() == "Upcoming  999+"
    page.show_ahead(0, 1000)

    assert page.time.buttons["ahead"].text() == "Upcoming"

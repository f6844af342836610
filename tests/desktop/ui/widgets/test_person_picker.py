"""Choosing a person by typing."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from tests.desktop.ui.wheels import turn_wheel

AMINA = Choice("1", "Amina Kaya", "cohort A")
KENJI = Choice("2", "Kenji Watanabe")


@pytest.fixture
def picker(theme: Theme, qtbot: QtBot) -> PersonPicker:
    picker = PersonPicker("Type a name")
    qtbot.addWidget(picker)
    picker.show_choices([AMINA, KENJI])
    return picker


def test_begins_with_nobody(picker: PersonPicker) -> None:
    assert picker.current_id() == ""
    assert picker.currentText() == ""


def test_a_typed_name_chooses(picker: PersonPicker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(picker.picked) as picked:
        picker.setEditText("kenji watanabe")

    assert picked.args == ["2"]


def test_text_that_names_nobody_chooses_nobody(picker: PersonPicker) -> None:
    picker.choose("1")

    picker.setEditText("Amina K")

    assert picker.current_id() == ""


def test_the_list_narrows_to_any_part_of_the_name(picker: PersonPicker) -> None:
    completer = picker.completer()
    assert completer is not None

    completer.setCompletionPrefix("wata")

    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Kenji Watanabe"


def test_the_choice_survives_a_new_list(picker: PersonPicker, qtbot: QtBot) -> None:
    picker.choose("2")

    with qtbot.assertNotEmitted(picker.picked):
        picker.show_choices([KENJI, AMINA, Choice("3", "Zoë")])

    assert picker.current_id() == "2"


def test_who_is_gone_is_no_longer_chosen(picker: PersonPicker, qtbot: QtBot) -> None:
    picker.choose("2")

    with qtbot.waitSignal(picker.picked) as picked:
        picker.show_choices([AMINA])

    assert picked.args == [""]


def test_return_takes_the_one_that_is_left(picker: PersonPicker, qtbot: QtBot) -> None:
    picker.show()
    edit = picker.lineEdit()
    assert edit is not None
    edit.setFocus()
    qtbot.keyClicks(edit, "wata")
    completer = picker.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None

    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)

    assert picker.current_id() == "2"


def test_leaving_takes_the_only_one_whose_name_holds_the_text(
    picker: PersonPicker, qtbot: QtBot
) -> None:
    picker.setEditText("wata")

    QApplication.sendEvent(picker, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))

    assert picker.current_id() == "2"
    assert picker.currentText() == "Kenji Watanabe"


def test_return_takes_the_only_match_without_an_arrow_key(
    picker: PersonPicker, qtbot: QtBot
) -> None:
    edit = picker.lineEdit()
    assert edit is not None
    picker.setEditText("wata")

    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert picker.current_id() == "2"


def test_leaving_does_not_guess_between_two(picker: PersonPicker, qtbot: QtBot) -> None:
    picker.setEditText("a")

    QApplication.sendEvent(picker, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))

    assert picker.current_id() == ""


def test_the_wheel_scrolls_the_page_and_chooses_nobody_else(picker: PersonPicker) -> None:
    picker.choose("1")
    edit = picker.lineEdit()
    assert edit is not None
    picker.show()
    picker.setFocus()

    taken = [turn_wheel(under) for under in (edit, picker)]

    assert picker.current_id() == "1"
    assert taken == [False, False]


def test_escape_takes_away_what_names_nobody(picker: PersonPicker, qtbot: QtBot) -> None:
    picker.show()
    qtbot.keyClicks(picker.lineEdit(), "xr")

    qtbot.keyClick(picker, Qt.Key.Key_Escape)

    assert picker.currentText() == ""


def test_escape_leaves_a_choice_alone(picker: PersonPicker, qtbot: QtBot) -> None:
    picker.show()
    picker.choose("1")

    qtbot.keyClick(picker, Qt.Key.Key_Escape)

    assert picker.current_id() == "1"


def test_the_lists_of_a_narrow_field_show_names_whole(picker: PersonPicker, qtbot: QtBot) -> None:
    name = "Ximena Ibáñez Peidro de la Cruz"
    picker.show_choices([Choice("3", name)])
    picker.setFixedWidth(140)
    picker.show()
    picker.activateWindow()
    edit = picker.lineEdit()
    assert edit is not None

    qtbot.keyClicks(edit, "xim")

    completer = picker.completer()
    assert completer is not None
    popup = completer.popup()
    assert popup is not None
    assert popup.width() > popup.fontMetrics().horizontalAdvance(name)
    popup.hide()

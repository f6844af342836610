"""Questions before what matters."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ask, ask_reason
from desktop.ui.widgets.date_time_field import DayEdit
from tests.desktop.ui.stops import stops


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def test_agreeing_does_it(window: QWidget, qtbot: QtBot) -> None:
    done: list[bool] = []
    dialog = ask(window, "Sign out?", "You can come back.", "Sign out", lambda: done.append(True))

    qtbot.mouseClick(dialog.confirm_button, Qt.MouseButton.LeftButton)

    assert done == [True]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_stray_key_never_does_what_is_dangerous(
    window: QWidget, qtbot: QtBot, key: Qt.Key
) -> None:
    done: list[bool] = []
    dialog = ask(window, "Delete?", "For all.", "Delete", lambda: done.append(True), danger=True)

    qtbot.keyClick(dialog, key)

    assert done == []
    assert not dialog.isVisible()


@pytest.mark.parametrize(("typed", "done"), [("", []), (" ", []), ("Ill", ["Ill"])])
def test_enter_does_what_is_dangerous_only_where_a_reason_was_typed(
    window: QWidget, theme: Theme, qtbot: QtBot, typed: str, done: list[str]
) -> None:
    reasons: list[str] = []
    dialog = ask_reason(
        theme,
        window,
        "Cancel?",
        "",
        "Cancel session",
        reasons.append,
        reason_label="Reason",
        danger=True,
    )
    qtbot.keyClicks(dialog.reason, typed)

    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)

    assert reasons == done
    assert not dialog.isVisible()


def test_the_reason_comes_with_the_answer(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    reasons: list[str] = []
    dialog = ask_reason(
        theme, window, "Cancel?", "", "Cancel session", reasons.append, reason_label="Reason"
    )

    qtbot.keyClicks(dialog.reason, "  ill ")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)

    assert reasons == ["ill"]


def test_a_reason_that_is_needed_is_asked_for(window: QWidget, theme: Theme, qtbot: QtBot) -> None:
    reasons: list[str] = []
    dialog = ask_reason(
        theme,
        window,
        "Cancel?",
        "",
        "Cancel session",
        reasons.append,
        reason_label="Reason",
        is_required=True,
    )

    dialog.confirm_button.click()

    assert reasons == []
    assert dialog.field.has_error
    dialog.reject()


def test_it_begins_at_its_first_field_and_goes_on_to_the_buttons(
    window: QWidget, qtbot: QtBot
) -> None:
    dialog = ConfirmDialog(window, "Until when?", "It comes back then.", "Snooze")
    qtbot.addWidget(dialog)
    note, day = QLineEdit(), DayEdit()
    dialog.column.insertWidget(2, note)
    dialog.column.insertWidget(3, day)

    dialog.begin_at(note, day)
    dialog.open()

    assert dialog.focusWidget() is note
    assert list(stops(dialog)) == [note, day, dialog.back_button, dialog.confirm_button]

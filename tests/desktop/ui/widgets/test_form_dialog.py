"""A dialog with a form: it waits for the answer with all that was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.form_dialog import FormDialog
from desktop.ui.widgets.form_field import FormField


@pytest.fixture
def dialog(theme: Theme, window: QWidget) -> FormDialog:
    fields = {
        "name": FormField(theme, "Name", QLineEdit(), is_required=True),
        "role": FormField(theme, "Role", QComboBox()),
        "town": FormField(theme, "Town", QLineEdit()),
    }
    dialog = FormDialog(theme, window, "A person", "Who is it?", fields, "Add")
    dialog.open()
    return dialog


def test_enter_sends_what_is_filled_in(dialog: FormDialog, qtbot: QtBot) -> None:
    dialog.line("name").setText("Eva")

    with qtbot.waitSignal(dialog.submitted):
        qtbot.keyClick(dialog.line("town"), Qt.Key.Key_Return)


def test_only_what_is_required_must_be_filled_in(dialog: FormDialog) -> None:
    dialog.send.click()

    assert [key for key, field in dialog.fields.items() if field.has_error] == ["name"]
    assert dialog.focusWidget() is dialog.line("name")


def test_while_it_waits_nothing_is_sent_again_and_nothing_is_lost(dialog: FormDialog) -> None:
    dialog.line("name").setText("Eva")
    dialog.set_busy(True)

    assert (dialog.send.isEnabled(), dialog.send.text()) == (False, "Asking the relay…")
    dialog.show_errors({"town": "No such town.", "": "Try later."})

    assert (dialog.send.isEnabled(), dialog.send.text()) == (True, "Add")
    assert dialog.fields["town"].error.accessibleName() == "No such town."
    assert dialog.trouble.text.accessibleName() == "Try later."
    assert dialog.focusWidget() is dialog.line("town")
    assert dialog.line("name").text() == "Eva"


def test_the_next_errors_take_the_place_of_the_last(dialog: FormDialog) -> None:
    dialog.show_errors({"": "Try later."})

    dialog.show_errors({"town": "No such town."})

    assert dialog.trouble.isHidden()


def test_escape_changes_nothing(dialog: FormDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.rejected), qtbot.assertNotEmitted(dialog.submitted):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

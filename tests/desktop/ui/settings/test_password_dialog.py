"""The dialog for another password."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.settings.password_dialog import AGAIN, CURRENT, NEW, PasswordDialog
from desktop.ui.theme import Theme


@pytest.fixture
def dialog(theme: Theme, window: QWidget) -> PasswordDialog:
    dialog = PasswordDialog(theme, window)
    dialog.open()
    return dialog


def enter(dialog: PasswordDialog, **texts: str) -> None:
    for key, text in texts.items():
        dialog.line(key).setText(text)


def test_nobody_reads_what_is_typed(dialog: PasswordDialog) -> None:
    for key in dialog.fields:
        assert dialog.line(key).echoMode() is QLineEdit.EchoMode.Password


def test_both_passwords_are_given_on(dialog: PasswordDialog, qtbot: QtBot) -> None:
    enter(dialog, **{CURRENT: "the old one", NEW: "a new password", AGAIN: "a new password"})

    with qtbot.waitSignal(dialog.entered) as entered:
        qtbot.keyClick(dialog.line(AGAIN), Qt.Key.Key_Return)

    assert entered.args == ["the old one", "a new password"]
    assert not dialog.send.isEnabled()


def test_what_is_empty_is_said_at_its_field(dialog: PasswordDialog) -> None:
    enter(dialog, **{CURRENT: "the old one"})

    dialog.send.click()

    assert [key for key, field in dialog.fields.items() if field.has_error] == [NEW, AGAIN]
    assert dialog.focusWidget() is dialog.line(NEW)


def test_two_new_passwords_that_differ_are_said(dialog: PasswordDialog) -> None:
    enter(dialog, **{CURRENT: "the old one", NEW: "a new password", AGAIN: "a new passwort"})

    dialog.send.click()

    assert dialog.fields[AGAIN].has_error
    assert dialog.send.isEnabled()


def test_an_error_without_a_field_stands_at_the_top(dialog: PasswordDialog) -> None:
    dialog.set_busy(True)

    dialog.show_errors({"": "The relay cannot be reached."})

    assert dialog.trouble.text.accessibleName() == "The relay cannot be reached."
    assert dialog.send.isEnabled()
    dialog.show_errors({NEW: "Use at least 10 characters."})
    assert not dialog.trouble.isVisible()

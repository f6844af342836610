"""The forms before one is in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.sign_in.forms import Form, RegisterForm, ResetForm, SignInForm, system_time_zone
from desktop.ui.theme import Theme

VALUES = {"server": "tandem.example.org", "email": "ana@example.org", "password": " secret "}


@pytest.fixture
def form(theme: Theme, qtbot: QtBot) -> Form:
    form = SignInForm(theme)
    qtbot.addWidget(form)
    form.show()
    return form


def test_return_in_a_field_sends_it(form: Form, qtbot: QtBot) -> None:
    form.fill(VALUES)

    with qtbot.waitSignal(form.submitted) as sent:
        qtbot.keyClick(form.edit("password"), Qt.Key.Key_Return)

    assert sent.args == [VALUES]


def test_all_but_a_secret_is_trimmed(form: Form) -> None:
    form.fill(VALUES | {"email": "  ana@example.org "})

    assert form.text("email") == "ana@example.org"
    assert form.text("password") == " secret "


def test_an_empty_field_is_asked_for(form: Form, qtbot: QtBot) -> None:
    form.edit("server").setText("tandem.example.org")

    with qtbot.assertNotEmitted(form.submitted):
        qtbot.mouseClick(form.button, Qt.MouseButton.LeftButton)

    wrong = [key for key, field in form.fields.items() if field.has_error]
    assert wrong == ["email", "password"]
    assert form.focusWidget() is form.edit("email")


def test_an_address_that_is_none_is_said_along_with_what_is_empty(form: Form) -> None:
    form.edit("server").setText("not an address")

    form.submit()

    assert "address of your group's relay" in form.fields["server"].error.accessibleName()
    assert form.fields["email"].has_error
    assert form.focusWidget() is form.edit("server")


def test_typing_takes_the_error_away(form: Form, qtbot: QtBot) -> None:
    form.show_errors({"email": "Unknown."})

    qtbot.keyClicks(form.edit("email"), "a")

    assert not form.fields["email"].has_error


def test_while_it_is_busy_nothing_is_sent_again(form: Form, qtbot: QtBot) -> None:
    form.fill(VALUES)
    form.show_busy("Signing in…")
    assert form.button.text() == "Signing in…"
    assert not form.edit("email").isEnabled()

    with qtbot.assertNotEmitted(form.submitted):
        form.submit()
    form.show_busy()

    assert form.button.text() == "Sign in"
    assert form.text("email") == "ana@example.org"


def test_errors_of_fields_that_are_not_here_are_given_back(form: Form) -> None:
    left = form.show_errors({"email": "Unknown.", "name": "Too long."})

    assert left == {"name": "Too long."}
    assert form.fields["email"].error.accessibleName() == "Unknown."


def test_a_password_is_hidden_and_forgotten(form: Form) -> None:
    form.fill(VALUES)
    assert form.edit("password").displayText() != " secret "

    form.forget_secrets()

    assert (form.text("password"), form.text("email")) == ("", "ana@example.org")


@pytest.mark.parametrize(("role", "code"), [("student", "joinCode"), ("mentor", "invitation")])
def test_each_role_brings_its_code(theme: Theme, qtbot: QtBot, role: str, code: str) -> None:
    form = RegisterForm(theme, role)
    qtbot.addWidget(form)

    assert list(form.fields) == ["server", code, "name", "email", "password"]


def test_a_reset_takes_a_code_and_a_new_password(theme: Theme, qtbot: QtBot) -> None:
    form = ResetForm(theme)
    qtbot.addWidget(form)

    assert list(form.fields) == ["server", "email", "code", "newPassword"]


def test_the_zone_of_this_computer_has_a_name() -> None:
    assert system_time_zone()

"""Signing in, registering and setting a password anew, against scripted answers of a relay."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.account.credentials import Credentials
from desktop.account.sign_in import Account, SignIn
from desktop.ui.sign_in.screen import SignInScreen
from desktop.ui.theme import Theme
from domain.members import Role
from tests.desktop.account.servers import SERVER, Answer, Server, a_grant, a_problem
from tests.desktop.account.test_credentials import FakeKeyring
from tests.desktop.ui.seats import all_done

LEFT = Qt.MouseButton.LeftButton


class Desk:
    """The sign-in page on a computer with one relay."""

    def __init__(self, data: Path, theme: Theme, answers: tuple[Answer, ...]) -> None:
        self.server = Server(*answers)
        sign_in = SignIn(data, Credentials(FakeKeyring), make_api=lambda _server: self.server.api)
        self.entered: list[Account] = []
        self.screen = SignInScreen(sign_in, theme)
        self.screen.entered.connect(self.entered.append)
        self.page = self.screen.page

    def type_in(self, qtbot: QtBot, way: str, **values: str) -> None:
        self.page.show_way(way)
        for key, text in values.items():
            self.page.form.edit(key).clear()
            qtbot.keyClicks(self.page.form.edit(key), text)

    async def press(self, qtbot: QtBot) -> None:
        qtbot.mouseClick(self.page.form.button, LEFT)
        await all_done()


Open = Callable[..., Desk]
TYPED = {"server": "tandem.example.org", "email": "ada@example.org", "password": "secret words"}


@pytest.fixture
def open_page(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Open:
    def open_page(*answers: Answer) -> Desk:
        desk = Desk(tmp_path / "data", theme, answers)
        qtbot.addWidget(desk.page)
        desk.page.show()
        return desk

    return open_page


async def test_signs_in_and_forgets_the_password(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page(a_grant())
    desk.type_in(qtbot, "sign_in", **TYPED)

    qtbot.mouseClick(desk.page.form.button, LEFT)
    assert desk.page.form.button.text() == "Signing in…"
    await all_done()

    [account] = desk.entered
    assert account.role is Role.MENTOR
    assert desk.page.form.text("password") == ""


async def test_a_wrong_password_is_said_at_its_field(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page(a_problem(401, "credentials_wrong", "E-mail or password is wrong."))
    desk.type_in(qtbot, "sign_in", **TYPED)

    await desk.press(qtbot)

    field = desk.page.form.fields["password"]
    assert field.error.accessibleName() == "E-mail or password is wrong."
    assert desk.page.form.text("email") == "ada@example.org"
    assert desk.entered == []


async def test_an_address_that_is_none_is_said_at_its_field(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page()
    desk.type_in(qtbot, "sign_in", **TYPED | {"server": "http://"})

    await desk.press(qtbot)

    assert desk.page.form.fields["server"].has_error
    assert desk.server.asked == []


async def test_an_unreachable_relay_is_said_above_the_form(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page(httpx.ConnectError("refused"), a_grant())
    desk.type_in(qtbot, "sign_in", **TYPED)

    await desk.press(qtbot)
    assert "cannot be reached" in desk.page.banner.text.accessibleName()
    assert desk.page.form.text("password") == "secret words"
    with qtbot.waitSignal(desk.page.doctor_asked) as asked:
        desk.page.doctor.click()
    assert asked.args == [TYPED["server"]]
    await desk.press(qtbot)

    assert len(desk.entered) == 1


async def test_something_else_at_the_address_is_said_so(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page(httpx.Response(200, text="<html>Welcome</html>"))
    desk.type_in(qtbot, "sign_in", **TYPED)

    await desk.press(qtbot)

    sentence = desk.page.banner.text.accessibleName()
    assert sentence == "There is no Tandem relay at this address."


async def test_registers_with_the_role_and_the_zone(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page(a_grant(role="student"))
    desk.type_in(qtbot, "student", **TYPED, joinCode="AB-CD", name="Ada")

    await desk.press(qtbot)

    [(path, body)] = desk.server.asked
    assert path.endswith("/register")
    assert (body["role"], body["joinCode"], bool(body["timeZone"])) == ("student", "AB-CD", True)
    assert "server" not in body
    assert len(desk.entered) == 1


@pytest.mark.parametrize(
    ("code", "field"), [("email_taken", "email"), ("join_code_unknown", "joinCode")]
)
async def test_a_refusal_to_register_stands_where_it_belongs(
    open_page: Open, qtbot: QtBot, code: str, field: str
) -> None:
    desk = open_page(a_problem(409, code, "It is taken or unknown."))
    desk.type_in(qtbot, "student", **TYPED, joinCode="AB-CD", name="Ada")

    await desk.press(qtbot)

    assert desk.page.form.fields[field].error.accessibleName() == "It is taken or unknown."


async def test_what_the_relay_says_of_a_field_stands_there(open_page: Open, qtbot: QtBot) -> None:
    errors = [{"field": "name", "code": "too_long", "message": "Too long."}]
    desk = open_page(a_problem(422, "validation_failed", "Check the form.", errors=errors))
    desk.type_in(qtbot, "student", **TYPED, joinCode="AB-CD", name="Ada")

    await desk.press(qtbot)

    assert desk.page.form.fields["name"].error.accessibleName() == "Too long."


def test_a_join_link_fills_in_server_and_code(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page()
    desk.page.show_way("student")

    desk.page.link.setText(f"{SERVER}/join#AB-CD")

    assert desk.page.way == "student"
    assert desk.page.form.text("server") == SERVER
    assert desk.page.form.text("joinCode") == "AB-CD"


def test_an_invitation_leads_to_the_mentors_form(open_page: Open) -> None:
    desk = open_page()

    desk.screen.take_link(f"tandem://join?server={SERVER}&invitation=XY")

    assert desk.page.way == "mentor"
    assert desk.page.form.text("invitation") == "XY"


def test_what_is_no_join_link_is_said_at_its_field(open_page: Open) -> None:
    desk = open_page()
    desk.page.show_way("student")

    desk.page.link.setText("hello")
    assert "not a join link" in desk.page.link_field.error.accessibleName()
    desk.page.link.clear()

    assert not desk.page.link_field.has_error


async def test_sets_a_new_password_and_goes_back_to_sign_in(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page(httpx.Response(204))
    values = {
        "server": SERVER,
        "email": "ada@example.org",
        "code": "C",
        "newPassword": "long words",
    }
    desk.type_in(qtbot, "reset", **values)

    await desk.press(qtbot)

    assert desk.page.way == "sign_in"
    assert desk.page.form.text("email") == "ada@example.org"
    assert "new password is set" in desk.page.banner.text.accessibleName()
    assert desk.page.forms["reset"].text("newPassword") == ""


async def test_a_wrong_reset_code_is_said_at_its_field(open_page: Open, qtbot: QtBot) -> None:
    desk = open_page(a_problem(422, "reset_code_unknown", "This code is not known."))
    values = {
        "server": SERVER,
        "email": "ada@example.org",
        "code": "C",
        "newPassword": "long words",
    }
    desk.type_in(qtbot, "reset", **values)

    await desk.press(qtbot)

    assert desk.page.form.fields["code"].has_error


async def test_a_computer_that_cannot_keep_it_says_so(
    open_page: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where the folder belongs")
    desk = open_page(a_grant())
    desk.type_in(qtbot, "sign_in", **TYPED)

    await desk.press(qtbot)

    assert "could not keep the sign-in" in desk.page.banner.text.accessibleName()
    assert desk.entered == []


def test_asking_again_begins_with_what_is_known(open_page: Open) -> None:
    desk = open_page()
    account = Account(
        server=SERVER,
        user_id="u1",
        name="Ada",
        email="ada@example.org",
        role=Role.MENTOR,
        time_zone="UTC",
    )

    desk.screen.ask_again(account)

    assert desk.page.form.text("server") == SERVER
    assert desk.page.form.text("email") == "ada@example.org"

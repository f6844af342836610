"""The sign-in page in the window, and the ways out of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.account.credentials import Credentials
from desktop.account.sign_in import Account, SignIn
from desktop.ui.main_window import MainWindow
from desktop.ui.sign_in.asking import Asking
from desktop.ui.sign_in.page import SignInPage
from desktop.ui.theme import Theme
from domain.members import Role
from tests.desktop.account.servers import SERVER, Answer, Server, a_grant, a_problem
from tests.desktop.account.test_credentials import FakeKeyring
from tests.desktop.ui.rows import until
from tests.desktop.ui.seats import all_done
from tests.desktop.ui.test_main_window import MemoryRemembered

LINK = f"tandem://join?server={SERVER}&code=AB-CD"


class Door:
    """A window in which somebody is asked who they are."""

    def __init__(self, theme: Theme, data: Path, answers: tuple[Answer, ...]) -> None:
        self.window = MainWindow(theme, MemoryRemembered())
        server = Server(*answers)
        credentials = Credentials(FakeKeyring)
        self.sign_in = SignIn(data, credentials, make_api=lambda _server: server.api)
        self.late: list[str] = []
        self.asking = Asking(self.window, theme, self.sign_in, self.late.append)

    @property
    def page(self) -> SignInPage:
        page = self.window.outer.currentWidget()
        assert isinstance(page, SignInPage)
        return page

    async def ask(self, link: str = "") -> asyncio.Task[Account]:
        """Begin to ask; the page is there."""
        shown = asyncio.Event()
        asking = asyncio.get_running_loop().create_task(
            self.asking.who(SERVER, link, shown.set, lambda: None)
        )
        await shown.wait()
        return asking

    async def ask_again(self) -> asyncio.Task[Account | None]:
        asking = asyncio.get_running_loop().create_task(self.asking.again())
        await asyncio.sleep(0)  # it begins
        return asking

    def submit(self) -> None:
        self.page.fill({"email": "ada@example.org"})
        self.page.form.edit("password").setText("secret words")
        self.page.form.submit()


DoorOf = Callable[..., Door]


@pytest.fixture
def door_of(theme: Theme, qtbot: QtBot, tmp_path: Path) -> DoorOf:
    def door_of(*answers: Answer) -> Door:
        door = Door(theme, tmp_path, answers)
        qtbot.addWidget(door.window)
        with qtbot.waitExposed(door.window):
            door.window.show()
        door.window.activateWindow()
        return door

    return door_of


async def test_whoever_comes_in_ends_the_asking(door_of: DoorOf) -> None:
    door = door_of(a_grant())
    asking = await door.ask()

    door.submit()

    assert (await asking).email == "ada@example.org"
    assert door.window.is_framed
    assert door.window.findChild(SignInPage) is None or door.window.outer.count() == 1


async def test_the_page_is_told_when_it_has_been_drawn(door_of: DoorOf) -> None:
    door, drawn = door_of(a_grant()), list[bool]()
    asking = asyncio.get_running_loop().create_task(
        door.asking.who(SERVER, "", lambda: None, lambda: drawn.append(True))
    )

    await until(lambda: bool(drawn))

    door.submit()
    await asking


async def test_whoever_has_signed_out_need_not_say_again_who_they_are(door_of: DoorOf) -> None:
    door = door_of(a_grant())
    before = Account(
        server="https://tandem.example.org", user_id="ada", name="Ada", email="ada@example.org",
        role=Role.STUDENT, time_zone="UTC",
    )  # fmt: skip
    asking = asyncio.get_running_loop().create_task(
        door.asking.who("", "", lambda: None, lambda: None, before=before)
    )
    await until(lambda: door.window.findChild(SignInPage) is not None)
    QApplication.processEvents()

    form = door.page.form
    assert (form.text("server"), form.text("email")) == (before.server, before.email)
    assert form.edit("password").hasFocus()
    asking.cancel()


async def test_a_link_of_the_start_is_filled_in(door_of: DoorOf) -> None:
    door = door_of(a_grant())
    asking = await door.ask(LINK)

    assert (door.page.way, door.page.form.text("joinCode")) == ("student", "AB-CD")

    asking.cancel()
    await asyncio.wait([asking])


async def test_a_link_that_is_clicked_while_the_page_is_there_is_filled_in_at_once(
    door_of: DoorOf,
) -> None:
    door = door_of(a_grant())
    assert not door.asking.take_link(LINK)
    asking = await door.ask()

    assert door.asking.take_link(LINK)

    assert (door.page.way, door.page.form.text("joinCode")) == ("student", "AB-CD")
    asking.cancel()
    await asyncio.wait([asking])
    assert not door.asking.take_link(LINK)


async def test_a_link_that_leads_nowhere_is_said_on_the_page(door_of: DoorOf) -> None:
    door = door_of()
    asking = await door.ask()

    door.asking.take_link("tandem://join?server=x")

    assert not door.page.link_field.isHidden()
    assert "no code" in door.page.link_field.error.accessibleName()
    asking.cancel()
    await asyncio.wait([asking])


async def test_a_link_that_comes_while_somebody_is_refused_is_filled_in_then(
    door_of: DoorOf,
) -> None:
    door = door_of(a_problem(401, "credentials_wrong", "E-mail or password is wrong."))
    asking = await door.ask()
    door.submit()

    door.asking.take_link(LINK)
    assert door.page.way == "sign_in"
    await all_done()

    assert (door.page.way, door.page.form.text("joinCode")) == ("student", "AB-CD")
    assert not door.page.is_busy
    asking.cancel()
    await asyncio.wait([asking])


async def test_a_link_that_comes_while_somebody_comes_in_is_handed_on(door_of: DoorOf) -> None:
    door = door_of(a_grant())
    asking = await door.ask()
    door.submit()

    door.asking.take_link(LINK)
    await asking

    assert door.late == [LINK]


async def test_signing_in_again_begins_with_what_is_known_and_can_wait(
    door_of: DoorOf, qtbot: QtBot
) -> None:
    door = door_of(a_grant())
    await door.sign_in.sign_in(SERVER, "ada@example.org", "secret words")
    asking = await door.ask_again()
    assert door.page.form.text("email") == "ada@example.org"
    assert await door.asking.again() is None  # one page is enough

    qtbot.mouseClick(door.page.later, Qt.MouseButton.LeftButton)

    assert await asking is None
    assert door.window.is_framed


async def test_escape_goes_back_to_the_local_work(door_of: DoorOf, qtbot: QtBot) -> None:
    door = door_of(a_grant())
    await door.sign_in.sign_in(SERVER, "ada@example.org", "secret words")
    asking = await door.ask_again()

    qtbot.keyClick(door.page.form.edit("password"), Qt.Key.Key_Escape)

    assert await asking is None


async def test_whoever_signs_in_again_is_told(door_of: DoorOf) -> None:
    door = door_of(a_grant(), a_grant(2))
    before = await door.sign_in.sign_in(SERVER, "ada@example.org", "secret words")
    asking = await door.ask_again()

    door.submit()

    assert await asking == before
    assert door.window.is_framed


async def test_the_first_page_has_no_way_back(door_of: DoorOf) -> None:
    door = door_of()
    asking = await door.ask()
    assert door.page.later.isHidden()

    door.asking.leave()
    await asyncio.sleep(0)

    assert not asking.done()
    asking.cancel()
    await asyncio.wait([asking])

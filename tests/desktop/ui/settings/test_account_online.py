"""Devices and password, asked of a relay that is there or not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from shiboken6 import delete, isValid

from desktop.account.api import UNREACHABLE, Unreachable
from desktop.sync.relay_link import SignedOut
from desktop.sync.states import Phase, SyncState
from desktop.ui.settings.email_dialog import NEW_EMAIL, EmailDialog
from desktop.ui.settings.password_dialog import AGAIN, CURRENT, NEW, PasswordDialog
from desktop.ui.settings.screen import SettingsScreen
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from tests.builders import World
from tests.desktop.ui.rows import dialogs
from tests.desktop.ui.seats import TAKEN, Seat, a_device, all_done
from tests.desktop.ui.settings.conftest import OpenSettings

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def seat(seat_of: SeatOf, world: World) -> Seat:
    return seat_of(world.mia)


def confirm(screen: SettingsScreen) -> str:
    """Press the button of the question that is asked; its sentence."""
    [question] = dialogs(screen.page)
    assert isinstance(question, ConfirmDialog)
    question.confirm_button.click()
    return question.sentence.accessibleName()


async def change_password(screen: SettingsScreen, current: str, new: str) -> PasswordDialog:
    screen.devices.password.click()
    [dialog] = dialogs(screen.page)
    assert isinstance(dialog, PasswordDialog)
    for key, text in {CURRENT: current, NEW: new, AGAIN: new}.items():
        dialog.line(key).setText(text)
    dialog.send.click()
    await all_done()
    return dialog


async def test_devices_are_read_when_the_page_is_shown(
    seat: Seat, open_settings: OpenSettings
) -> None:
    section = open_settings(seat).devices
    await all_done()

    assert list(section.rows) == ["here", "there"]
    assert section._shown is not None
    assert section._shown[1].seen == "Last seen: Yesterday, 18:05. Signed in: Sat 1 Nov, 09:00."
    assert not section.again.isVisible()


async def test_without_a_relay_it_says_why_and_reads_again_once_it_is_there(
    seat: Seat, open_settings: OpenSettings
) -> None:
    seat.online.trouble = Unreachable()
    section = open_settings(seat).devices
    await all_done()
    assert section.state.accessibleName() == f"The list cannot be read now. {UNREACHABLE}"
    assert section.again.isVisible()

    seat.online.trouble = None
    seat.news.sync.emit(SyncState(Phase.LIVE))
    await all_done()

    assert len(section.rows) == 2
    assert not section.state.isVisible()


async def test_it_can_be_tried_again_by_hand(seat: Seat, open_settings: OpenSettings) -> None:
    seat.online.trouble = SignedOut("Sign in again.")
    section = open_settings(seat).devices
    await all_done()
    assert "Sign in again." in section.state.accessibleName()

    seat.online.trouble = None
    section.again.click()
    await all_done()

    assert len(section.rows) == 2


async def test_a_device_is_signed_out_after_a_question(
    seat: Seat, open_settings: OpenSettings
) -> None:
    screen = open_settings(seat)
    await all_done()

    screen.devices.ends["there"].click()
    assert "“Mia's laptop (macOS)” has to sign in again." in confirm(screen)
    await all_done()

    assert list(screen.devices.rows) == ["here"]
    assert screen.devices.note.accessibleName() == "“Mia's laptop (macOS)” is signed out."


async def test_all_others_are_signed_out_at_once(seat: Seat, open_settings: OpenSettings) -> None:
    seat.online.there.append(a_device("phone", name="Phone"))
    screen = open_settings(seat)
    await all_done()

    screen.devices.end_others.click()
    assert confirm(screen).startswith("2 other devices have to sign in again.")
    await all_done()

    assert [device.id for device in seat.online.there] == ["here"]
    assert list(screen.devices.rows) == ["here"]


async def test_a_sign_out_that_fails_is_said(seat: Seat, open_settings: OpenSettings) -> None:
    screen = open_settings(seat)
    await all_done()

    screen.devices.ends["there"].click()
    seat.online.trouble = Unreachable()
    confirm(screen)
    await all_done()

    assert screen.devices.note.accessibleName() == f"Not signed out. {UNREACHABLE}"
    assert screen.devices.ends["there"].isEnabled()


async def test_another_password_is_set_and_other_devices_are_out(
    seat: Seat, open_settings: OpenSettings
) -> None:
    screen = open_settings(seat)
    await all_done()

    dialog = await change_password(screen, "an old password", "a new password")

    assert not dialog.isVisible()
    assert seat.online.password == "a new password"
    assert list(screen.devices.rows) == ["here"]
    assert "changed" in screen.devices.note.accessibleName()


@pytest.mark.parametrize(
    ("current", "new", "field", "words"),
    [
        ("wrong", "a new password", CURRENT, "The current password is wrong."),
        ("an old password", "short", NEW, "Use at least 10 characters."),
    ],
)
async def test_what_is_wrong_with_a_password_stands_at_its_field(
    seat: Seat, open_settings: OpenSettings, current: str, new: str, field: str, words: str
) -> None:
    screen = open_settings(seat)
    await all_done()

    dialog = await change_password(screen, current, new)

    assert dialog.isVisible()
    assert dialog.fields[field].error.accessibleName() == words
    assert dialog.line(CURRENT).text() == current


async def test_without_a_relay_the_password_stays(seat: Seat, open_settings: OpenSettings) -> None:
    screen = open_settings(seat)
    await all_done()
    seat.online.trouble = Unreachable()

    dialog = await change_password(screen, "an old password", "a new password")

    assert dialog.trouble.text.accessibleName() == UNREACHABLE


async def test_an_answer_that_comes_after_the_dialog_is_said_in_the_page(
    seat: Seat, open_settings: OpenSettings
) -> None:
    screen = open_settings(seat)
    await all_done()
    screen.devices.password.click()
    [dialog] = dialogs(screen.page)
    assert isinstance(dialog, PasswordDialog)
    dialog.entered.emit("wrong", "a new password")

    dialog.reject()
    await all_done()

    assert screen.devices.note.accessibleName() == "The current password is wrong."


async def test_the_answer_for_a_closed_dialog_does_not_reach_another(
    seat: Seat, open_settings: OpenSettings
) -> None:
    screen = open_settings(seat)
    await all_done()
    seat.online.answering.clear()
    screen.devices.password.click()
    [first] = dialogs(screen.page)
    assert isinstance(first, PasswordDialog)
    first.entered.emit("wrong", "a new password")
    first.reject()
    screen.devices.password.click()
    [second] = dialogs(screen.page)
    assert isinstance(second, PasswordDialog)

    seat.online.answering.set()
    await all_done()

    assert not second.fields[CURRENT].has_error
    assert screen.devices.note.accessibleName() == "The current password is wrong."


@pytest.mark.parametrize("trouble", [None, Unreachable()])
async def test_answers_after_the_page_has_gone_are_let_go(
    seat: Seat, open_settings: OpenSettings, trouble: Exception | None
) -> None:
    screen = open_settings(seat)
    await all_done()
    seat.online.answering.clear()
    seat.online.trouble = trouble
    screen.devices.ends["there"].click()
    confirm(screen)
    screen.devices.password.click()
    dialog = dialogs(screen.page)[-1]
    assert isinstance(dialog, PasswordDialog)
    dialog.entered.emit("an old password", "a new password")
    await asyncio.sleep(0)

    delete(screen.devices)  # as with the page, when somebody signs out
    seat.online.answering.set()
    await all_done()  # without an error in the log

    assert not isValid(screen.devices)


async def change_email(screen: SettingsScreen, password: str, email: str) -> EmailDialog:
    screen.devices.email.click()
    [dialog] = dialogs(screen.page)
    assert isinstance(dialog, EmailDialog)
    dialog.line(CURRENT).setText(password)
    dialog.line(NEW_EMAIL).setText(email)
    dialog.send.click()
    await all_done()
    return dialog


async def test_another_e_mail_is_set(seat: Seat, open_settings: OpenSettings) -> None:
    screen = open_settings(seat)

    await change_email(screen, seat.online.password, " mia@stone.example ")

    assert seat.online.email == "mia@stone.example"
    words = screen.devices.note.accessibleName()
    assert words == "From now on you sign in as mia@stone.example."
    assert dialogs(screen.page) == []


@pytest.mark.parametrize(
    ("password", "email", "field"),
    [("wrong", "mia@stone.example", CURRENT), ("an old password", TAKEN, NEW_EMAIL)],
)
async def test_why_an_e_mail_was_not_changed_stands_at_its_field(
    seat: Seat, open_settings: OpenSettings, password: str, email: str, field: str
) -> None:
    dialog = await change_email(open_settings(seat), password, email)

    assert [key for key, one in dialog.fields.items() if one.has_error] == [field]
    assert seat.online.email == ""


async def test_without_the_relay_the_e_mail_stays_and_it_says_so(
    seat: Seat, open_settings: OpenSettings
) -> None:
    seat.online.trouble = Unreachable()

    dialog = await change_email(open_settings(seat), "an old password", "mia@stone.example")

    assert dialog.trouble.text.accessibleName() == UNREACHABLE
    assert dialog.line(NEW_EMAIL).text() == "mia@stone.example"

"""Answers of a slow relay, which come when the form is closed or somebody else is shown."""

from __future__ import annotations

import httpx
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.cohort_dialog import CohortDialog
from desktop.ui.admin.cohort_view import EDIT as EDIT_COHORT
from desktop.ui.admin.person_view import DEACTIVATE, EDIT, REACTIVATE, RESET
from desktop.ui.admin.screen import AdminScreen
from desktop.ui.admin.user_dialog import ChangeUserDialog, NewUserDialog
from domain.cohorts import CohortCard
from tests.builders import World
from tests.desktop.ui.admin.conftest import OpenAdmin, dialog_of, opened
from tests.desktop.ui.rows import confirm
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")

GONE = httpx.ConnectError("Nobody there.")


def close(dialog: QDialog) -> None:
    """Close it as Escape does, until it is gone."""
    dialog.reject()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    assert not isValid(dialog)


def send_new_person(screen: AdminScreen) -> NewUserDialog:
    screen.page.primary_action.trigger()
    dialog = dialog_of(screen)
    assert isinstance(dialog, NewUserDialog)
    dialog.line("name").setText("Eva Berg")
    dialog.line("email").setText("eva@example.org")
    dialog.send.click()
    return dialog


async def test_who_closes_the_form_is_still_told_the_code(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin)
    seat.relay.answering.clear()

    close(send_new_person(screen))
    seat.relay.answering.set()
    await all_done()

    told = dialog_of(screen)
    assert isinstance(told, CodeDialog)
    assert told.code.text.text().startswith("CODE-")
    assert "Eva Berg" in [user.name for user in screen.people.rows.rows]


async def test_who_closes_the_form_is_still_told_why_nobody_was_added(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin)
    seat.relay.answering.clear()

    close(send_new_person(screen))
    seat.relay.trouble = GONE
    seat.relay.answering.set()
    await all_done()

    [said] = seat.said
    assert said.startswith("Eva Berg was not added. This needs the relay.")


async def test_a_change_shows_though_its_form_is_closed(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.mia}")
    screen.people.person.view.buttons[EDIT].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, ChangeUserDialog)
    dialog.line("email").setText("mia@stone.example")
    seat.relay.answering.clear()

    dialog.send.click()
    close(dialog)
    seat.relay.answering.set()
    await all_done()

    facts = screen.people.person.view.facts
    assert facts["email"].words.accessibleName() == "mia@stone.example"


async def test_why_a_cohort_keeps_its_name_is_said_though_the_form_is_closed(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")
    screen.cohorts.cohort.view.buttons[EDIT_COHORT].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, CohortDialog)
    dialog.line("name").setText("Early spring")
    seat.relay.trouble = GONE

    dialog.send.click()
    close(dialog)
    await all_done()

    [said] = seat.said
    assert said.startswith("This needs the relay.")


async def test_a_cohort_is_founded_once_however_often_one_presses(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, "cohorts")
    screen.page.primary_action.trigger()
    dialog = dialog_of(screen)
    assert isinstance(dialog, CohortDialog)
    dialog.line("name").setText("Winter")

    dialog.send.click()
    dialog.send.click()
    await all_done()
    seat.sync()

    cards = [card.name for card in seat.desk.relay.all_of(CohortCard)]
    assert cards.count("Winter") == 1


async def test_an_answer_about_somebody_leaves_the_page_of_another_alone(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.ana}")
    view = screen.people.person.view
    seat.relay.answering.clear()

    view.buttons[RESET].click()
    assert not view.buttons[RESET].isEnabled()
    screen.open_item(f"people/{world.ben}")
    assert view.buttons[RESET].isEnabled()
    screen.open_item(f"people/{world.ana}")
    assert not view.buttons[RESET].isEnabled()
    screen.open_item(f"people/{world.cem}")
    seat.relay.trouble = GONE
    seat.relay.answering.set()
    await all_done()

    [said] = seat.said
    assert said.startswith("Ana Ruiz: This needs the relay.")


async def test_who_is_deactivated_stands_so_though_it_cannot_be_read_again(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.ana}")
    view = screen.people.person.view
    seat.news.said.connect(lambda _text, _undo: setattr(seat.relay, "trouble", GONE))

    view.buttons[DEACTIVATE].click()
    confirm(screen.page)
    await all_done()

    assert seat.said == ["Ana Ruiz is deactivated."]
    assert view.buttons[DEACTIVATE].isHidden()
    assert not view.buttons[REACTIVATE].isHidden()
    assert list(view.banner.buttons) == ["again"]


async def test_a_join_code_is_made_once_however_often_one_presses(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")
    view = screen.cohorts.cohort.view
    view.show_code_button.click()
    await all_done()
    seat.relay.answering.clear()

    view.new_code_button.click()
    view.new_code_button.click()
    assert view.code_words.accessibleName() == "Asking the relay…"
    seat.relay.answering.set()
    await all_done()

    made = [
        one for one in seat.relay.asked if one[:2] == ("POST", f"cohorts/{world.spring}/join-code")
    ]
    assert len(made) == 1
    assert view.code.text.text() == seat.relay.codes[world.spring]


async def test_an_invitation_is_made_once_and_one_sees_that_it_is_asked_for(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, "invitations")
    action = screen.page.primary_action
    seat.relay.answering.clear()

    action.trigger()
    action.trigger()
    assert action.text() == "Asking the relay…"
    seat.relay.answering.set()
    await all_done()

    assert len(seat.relay.invitations) == 1
    assert action.text() == "Invite a mentor"

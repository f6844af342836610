"""The administration as an admin uses it, at a relay that is there or not."""

from __future__ import annotations

import httpx
import pytest
from pytestqt.qtbot import QtBot

from desktop.account.join_links import join_link
from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.people import PeopleScreen
from desktop.ui.admin.user_dialog import NewUserDialog
from domain.accounts import Account
from domain.students import StudentCard
from tests.builders import NOW, World
from tests.desktop.account.servers import SERVER
from tests.desktop.ui.admin.conftest import OpenAdmin, dialog_of, opened
from tests.desktop.ui.rows import confirm, ids, look, press, texts, until
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")


def names(people: PeopleScreen) -> list[str]:
    return [user.name for user in people.rows.rows]


async def test_everybody_stands_in_the_list_but_the_deactivated(open_admin: OpenAdmin) -> None:
    screen = await opened(open_admin)

    assert "Gil Moss" not in names(screen.people)
    screen.people.view.with_gone.click()
    await all_done()
    assert "Gil Moss" in names(screen.people)
    assert texts(screen.people.view.people.list)[0].startswith("Ada Okafor, Admin, ada")


async def test_the_filters_ask_for_a_role_and_for_a_part_of_the_name(
    open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    view = (screen := await opened(open_admin)).people.view

    view.filter.buttons["mentor"].click()
    await all_done()
    assert names(screen.people) == ["Mia Stone", "Noah Park", "Otto Lind"]
    with qtbot.waitSignal(view.filter_changed):
        qtbot.keyClicks(view.search, "noa")
    await all_done()
    assert names(screen.people) == ["Noah Park"]
    with qtbot.waitSignal(view.filter_changed):
        qtbot.keyClicks(view.search, "x")
    await all_done()
    assert view.people.empty.title.accessibleName() == "Nobody of that name or e-mail"


async def test_more_people_are_read_as_one_scrolls(seat: Seat, open_admin: OpenAdmin) -> None:
    seat.relay.page = 3
    screen = await opened(open_admin)

    await until(lambda: len(screen.people.rows.rows) == 8)

    assert names(screen.people) == sorted(names(screen.people))


async def test_without_the_relay_it_says_so_and_tries_again(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    seat.relay.trouble = httpx.ConnectError("Nobody there.")
    people = (screen := await opened(open_admin)).people.view.people

    assert people.empty.title.accessibleName() == "This cannot be shown now"
    assert people.empty.sentence.accessibleName().startswith("This needs the relay. ")
    seat.relay.trouble = None
    people.empty.button.click()
    await all_done()
    assert len(names(screen.people)) == 8


async def test_a_new_person_is_added_once_and_gets_a_code(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin)

    screen.page.primary_action.trigger()
    dialog = dialog_of(screen)
    assert isinstance(dialog, NewUserDialog)
    dialog.send.click()
    assert dialog.fields["name"].has_error
    dialog.line("name").setText("Eva Berg")
    dialog.line("email").setText("no address")
    dialog.cohort.choose(world.spring)
    dialog.send.click()
    await all_done()
    assert dialog.fields["email"].error.accessibleName() == "This is no e-mail address."
    dialog.line("email").setText("eva@example.org")
    dialog.send.click()
    await all_done()

    told = dialog_of(screen)
    assert isinstance(told, CodeDialog)
    assert told.code.text.text().startswith("CODE-")
    assert "Eva Berg" in names(screen.people)
    [eva] = [one for one in seat.desk.relay.all_of(Account) if one.name == "Eva Berg"]
    assert seat.desk.relay.get(StudentCard, eva.id).cohort_id == world.spring


async def test_an_invitation_is_made_shown_and_withdrawn(
    seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    screen = await opened(open_admin, "invitations")
    assert screen.invitations.page.empty.title.accessibleName() == "No invitations"

    screen.page.primary_action.trigger()
    await all_done()
    dialog = dialog_of(screen)
    assert isinstance(dialog, CodeDialog)
    link = join_link(dialog.link.text.text())
    assert (link.server, link.invitation) == (SERVER, dialog.code.text.text())
    dialog.accept()
    [invitation] = seat.relay.invitations
    rows = screen.invitations.page.list
    assert texts(rows) == [
        "Invitation for a mentor, Open, "
        "Made by Ada Okafor · Today, 13:00 · valid until Mon 8 Dec, 13:00"
    ]
    press(qtbot, rows, invitation["id"], "withdraw")
    confirm(screen.page)
    await all_done()

    assert seat.relay.invitations == []
    assert seat.said == ["The invitation is withdrawn."]


async def test_an_invitation_that_was_used_or_ended_says_so(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, "invitations")
    for _ in range(2):
        await seat.workspace.administration.invite()
    used, ended = seat.relay.invitations
    used |= {"usedAt": NOW, "usedBy": world.mia}
    ended |= {"expiresAt": "2025-11-30T12:00:00.000Z", "createdBy": None}

    screen.invitations.read()
    await all_done()

    rows = screen.invitations.page.list
    chips = [look(rows, row_id).chip for row_id in ids(rows)]
    assert [chip.text for chip in chips if chip] == ["Used", "Expired"]
    assert all(not look(rows, row_id).actions for row_id in ids(rows))
    assert texts(rows)[0].endswith(" · used by Mia Stone · Today, 13:00")
    assert "Made at the relay" in texts(rows)[1]


async def test_a_place_that_is_not_there_leaves_all_as_it_is(open_admin: OpenAdmin) -> None:
    screen = await opened(open_admin, "invitations")

    screen.open_item("nothing/1")

    assert screen.page.current == "invitations"

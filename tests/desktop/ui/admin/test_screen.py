"""The administration as an admin uses it, at a relay that is there or not."""

from __future__ import annotations

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop.account.join_links import join_link
from desktop.ui.admin.choose_dialog import ChooseDialog
from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.people import PeopleScreen
from desktop.ui.admin.person_view import DEACTIVATE, EDIT, REACTIVATE, RESET
from desktop.ui.admin.release_dialog import ReleaseDialog
from desktop.ui.admin.screen import AdminScreen
from desktop.ui.admin.user_dialog import ChangeUserDialog, NewUserDialog
from domain.accounts import Account, AccountState
from domain.assignments import AssignStudent
from domain.members import Role
from domain.schedules import Schedule, Status
from domain.students import StudentCard
from tests.builders import NOW, World
from tests.desktop.account.servers import SERVER
from tests.desktop.ui.admin.conftest import OpenAdmin
from tests.desktop.ui.rows import confirm, dialogs, ids, look, open_row, press, texts, until
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")


def dialog_of(screen: AdminScreen) -> QDialog:
    [found] = dialogs(screen.page)
    return found


def names(people: PeopleScreen) -> list[str]:
    return [user.name for user in people.rows.rows]


async def opened(open_admin: OpenAdmin, item: str = "") -> AdminScreen:
    screen = open_admin(item)
    await all_done()
    return screen


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


async def test_enter_opens_a_person_and_escape_leads_back_to_the_row(
    world: World, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    people = (await opened(open_admin)).people

    open_row(qtbot, people.view.people.list, world.mia)
    await all_done()
    view = people.person.view
    assert view.name.accessibleName() == "Mia Stone"
    assert ids(view.parts["students"].list) == [world.ana]
    assert sorted(ids(view.parts["cohorts"].list)) == sorted([world.spring, world.autumn])
    qtbot.keyClick(view.back_button, Qt.Key.Key_Escape)

    assert people.is_list
    assert people.view.people.list.current_id() == world.mia


async def test_a_changed_role_is_saved_and_shown(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.mia}")

    screen.people.person.view.buttons[EDIT].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, ChangeUserDialog)
    dialog.role.setCurrentIndex(dialog.role.findData("admin"))
    dialog.line("email").setText("mia@stone.example")
    dialog.send.click()
    await all_done()

    assert seat.relay.account(world.mia).role is Role.ADMIN
    assert seat.relay.account(world.mia).email == "mia@stone.example"
    facts = screen.people.person.view.facts
    assert facts["role"].words.accessibleName() == "Admin"
    assert facts["email"].words.accessibleName() == "mia@stone.example"
    assert dialogs(screen.page) == []


async def test_what_the_relay_refuses_stands_in_the_dialog(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.admin}")

    screen.people.person.view.buttons[EDIT].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, ChangeUserDialog)
    dialog.role.setCurrentIndex(dialog.role.findData("mentor"))
    dialog.send.click()
    await all_done()
    assert dialog.trouble.text.accessibleName() == "The last admin keeps the role."
    dialog.role.setCurrentIndex(dialog.role.findData("admin"))
    dialog.line("email").setText(seat.relay.account(world.mia).email)
    dialog.send.click()
    await all_done()

    assert dialog.fields["email"].has_error
    assert DEACTIVATE not in _deeds(screen)  # oneself


def _deeds(screen: AdminScreen) -> set[str]:
    buttons = screen.people.person.view.buttons
    return {key for key, button in buttons.items() if not button.isHidden()}


async def test_a_reset_code_is_shown_once_and_can_be_copied(
    world: World, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.ana}")

    screen.people.person.view.buttons[RESET].click()
    await all_done()
    dialog = dialog_of(screen)
    assert isinstance(dialog, CodeDialog)
    dialog.code.copy.click()

    assert QApplication.clipboard().text() == dialog.code.text.text() == "CODE-0001-ABCD"
    assert "until Mon 8 Dec" in dialog.sentence.accessibleName()
    assert dialog.link.isHidden()


async def test_a_mentor_who_is_deactivated_hands_everything_over(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.mia}")

    screen.people.person.view.buttons[DEACTIVATE].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, ReleaseDialog)
    assert dialog.preview.accessibleName().startswith("1 student loses this mentor")
    dialog.hand_over.click()
    dialog.confirm_button.click()
    assert dialog.field.has_error
    dialog.picker.choose(world.noah)
    assert dialog.preview.accessibleName().startswith("Noah Park gets 1 student")
    dialog.overlapping.click()
    dialog.confirm_button.click()
    await all_done()

    assert seat.relay.account(world.mia).state is AccountState.DEACTIVATED
    assert seat.desk.relay.get(StudentCard, world.ana).mentor_ids == [world.noah]
    assert seat.desk.relay.get(Schedule, world.session).mentor_id == world.noah
    assert seat.said == ["Mia Stone is deactivated."]
    assert _deeds(screen) == {EDIT, REACTIVATE}


async def test_a_student_who_is_deactivated_can_come_back(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.ana}")

    screen.people.person.view.buttons[DEACTIVATE].click()
    confirm(screen.page)
    await all_done()
    assert seat.desk.relay.get(Schedule, world.session).status is Status.CANCELED
    screen.people.person.view.buttons[REACTIVATE].click()
    await all_done()

    assert seat.relay.account(world.ana).state is AccountState.ACTIVE


async def test_a_mentor_is_assigned_without_the_relay(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    seat.relay.trouble = httpx.ConnectError("Nobody there.")
    screen = await opened(open_admin, f"people/{world.cem}")
    view = screen.people.person.view
    assert view.name.accessibleName() == "Cem Aydin"
    assert _deeds(screen) == {"assign", "move"}

    view.buttons["assign"].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, ChooseDialog)
    dialog.picker.choose(world.otto)
    dialog.confirm_button.click()
    await all_done()

    assert texts(view.parts["mentors"].list) == ["Otto Lind"]
    seat.sync()
    assert seat.desk.relay.get(StudentCard, world.cem).mentor_ids == [world.otto]


async def test_a_student_is_unassigned_and_the_sessions_canceled(
    world: World, seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    screen = await opened(open_admin, f"people/{world.ana}")

    press(qtbot, screen.people.person.view.parts["mentors"].list, world.mia, "unassign")
    dialog = dialog_of(screen)
    assert isinstance(dialog, ReleaseDialog)
    assert dialog.cancel.isChecked()
    dialog.confirm_button.click()
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(StudentCard, world.ana).mentor_ids == []
    assert seat.desk.relay.get(Schedule, world.session).status is Status.CANCELED


async def test_a_student_is_handed_over_with_the_coming_sessions(
    world: World, seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    screen = await opened(open_admin, f"people/{world.mia}")

    press(qtbot, screen.people.person.view.parts["students"].list, world.ana, "hand over")
    dialog = dialog_of(screen)
    assert isinstance(dialog, ReleaseDialog)
    assert dialog.hand_over.isChecked()
    dialog.picker.choose(world.otto)
    dialog.confirm_button.click()
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(StudentCard, world.ana).mentor_ids == [world.otto]
    assert seat.desk.relay.get(Schedule, world.session).mentor_id == world.otto


async def test_a_student_moves_to_another_cohort_or_to_none(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.ana}")
    for chosen, expected in ((world.autumn, world.autumn), ("none", None)):
        screen.people.person.view.buttons["move"].click()
        dialog = dialog_of(screen)
        assert isinstance(dialog, ChooseDialog)
        dialog.picker.choose(chosen)
        dialog.confirm_button.click()
        await all_done()
        seat.sync()

        assert seat.desk.relay.get(StudentCard, world.ana).cohort_id == expected


async def test_others_assignments_show_themselves(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.ana}")

    world.done_by(AssignStudent(student_id=world.ana, mentor_id=world.noah), world.admin)
    seat.sync()

    assert texts(screen.people.person.view.parts["mentors"].list) == ["Mia Stone", "Noah Park"]


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

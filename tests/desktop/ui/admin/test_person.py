"""One person as an admin keeps them: the account at the relay, the assignments here."""

from __future__ import annotations

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store.people import mentors
from desktop.ui.admin.choose_dialog import ChooseDialog
from desktop.ui.admin.code_dialog import CodeDialog
from desktop.ui.admin.person_view import DEACTIVATE, EDIT, REACTIVATE, RESET
from desktop.ui.admin.release_dialog import ReleaseDialog
from desktop.ui.admin.screen import AdminScreen
from desktop.ui.admin.user_dialog import ChangeUserDialog
from domain.accounts import AccountState
from domain.assignments import AssignStudent
from domain.members import Role
from domain.schedules import Schedule, Status
from domain.students import StudentCard
from tests.builders import World
from tests.desktop.ui.admin.conftest import OpenAdmin, dialog_of, opened
from tests.desktop.ui.rows import confirm, dialogs, ids, open_row, press, texts
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")


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


async def test_when_all_mentors_are_assigned_it_says_so_and_asks_nothing(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"people/{world.cem}")
    for mentor in seat.workspace.query(mentors):
        seat.workspace.do(AssignStudent(student_id=world.cem, mentor_id=mentor.id))
    await all_done()
    seat.said.clear()

    screen.people.person.view.buttons["assign"].click()

    assert dialogs(screen.page) == []
    assert seat.said == ["All mentors mentor Cem Aydin already."]


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

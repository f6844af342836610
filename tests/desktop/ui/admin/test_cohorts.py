"""Cohorts as an admin keeps them: all here, but for the codes, which the relay has."""

from __future__ import annotations

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.account.join_links import join_link
from desktop.ui.admin.choose_dialog import ChooseDialog
from desktop.ui.admin.cohort_dialog import CohortDialog
from desktop.ui.admin.cohort_view import ADD_MENTOR, ADD_STUDENT, EDIT
from desktop.ui.admin.release_dialog import ReleaseDialog
from desktop.ui.admin.screen import AdminScreen
from domain.cohorts import Cohort, CohortCard
from domain.members import Role
from domain.schedules import Schedule
from domain.students import StudentCard
from tests.builders import World
from tests.desktop.ui.admin.conftest import OpenAdmin, dialog_of, opened
from tests.desktop.ui.rows import confirm, dialogs, ids, open_row, press, texts
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")


async def choose(screen: AdminScreen, deed: str, choice: str) -> None:
    screen.cohorts.cohort.view.buttons[deed].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, ChooseDialog)
    dialog.picker.choose(choice)
    dialog.confirm_button.click()
    await all_done()


async def test_a_row_says_how_many_are_in_it_and_who_leads_it(open_admin: OpenAdmin) -> None:
    screen = await opened(open_admin, "cohorts")

    assert texts(screen.cohorts.list) == [
        "Autumn, 0 students · with Mia Stone, Noah Park",
        "Spring, 2 students · with Mia Stone",
    ]


async def test_a_new_cohort_is_founded_without_the_relay_and_opens(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    seat.relay.trouble = httpx.ConnectError("Nobody there.")
    screen = await opened(open_admin, "cohorts")

    screen.page.primary_action.trigger()
    dialog = dialog_of(screen)
    assert isinstance(dialog, CohortDialog)
    dialog.line("name").setText("Winter")
    dialog.line("description").setText("Evenings.")
    dialog.send.click()
    await all_done()

    view = screen.cohorts.cohort.view
    assert screen.cohorts.page.currentWidget() is view
    assert view.name.accessibleName() == "Winter"
    seat.sync()
    assert view.description.accessibleName() == "Evenings."
    [winter] = [one for one in seat.desk.relay.all_of(Cohort) if one.name == "Winter"]
    assert winter.description == "Evenings."


async def test_one_that_one_leads_is_renamed_here(seat: Seat, open_admin: OpenAdmin) -> None:
    screen = await opened(open_admin, "cohorts")
    screen.page.primary_action.trigger()
    dialog = dialog_of(screen)
    assert isinstance(dialog, CohortDialog)
    dialog.line("name").setText("Winter")
    dialog.send.click()
    await all_done()
    seat.sync()

    screen.cohorts.cohort.view.buttons[EDIT].click()
    change = dialog_of(screen)
    assert isinstance(change, CohortDialog)
    change.line("name").setText("Summer")
    change.send.click()
    await all_done()
    assert screen.cohorts.cohort.view.name.accessibleName() == "Summer"
    seat.sync()

    assert "Summer" in [one.name for one in seat.desk.relay.all_of(CohortCard)]


async def test_one_that_one_does_not_lead_is_renamed_at_the_relay(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")

    screen.cohorts.cohort.view.buttons[EDIT].click()
    dialog = dialog_of(screen)
    assert isinstance(dialog, CohortDialog)
    assert list(dialog.fields) == ["name"]
    seat.relay.trouble = httpx.ConnectError("Nobody there.")
    dialog.line("name").setText("Early spring")
    dialog.send.click()
    await all_done()
    assert dialog.trouble.text.accessibleName().startswith("This needs the relay.")
    seat.relay.trouble = None
    dialog.send.click()
    await all_done()
    seat.sync()

    assert dialogs(screen.page) == []
    assert screen.cohorts.cohort.view.name.accessibleName() == "Early spring"


async def test_students_and_mentors_are_added(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")

    await choose(screen, ADD_STUDENT, world.cem)
    await choose(screen, ADD_MENTOR, world.otto)
    seat.sync()

    parts = screen.cohorts.cohort.view.parts
    assert texts(parts["students"].list) == ["Ana Ruiz", "Ben Hall", "Cem Aydin"]
    assert texts(parts["mentors"].list) == ["Mia Stone", "Otto Lind"]
    assert seat.desk.relay.get(StudentCard, world.cem).cohort_id == world.spring
    assert world.otto in seat.desk.relay.get(CohortCard, world.spring).mentor_ids


async def test_a_student_is_moved_or_taken_out(
    world: World, seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")
    rows = screen.cohorts.cohort.view.parts["students"].list
    for student, chosen in ((world.ana, world.autumn), (world.ben, "none")):
        press(qtbot, rows, student, "move")
        dialog = dialog_of(screen)
        assert isinstance(dialog, ChooseDialog)
        dialog.picker.choose(chosen)
        dialog.confirm_button.click()
        await all_done()
    seat.sync()

    assert ids(rows) == []
    assert seat.desk.relay.get(StudentCard, world.ana).cohort_id == world.autumn
    assert seat.desk.relay.get(StudentCard, world.ben).cohort_id is None


async def test_a_mentor_who_leaves_hands_the_group_sessions_over(
    world: World, seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")

    press(qtbot, screen.cohorts.cohort.view.parts["mentors"].list, world.mia, "remove")
    dialog = dialog_of(screen)
    assert isinstance(dialog, ReleaseDialog)
    dialog.hand_over.click()
    dialog.picker.choose(world.otto)
    dialog.confirm_button.click()
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(CohortCard, world.spring).mentor_ids == [world.otto]
    assert seat.desk.relay.get(Schedule, world.group).mentor_id == world.otto


async def test_the_code_is_shown_when_it_is_asked_for_and_can_be_made_anew(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    seat.relay.codes[world.spring] = "ABCD-EFGH"
    screen = await opened(open_admin, f"cohorts/{world.spring}")
    view = screen.cohorts.cohort.view
    assert view.code.isHidden()

    view.show_code_button.setFocus()
    view.show_code_button.click()
    await all_done()
    assert view.code.text.text() == "ABCD-EFGH"
    assert view.link.copy.hasFocus()
    view.link.copy.click()
    assert join_link(QApplication.clipboard().text()).join_code == "ABCD-EFGH"
    view.new_code_button.click()
    confirm(screen.page)
    await all_done()

    assert view.code.text.text() == seat.relay.codes[world.spring] != "ABCD-EFGH"
    screen.open_item(f"cohorts/{world.autumn}")
    assert view.code.isHidden()


async def test_a_cohort_without_a_code_gets_its_first_one_without_a_question(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")
    view = screen.cohorts.cohort.view

    view.show_code_button.click()
    await all_done()
    assert view.code_words.accessibleName() == "This cohort has no code yet."
    view.new_code_button.click()
    await all_done()

    assert view.code.text.text() == seat.relay.codes[world.spring]
    assert view.code_words.accessibleName().startswith("With the code, or its link,")


async def test_without_the_relay_the_code_is_not_shown_and_it_says_why(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    seat.relay.trouble = httpx.ConnectError("Nobody there.")
    screen = await opened(open_admin, f"cohorts/{world.spring}")

    screen.cohorts.cohort.view.show_code_button.click()
    await all_done()

    words = screen.cohorts.cohort.view.banner.text.accessibleName()
    assert words.startswith("This needs the relay.")


async def test_a_row_opens_its_person_and_escape_leads_back(
    world: World, seat: Seat, open_admin: OpenAdmin, qtbot: QtBot
) -> None:
    screen = await opened(open_admin, "cohorts")
    open_row(qtbot, screen.cohorts.list, world.spring)
    view = screen.cohorts.cohort.view

    open_row(qtbot, view.parts["students"].list, world.ana)
    assert seat.opened == [f"/admin/people/{world.ana}"]
    qtbot.keyClick(view, Qt.Key.Key_Escape)

    assert screen.cohorts.list.current_id() == world.spring
    assert screen.cohorts.list.hasFocus()


async def test_a_cohort_that_is_not_there_is_said(seat: Seat, open_admin: OpenAdmin) -> None:
    screen = await opened(open_admin, "cohorts/00000000-0000-7000-8000-000000000000")

    assert seat.said == ["This cohort is no longer there."]
    assert screen.cohorts.page.currentWidget() is screen.cohorts.view
    assert seat.workspace.me.role is Role.ADMIN


async def test_what_is_not_sent_yet_says_so(
    world: World, seat: Seat, open_admin: OpenAdmin
) -> None:
    screen = await opened(open_admin, f"cohorts/{world.spring}")
    view = screen.cohorts.cohort.view

    await choose(screen, ADD_STUDENT, world.cem)
    assert texts(view.parts["students"].list)[-1] == "Cem Aydin, waiting to send"
    await choose(screen, ADD_MENTOR, world.otto)
    assert view.unsent.words.accessibleName() == "waiting to send"
    view.back_asked.emit()
    assert texts(screen.cohorts.list)[-1].endswith(", waiting to send")
    screen.open_item(f"people/{world.cem}")
    await all_done()
    facts = screen.people.person.view.facts
    assert facts["unsent"].words.accessibleName() == "waiting to send"
    seat.sync()

    assert facts["unsent"].isHidden()
    screen.open_item(f"cohorts/{world.spring}")
    assert texts(view.parts["students"].list)[-1] == "Cem Aydin"
    assert view.unsent.isHidden()

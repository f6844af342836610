"""The settings, used as a person uses them, over a real store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.settings.telling import kinds_of
from desktop.ui.silence import AN_HOUR, HALF_AN_HOUR, NOT
from desktop.ui.theme import Look, Theme
from domain.accounts import Account, Switch, UpdateAccount
from domain.activities import Kind, Person, addressed_to
from domain.conflicts import Conflict
from domain.members import Role
from domain.rooms import student_room
from tests.builders import ANA, MIA, World, an_activity
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.settings.conftest import OpenSettings

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


def account(seat: Seat) -> Account:
    return seat.desk.relay.get(Account, seat.desk.user)


async def test_another_name_is_saved_when_the_field_is_left(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    screen.profile.name.selectAll()
    qtbot.keyClicks(screen.profile.name, "Ana Maria Ruiz")

    qtbot.keyClick(screen.profile.name, Qt.Key.Key_Return)
    await all_done()
    seat.sync()

    assert account(seat).name == "Ana Maria Ruiz"
    assert screen.profile.note.accessibleName() == "Saved."


async def test_a_name_that_does_not_fit_is_said_and_stays(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    screen.profile.name.selectAll()
    qtbot.keyClicks(screen.profile.name, "x" * 200)

    qtbot.keyClick(screen.profile.name, Qt.Key.Key_Return)
    await all_done()

    assert "80 characters" in screen.profile.name_field.error.accessibleName()
    assert not screen.profile.note.isVisible()
    assert screen.profile.name.text() == "x" * 200


async def test_a_time_zone_is_found_by_a_part_of_its_name(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)

    screen.profile.zone.choose("America/Sao_Paulo")
    await all_done()
    seat.sync()

    assert account(seat).time_zone == "America/Sao_Paulo"


async def test_a_switch_keeps_the_others(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    world.done_by(UpdateAccount(switches={Kind.COMMENT_ADDED: Switch(sound=True)}), world.ana)
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    assert screen.telling.boxes[Kind.COMMENT_ADDED, "sound"].isChecked()

    screen.telling.boxes[Kind.SCHEDULE_CANCELED, "toast"].click()
    await all_done()
    seat.sync()

    assert account(seat).switches == {
        Kind.COMMENT_ADDED: Switch(sound=True),
        Kind.SCHEDULE_CANCELED: Switch(toast=False),
    }


async def test_two_clicks_in_a_row_are_both_saved_and_are_no_conflict(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    boxes = screen.telling.boxes

    boxes[Kind.SCHEDULE_CANCELED, "toast"].click()
    boxes[Kind.SCHEDULE_CANCELED, "sound"].click()
    boxes[Kind.COMMENT_ADDED, "inbox"].click()
    await all_done()
    seat.sync()

    assert account(seat).switches == {
        Kind.SCHEDULE_CANCELED: Switch(toast=False, sound=True),
        Kind.COMMENT_ADDED: Switch(inbox=False),
    }
    assert boxes[Kind.SCHEDULE_CANCELED, "sound"].isChecked()
    assert not boxes[Kind.COMMENT_ADDED, "inbox"].isChecked()
    assert not [row for row in seat.desk.shown().values() if isinstance(row, Conflict)]


async def test_working_hours_of_a_mentor_are_saved(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    screen = open_settings(seat)
    assert screen.working_hours is not None
    assert screen.rest_days is None
    monday = screen.working_hours.days[0]

    qtbot.mouseClick(monday.add, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(monday.copy, Qt.MouseButton.LeftButton)
    await all_done()
    seat.sync()

    assert account(seat).working_hours == [*[[("09:00", "17:00")]] * 5, [], []]
    assert screen.working_hours.note.accessibleName() == "Saved."


async def test_rest_days_of_a_student_are_saved(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    assert screen.working_hours is None
    assert screen.rest_days is not None

    screen.rest_days.boxes[6].click()
    screen.rest_days.boxes[5].click()
    await all_done()
    seat.sync()

    assert account(seat).rest_days == [5, 6]


async def test_do_not_disturb_is_chosen_said_and_turned_off(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.mia)
    telling = open_settings(seat).telling
    assert telling.silence.accessibleName().startswith("Off")
    assert not telling.silences[NOT].isVisible()

    telling.silences[AN_HOUR].click()
    await all_done()
    assert telling.silence.accessibleName().startswith("On until 14:00:")
    telling.silences[NOT].click()
    await all_done()
    seat.sync()

    assert account(seat).dnd_until is None
    assert telling.silence.accessibleName().startswith("Off")


async def test_do_not_disturb_ends_by_itself(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.mia)
    telling = open_settings(seat).telling
    telling.silences[AN_HOUR].click()
    await all_done()

    seat.set_time("2025-12-01T13:00:00.000Z")

    assert telling.silence.accessibleName().startswith("Off")


async def test_before_the_first_copy_a_change_is_refused_in_words(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    seat.desk.store.drop_rooms([f"user:{world.ana}"])

    screen.telling.boxes[Kind.COMMENT_ADDED, "toast"].click()
    await all_done()

    assert "first copy" in screen.telling.note.accessibleName()


async def test_quiet_hours_are_set_and_taken_away(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    screen.telling.is_quiet.click()
    await all_done()
    screen.telling.quiet_from.setTime(QTime(21, 30))
    qtbot.keyClick(screen.telling.quiet_from, Qt.Key.Key_Return)
    await all_done()
    seat.sync()
    assert account(seat).quiet_hours == ("21:30", "07:00")

    screen.telling.is_quiet.click()
    await all_done()
    seat.sync()

    assert account(seat).quiet_hours is None
    assert not screen.telling.quiet_from.isEnabled()
    told = screen.telling.quiet_from.accessibleDescription()
    assert told == "Switch quiet hours on first."


async def test_reminders_are_chosen_and_others_are_kept(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    world.done_by(UpdateAccount(reminder_minutes=[25, 10]), world.ana)
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    assert screen.telling.reminders.minutes() == [25, 10]

    screen.telling.reminders.boxes[60].click()
    await all_done()
    seat.sync()

    assert account(seat).reminder_minutes == [60, 25, 10]


async def test_too_many_reminders_are_said(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)

    for box in screen.telling.reminders.boxes.values():
        if not box.isChecked():
            box.click()
            await all_done()

    error = screen.telling.reminders_field.error
    assert error.accessibleName() == "Set at most five reminders."
    assert len(screen.telling.reminders.minutes()) == 6
    screen.telling.reminders.boxes[0].click()
    await all_done()
    seat.sync()
    assert account(seat).reminder_minutes == [1440, 60, 30, 10, 5]
    assert not screen.telling.reminders_field.has_error


async def test_what_another_device_changes_shows_at_once(
    seat_of: SeatOf, world: World, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)

    world.done_by(UpdateAccount(name="Ana R.", quiet_hours=("23:00", "06:00")), world.ana)
    seat.sync()

    assert screen.profile.name.text() == "Ana R."
    assert screen.telling.quiet_from.time() == QTime(23, 0)


async def test_appearance_and_closing_are_in_step_with_the_persons_menu(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, frame: MainWindow, theme: Theme
) -> None:
    screen = open_settings(seat_of(world.ana))
    menu = frame.sidebar.person

    screen.computer.looks.buttons[Look.DARK].click()
    screen.computer.stays.click()

    assert theme.look is Look.DARK
    assert menu.look_actions[Look.DARK].isChecked()
    assert not menu.rest_action.isChecked()
    menu.look_actions[Look.LIGHT].trigger()
    assert screen.computer.looks.current == Look.LIGHT


async def test_every_section_can_be_jumped_to(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, qtbot: QtBot
) -> None:
    screen = open_settings(seat_of(world.mia))
    words = [button.text() for button in screen.jumps.buttons]
    assert words == [
        "Profile",
        "Working hours",
        "Notifications",
        "This computer",
        "Devices and password",
        "My data",
    ]

    qtbot.mouseClick(screen.jumps.buttons[2], Qt.MouseButton.LeftButton)

    assert not screen.telling.heading.visibleRegion().isEmpty()
    assert screen.page.focusWidget() is screen.telling.silences[HALF_AN_HOUR]


async def test_leaving_is_asked_of_the_window(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, frame: MainWindow, qtbot: QtBot
) -> None:
    screen = open_settings(seat_of(world.ana))

    with qtbot.waitSignal(frame.sign_out_asked):
        screen.data.leave.click()


@pytest.mark.parametrize(
    ("me", "other"),
    [
        (Person(ANA, Role.STUDENT), MIA),
        (Person(MIA, Role.MENTOR), ANA),
        (Person(MIA, Role.ADMIN), ANA),
    ],
)
def test_every_kind_that_one_can_be_told_has_its_switches(me: Person, other: str) -> None:
    concerned = dict.fromkeys(("mentorId", "keptBy", "lostBy", "successorId"), me.id)
    told = {
        kind
        for kind in Kind
        if addressed_to(
            an_activity(
                kind_=kind,
                room=student_room(ANA),
                subject_type=kind.partition(":")[0],
                params=concerned,
                actor_id=other,
            ),
            me,
        )
    }

    if me.role is Role.STUDENT:  # of the own entries only a review and comments are others' doing
        told -= {kind for kind in told if kind.startswith("entry:")} - {Kind.ENTRY_STATUS_CHANGED}
    else:
        told -= {Kind.ENTRY_STATUS_CHANGED}
    assert told <= kinds_of(me.role).keys()


async def test_only_an_admin_is_led_to_the_administration(
    world: World, seat_of: SeatOf, open_settings: OpenSettings
) -> None:
    seat = seat_of(world.admin)
    section = open_settings(seat).administration
    await all_done()

    assert section is not None
    for button in section.findChildren(QPushButton):
        button.click()

    assert seat.opened == [
        "/admin/people",
        "/admin/cohorts",
        "/admin/invitations",
        "/admin/import",
        "/admin/audit",
    ]
    assert open_settings(seat_of(world.mia)).administration is None
    await all_done()


async def test_connection_and_diagnostics_lead_to_the_doctor(
    seat_of: SeatOf, world: World, open_settings: OpenSettings, qtbot: QtBot
) -> None:
    screen = open_settings(seat_of(world.ana))

    with qtbot.waitSignal(screen._window.doctor_asked) as asked:
        screen.data.doctor.click()

    assert asked.args == [""]

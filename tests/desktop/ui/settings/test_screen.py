"""The settings, used as a person uses them, over a real store."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.settings.screen import SettingsScreen
from desktop.ui.settings.telling import kinds_of
from desktop.ui.theme import Look, Theme
from domain.accounts import Account, Switch, UpdateAccount
from domain.activities import Kind, Person, addressed_to
from domain.members import Role
from domain.rooms import student_room
from tests.builders import ANA, MIA, World, an_activity
from tests.desktop.ui.rows import until
from tests.desktop.ui.seats import Seat, all_done
from tests.desktop.ui.test_main_window import MemoryRemembered

SeatOf = Callable[[str], Seat]
Open = Callable[..., SettingsScreen]


@pytest.fixture
def frame(theme: Theme, qtbot: QtBot) -> MainWindow:
    frame = MainWindow(theme, MemoryRemembered())
    qtbot.addWidget(frame)
    return frame


@pytest.fixture
def open_settings(theme: Theme, qtbot: QtBot, frame: MainWindow, tmp_path: Path) -> Open:
    def open_settings(seat: Seat, file: str = "") -> SettingsScreen:
        screen = SettingsScreen(
            seat.workspace,
            theme,
            frame,
            ask_file=lambda _page, name: str(tmp_path / (file or name)),
        )
        qtbot.addWidget(screen.page)
        screen.page.resize(880, 660)
        screen.page.show()
        QApplication.processEvents()
        return screen

    return open_settings


def account(seat: Seat) -> Account:
    return seat.desk.relay.get(Account, seat.desk.user)


async def test_another_name_is_saved_when_the_field_is_left(
    seat_of: SeatOf, world: World, open_settings: Open, qtbot: QtBot
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
    seat_of: SeatOf, world: World, open_settings: Open, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    screen.profile.name.selectAll()
    qtbot.keyClicks(screen.profile.name, "x" * 200)

    qtbot.keyClick(screen.profile.name, Qt.Key.Key_Return)
    await all_done()

    assert screen.profile.note.isVisible()
    assert screen.profile.note.accessibleName() != "Saved."
    assert screen.profile.name.text() == "x" * 200


async def test_a_time_zone_is_found_by_a_part_of_its_name(
    seat_of: SeatOf, world: World, open_settings: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)

    screen.profile.zone.choose("America/Sao_Paulo")
    await all_done()
    seat.sync()

    assert account(seat).time_zone == "America/Sao_Paulo"


async def test_a_switch_keeps_the_others(
    seat_of: SeatOf, world: World, open_settings: Open
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


async def test_quiet_hours_are_set_and_taken_away(
    seat_of: SeatOf, world: World, open_settings: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    screen.telling.is_quiet.click()
    await all_done()
    screen.telling.quiet_from.setTime(QTime(21, 30))
    screen.telling.quiet_from.editingFinished.emit()
    await all_done()
    seat.sync()
    assert account(seat).quiet_hours == ("21:30", "07:00")

    screen.telling.is_quiet.click()
    await all_done()
    seat.sync()

    assert account(seat).quiet_hours is None
    assert not screen.telling.quiet_from.isEnabled()


async def test_reminders_are_chosen_and_others_are_kept(
    seat_of: SeatOf, world: World, open_settings: Open
) -> None:
    world.done_by(UpdateAccount(reminder_minutes=[25, 10]), world.ana)
    seat = seat_of(world.ana)
    screen = open_settings(seat)
    assert [m for m, box in screen.telling.reminders.boxes.items() if box.isChecked()] == [10]

    screen.telling.reminders.boxes[60].click()
    await all_done()
    seat.sync()

    assert account(seat).reminder_minutes == [60, 25, 10]


async def test_too_many_reminders_are_said(
    seat_of: SeatOf, world: World, open_settings: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)

    for box in screen.telling.reminders.boxes.values():
        if not box.isChecked():
            box.click()
            await all_done()

    assert screen.telling.note.accessibleName() == "Set at most five reminders."


async def test_what_another_device_changes_shows_at_once(
    seat_of: SeatOf, world: World, open_settings: Open
) -> None:
    seat = seat_of(world.ana)
    screen = open_settings(seat)

    world.done_by(UpdateAccount(name="Ana R.", quiet_hours=("23:00", "06:00")), world.ana)
    seat.sync()

    assert screen.profile.name.text() == "Ana R."
    assert screen.telling.quiet_from.time() == QTime(23, 0)


async def test_appearance_and_closing_are_in_step_with_the_persons_menu(
    seat_of: SeatOf, world: World, open_settings: Open, frame: MainWindow, theme: Theme
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


async def test_the_own_data_is_written_to_a_file(
    seat_of: SeatOf, world: World, open_settings: Open, tmp_path: Path
) -> None:
    screen = open_settings(seat_of(world.ana))

    screen.data.exports["json"].click()
    await until(lambda: "rows are in" in screen.data.note.accessibleName())
    screen.data.exports["csv"].click()
    await until(lambda: "tandem-2025-12-01.zip" in screen.data.note.accessibleName())

    written = json.loads((tmp_path / "tandem-2025-12-01.json").read_text("utf-8"))
    assert [row["id"] for row in written["rows"]["account"]] == [world.ana]
    assert (tmp_path / "tandem-2025-12-01.zip").stat().st_size > 0
    assert screen.data.exports["json"].isEnabled()


async def test_a_file_that_cannot_be_written_is_said(
    seat_of: SeatOf, world: World, open_settings: Open
) -> None:
    screen = open_settings(seat_of(world.ana), "missing/folder.json")

    screen.data.exports["json"].click()
    await until(
        lambda: screen.data.exports["json"].isEnabled() and screen.data.note.accessibleName()
    )

    assert (
        "No such file" in screen.data.note.accessibleName()
        or "disk" in screen.data.note.accessibleName()
    )


async def test_leaving_is_asked_of_the_window(
    seat_of: SeatOf, world: World, open_settings: Open, frame: MainWindow, qtbot: QtBot
) -> None:
    screen = open_settings(seat_of(world.ana))

    with qtbot.waitSignal(frame.sign_out_asked):
        screen.data.leave.click()


@pytest.mark.parametrize(
    ("me", "other"),
    [(Person(ANA, Role.STUDENT), MIA), (Person(MIA, Role.MENTOR), ANA)],
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

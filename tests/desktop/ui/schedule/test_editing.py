"""Planning and changing sessions in the editor, over a real store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.store.trouble import FULL, StoreTrouble
from desktop.ui.schedule.drafts import fresh_draft, kept
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.labels import WrapLabel
from domain.accounts import UpdateAccount
from domain.commands import Command
from domain.conflicts import base_hash
from domain.planning import UpdateSchedule
from domain.schedules import Schedule
from tests.builders import World
from tests.desktop.ui.rows import dialogs, until
from tests.desktop.ui.schedule.conftest import StartEditing
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton


class FullDisk(Seat):
    """A seat whose computer can save nothing any more."""

    async def do(self, command: Command) -> str:
        raise StoreTrouble(FULL)


@pytest.fixture
def full_disk(world: World, qapp: QApplication) -> Iterator[Seat]:
    seat = FullDisk(world, world.mia)
    yield seat
    seat.close()


def wall(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 12, day, hour, minute)  # noqa: DTZ001  a time on the wall


def one_hour(start: datetime) -> dict[str, datetime]:
    return {"start": start, "end": start + timedelta(hours=1)}


def planned(seat: Seat, title: str) -> list[Schedule]:
    return [
        row
        for row in seat.desk.shown().values()
        if isinstance(row, Schedule) and row.title == title
    ]


def asked(editing: Any) -> ConfirmDialog:
    [found] = [one for one in dialogs(editing.editor) if isinstance(one, ConfirmDialog)]
    return found


def sent(seat: Seat) -> list[dict[str, Any]]:
    return [mutation.command for mutation in seat.desk.store.unsent()]


async def test_plans_a_session_that_reaches_the_relay(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat, saved = seat_of(world.mia), list[str]()
    editing = await plan(seat, saved.append, **one_hour(wall(10, 9)))
    qtbot.keyClicks(editing.editor.title, "First talk")
    editing.editor.picker.choose(world.ana)

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()
    seat.sync()

    [row] = planned(seat, "First talk")
    assert saved == [row.id]
    assert seat.desk.relay.get(Schedule, row.id).start_time == "2025-12-10T08:00:00Z"
    assert row.time_zone == "Europe/Berlin"


def begun(seat: Seat) -> list[Any]:
    """What was typed for new sessions and not sent."""
    drafts = seat.desk.store.drafts()
    return [draft.body for draft in drafts if draft.key.startswith("schedule.new")]


async def test_plans_for_a_cohort(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await plan(seat, title="Circle", **one_hour(wall(10, 9)))
    editing.editor.group.click()
    editing.editor.picker.choose(world.autumn)

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    [row] = planned(seat, "Circle")
    assert (row.cohort_id, row.student_id, row.is_group_session) == (world.autumn, None, True)


async def test_only_own_students_and_cohorts_are_offered(
    world: World, seat_of: SeatOf, plan: StartEditing
) -> None:
    picker = (await plan(seat_of(world.noah))).editor.picker

    assert [picker.itemText(row) for row in range(picker.count())] == ["Ben Hall"]


async def test_what_is_required_is_asked_for_at_its_field(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await plan(seat)

    qtbot.mouseClick(editing.editor.save, LEFT)

    fields = editing.editor.fields
    assert [key for key, field in fields.items() if field.has_error] == ["title", "studentId"]
    assert editing.editor.isVisible()
    assert sent(seat) == []


async def test_an_end_before_the_start_is_said_at_the_end(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    given = {"start": wall(10, 9), "end": wall(10, 8)}
    editing = await plan(seat_of(world.mia), title="A", with_id=world.ana, **given)

    qtbot.mouseClick(editing.editor.save, LEFT)

    assert editing.editor.fields["endTime"].has_error


async def test_a_value_that_no_session_has_is_said_at_its_field(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    given = one_hour(wall(10, 9))
    editing = await plan(seat_of(world.mia), title="A", with_id=world.ana, **given)
    qtbot.keyClicks(editing.editor.meeting_url, "http://plain.example.org")

    qtbot.mouseClick(editing.editor.save, LEFT)

    assert editing.editor.fields["meetingUrl"].has_error
    assert editing.editor.draft().meeting_url == "http://plain.example.org"


async def test_warns_of_an_overlap_while_the_time_is_set(
    world: World, seat_of: SeatOf, plan: StartEditing
) -> None:
    editor = (await plan(seat_of(world.mia), with_id=world.ana, **one_hour(wall(4, 9)))).editor
    assert not editor.conflict.isVisible()

    editor.start.set_value(wall(4, 13, 30))
    assert editor.conflict.text.accessibleName() == "Overlaps “Weekly talk”, 13:00\u201314:00."
    editor.start.set_value(wall(4, 14))

    assert not editor.conflict.isVisible()


async def test_books_anyway_what_the_person_has_seen(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    given = one_hour(wall(4, 13, 30))
    editing = await plan(seat, title="Both", with_id=world.ana, **given)

    qtbot.mouseClick(editing.editor.book, LEFT)
    await all_done()

    assert sent(seat)[0]["confirmOverlap"] == [world.session]
    seat.sync()
    assert seat.desk.relay.get(Schedule, planned(seat, "Both")[0].id).title == "Both"


async def test_saving_by_key_books_over_another_only_where_the_button_says_so(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    given = one_hour(wall(4, 13, 30))
    editing = await plan(seat, title="Both", with_id=world.ana, **given)
    editing.editor.activateWindow()
    qtbot.waitUntil(editing.editor.isActiveWindow)
    assert editing.editor.book.isVisible()

    qtbot.keyClick(editing.editor.title, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    await all_done()

    assert sent(seat)[0]["confirmOverlap"] == [world.session]


async def test_a_start_in_the_past_is_asked_about(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    given = one_hour(wall(1, 6))
    editing = await plan(seat, title="Early", with_id=world.ana, **given)

    qtbot.mouseClick(editing.editor.save, LEFT)
    assert "Today, 06:00" in asked(editing).sentence.accessibleName()
    qtbot.keyClick(asked(editing), Qt.Key.Key_Escape)
    await all_done()
    assert planned(seat, "Early") == []
    qtbot.mouseClick(editing.editor.save, LEFT)
    qtbot.mouseClick(asked(editing).confirm_button, LEFT)
    await all_done()

    assert len(planned(seat, "Early")) == 1


async def test_the_times_of_the_other_are_said_with_the_day(
    world: World, seat_of: SeatOf, plan: StartEditing
) -> None:
    world.done_by(UpdateAccount(time_zone="Asia/Tokyo"), world.ana)
    editor = (await plan(seat_of(world.mia), **one_hour(wall(4, 9)))).editor
    assert not editor.zones.isVisible()

    editor.picker.choose(world.ana)
    assert "It starts at 17:00 for Ana." in editor.zones.accessibleName()
    editor.start.set_value(wall(4, 18))

    assert "It starts at Fri 5 Dec, 02:00 for Ana." in editor.zones.accessibleName()


async def test_in_another_zone_the_own_time_is_said_and_overlaps_are_found_there(
    world: World, seat_of: SeatOf, plan: StartEditing
) -> None:
    given = one_hour(wall(4, 13, 30))
    editor = (await plan(seat_of(world.mia), with_id=world.ana, **given)).editor
    assert editor.conflict.isVisible()

    editor.zone.choose("Asia/Tokyo")

    assert "For you it starts Thu 4 Dec, 05:30." in editor.zones.accessibleName()
    assert not editor.conflict.isVisible()


async def test_reminders_reach_the_relay_and_come_back_into_the_editor(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await change(seat, world.session)
    assert editing.editor.draft().reminder_minutes is None
    editing.editor.reminders.choices.setFocus()
    qtbot.keyClick(editing.editor.reminders.choices, Qt.Key.Key_End)
    editing.editor.reminders.boxes.boxes[60].click()

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()
    seat.sync()

    assert seat.desk.relay.get(Schedule, world.session).reminder_minutes == [60, 10]
    assert (await change(seat, world.session)).editor.draft().reminder_minutes == [60, 10]


async def test_six_reminders_are_too_many_and_said_at_their_field(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await change(seat, world.session)
    editing.editor.reminders.show_minutes([0, 5, 10, 30, 60, 1440])

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    error = editing.editor.fields["reminderMinutes"].error.accessibleName()
    assert error == "Set at most five reminders."


async def test_chosen_reminders_and_the_zone_come_back_after_a_crash(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    crashed = await plan(seat)
    crashed.editor.zone.choose("Asia/Tokyo")
    crashed.editor.reminders.choices.setFocus()
    qtbot.keyClick(crashed.editor.reminders.choices, Qt.Key.Key_End)
    await until(lambda: begun(seat))
    await all_done()

    draft = (await plan(seat)).editor.draft()

    assert (draft.zone, draft.reminder_minutes) == ("Asia/Tokyo", [10])


async def test_a_time_that_the_clocks_skip_is_said(
    world: World, seat_of: SeatOf, plan: StartEditing
) -> None:
    skipped = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001  a time on the wall

    editor = (await plan(seat_of(world.mia), **one_hour(skipped))).editor

    assert "does not exist on that day" in editor.zones.accessibleName()


async def test_a_change_sends_only_what_differs_with_the_hash_of_what_was_seen(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await change(seat, world.session)
    qtbot.keyClicks(editing.editor.place, "Library")

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    [command] = sent(seat)
    assert command["place"] == "Library"
    assert command["base"] == {"place": base_hash("")}
    assert not {"title", "startTime", "description"} & command.keys()


async def test_saving_without_a_change_sends_nothing(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await change(seat, world.session)

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    assert sent(seat) == []
    assert dialogs(editing.editor.parentWidget()) == []


async def test_an_edit_that_keeps_its_times_is_not_warned_again(
    world: World, seat_of: SeatOf, change: StartEditing
) -> None:
    clash = UpdateSchedule(
        id=world.soon,
        start_time="2025-12-04T12:00:00Z",
        end_time="2025-12-04T13:00:00Z",
        confirm_overlap=True,
    )
    world.done_by(clash, world.mia)

    editor = (await change(seat_of(world.mia), world.session)).editor
    assert not editor.conflict.isVisible()
    editor.start.set_value(wall(4, 13, 15))

    assert editor.conflict.isVisible()


async def test_a_refusal_keeps_everything_typed(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await change(seat, world.session)
    editing.editor.start.set_value(datetime(2029, 1, 1, 9))  # noqa: DTZ001  on the wall
    qtbot.keyClicks(editing.editor.place, "Library")

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    assert editing.editor.isVisible()
    assert "two years" in editing.editor.fields["startTime"].error.accessibleName()
    assert editing.editor.draft().place == "Library"


async def test_a_session_that_was_deleted_meanwhile_is_said_at_the_top(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await change(seat, world.session)
    seat.desk.store.drop_rooms([seat.desk.find(Schedule, world.session).room])
    qtbot.keyClicks(editing.editor.place, "Library")

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    assert editing.editor.trouble.isVisible()
    assert editing.editor.draft().place == "Library"


async def test_a_full_disk_is_said_and_saving_can_be_tried_again(
    world: World, full_disk: Seat, plan: StartEditing, qtbot: QtBot
) -> None:
    given = one_hour(wall(10, 9))
    editing = await plan(full_disk, title="Kept", with_id=world.ana, **given)

    for _ in range(2):
        qtbot.mouseClick(editing.editor.save, LEFT)
        await all_done()

    assert editing.editor.trouble.text.accessibleName() == FULL
    assert editing.editor.draft().title == "Kept"


async def test_pressing_save_twice_plans_once(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    given = one_hour(wall(10, 9))
    editing = await plan(seat, title="Once", with_id=world.ana, **given)

    for _ in range(2):
        qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    assert len(sent(seat)) == 1
    assert seat.said == ["“Once” is planned"]


async def test_what_was_typed_comes_back_after_a_crash(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    crashed = await plan(seat)
    qtbot.keyClicks(crashed.editor.title, "Half a th")
    crashed.editor.picker.choose(world.ana)
    await until(lambda: begun(seat))
    await all_done()

    editor = (await plan(seat)).editor

    assert (editor.draft().title, editor.draft().with_id) == ("Half a th", world.ana)
    assert editor.restored.isVisible()


async def test_escape_keeps_what_was_typed_for_the_next_time(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await plan(seat)
    qtbot.keyClicks(editing.editor.title, "Half a th")

    qtbot.keyClick(editing.editor, Qt.Key.Key_Escape)
    await all_done()

    assert (await plan(seat)).editor.draft().title == "Half a th"


async def test_the_last_letters_are_kept_when_the_program_ends(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await plan(seat)
    qtbot.keyClicks(editing.editor.title, "Half a th")

    await seat.workspace.drafts.close()

    assert [draft["title"] for draft in begun(seat)] == ["Half a th"]


@pytest.mark.logs("A draft cannot be kept")
async def test_a_full_disk_is_said_while_one_types(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await plan(seat)
    qtbot.keyClicks(editing.editor.title, "Half a th")
    seat.trouble = StoreTrouble(FULL)

    seat.workspace.drafts.due.emit()
    await all_done()

    assert FULL in [label.accessibleName() for label in editing.editor.findChildren(WrapLabel)]


async def test_what_came_back_can_be_thrown_away(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    first = await plan(seat)
    qtbot.keyClicks(first.editor.title, "Half a th")
    first.editor.reject()
    await all_done()
    editor = (await plan(seat)).editor

    qtbot.mouseClick(editor.restored.buttons["afresh"], LEFT)
    await all_done()

    assert editor.draft().title == ""
    assert not editor.restored.isVisible()
    assert begun(seat) == []


async def test_a_draft_for_somebody_else_stays_aside(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    world.assign(world.mia, world.ben)
    seat = seat_of(world.mia)
    first = await plan(seat, with_id=world.ana)
    qtbot.keyClicks(first.editor.title, "For Ana")
    first.editor.reject()
    await all_done()

    assert (await plan(seat, with_id=world.ben)).editor.draft().title == ""
    assert (await plan(seat, with_id=world.ana)).editor.draft().title == "For Ana"


async def test_a_draft_for_somebody_else_is_not_written_over(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    world.assign(world.mia, world.ben)
    seat = seat_of(world.mia)
    for who, title in ((world.ana, "For Ana"), (world.ben, "For Ben")):
        editing = await plan(seat, with_id=who)
        qtbot.keyClicks(editing.editor.title, title)
        editing.editor.reject()
        await all_done()

    assert (await plan(seat, with_id=world.ana)).editor.draft().title == "For Ana"
    assert (await plan(seat, with_id=world.ben)).editor.draft().title == "For Ben"
    assert (await plan(seat)).editor.draft().title == "For Ben"


async def test_what_is_typed_into_a_copy_takes_the_place_of_no_draft(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    first = await plan(seat)
    qtbot.keyClicks(first.editor.title, "Half a th")
    first.editor.reject()
    await all_done()

    copy = await plan(seat, title="Weekly talk", with_id=world.ana)
    qtbot.keyClicks(copy.editor.place, "Library")
    copy.editor.reject()
    await all_done()

    titles = sorted(draft["title"] for draft in begun(seat))
    assert titles == ["Half a th", "Weekly talk"]


async def test_what_an_older_tandem_has_kept_comes_back(
    world: World, seat_of: SeatOf, plan: StartEditing
) -> None:
    seat = seat_of(world.mia)
    given = fresh_draft(seat.workspace)
    seat.desk.store.put_draft("schedule.new", kept(replace(given, title="Old"), given, None))

    assert (await plan(seat)).editor.draft().title == "Old"


async def test_a_time_alone_is_not_kept(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await plan(seat)
    editing.editor.start.set_value(wall(20, 9))

    editing.editor.reject()
    await all_done()

    assert begun(seat) == []


async def test_an_edit_comes_back_and_says_when_the_session_was_changed_elsewhere(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    first = await change(seat, world.session)
    qtbot.keyClicks(first.editor.place, "Library")
    first.editor.reject()
    await all_done()
    assert (await change(seat, world.session)).editor.draft().place == "Library"

    world.done_by(UpdateSchedule(id=world.session, title="Other"), world.mia)
    seat.sync()
    editor = (await change(seat, world.session)).editor

    assert (editor.draft().title, editor.draft().place) == ("Other", "Library")
    assert "changed meanwhile, but not in what you typed" in editor.restored.text.accessibleName()
    assert not editor.now.isVisible()


async def test_an_edit_whose_field_was_changed_meanwhile_comes_back_beside_what_it_says_now(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    first = await change(seat, world.session)
    qtbot.keyClicks(first.editor.place, "Library")
    first.editor.reject()
    world.done_by(UpdateSchedule(id=world.session, place="Café"), world.mia)
    seat.sync()
    await all_done()

    editor = (await change(seat, world.session)).editor
    assert "takes the place of what it says now" in editor.restored.text.accessibleName()
    assert editor.now.isVisible()
    assert editor.now.accessibleName() == "Place: Café"
    qtbot.mouseClick(editor.save, LEFT)
    await all_done()

    [command] = sent(seat)
    assert command["place"] == "Library"
    assert command["base"] == {"place": base_hash("Café")}


async def test_beginning_afresh_shows_the_session_as_it_is_now(
    world: World, seat_of: SeatOf, change: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    first = await change(seat, world.session)
    qtbot.keyClicks(first.editor.place, "Library")
    first.editor.reject()
    world.done_by(UpdateSchedule(id=world.session, place="Café"), world.mia)
    seat.sync()
    await all_done()
    editor = (await change(seat, world.session)).editor

    qtbot.mouseClick(editor.restored.buttons["afresh"], LEFT)
    await all_done()

    assert editor.draft().place == "Café"
    assert not editor.now.isVisible()


async def test_a_saved_draft_is_gone(
    world: World, seat_of: SeatOf, plan: StartEditing, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    editing = await plan(seat, with_id=world.ana, **one_hour(wall(10, 9)))
    qtbot.keyClicks(editing.editor.title, "First talk")
    await until(lambda: begun(seat))

    qtbot.mouseClick(editing.editor.save, LEFT)
    await all_done()

    assert begun(seat) == []

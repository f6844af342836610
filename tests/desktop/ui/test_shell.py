"""The pages of one person in the window, and the ways between them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from desktop.account.api import Unreachable
from desktop.store.activity import unread_count
from desktop.sync.states import Phase, SyncState
from desktop.ui.activity.paths import path_of
from desktop.ui.activity.screen import SEEN
from desktop.ui.attention.page import AttentionPage
from desktop.ui.history.dialog import HistoryDialog
from desktop.ui.main_window import MainWindow
from desktop.ui.presence import Presence
from desktop.ui.schedule.details import SessionDetails
from desktop.ui.schedule.editor import SessionEditor
from desktop.ui.settings.working_hours import WorkingHoursSection
from desktop.ui.shell import Shell
from desktop.ui.shortcuts_dialog import ShortcutsDialog
from desktop.ui.silence import AN_HOUR, NOT
from desktop.ui.students.page import StudentsPage
from desktop.ui.theme import Look, Theme
from desktop.ui.tray import Tray
from domain.accounts import Switch, UpdateAccount
from domain.activities import Kind
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.resolutions import ResolveConflict
from tests.builders import World, ahead, id_of
from tests.desktop.ui.entries.written import said, written
from tests.desktop.ui.rows import dialogs, ids, look, until
from tests.desktop.ui.seats import Seat, a_record, all_done
from tests.desktop.ui.test_main_window import MemoryRemembered

SeatOf = Callable[[str], Seat]
Enter = Callable[[Seat], Shell]
pytestmark = pytest.mark.usefixtures("british")


@pytest.fixture
def frame(theme: Theme, qtbot: QtBot) -> MainWindow:
    frame = MainWindow(theme, MemoryRemembered())
    qtbot.addWidget(frame)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    return frame


@pytest.fixture
def enter(frame: MainWindow, theme: Theme) -> Iterator[Enter]:
    shells: list[Shell] = []

    def enter(seat: Seat) -> Shell:
        shells.append(Shell(frame, seat.workspace, theme, "Mia Stone"))
        return shells[-1]

    yield enter
    for shell in shells:
        shell.close()


def listed(frame: MainWindow) -> list[str]:
    QCoreApplication.processEvents()  # what was added to a window is shown in the next turn
    items = frame.sidebar.items.values()
    return [item.title for item in items if not item.isHidden()]


async def test_a_mentor_has_these_pages(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    world.done_by(ResolveConflict(id=world.conflict, keep="lost"), world.mia)

    enter(seat_of(world.mia))
    await all_done()

    assert listed(frame) == ["Today", "Schedule", "Entries", "Students", "Activity", "Settings"]
    assert frame.current_key == "today"


async def test_a_student_has_these_pages(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    enter(seat_of(world.ana))
    await all_done()

    assert listed(frame) == ["Today", "My Schedule", "Entries", "Activity", "Settings"]


async def test_the_administration_opens_for_admins_at_its_places(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    shell = enter(seat_of(world.admin))

    assert shell.open(f"/admin/people/{world.ana}")
    await all_done()

    assert frame.current_key == "admin"
    assert "admin" not in frame.sidebar.items
    action = frame.pages["admin"].primary_action
    assert action is not None
    assert action.text() == "New person…"
    settings = frame.sidebar.items["settings"]
    assert settings.isChecked()  # whose place it has

    settings.click()

    assert frame.current_key == "settings"


async def test_the_administration_is_not_there_for_others(
    world: World, seat_of: SeatOf, enter: Enter
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()

    assert not shell.open("/admin/people")


async def test_needs_attention_shows_only_while_it_holds_something(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)
    await all_done()
    assert listed(frame)[-1] == "Needs attention"
    assert frame.sidebar.items["attention"].accessibleName().startswith("Needs attention, 1")

    world.done_by(ResolveConflict(id=world.conflict, keep="lost"), world.mia)
    seat.sync()
    await all_done()

    assert "Needs attention" not in listed(frame)


async def test_who_decides_the_last_one_stays_and_reads_that_nothing_waits(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    enter(seat_of(world.mia))
    await all_done()
    frame.show_page("attention")
    page = frame.pages["attention"].widget
    assert isinstance(page, AttentionPage)

    page.cards[world.conflict].buttons["lost"].click()
    await all_done()

    assert frame.current_key == "attention"
    assert page.empty.isVisible()
    assert "Needs attention" in listed(frame)
    frame.show_page("schedule")
    assert "Needs attention" not in listed(frame)


async def test_a_start_does_not_begin_with_nothing_to_attend_to(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    first = enter(seat_of(world.mia))
    await all_done()
    frame.show_page("attention")
    first.close()

    enter(seat_of(world.otto))
    await all_done()

    assert frame.current_key == "today"
    assert "Needs attention" not in listed(frame)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/mentor/schedules", "schedule"),
        ("/mentor/students", "students"),
        ("/inbox", "inbox"),
        ("/today", "today"),
        ("/attention", "attention"),
    ],
)
async def test_a_link_opens_its_page(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, path: str, key: str
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()

    assert shell.open(path)

    assert frame.current_key == key


@pytest.mark.parametrize(
    ("who", "path"), [("mia", "mentor/schedules"), ("ana", "student/schedule")]
)
async def test_a_link_opens_the_session_itself(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, who: str, path: str
) -> None:
    shell = enter(seat_of(world.people[who]))
    await all_done()

    assert shell.open(f"/{path}/{world.session}")

    [dialog] = dialogs(frame)
    assert isinstance(dialog, SessionDetails)
    assert dialog.title.accessibleName() == "Weekly talk"
    dialog.reject()
    assert frame.current_key == "schedule"


@pytest.mark.parametrize(("who", "path"), [("mia", "mentor/entries"), ("ben", "student/entries")])
async def test_a_link_opens_the_comment_itself(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, who: str, path: str
) -> None:
    world.assign(world.mia, world.ben)
    comment = said(world, world.waiting, "Which book?")
    seat = seat_of(world.people[who])
    shell = enter(seat)
    await all_done()

    assert shell.open(f"/{path}/{world.waiting}?comment={comment}")
    await all_done()

    screen = shell.entries if who == "ben" else shell.reviews
    assert screen.commenting.view.cards[comment].hasFocus()
    shell.open(f"/{path}/{world.waiting}?comment={id_of('no comment')}")
    assert seat.said == ["This comment is no longer there."]


@pytest.mark.parametrize("path", ["/mentor/schedules/x?comment=y", "/mentor/students?comment=y"])
async def test_a_comment_where_none_can_be_is_nothing(
    world: World, seat_of: SeatOf, enter: Enter, path: str
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()

    assert shell.open(path)


async def test_the_keyboard_is_on_the_row_after_the_dialog(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()
    shell.open(f"/mentor/schedules/{world.session}")

    qtbot.keyClick(dialogs(frame)[0], Qt.Key.Key_Escape)

    assert frame.focusWidget() is shell.schedule.page.list
    assert shell.schedule.page.list.current_id() == world.session


async def test_a_link_plans_with_a_student(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()

    shell.open(f"/mentor/schedules/new?student={world.ana}")
    await all_done()

    [editor] = dialogs(frame)
    assert isinstance(editor, SessionEditor)
    assert editor.draft().with_id == world.ana


async def test_a_student_plans_nothing(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    shell = enter(seat_of(world.ana))
    await all_done()

    shell.open("/student/schedule/new")

    assert dialogs(frame) == []


async def test_a_conflict_opens_its_own_card(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()

    assert shell.open(f"/attention/{world.conflict}")
    await all_done()

    page = frame.pages["attention"].widget
    assert isinstance(page, AttentionPage)
    assert frame.current_key == "attention"
    assert page.isAncestorOf(frame.focusWidget())
    assert frame.focusWidget() in page.cards[world.conflict].buttons.values()


async def test_a_cohort_opens_its_students(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()

    assert shell.open(f"/mentor/students/cohort/{world.spring}")

    page = frame.pages["students"].widget
    assert isinstance(page, StudentsPage)
    assert ids(page.roster.list) == [world.ana, world.ben]


@pytest.mark.parametrize(
    ("who", "path", "sentence"),
    [
        ("mia", "mentor/schedules", "This session is no longer there."),
        ("ana", "student/schedule", "This session is no longer there."),
        ("mia", "mentor/entries", "This entry is no longer there."),
        ("ana", "student/entries", "This entry is no longer there."),
        ("mia", "mentor/students", "This student is no longer there."),
        ("mia", "mentor/students/cohort", "This cohort is no longer there."),
        ("mia", "attention", "This was decided already."),
        ("ana", "attention", "This was decided already."),
    ],
)
async def test_what_is_gone_is_said_in_a_sentence(
    world: World,
    seat_of: SeatOf,
    frame: MainWindow,
    enter: Enter,
    who: str,
    path: str,
    sentence: str,
) -> None:
    seat = seat_of(world.people[who])
    shell = enter(seat)
    await all_done()

    assert shell.open(f"/{path}/{id_of('gone')}")
    await all_done()

    assert seat.said == [sentence]
    assert dialogs(frame) == []


@pytest.mark.parametrize("who", ["mia", "noah", "ana", "ben"])
async def test_every_notification_leads_to_something_that_is_there(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, who: str
) -> None:
    seat = seat_of(world.people[who])
    shell = enter(seat)
    await all_done()
    found = seat.workspace.recent.notifications()
    assert found

    for notification in found:
        assert shell.open(path_of(notification.activity, seat.workspace.me))
        await all_done()
        for dialog in dialogs(frame):
            dialog.reject()

    assert seat.said == []


async def test_one_change_is_read_once_for_bell_tray_toasts_and_today(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, theme: Theme
) -> None:
    seat, statements = seat_of(world.mia), list[str]()
    enter(seat)
    tray = Tray(theme, is_available=lambda: True)
    presence = Presence(seat.workspace, tray, frame)
    seat.news.sync.emit(SyncState(Phase.LIVE))
    await all_done()
    seat.reader.set_trace_callback(statements.append)

    world.done_by(CompleteSchedule(id=world.past), world.ana, now=ahead(minutes=1))
    seat.sync()
    await until(lambda: not presence.telling._soon.isActive())
    await all_done()

    seat.reader.set_trace_callback(None)
    assert frame.current_key == "today"
    readings = [one for one in statements if "read_through.of_room = rooms.room" in one]
    assert len(readings) == 1
    await presence.close()
    tray.close()
    tray.deleteLater()


async def test_after_a_sleep_the_clock_has_moved_on_at_once(
    world: World, seat_of: SeatOf, enter: Enter
) -> None:
    seat, minutes = seat_of(world.mia), list[bool]()
    enter(seat)
    await all_done()
    seat.news.minute.connect(lambda: minutes.append(True))

    seat.news.woken.emit()

    assert minutes == [True]


async def test_a_link_to_nowhere_changes_nothing(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    shell = enter(seat_of(world.ana))
    await all_done()

    assert not shell.open(f"/mentor/students/{id_of('x')}")

    assert frame.current_key == "today"


@pytest.mark.parametrize("who", ["mia", "ana"])
async def test_each_page_that_a_number_opens_has_the_keyboard(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot, who: str
) -> None:
    enter(seat_of(world.people[who]))
    await all_done()
    titles = listed(frame)
    frame.activateWindow()
    qtbot.waitUntil(frame.isActiveWindow)

    for number, title in enumerate(titles, start=1):
        frame.sidebar.person.setFocus()
        key = Qt.Key(Qt.Key.Key_0.value + number)
        qtbot.keyClick(frame, key, Qt.KeyboardModifier.ControlModifier)

        assert frame.topbar.title.text() == title
        assert frame.pages[frame.current_key].widget.isAncestorOf(frame.focusWidget()), title


async def test_the_inbox_is_read_and_taken_back_by_key(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    shell = enter(seat)
    await all_done()
    qtbot.keyClick(frame, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    panel = shell.bell.panel
    before = ids(panel.list)
    qtbot.keyClick(panel.list, Qt.Key.Key_E)
    await all_done()
    assert before[0] not in ids(panel.list)

    qtbot.keyClick(panel.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    await all_done()
    assert ids(panel.list) == before

    panel.open_inbox.click()
    await all_done()
    [page] = [page.widget for page in frame.pages.values() if page.key == "inbox"]
    assert page.isAncestorOf(frame.focusWidget())


async def test_the_bell_counts_what_is_unread_and_opens_its_panel(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    shell = enter(seat)
    await all_done()
    bell, before = frame.topbar.bell, unread_count(seat.reader, seat.workspace.me)

    world.done_by(CancelSchedule(id=world.soon), world.mia, now=ahead(minutes=1))
    seat.sync()
    assert bell.accessibleName() == f"Inbox, {before + 1} unread"
    qtbot.mouseClick(bell, Qt.MouseButton.LeftButton)
    assert shell.bell.panel.isVisible()
    qtbot.mouseClick(shell.bell.panel.open_inbox, Qt.MouseButton.LeftButton)

    assert not shell.bell.panel.isVisible()
    assert frame.current_key == "inbox"


async def test_a_kind_that_is_switched_off_leaves_the_badge_at_once(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.ana)
    enter(seat)
    await all_done()
    before = frame.topbar.badge.count

    await seat.do(UpdateAccount(switches={Kind.SCHEDULE_CREATED: Switch(inbox=False)}))

    assert 0 < frame.topbar.badge.count < before


@pytest.mark.parametrize(("who", "side"), [("mia", "mentor"), ("ana", "student")])
async def test_a_link_opens_the_activity_of_either_role(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, who: str, side: str
) -> None:
    shell = enter(seat_of(world.people[who]))
    await all_done()

    assert shell.open(f"/{side}/activity")

    assert frame.current_key == "activity"


async def test_leaving_is_no_visit_of_the_activity(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    shell = enter(seat)
    await all_done()

    shell.close()
    await all_done()

    assert await seat.run(lambda store: store.get_setting(SEEN)) is None


async def test_the_foot_says_how_sync_stands_and_follows_the_clock(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    shell = enter(seat)
    await all_done()

    seat.news.sync.emit(SyncState(Phase.OFFLINE, waiting=2))

    assert frame.sidebar.sync.look.text == "Offline · 2 changes waiting"
    shell.close()
    assert frame.pages == {}


async def test_sync_now_says_what_came_of_it(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)
    seat.news.sync.emit(SyncState(Phase.LIVE, last_synced=seat.desk.clock.time))
    assert seat.said == []

    frame.sidebar.sync.popup.sync_button.click()
    seat.news.sync.emit(SyncState(Phase.OFFLINE, why="The relay cannot be reached."))

    assert seat.said == ["Offline: The relay cannot be reached."]


async def test_what_is_said_stands_at_the_foot_with_undo(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    seat, undone = seat_of(world.mia), list[int]()
    enter(seat)
    await all_done()

    seat.news.said.emit("Session deleted", lambda: undone.append(1))
    [toast] = frame.toasts.toasts
    assert toast.text.accessibleName() == "Session deleted"
    qtbot.mouseClick(toast.action_button, Qt.MouseButton.LeftButton)

    assert undone == [1]


async def test_what_was_done_last_is_what_ctrl_z_takes_back_or_nothing(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat, undone = seat_of(world.mia), list[int]()
    enter(seat)
    await all_done()
    seat.news.said.emit("Session planned", lambda: undone.append(1))

    seat.workspace.do(CompleteSchedule(id=world.past))
    await all_done()
    frame.undo_last()

    assert undone == []


async def test_f1_lists_the_shortcuts_of_the_pages(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    enter(seat_of(world.mia))
    await all_done()

    qtbot.keyClick(frame, Qt.Key.Key_F1)

    [dialog] = dialogs(frame)
    assert isinstance(dialog, ShortcutsDialog)
    titles = [title for title, _rows in dialog.parts]
    assert titles == ["", "Schedule", "Entries", "Activity", "Inbox", "In the editor of a session"]
    assert "F2" in dict(dialog.rows)


async def test_another_name_shows_at_once_and_is_told_to_the_program(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    shell = enter(seat)
    await all_done()
    known: list[str] = []
    shell.known.connect(lambda row: known.append(row.name))

    seat.workspace.do(UpdateAccount(name="Mia Stone-Reyes"))
    await all_done()

    assert frame.sidebar.person.name.text() == "Mia Stone-Reyes"
    assert known == ["Mia Stone-Reyes"]


async def test_another_zone_takes_effect_at_once(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    shell = enter(seat)
    shell.open("/mentor/schedules")
    await all_done()
    rows = shell.schedule.page.list
    before = look(rows, world.soon).lead

    world.done_by(UpdateAccount(time_zone="Asia/Tokyo"), world.mia)
    seat.sync()

    assert before == "15:00\n16:00"
    assert look(rows, world.soon).lead == "23:00\n00:00"


async def test_the_week_shades_around_the_hours_that_one_sets(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    seat = seat_of(world.mia)
    shell = enter(seat)
    await all_done()
    week = shell.schedule.calendar.view.week
    settings = frame.pages["settings"].widget
    frame.show_page("settings")
    [section] = settings.findChildren(WorkingHoursSection)

    qtbot.mouseClick(section.days[0].add, Qt.MouseButton.LeftButton)
    await all_done()
    shell.open("/mentor/schedules")
    shell.schedule.page.views.buttons["week"].click()

    assert [list(hours) for hours in week._hours] == [[(540, 1020)], *[[]] * 6]


async def test_do_not_disturb_is_in_the_persons_menu_with_its_end(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    enter(seat)
    await all_done()
    person = frame.sidebar.person
    assert not person.silences[NOT].isEnabled()

    person.silences[AN_HOUR].trigger()
    await all_done()
    assert person.silence_menu.title() == "Do not disturb (until 14:00)"
    person.silences[NOT].trigger()
    await all_done()

    assert person.silence_menu.title() == "Do not disturb"


async def test_the_next_person_finds_nothing_of_the_last(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    first = enter(seat_of(world.mia))
    await all_done()

    first.close()
    enter(seat_of(world.ana))
    await all_done()

    assert listed(frame) == ["Today", "My Schedule", "Entries", "Activity", "Settings"]


@pytest.mark.parametrize("who", ["mia", "ana"])
async def test_pages_stand_empty_once_nothing_may_be_read_any_more(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, who: str
) -> None:
    """A closed account loses all its rooms, also under an open window."""
    seat = seat_of(world.people[who])
    enter(seat)
    await all_done()

    await seat.run(lambda store: store.drop_rooms(store.rooms_here()))

    for key in frame.sidebar.items:
        frame.show_page(key)
        await all_done()
    assert unread_count(seat.reader, seat.workspace.me) == 0


async def test_another_look_finds_nothing_left_of_who_has_signed_out(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, theme: Theme
) -> None:
    shell = enter(seat_of(world.mia))
    await all_done()

    shell.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    theme.choose(Look.DARK)  # an error in what it calls would end this test
    assert theme.look is Look.DARK


@pytest.mark.parametrize("trouble", [None, Unreachable()])
async def test_an_answer_of_the_relay_that_comes_after_signing_out_concerns_nobody(
    world: World,
    seat_of: SeatOf,
    frame: MainWindow,
    enter: Enter,
    trouble: Exception | None,
) -> None:
    seat = seat_of(world.mia)
    seat.online.answering.clear()
    shell = enter(seat)
    frame.show_page("settings")
    await asyncio.sleep(0)

    shell.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    seat.online.trouble = trouble
    seat.online.answering.set()

    await all_done()  # an error in the log would end this test
    assert frame.pages == {}


async def test_the_history_of_a_session_opens_over_its_details(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    seat = seat_of(world.mia)
    seat.histories.told = [a_record(values={"title": ("Talk", "Weekly talk")})]
    shell = enter(seat)
    shell.open(f"/mentor/schedules/{world.done}")
    [details] = dialogs(frame)
    assert isinstance(details, SessionDetails)

    details.action_asked.emit("history")
    await all_done()

    [history] = dialogs(details)
    assert isinstance(history, HistoryDialog)
    assert seat.histories.asked == [("schedule", world.done)]
    assert [one.look.said for one in history.entries] == ["Mia Stone changed it"]


async def test_the_history_of_an_entry_opens_over_the_window(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    entry_id = written(world)
    seat = seat_of(world.ana)
    shell = enter(seat)
    shell.open(f"/student/entries/{entry_id}")

    shell.entries.reader.history.click()
    await all_done()

    [history] = dialogs(frame)
    assert isinstance(history, HistoryDialog)
    assert seat.histories.asked == [("entry", entry_id)]

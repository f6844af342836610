"""The pages of one person in the window, and the ways between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from pytestqt.qtbot import QtBot

from desktop.store.activity import unread_count
from desktop.sync.states import Phase, SyncState
from desktop.ui.main_window import MainWindow
from desktop.ui.schedule.details import SessionDetails
from desktop.ui.schedule.editor import SessionEditor
from desktop.ui.shell import Shell
from desktop.ui.shortcuts_dialog import ShortcutsDialog
from desktop.ui.theme import Theme
from domain.outcomes import CancelSchedule
from domain.resolutions import ResolveConflict
from tests.builders import World, ahead, id_of
from tests.desktop.ui.rows import dialogs
from tests.desktop.ui.seats import Seat, all_done
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

    assert listed(frame) == ["Today", "Schedule", "Entries", "Students", "Settings"]
    assert frame.current_key == "today"


async def test_a_student_has_these_pages(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    enter(seat_of(world.ana))
    await all_done()

    assert listed(frame) == ["Today", "My Schedule", "Entries", "Settings"]


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


async def test_a_link_to_nowhere_changes_nothing(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    shell = enter(seat_of(world.ana))
    await all_done()

    assert not shell.open(f"/mentor/students/{id_of('x')}")

    assert frame.current_key == "today"


async def test_the_bell_counts_what_is_unread_and_opens_the_inbox(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    seat = seat_of(world.ana)
    enter(seat)
    await all_done()
    bell, before = frame.topbar.bell, unread_count(seat.reader, seat.workspace.me)

    world.done_by(CancelSchedule(id=world.soon), world.mia, now=ahead(minutes=1))
    seat.sync()
    assert bell.accessibleName() == f"Inbox, {before + 1} unread"
    qtbot.mouseClick(bell, Qt.MouseButton.LeftButton)

    assert frame.current_key == "inbox"


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


async def test_f1_lists_the_shortcuts_of_the_pages(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter, qtbot: QtBot
) -> None:
    enter(seat_of(world.mia))
    await all_done()

    qtbot.keyClick(frame, Qt.Key.Key_F1)

    [dialog] = dialogs(frame)
    assert isinstance(dialog, ShortcutsDialog)
    titles = [title for title, _rows in dialog.parts]
    assert titles == ["", "Schedule", "Entries", "Inbox", "In the editor of a session"]
    assert "F2" in dict(dialog.rows)


async def test_the_next_person_finds_nothing_of_the_last(
    world: World, seat_of: SeatOf, frame: MainWindow, enter: Enter
) -> None:
    first = enter(seat_of(world.mia))
    await all_done()

    first.close()
    enter(seat_of(world.ana))
    await all_done()

    assert listed(frame) == ["Today", "My Schedule", "Entries", "Settings"]


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

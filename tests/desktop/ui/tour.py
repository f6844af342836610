"""A walk through the whole window: every page with the states its filters lead to, every dialog.

The pages are those that the shell adds, so that a new page is walked over from its first day.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.schedules import session
from desktop.sync.states import Phase, SyncState
from desktop.ui.doctor.dialog import DoctorDialog
from desktop.ui.history.showing import show_history
from desktop.ui.main_window import MainWindow
from desktop.ui.shell import Shell
from desktop.ui.sign_in.leaving import ask_to_leave
from desktop.ui.theme import Theme
from domain.accounts import Account
from domain.members import Role
from tests.builders import World, id_of
from tests.desktop.ui.doctor.findings import FINDINGS
from tests.desktop.ui.seats import Seat, a_record, all_done
from tests.desktop.ui.test_main_window import MemoryRemembered


def a_frame(theme: Theme, qtbot: QtBot, size: tuple[int, int]) -> MainWindow:
    """The window with nothing in it, on the screen."""
    frame = MainWindow(theme, MemoryRemembered())
    qtbot.addWidget(frame)
    frame.resize(*size)
    with qtbot.waitExposed(frame):
        frame.show()
    return frame


async def enter(frame: MainWindow, seat: Seat, theme: Theme, name: str) -> Shell:
    shell = Shell(frame, seat.workspace, theme, name)
    await all_done()
    seat.news.sync.emit(SyncState(Phase.OFFLINE, waiting=12))
    return shell


def settle() -> None:
    """Let layouts come to rest."""
    for _ in range(4):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pages_of(frame: MainWindow) -> Iterator[str]:
    """Open every page that the shell has added, and every state that its filters lead to."""
    for key, page in frame.pages.items():
        frame.show_page(key)
        yield key
        segments = [
            one
            for one in page.widget.findChildren(QAbstractButton)
            if one.property("kind") == "segment"
        ]
        for segment in segments:
            if segment.isVisible() and not segment.isChecked():
                segment.click()
                yield f"{key}, {segment.text()}"


def press(frame: MainWindow, words: str) -> None:
    """Press a button of the settings."""
    buttons = frame.pages["settings"].widget.findChildren(QAbstractButton)
    [button] = [one for one in buttons if one.text() == words]
    button.click()


def examined(frame: MainWindow) -> None:
    """The connection doctor, who has found much."""
    dialog = DoctorDialog(frame._theme, frame, "https://tandem.example.org")
    for finding in FINDINGS:
        dialog.show_finding(finding, lambda _room: "Ana Ortiz", can_resync=True)
    dialog.end("The clock of this computer is 2 hours ahead.")
    dialog.open()


def openers(
    world: World, frame: MainWindow, shell: Shell, seat: Seat
) -> dict[str, Callable[[], object]]:
    """Everything that opens a dialog, by name."""
    is_student = seat.workspace.me.role is Role.STUDENT
    path = "/student/schedule" if is_student else "/mentor/schedules"
    found: dict[str, Callable[[], object]] = {
        "shortcuts": frame.show_shortcuts,
        "leaving": lambda: ask_to_leave(frame, 3, bool),
        "password": lambda: press(frame, "Change password…"),
        "e-mail": lambda: press(frame, "Change e-mail…"),
        "deletion": lambda: press(frame, "Delete my copy…"),
        "doctor": partial(examined, frame),
    }
    for name in ("soon", "past", "done", "canceled", "group"):
        found[f"details, {name}"] = partial(shell.open, f"{path}/{world.sessions[name]}")
    found["history"] = partial(_open_history, world, frame, seat)
    found["details, circle"] = lambda: shell.open(f"{path}/{id_of('circle')}")
    if is_student:
        found["own history"] = lambda: press(frame, "Who changed my data…")
    else:
        shown = session(seat.reader, seat.workspace.me, world.soon)
        assert shown is not None
        found["editor"] = lambda: shell.schedule.new(world.ana)
        found["errors"] = lambda: shell.schedule.new().editor.save.click()
        for key in ("edit", "cancel", "complete"):
            found[key] = partial(shell.schedule._do, key, shown)
    return found


def _open_history(world: World, frame: MainWindow, seat: Seat) -> None:
    """The history of a session that was planned, changed in every field, and canceled."""
    shown = session(seat.reader, seat.workspace.me, world.session)
    assert shown is not None
    schedule = shown.schedule
    name = seat.desk.relay.get(Account, world.mia).name
    told = {
        "title": schedule.title,
        "place": schedule.place,
        "description": schedule.description,
        "start_time": schedule.start_time,
        "end_time": schedule.end_time,
        "status_reason": schedule.title,
    }
    new = {field: (None, value) for field, value in told.items()}
    changed = {field: ("Before", value) for field, value in told.items() if "time" not in field}
    seat.histories.told = [
        a_record(3, action="audit.read", actor_name=name),
        a_record(2, actor_name=name, values=changed),
        a_record(1, action="schedule.create", actor_name=name, values=new),
    ]
    seat.histories.per_page = 2
    title = schedule.title
    show_history(seat.workspace, frame._theme, frame, "schedule", schedule.id, title)


def places_of(world: World, shell: Shell, seat: Seat) -> dict[str, Callable[[], object]]:
    """Everything that opens within a page, by name; the entry is `written(world, "first")`."""
    entry = id_of("entry first")
    if seat.workspace.me.role is Role.STUDENT:
        paths = {"entry": f"/student/entries/{entry}", "form": "/student/entries/new"}
    else:
        paths = {"entry": f"/mentor/entries/{entry}", "student": f"/mentor/students/{world.ana}"}
    if seat.workspace.me.role is Role.ADMIN:
        paths = {
            "all people": "/admin/people",
            "a mentor": f"/admin/people/{world.mia}",
            "a student": f"/admin/people/{world.ana}",
            "invitations": "/admin/invitations",
            "cohorts": "/admin/cohorts",
            "import": "/admin/import",
            "audit": "/admin/audit",
            "a cohort": f"/admin/cohorts/{world.spring}",
        }
    return {name: partial(shell.open, path) for name, path in paths.items()}


def admin_openers(
    world: World, frame: MainWindow, shell: Shell
) -> dict[str, Callable[[], Awaitable[None]]]:
    """Everything that opens a dialog of the administration, by name; it takes a moment."""
    page = frame.pages["admin"]
    assert page.primary_action is not None
    found: dict[str, Callable[[], Awaitable[None]]] = {}
    for place in ("people", "cohorts", "invitations"):
        found[f"new, {place}"] = partial(_press_at, shell, place, page.primary_action.trigger)
    for words in ("Edit…", "Add a student…", "Add a mentor…"):
        click = partial(_click, page.widget, words)
        found[f"{words} cohort"] = partial(_press_at, shell, f"cohorts/{world.spring}", click)
    for who, texts in (
        (world.ana, ("Edit…", "Reset code…", "Assign a mentor…", "Move to a cohort…")),
        (world.mia, ("Deactivate…",)),
    ):
        for one in texts:
            click = partial(_click, page.widget, one)
            found[f"{one} {who}"] = partial(_press_at, shell, f"people/{who}", click)
    return found


async def _press_at(shell: Shell, place: str, press_it: Callable[[], object]) -> None:
    shell.open(f"/admin/{place}")
    await all_done()
    press_it()


def _click(page: QWidget, words: str) -> None:
    buttons = page.findChildren(QAbstractButton)
    [button] = [one for one in buttons if one.text() == words and one.isVisible()]
    button.click()

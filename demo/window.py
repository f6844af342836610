"""A real desktop in a process of its own, which does and sees what its stdin asks for.

Each line on stdin is a JSON object with `id` and `do`; each line on stdout answers one of them.
"""

import asyncio
import faulthandler
import json
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from typing_extensions import override

from demo.eyes import Eyes, Sight
from demo.hands import Hands
from demo.keyring_file import FileKeyring
from desktop.account.credentials import Credentials
from desktop.app.application import Application
from desktop.app.start import start
from desktop.settings import Settings
from desktop.tasks import spawn

LATE = ("socketio", "aiohttp", "httpx", "keyring")  # nothing of these before the rows are shown
Deed = Callable[[dict[str, Any]], Awaitable[object]]


class Driver(QObject):
    """Carries out what stdin asks for, in one application."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self._window = application.window
        self._hands = Hands(application.window, application.tray, application.open_link)
        self._eyes = Eyes(application.window)
        self._sights: list[Sight] = []
        self._all_seen = asyncio.Event()
        self._first_paint: dict[str, Any] = {}
        self._painted = asyncio.Event()
        self._window.frame.installEventFilter(self)
        QTimer.singleShot(0, self._listen)  # once the loop runs

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._first_paint and self._window.pages:
            self._first_paint = {"imported": [name for name in LATE if name in sys.modules]}
            QTimer.singleShot(0, self._note_first_paint)
        return super().eventFilter(watched, event)

    def _note_first_paint(self) -> None:
        """What stood there when the frame and all in it had been drawn."""
        self._window.frame.removeEventFilter(self)
        self._first_paint["rows"] = self._eyes.row_count()
        self._painted.set()

    def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read, args=(loop,), daemon=True).start()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """Hand each line to the loop; the end of stdin ends the program."""
        for line in sys.stdin:
            loop.call_soon_threadsafe(self._on_line, line)
        loop.call_soon_threadsafe(self._window.end)

    def _on_line(self, line: str) -> None:
        spawn(self._answer(json.loads(line)), name="deed")

    async def _answer(self, asked: dict[str, Any]) -> None:
        try:
            value = await self._deed(asked["do"])(asked)
            answer = {"id": asked["id"], "value": value}
        except Exception as error:  # noqa: BLE001  whatever went wrong, the asker waits for it
            answer = {"id": asked["id"], "error": f"{error}" or type(error).__name__}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()

    def _deed(self, name: str) -> Deed:
        deeds: dict[str, Deed] = {
            "sign_in": lambda a: self._hands.sign_in(a["server"], a["email"], a["password"]),
            "sign_in_again": lambda a: self._hands.sign_in_again(a["password"]),
            "register": lambda a: self._hands.register(a["values"], a.get("role", "student")),
            "show_way": lambda a: self._hands.show_way(a["way"]),
            "sign_out": lambda _: self._hands.sign_out(),
            "open_page": lambda a: self._hands.open_page(a["page"]),
            "plan": self._plan,
            "write": lambda a: self._hands.write(a["title"], a["body"], a["button"]),
            "begin_entry": lambda a: self._hands.begin_entry(a["title"], a["body"]),
            "open_writer": lambda _: self._hands.open_writer(),
            "type_body": lambda a: self._hands.type_body(a["text"]),
            "show_preview": lambda a: self._hands.show_preview(a["is_on"]),
            "leave_writer": lambda _: self._hands.leave_writer(),
            "show_schedule": lambda a: self._hands.show_schedule(a["view"]),
            "show_entries": lambda a: self._hands.show_entries(a["status"]),
            "review": lambda a: self._hands.review(a["title"], a["words"], a["decision"]),
            "open_editor": self._open_editor,
            "open_details": lambda _: self._hands.open_details(),
            "press_in_row": lambda a: self._hands.press_in_row(a["words"]),
            "open_first_row": lambda _: self._hands.open_first_row(),
            "leave_student": lambda _: self._hands.leave_student(),
            "open_history": lambda _: self._hands.open_history(),
            "close_dialog": lambda _: self._hands.close_dialog(),
            "press_button": lambda a: self._hands.press_button(a["words"]),
            "go_to": lambda a: self._hands.go_to(a["name"]),
            "go_to_part": lambda a: self._hands.go_to_part(a["name"]),
            "press_key": lambda a: self._hands.press_key(a["key"]),
            "type_keys": lambda a: self._hands.type_keys(a["text"]),
            "change_name": lambda a: self._hands.change_name(a["name"]),
            "choose_look": lambda a: self._hands.choose_look(a["look"]),
            "stand_beside": lambda a: self._hands.stand_beside(a["place"], a["places"]),
            "wait_for_sync": lambda a: self._hands.wait_for_sync(a["state"]),
            "wait_until_normal": lambda _: self._hands.wait_until_normal(),
            "shoot": lambda a: self._hands.shoot(a["path"], a["width"], a["height"]),
            "shoot_tray": lambda a: self._hands.shoot_tray(a["path"]),
            "watch": self._watch,
            "seen": self._seen,
            "first_paint": self._tell_first_paint,
            "look_at": self._look_at,
            "sync_state": self._tell_sync,
        }
        return deeds[name]

    async def _plan(self, asked: dict[str, Any]) -> int:
        start_at = datetime.fromisoformat(asked["start"])
        return await self._hands.plan(asked["title"], asked["person"], start_at, asked["minutes"])

    async def _open_editor(self, _asked: dict[str, Any]) -> None:
        await self._hands.open_editor()

    async def _watch(self, asked: dict[str, Any]) -> None:
        """Begin to look for things; `seen` waits for them."""
        self._all_seen.clear()
        self._sights = [self._eyes.sight(wanted, self._on_seen) for wanted in asked["things"]]

    def _on_seen(self) -> None:
        if all(sight.at_ns is not None for sight in self._sights):
            self._all_seen.set()

    async def _seen(self, _asked: dict[str, Any]) -> int:
        """The moment at which the last of the things looked for was painted."""
        await self._all_seen.wait()
        return max(sight.at_ns or 0 for sight in self._sights)

    async def _tell_first_paint(self, _asked: dict[str, Any]) -> dict[str, Any]:
        await self._painted.wait()
        return self._first_paint

    async def _tell_sync(self, _asked: dict[str, Any]) -> str:
        return self._window.sidebar.sync.look.state

    async def _look_at(self, asked: dict[str, Any]) -> object:
        """What stands in the window, by what is asked about it."""
        eyes = self._eyes
        looks: dict[str, Callable[[], object]] = {
            "pages": lambda: list(self._window.pages),
            "numbers": eyes.numbers,
            "line": lambda: eyes.line(asked["words"]),
            "row_id": lambda: eyes.row_id(asked["words"]),
            "row_text": lambda: eyes.row_text(asked["words"]),
            "is_on_page": lambda: eyes.is_on_page(asked["words"]),
            "found": lambda: eyes.found(asked["secrets"]),
            "is_minimized": self._window.isMinimized,
        }
        return looks[asked["what"]]()


def main(arguments: list[str]) -> int:
    """Start a desktop whose keyring is the file named first; the rest are Tandem's own options."""
    keyring = FileKeyring(Path(arguments[0]))
    drivers = []  # a driver without an owner would be collected

    def began(application: Application) -> None:
        faulthandler.enable()  # where it crashed is among its last words, and not in a report
        drivers.append(Driver(application))

    return start(
        Settings.load(arguments[1:], os.environ),
        Credentials(lambda: keyring),
        began,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

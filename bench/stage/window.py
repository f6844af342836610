"""The real application, which tells when it has painted and how late its loop is."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QListView
from typing_extensions import override

from bench.stage.client import MemoryKeyring
from bench.stage.memory import resident_mb
from desktop.account.credentials import Credentials
from desktop.account.sign_in import SignIn
from desktop.app.application import Application
from desktop.app.start import start
from desktop.settings import Settings
from desktop.store.schedules import next_session
from desktop.sync.states import Phase, SyncState
from desktop.tasks import spawn
from desktop.ui.workspace import Workspace
from domain.instants import second
from domain.planning import UpdateSchedule

BEAT_S = 0.005


class Watcher(QObject):
    """Looks at one application from inside its process."""

    def __init__(self, application: Application, then: Callable[[Watcher], object]) -> None:
        super().__init__()
        self._application = application
        self._then: Callable[[Watcher], object] | None = then
        self._painted = asyncio.Event()
        self._awaits_paint = False
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    @property
    def workspace(self) -> Workspace:
        stay = self._application.stay
        if stay is None or stay.shell is None:
            raise RuntimeError("Nobody is signed in.")
        return stay.shell._workspace  # noqa: SLF001  there is no other way to it from outside

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            if self._then and self._is_list(watched):
                then, self._then = self._then, None
                QTimer.singleShot(0, lambda: then(self))  # all else is drawn in this same turn
            if self._awaits_paint:
                self._awaits_paint = False
                QTimer.singleShot(0, self._painted.set)
        return super().eventFilter(watched, event)

    def _is_list(self, watched: QObject) -> bool:
        parent = watched.parent()
        return isinstance(parent, QListView) and parent.model().rowCount() > 0

    def tell_start(self) -> None:
        """Say when the first rows were drawn, and how much memory that took."""
        _tell(at_ns=time.monotonic_ns(), memory_mb=resident_mb())
        self._application.window.close()

    def act(self, count: int) -> None:
        spawn(self._act(count), name="act")

    def _await_paint(self) -> None:
        self._awaits_paint = True

    async def _act(self, count: int) -> None:
        """Change the next session; how long until each change was drawn, in milliseconds."""
        took = []
        workspace = self.workspace
        shown = workspace.query(next_session, workspace.me, second(workspace.now()))
        if shown is None:
            raise LookupError("There is no session ahead.")
        # After the screens' own slots: what is drawn from here on shows the change.
        workspace.news.changed.connect(lambda _kinds: self._await_paint())
        await asyncio.sleep(1)  # what follows the start has settled
        for number in range(count):
            self._painted.clear()
            began = time.perf_counter()
            await workspace.door.do(UpdateSchedule(id=shown.id, title=f"Changed {number}"))
            await self._painted.wait()
            took.append((time.perf_counter() - began) * 1000)
        _tell(took_ms=took)
        self._application.window.close()

    def watch_loop(self) -> None:
        """From now on note how late the loop is; tell it once all is in step."""
        late: list[float] = []
        loop = asyncio.get_running_loop()
        due = loop.time() + BEAT_S

        def beat() -> None:
            nonlocal due
            late.append((loop.time() - due) * 1000)
            due = loop.time() + BEAT_S
            loop.call_at(due, beat)

        def on_sync(state: SyncState) -> None:
            if state.phase is Phase.LIVE:
                _tell(late_ms=late)
                self._application.window.close()

        loop.call_at(due, beat)
        self.workspace.news.sync.connect(on_sync)


def _tell(**line: Any) -> None:
    print(json.dumps(line), flush=True)


def main(mode: str, data: str, *rest: str) -> int:
    """`start DATA`, `act DATA COUNT`, or `copy DATA SERVER EMAIL PASSWORD`."""
    keyring = MemoryKeyring()
    credentials = Credentials(lambda: keyring)
    then: dict[str, Callable[[Watcher], object]] = {
        "start": Watcher.tell_start,
        "act": lambda watcher: watcher.act(int(rest[0])),
        "copy": Watcher.watch_loop,
    }
    if mode == "copy":
        asyncio.run(_sign_in(SignIn(Path(data), credentials), *rest))
    kept = []  # a watcher without an owner would be collected
    settings = Settings.load(["--data", data], {})
    return start(settings, credentials, lambda app: kept.append(Watcher(app, then[mode])))


async def _sign_in(sign_in: SignIn, server: str, email: str, password: str) -> None:
    await sign_in.sign_in(server, email, password)
    await sign_in.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

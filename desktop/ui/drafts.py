"""What is typed and not sent, kept on this computer: written in order, and all of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.store.outbox import Draft
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn

log = logging.getLogger(__name__)

Run = Callable[[Callable[[Any], Any]], Awaitable[Any]]


class Drafts(QObject):
    """The drafts of one person by key; what the disk does not take is held in memory meanwhile.

    Signals:
        changed: there is one more, or one less.
        kept: the key of a draft that is on the disk now.
        failed: the key of a draft that is not, and why, in a sentence.
        due: what stands in a field is to be put here at once.
        given: the key of a draft that no field has put here; the field is to show it.
    """

    changed = Signal()
    kept = Signal(str)
    failed = Signal(str, str)
    due = Signal()
    given = Signal(str)

    def __init__(self, run: Run) -> None:
        """`run` has the store's thread do something, one thing after the other."""
        super().__init__()
        self._run = run
        self._keys: set[str] = set()
        self._noted: dict[str, bool] = {}  # what came and went since they are read
        self._held: dict[str, Any] = {}
        self._unwritten: set[asyncio.Future[None]] = set()

    def __contains__(self, key: str) -> bool:
        """Whether there is a draft, as far as was read (see `load`), or will be in a moment."""
        return key in self._keys

    def load(self) -> None:
        """Read which drafts there are."""
        self._noted.clear()
        self._begin(self._load())

    async def get(self, key: str) -> Any:
        """What was put under this key, or None. Raises `StoreTrouble`."""
        kept = await self._run(lambda store: store.get_draft(key))
        return self._held.get(key, kept)

    async def newest(self, start: str) -> list[tuple[str, Any]]:
        """The key and body of each whose key begins so, the newest first. Raises `StoreTrouble`."""
        bodies = {draft.key: draft.body for draft in await self.all()}
        for key, body in self._held.items():
            bodies.pop(key, None)
            bodies[key] = body
        return [(key, body) for key, body in reversed(bodies.items()) if key.startswith(start)]

    async def all(self) -> list[Draft]:
        """All of them, the oldest first. Raises `StoreTrouble`."""
        found: list[Draft] = await self._run(lambda store: store.drafts())
        return found

    def put(self, key: str, body: Any) -> None:
        """Keep a draft, without waiting for it."""
        self._begin(self._put(key, body))
        self._note(key, is_there=True)

    def drop(self, key: str) -> None:
        """Forget a draft: it was sent, or is not wanted."""
        self._begin(self._drop(key))
        self._note(key, is_there=False)

    async def close(self) -> None:
        """Have all fields put here what stands in them, and wait until it is on the disk.

        Nobody is told any more: those who would look at the rows then are about to go.
        """
        self.due.emit()
        self.blockSignals(True)
        for key, body in self._held.items():
            self.put(key, body)
        while self._unwritten:
            await asyncio.wait(set(self._unwritten))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        written = asyncio.get_running_loop().create_future()
        self._unwritten.add(written)
        spawn(self._finish(work, written), name="drafts")

    async def _finish(self, work: Coroutine[Any, Any, None], written: asyncio.Future[None]) -> None:
        try:
            await work
        finally:
            self._unwritten.discard(written)
            written.set_result(None)

    async def _load(self) -> None:
        try:
            found = {draft.key for draft in await self.all()}
        except StoreTrouble as trouble:
            log.warning("The drafts cannot be read: %s", trouble)
            return
        came = {key for key, is_there in self._noted.items() if is_there}
        self._know((found - self._noted.keys()) | came)

    async def _put(self, key: str, body: Any) -> None:
        try:
            await self._run(lambda store: store.put_draft(key, body))
        except StoreTrouble as trouble:
            self._held[key] = body
            log.warning("A draft cannot be kept: %s", trouble)
            self.failed.emit(key, str(trouble))
        else:
            self._held.pop(key, None)
            self.kept.emit(key)

    async def _drop(self, key: str) -> None:
        self._held.pop(key, None)
        try:
            await self._run(lambda store: store.drop_draft(key))
        except StoreTrouble as trouble:
            log.warning("A draft cannot be dropped: %s", trouble)
            self._note(key, is_there=True)

    def _note(self, key: str, *, is_there: bool) -> None:
        self._noted[key] = is_there
        self._know(self._keys | {key} if is_there else self._keys - {key})

    def _know(self, keys: set[str]) -> None:
        if keys != self._keys:
            self._keys = keys
            self.changed.emit()

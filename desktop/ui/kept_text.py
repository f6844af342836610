"""Keeps what is typed into a field, across crashes, until it is sent."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.tasks import spawn
from desktop.ui.widgets.text_area import TextArea
from desktop.ui.workspace import Workspace

KEEP_MS = 400


class KeptText(QObject):
    """Ties a field to a key of the local drafts; a crash costs what was typed in `KEEP_MS`.

    Signals:
        restored: what was kept under the key stands in the field again.
    """

    restored = Signal()

    def __init__(self, workspace: Workspace, field: TextArea) -> None:
        super().__init__(field)
        self._workspace = workspace
        self._field = field
        self._key = ""
        self._given = ""
        self._is_typed_in = False
        self._is_filling = False
        self._clock = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._clock.timeout.connect(self.keep)
        field.textChanged.connect(self._on_changed)

    @property
    def key(self) -> str:
        return self._key

    def show(self, key: str, given: str = "") -> None:
        """Keep what stands there, and go on with another key: with its draft, else with `given`."""
        if key == self._key:
            return
        self.keep()
        self._key = key
        self._given = given
        self._fill(given)
        if key:
            spawn(self._restore(key), name="restore draft")

    def keep(self) -> None:
        """Keep at once what was typed since the last time."""
        if not self._clock.isActive():
            return
        self._clock.stop()
        text = self._field.toPlainText()
        is_new = bool(text.strip()) and text != self._given
        spawn(self._kept(self._key, text if is_new else ""), name="keep draft")

    def drop(self, key: str) -> None:
        """Forget the draft of a key: it was sent, or is not wanted; the field empties with it."""
        if key == self._key:
            self._clock.stop()
            self._fill("")
        spawn(self._kept(key, ""), name="drop draft")

    def _fill(self, text: str) -> None:
        self._is_filling = True
        self._field.setPlainText(text)
        self._field.end()
        self._is_filling = False
        self._is_typed_in = False

    def _on_changed(self) -> None:
        if self._key and not self._is_filling:
            self._is_typed_in = True
            self._clock.start()

    async def _restore(self, key: str) -> None:
        body = await self._workspace.door.run(lambda store: store.get_draft(key))
        if key == self._key and isinstance(body, str) and body and not self._is_typed_in:
            self._fill(body)
            self.restored.emit()

    async def _kept(self, key: str, text: str) -> None:
        if text:
            await self._workspace.door.run(lambda store: store.put_draft(key, text))
        else:
            await self._workspace.door.run(lambda store: store.drop_draft(key))

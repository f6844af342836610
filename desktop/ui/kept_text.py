"""Keeps what is typed into a field, across crashes, until it is sent."""

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.widgets.text_area import TextArea
from desktop.ui.workspace import Workspace

KEEP_MS = 400


class KeptText(QObject):
    """Ties a field to a key of the local drafts; a crash costs what was typed in `KEEP_MS`.

    Signals:
        restored: what was kept under the key stands in the field again.
        failed: what was typed cannot be kept, and why, in a sentence.
    """

    restored = Signal()
    failed = Signal(str)

    def __init__(self, workspace: Workspace, field: TextArea) -> None:
        super().__init__(field)
        self._workspace = workspace
        self._field = field
        self._key = ""
        self._given = ""
        self._is_typed_in = False
        self._is_filling = False
        self._is_kept = True
        self._clock = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._clock.timeout.connect(self.keep)
        field.textChanged.connect(self._on_changed)
        workspace.drafts.due.connect(self.keep)
        workspace.drafts.given.connect(self._on_given)
        workspace.drafts.failed.connect(self._on_failed)

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
        if self._is_kept:
            return
        self._clock.stop()
        self._is_kept = True
        text = self._field.toPlainText()
        if text.strip() and text != self._given:
            self._workspace.drafts.put(self._key, text)
        else:
            self._workspace.drafts.drop(self._key)

    def drop(self, key: str) -> None:
        """Forget the draft of a key: it was sent, or is not wanted; the field empties with it."""
        if key == self._key:
            self._clock.stop()
            self._is_kept = True
            self._fill("")
        self._workspace.drafts.drop(key)

    def _fill(self, text: str) -> None:
        self._is_filling = True
        self._field.setPlainText(text)
        self._field.end()
        self._is_filling = False
        self._is_typed_in = False

    def _on_changed(self) -> None:
        if self._key and not self._is_filling:
            self._is_typed_in = True
            self._is_kept = False
            self._clock.start()

    async def _restore(self, key: str) -> None:
        try:
            body = await self._workspace.drafts.get(key)
        except StoreTrouble as trouble:
            self.failed.emit(str(trouble))
            return
        if key == self._key and isinstance(body, str) and body and not self._is_typed_in:
            self._fill(body)
            self.restored.emit()

    def _on_given(self, key: str) -> None:
        if key == self._key:
            self._is_typed_in = False
            spawn(self._restore(key), name="restore draft")

    def _on_failed(self, key: str, sentence: str) -> None:
        if key == self._key:
            self.failed.emit(sentence)

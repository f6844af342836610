"""One program for each data folder: a second start hands its wish to the first and ends."""

import hashlib
import json
import logging
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.store.lock import FolderLock
from desktop.store.trouble import InUse

log = logging.getLogger(__name__)

WAIT_MS = 1500
READ_MS = 200
LONGEST = 8192  # bytes of a wish: a link at most
PATIENCE_MS = 15_000  # for one that has just begun, or is about to end
KNOCK_AGAIN_MS = 50
SILENT = (
    "Tandem is open already with this data folder, but does not answer. "
    "End that program, then start Tandem again."
)


class Silent(Exception):
    """Another program has the folder and does not answer; `str(error)` is for the user's eyes."""

    def __init__(self) -> None:
        super().__init__(SILENT)


class Wish(NamedTuple):
    """What a start wants: a link that it was given or "", and whether to stay out of sight."""

    link: str = ""
    is_minimized: bool = False


class SingleInstance(QObject):
    """The door at which later starts knock; only who holds the folder's lock stands behind it.

    Signals:
        wished: the Wish of another start.
    """

    wished = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._name = f"tandem-{key}"
        self._lock: FolderLock | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def enter(self, wish: Wish) -> bool:
        """Become the one that runs; false when another is, and has taken the wish.

        Raises:
            Silent: another one has the folder, and nothing is heard of it.
        """
        waited = QElapsedTimer()
        waited.start()
        while True:
            if self.hand_over(wish):
                return False
            if self.listen():
                return True
            # Another one has just begun and does not listen yet, or is about to end.
            if waited.hasExpired(PATIENCE_MS):
                raise Silent
            QThread.msleep(KNOCK_AGAIN_MS)

    def hand_over(self, wish: Wish) -> bool:
        """Give the wish to a program that runs already; false when none has taken it.

        Who takes it closes the line: that it could be written says nothing, for the system takes
        calls for a program that hangs, too.
        """
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(f"{json.dumps(wish._asdict())}\n".encode())
        socket.waitForBytesWritten(WAIT_MS)
        is_closed = socket.state() is QLocalSocket.LocalSocketState.UnconnectedState
        return is_closed or socket.waitForDisconnected(PATIENCE_MS)

    def listen(self) -> bool:
        """Become the one that runs; false when another holds the folder's lock."""
        try:
            self._lock = self._lock or self._taken_lock()
        except InUse:
            return False
        except OSError as error:
            log.info("The data folder cannot be locked: %s", error)  # the store will say it
        if not self._server.listen(self._name):
            QLocalServer.removeServer(self._name)  # what a killed program left behind
            self._server.listen(self._name)
        return True

    def stop_listening(self) -> None:
        """Take no more wishes: whoever comes now waits for the end, and is the next one then."""
        self._server.close()

    def close(self) -> None:
        """Make room for another one."""
        self._server.close()
        if self._lock:
            self._lock.release()
            self._lock = None

    def _taken_lock(self) -> FolderLock:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FolderLock.take(self._folder)

    def _on_knock(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            # It comes from this person's own program, which writes at once.
            if socket.canReadLine() or socket.waitForReadyRead(READ_MS):
                self.wished.emit(_wish(bytes(socket.readLine(LONGEST).data())))
            socket.close()


def _wish(line: bytes) -> Wish:
    """What was written; what cannot be read wants the window."""
    try:
        return Wish(**json.loads(line))
    except (ValueError, TypeError):
        return Wish()

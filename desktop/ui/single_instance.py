"""One program for each data folder: a second start hands its wish to the first and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT_MS = 1500
READ_MS = 200
LONGEST = 4096  # bytes of a wish: a link at most


class SingleInstance(QObject):
    """The door at which later starts knock.

    Signals:
        wished: another start wants the window, with the link it was given or "".
    """

    wished = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._name = f"tandem-{key}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def hand_over(self, link: str) -> bool:
        """Give the wish to a program that runs already; false when there is none."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(WAIT_MS):
            return False
        socket.write(f"{link}\n".encode())
        socket.waitForBytesWritten(WAIT_MS)
        socket.disconnectFromServer()
        return True

    def listen(self) -> bool:
        """Become the one that runs; false when another has just done so."""
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)  # what a killed program left behind
        return self._server.listen(self._name)

    def close(self) -> None:
        self._server.close()

    def _on_knock(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            # It comes from this person's own program, which writes at once.
            if socket.canReadLine() or socket.waitForReadyRead(READ_MS):
                line = bytes(socket.readLine(LONGEST).data()).decode("utf-8", "replace")
                self.wished.emit(line.strip())
            socket.close()

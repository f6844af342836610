"""Toasts by the tray's icon, where no notification service is: one at a time."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.ui.notifications.toasts import (
    LONGEST_BODY,
    LONGEST_TITLE,
    OPEN,
    Pressed,
    Toast,
    one_line,
)
from desktop.ui.tray import Tray

SHOWN_MS = 10_000


class Balloons:
    """Qt does not say which message was clicked, so only the newest one counts, while it is shown.

    A hint of the tray itself is a message, too: its click opens nothing.
    """

    def __init__(self, tray: Tray, pressed: Pressed) -> None:
        self._tray = tray
        self._pressed = pressed
        self._key = ""
        self._gone = QTimer(tray, singleShot=True, interval=SHOWN_MS)
        self._gone.timeout.connect(self._forget)
        tray.message_clicked.connect(self._on_clicked)
        tray.came.connect(self._forget)  # a message of the tray before is gone with it
        tray.hinted.connect(self._forget)

    async def show(self, toast: Toast) -> bool:
        """Show it instead of the one before; false where the tray shows none."""
        icon = self._tray.icon
        if not (icon.isVisible() and QSystemTrayIcon.supportsMessages()):
            return False
        self._key = toast.key
        self._gone.start()
        icon.showMessage(
            one_line(toast.title, LONGEST_TITLE),
            one_line(toast.body, LONGEST_BODY),
            icon.icon(),
            SHOWN_MS,
        )
        return True

    async def update(self, toast: Toast) -> bool:
        """A message of the tray cannot be changed, only shown once more, which would disturb."""
        return False

    async def withdraw(self, key: str) -> None:
        """A message of the tray cannot be taken away; its click leads nowhere any more."""
        if key == self._key:
            self._forget()

    async def close(self) -> None:
        """Leave the icon to others."""
        self._forget()
        self._tray.message_clicked.disconnect(self._on_clicked)
        self._tray.came.disconnect(self._forget)
        self._tray.hinted.disconnect(self._forget)
        self._gone.deleteLater()

    def _forget(self) -> None:
        self._key = ""
        self._gone.stop()

    def _on_clicked(self) -> None:
        if self._key:
            self._pressed.action.emit(self._key, OPEN)

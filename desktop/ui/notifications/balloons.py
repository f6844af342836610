"""Toasts by the tray's icon, where no notification service is: one at a time."""

from PySide6.QtWidgets import QSystemTrayIcon

from desktop.ui.notifications.toasts import (
    LONGEST_BODY,
    LONGEST_TITLE,
    OPEN,
    Pressed,
    Toast,
    one_line,
)

SHOWN_MS = 10_000


class Balloons:
    """Qt does not say which message was clicked, so only the newest one counts."""

    def __init__(self, icon: QSystemTrayIcon, pressed: Pressed) -> None:
        self._icon = icon
        self._pressed = pressed
        self._key = ""
        icon.messageClicked.connect(self._on_clicked)

    async def show(self, toast: Toast) -> bool:
        """Show it instead of the one before; false where the tray shows none."""
        if not (self._icon.isVisible() and QSystemTrayIcon.supportsMessages()):
            return False
        self._key = toast.key
        self._icon.showMessage(
            one_line(toast.title, LONGEST_TITLE),
            one_line(toast.body, LONGEST_BODY),
            self._icon.icon(),
            SHOWN_MS,
        )
        return True

    async def withdraw(self, key: str) -> None:
        """A message of the tray cannot be taken away; its click leads nowhere any more."""
        if key == self._key:
            self._key = ""

    def _on_clicked(self) -> None:
        if self._key:
            self._pressed.action.emit(self._key, OPEN)

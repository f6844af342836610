"""The ways in which this computer shows a toast, the best one first."""

from collections.abc import Sequence

from desktop.ui.notifications.balloons import Balloons
from desktop.ui.notifications.freedesktop import NotificationService
from desktop.ui.notifications.toasts import Delivery, Pressed, Toast
from desktop.ui.tray import Tray


class Deliveries:
    """Itself a delivery: the first of several that can show a toast does."""

    def __init__(self, ways: Sequence[Delivery]) -> None:
        self.ways = ways
        self._is_closed = False

    async def show(self, toast: Toast) -> bool:
        """Show it by the first way that works; false when none does, or all is closed."""
        for way in self.ways:
            if not self._is_closed and await way.show(toast):
                return True
        return False

    async def update(self, toast: Toast) -> bool:
        """Change it where it stands, in silence; false where it stands nowhere."""
        for way in self.ways:
            if not self._is_closed and await way.update(toast):
                return True
        return False

    async def withdraw(self, key: str) -> None:
        """Take it away, whichever way it came."""
        for way in self.ways:
            await way.withdraw(key)

    async def close(self) -> None:
        """Take everything away, and show nothing any more."""
        self._is_closed = True
        for way in self.ways:
            await way.close()


def ways_on(platform: str, tray: Tray, pressed: Pressed) -> list[Delivery]:
    """What there is on a platform, as `sys.platform` names it."""
    balloons = Balloons(tray, pressed)
    return [NotificationService(pressed), balloons] if platform == "linux" else [balloons]

"""Toasts by the tray's icon: one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from desktop.ui.notifications.balloons import Balloons
from desktop.ui.notifications.toasts import OPEN, Pressed, Toast


class Icon(QObject):
    """The part of a tray's icon that shows messages."""

    messageClicked = Signal()  # noqa: N815  Qt's name

    def __init__(self, *, is_visible: bool = True) -> None:
        super().__init__()
        self.is_visible = is_visible
        self.messages: list[tuple[str, str]] = []

    def isVisible(self) -> bool:  # noqa: N802
        return self.is_visible

    def icon(self) -> QIcon:
        return QIcon()

    def showMessage(self, title: str, body: str, _icon: QIcon, _ms: int) -> None:  # noqa: N802
        self.messages.append((title, body))


def balloons(icon: Icon) -> tuple[Balloons, list[tuple[str, str]]]:
    pressed = Pressed()
    done: list[tuple[str, str]] = []
    pressed.action.connect(lambda key, action: done.append((key, action)))
    made = Balloons(icon, pressed)  # type: ignore[arg-type]
    made.held = pressed  # type: ignore[attr-defined]
    return made, done


async def test_a_click_belongs_to_the_newest(qapp: QApplication) -> None:
    icon = Icon()
    shown, done = balloons(icon)
    if not QSystemTrayIcon.supportsMessages():
        assert not await shown.show(Toast(key="a", title="One"))
        return

    await shown.show(Toast(key="a", title="One", body="two\nlines"))
    await shown.show(Toast(key="b", title="Two"))
    icon.messageClicked.emit()

    assert icon.messages == [("One", "two lines"), ("Two", "")]
    assert done == [("b", OPEN)]


async def test_one_that_was_withdrawn_leads_nowhere(qapp: QApplication) -> None:
    icon = Icon()
    shown, done = balloons(icon)
    await shown.show(Toast(key="a", title="One"))

    await shown.withdraw("other")
    await shown.withdraw("a")
    icon.messageClicked.emit()

    assert done == []


async def test_without_a_tray_it_shows_nothing(qapp: QApplication) -> None:
    icon = Icon(is_visible=False)
    shown, _done = balloons(icon)

    assert not await shown.show(Toast(key="a", title="One"))
    assert icon.messages == []

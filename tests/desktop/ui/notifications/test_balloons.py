"""Toasts by the tray's icon: one at a time."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop.ui.notifications.balloons import Balloons
from desktop.ui.notifications.toasts import OPEN, Pressed, Toast
from tests.desktop.ui.rows import until


class Icon(QObject):
    """The part of a tray's icon that shows messages."""

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


class TrayOfIcon(QObject):
    """The part of a tray that toasts need."""

    hinted = Signal(str)
    came = Signal()
    message_clicked = Signal()

    def __init__(self, *, is_visible: bool = True) -> None:
        super().__init__()
        self.icon = Icon(is_visible=is_visible)


class Shown:
    """Balloons at a tray, with what was pressed on them."""

    def __init__(self, *, is_visible: bool = True) -> None:
        self.tray = TrayOfIcon(is_visible=is_visible)
        self.pressed = Pressed()
        self.done: list[tuple[str, str]] = []
        self.pressed.action.connect(lambda key, action: self.done.append((key, action)))
        self.balloons = Balloons(self.tray, self.pressed)  # type: ignore[arg-type]

    def click(self) -> None:
        self.tray.message_clicked.emit()


async def test_a_click_belongs_to_the_newest(qapp: QApplication) -> None:
    shown = Shown()

    await shown.balloons.show(Toast(key="a", title="One", body="two\nlines"))
    await shown.balloons.show(Toast(key="b", title="Two"))
    shown.click()

    assert shown.tray.icon.messages == [("One", "two lines"), ("Two", "")]
    assert shown.done == [("b", OPEN)]


async def test_one_that_was_withdrawn_leads_nowhere(qapp: QApplication) -> None:
    shown = Shown()
    await shown.balloons.show(Toast(key="a", title="One"))

    await shown.balloons.withdraw("other")
    await shown.balloons.withdraw("a")
    shown.click()

    assert shown.done == []


async def test_the_click_on_a_hint_of_the_tray_opens_no_toast(qapp: QApplication) -> None:
    shown = Shown()
    await shown.balloons.show(Toast(key="a", title="One"))

    shown.tray.hinted.emit("Tandem goes on in the tray")
    shown.click()

    assert shown.done == []


async def test_a_click_after_its_time_opens_nothing(qapp: QApplication) -> None:
    shown = Shown()
    shown.balloons._gone.setInterval(0)

    await shown.balloons.show(Toast(key="a", title="One"))
    await until(lambda: not shown.balloons._gone.isActive())
    shown.click()

    assert shown.done == []


async def test_the_time_of_a_newer_one_begins_anew(qapp: QApplication) -> None:
    shown = Shown()
    await shown.balloons.show(Toast(key="a", title="One"))
    shown.balloons._gone.setInterval(60_000)

    await shown.balloons.show(Toast(key="b", title="Two"))

    assert shown.balloons._gone.remainingTime() > 30_000


async def test_it_is_not_shown_once_more_when_it_changes(qapp: QApplication) -> None:
    shown = Shown()
    await shown.balloons.show(Toast(key="a", title="In 10 min"))

    assert not await shown.balloons.update(Toast(key="a", title="In 9 min"))

    assert shown.tray.icon.messages == [("In 10 min", "")]


async def test_after_the_end_the_icon_belongs_to_others(qapp: QApplication) -> None:
    shown = Shown()
    await shown.balloons.show(Toast(key="a", title="One"))

    await shown.balloons.close()
    shown.click()

    assert shown.done == []


async def test_without_a_tray_it_shows_nothing(qapp: QApplication) -> None:
    shown = Shown(is_visible=False)

    assert not await shown.balloons.show(Toast(key="a", title="One"))
    assert shown.tray.icon.messages == []


async def test_a_tray_that_comes_shows_what_comes_and_knows_nothing_of_before(
    qapp: QApplication,
) -> None:
    shown = Shown()
    await shown.balloons.show(Toast(key="a", title="One"))
    older, shown.tray.icon = shown.tray.icon, Icon()

    shown.tray.came.emit()
    shown.click()
    await shown.balloons.show(Toast(key="b", title="Two"))
    shown.click()

    assert (older.messages, shown.tray.icon.messages) == ([("One", "")], [("Two", "")])
    assert shown.done == [("b", OPEN)]

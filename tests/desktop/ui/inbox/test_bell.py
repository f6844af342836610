"""The panel beneath the bell, over a real store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.ui.inbox.bell import MOST_SHOWN, BellPanel
from desktop.ui.inbox.panel import InboxPanel
from desktop.ui.theme import Theme
from domain.outcomes import CancelSchedule
from tests.builders import World, ahead
from tests.desktop.ui.rows import go_to, ids, look, press
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")
LEFT = Qt.MouseButton.LeftButton


@dataclass
class Hung:
    """The panel on a window, with the bell that it hangs on."""

    seat: Seat
    window: QWidget
    bell: QToolButton
    joined: BellPanel

    @property
    def panel(self) -> InboxPanel:
        return self.joined.panel

    @property
    def unread(self) -> int:
        return self.seat.workspace.recent.unread_count(now=ahead())


Hang = Callable[[str], Hung]


@pytest.fixture
def hang(theme: Theme, seat_of: SeatOf, window: QWidget, qtbot: QtBot) -> Hang:
    def hang(user: str) -> Hung:
        seat = seat_of(user)
        bell = QToolButton()
        column = QVBoxLayout(window)
        column.addWidget(bell)
        column.addWidget(QLineEdit())
        bell.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bell.setFocus()
        joined = BellPanel(seat.workspace, theme, bell)
        with qtbot.waitExposed(joined.panel):
            joined.open()
        return Hung(seat, window, bell, joined)

    return hang


async def test_the_newest_unread_stand_there_with_the_keyboard_on_the_first(
    world: World, hang: Hang
) -> None:
    hung = hang(world.ana)

    assert len(ids(hung.panel.list)) == min(MOST_SHOWN, hung.unread)
    assert hung.panel.list.hasFocus()
    assert hung.panel.list.current_id() == ids(hung.panel.list)[0]
    assert hung.panel.accessibleName() == f"Inbox, {hung.unread} unread"
    newest = look(hung.panel.list, ids(hung.panel.list)[0])
    assert newest.title == "Mia Stone canceled “Weekly talk”"
    assert newest.subtitle == "Fri 5 Dec, 13:00 · Ill."


async def test_enter_opens_the_item_reads_it_and_closes_the_panel(
    world: World, hang: Hang, qtbot: QtBot
) -> None:
    hung = hang(world.ana)
    before = hung.unread

    qtbot.keyClick(hung.panel.list, Qt.Key.Key_Return)
    await all_done()

    assert hung.seat.opened == [f"/student/schedule/{world.canceled}"]
    assert hung.unread == before - 1
    assert not hung.panel.isVisible()


async def test_escape_gives_the_keyboard_back_to_the_bell(
    world: World, hang: Hang, qtbot: QtBot
) -> None:
    hung = hang(world.ana)

    qtbot.keyClick(hung.panel.list, Qt.Key.Key_Escape)

    assert not hung.panel.isVisible()
    qtbot.waitUntil(hung.bell.hasFocus)


async def test_escape_gives_the_keyboard_back_to_where_it_was_opened_by_key(
    world: World, hang: Hang, qtbot: QtBot
) -> None:
    hung = hang(world.ana)
    [field] = hung.window.findChildren(QLineEdit)
    hung.panel.hide()
    field.setFocus()
    hung.joined.open()

    qtbot.keyClick(hung.panel.list, Qt.Key.Key_Escape)

    qtbot.waitUntil(field.hasFocus)


async def test_ctrl_z_asks_to_take_back_what_was_done_last(
    world: World, hang: Hang, qtbot: QtBot
) -> None:
    hung = hang(world.ana)

    with qtbot.waitSignal(hung.panel.undo_asked):
        qtbot.keyClick(hung.panel.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("action", ["read", "archived"])
async def test_a_row_is_marked_in_place_and_leaves(
    world: World, hang: Hang, qtbot: QtBot, action: str
) -> None:
    hung = hang(world.ana)
    first, before = ids(hung.panel.list)[0], hung.unread

    press(qtbot, hung.panel.list, first, action)
    await all_done()

    assert first not in ids(hung.panel.list)
    assert hung.unread == before - 1
    assert hung.panel.isVisible()


async def test_by_letters_one_reads_on(world: World, hang: Hang, qtbot: QtBot) -> None:
    hung = hang(world.ana)
    first, second = ids(hung.panel.list)[:2]

    qtbot.keyClick(hung.panel.list, Qt.Key.Key_J)
    assert hung.panel.list.current_id() == second
    qtbot.keyClick(hung.panel.list, Qt.Key.Key_U)
    await all_done()

    assert second not in ids(hung.panel.list)
    assert first in ids(hung.panel.list)


async def test_one_is_snoozed_until_a_preset(world: World, hang: Hang, qtbot: QtBot) -> None:
    hung = hang(world.ana)
    first = ids(hung.panel.list)[0]

    qtbot.keyClick(hung.panel.list, Qt.Key.Key_S)
    [menu] = [one for one in hung.window.findChildren(QMenu) if one.isVisible()]
    menu.actions()[0].trigger()
    menu.hide()
    await all_done()

    assert first not in ids(hung.panel.list)
    assert hung.seat.said == ["Snoozed until Today, 16:00."]


async def test_another_time_is_asked_for_on_the_window(
    world: World, hang: Hang, qtbot: QtBot
) -> None:
    hung = hang(world.ana)
    qtbot.keyClick(hung.panel.list, Qt.Key.Key_S)
    [menu] = [one for one in hung.window.findChildren(QMenu) if one.isVisible()]

    menu.actions()[-1].trigger()
    menu.hide()

    [dialog] = [one for one in hung.window.findChildren(QDialog) if one.isVisible()]
    assert not hung.panel.isVisible()
    dialog.reject()


async def test_all_are_read_and_the_panel_says_so(world: World, hang: Hang, qtbot: QtBot) -> None:
    hung = hang(world.ana)

    qtbot.mouseClick(hung.panel.mark_all, LEFT)
    await all_done()

    assert ids(hung.panel.list) == []
    assert hung.panel.empty.isVisible()
    assert not hung.panel.mark_all.isEnabled()
    assert hung.unread == 0


async def test_when_the_last_row_goes_the_keyboard_has_a_place(
    world: World, hang: Hang, qtbot: QtBot
) -> None:
    hung = hang(world.ana)

    while rows := ids(hung.panel.list):
        go_to(hung.panel.list, rows[0])
        qtbot.keyClick(hung.panel.list, Qt.Key.Key_E)
        await all_done()

    assert hung.panel.open_inbox.hasFocus()


async def test_what_comes_while_it_is_open_stands_on_top(world: World, hang: Hang) -> None:
    hung = hang(world.ana)
    chosen = hung.panel.list.current_id()

    world.done_by(CancelSchedule(id=world.soon), world.mia, now=ahead(minutes=1))
    hung.seat.sync()

    assert ids(hung.panel.list)[1] == chosen
    assert hung.panel.list.current_id() == chosen


async def test_the_whole_inbox_is_one_press_away(world: World, hang: Hang, qtbot: QtBot) -> None:
    hung = hang(world.ana)

    qtbot.mouseClick(hung.panel.open_inbox, LEFT)

    assert hung.seat.opened == ["/inbox"]
    assert not hung.panel.isVisible()


async def test_it_hangs_within_the_screen(world: World, hang: Hang) -> None:
    panel = hang(world.ana).panel

    assert panel.screen().availableGeometry().contains(panel.geometry())


async def test_it_is_taken_away_for_somebody_else(world: World, hang: Hang) -> None:
    hung = hang(world.ana)

    hung.joined.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert not isValid(hung.panel)

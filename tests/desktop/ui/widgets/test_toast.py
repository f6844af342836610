"""Messages that stay long enough to be read and undone."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.toast import MOST, ToastStack


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(720, 520)
    room.show()
    return room


@pytest.fixture
def stack(theme: Theme, room: QWidget) -> ToastStack:
    return ToastStack(theme, room)


def test_undo_calls_back_and_takes_the_message_away(stack: ToastStack, qtbot: QtBot) -> None:
    undone: list[bool] = []
    toast = stack.show_message("Canceled.", "Undo", lambda: undone.append(True))

    qtbot.mouseClick(toast.action_button, Qt.MouseButton.LeftButton)

    assert undone == [True]
    assert stack.toasts == []
    assert not stack.isVisible()


def test_its_time_ends(stack: ToastStack) -> None:
    toast = stack.show_message("Saved.")

    toast.clock.timeout.emit()

    assert stack.toasts == []


def test_the_time_stands_still_under_the_pointer(stack: ToastStack) -> None:
    toast = stack.show_message("Saved.")

    QApplication.sendEvent(toast, QEvent(QEvent.Type.Enter))
    assert not toast.clock.isActive()

    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.clock.isActive()


def test_the_time_stands_still_while_the_keyboard_is_on_it(stack: ToastStack, qtbot: QtBot) -> None:
    toast = stack.show_message("Canceled.", "Undo", lambda: None)
    stack.window().activateWindow()

    stack.take_focus()
    qtbot.waitUntil(toast.action_button.hasFocus)

    assert not toast.clock.isActive()


def test_escape_dismisses_it(stack: ToastStack, qtbot: QtBot) -> None:
    toast = stack.show_message("Saved.")

    qtbot.keyClick(toast.close_button, Qt.Key.Key_Escape)

    assert stack.toasts == []


def test_the_oldest_gives_way(stack: ToastStack) -> None:
    shown = [stack.show_message(str(number)) for number in range(MOST + 1)]

    assert stack.toasts == shown[1:]


def test_a_notice_stands_until_it_is_dismissed(stack: ToastStack, qtbot: QtBot) -> None:
    notice = stack.show_message("The relay was restored.", stays=True)
    shown = [stack.show_message(str(number)) for number in range(MOST)]

    QApplication.sendEvent(notice, QEvent(QEvent.Type.Leave))

    assert not notice.clock.isActive()
    assert stack.toasts == [notice, *shown[1:]]
    qtbot.mouseClick(notice.close_button, Qt.MouseButton.LeftButton)
    assert stack.toasts == shown[1:]


def test_a_notice_gives_way_to_newer_ones(stack: ToastStack) -> None:
    shown = [stack.show_message(str(number), stays=True) for number in range(MOST + 1)]

    assert stack.toasts == shown[1:]


def test_stays_inside_its_room(stack: ToastStack) -> None:
    stack.show_message("word " * 60, "Undo", lambda: None)

    room = stack.parentWidget()
    assert room is not None
    assert room.rect().contains(stack.geometry())


def test_several_messages_stand_whole_above_each_other(stack: ToastStack) -> None:
    toasts = []
    for number in range(MOST + 1):
        toasts.append(stack.show_message(f"Planned {number}.", "Undo", lambda: None))
        QApplication.processEvents()

    shown = stack.toasts
    assert len(shown) == MOST
    for toast in shown:
        assert toast.height() >= toast.action_button.sizeHint().height() + 16
    shown[0].close_button.click()
    QApplication.processEvents()
    for toast in stack.toasts:
        assert toast.height() >= toast.action_button.sizeHint().height() + 16
        assert stack.rect().contains(toast.geometry())


def test_they_leave_the_buttons_at_the_foot_of_a_page_free(
    stack: ToastStack, room: QWidget
) -> None:
    foot = QFrame(room)
    foot.setObjectName("foot")
    foot.setGeometry(0, 440, 720, 80)
    foot.show()

    toast = stack.show_message("Approved.")
    QApplication.processEvents()

    assert toast.mapTo(room, toast.rect().bottomLeft()).y() < 440
    foot.hide()
    stack.place()
    assert stack.geometry().bottom() > 440


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_keyboard_goes_back_to_where_it_was(
    stack: ToastStack, room: QWidget, qtbot: QtBot, key: Qt.Key
) -> None:
    first, second = QLineEdit(room), QLineEdit(room)
    first.show()
    second.show()
    room.activateWindow()
    second.setFocus()
    toast = stack.show_message("Canceled.", "Undo", lambda: None)
    stack.take_focus()
    qtbot.waitUntil(toast.action_button.hasFocus)

    qtbot.keyClick(toast.action_button, key)

    assert second.hasFocus()


def test_the_keyboard_goes_to_the_list_where_its_place_has_gone(
    stack: ToastStack, room: QWidget, qtbot: QtBot
) -> None:
    field, rows = QLineEdit(room), QListWidget(room)
    field.show()
    rows.show()
    room.activateWindow()
    field.setFocus()
    toast = stack.show_message("Canceled.", "Undo", lambda: None)
    stack.take_focus()
    qtbot.waitUntil(toast.action_button.hasFocus)
    field.hide()

    qtbot.keyClick(toast.action_button, Qt.Key.Key_Return)

    assert rows.hasFocus()

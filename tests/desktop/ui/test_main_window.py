"""The frame, driven as a person drives it."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.ui.main_window import FIRST, SMALLEST, MainWindow, PageSpec
from desktop.ui.shortcuts_dialog import ShortcutsDialog
from desktop.ui.sync_state import SyncLook, SyncState
from desktop.ui.theme import Look, Theme
from tests.desktop.ui.stops import stops

Open = Callable[..., MainWindow]


class MemoryRemembered:
    """Remembers for as long as the test lasts."""

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self.values = values or {}

    def load(self) -> dict[str, Any]:
        return dict(self.values)

    def save(self, values: dict[str, Any]) -> None:
        self.values = values


@pytest.fixture
def remembered() -> MemoryRemembered:
    return MemoryRemembered()


@pytest.fixture
def open_window(theme: Theme, remembered: MemoryRemembered, qtbot: QtBot) -> Open:
    def open_window() -> MainWindow:
        window = MainWindow(theme, remembered)
        qtbot.addWidget(window)
        action = QAction("New session", window)
        for key, title, icon, primary in (
            ("today", "Today", "today", None),
            ("schedule", "Schedule", "calendar", action),
            ("attention", "Needs attention", "warning", None),
        ):
            window.add_page(
                PageSpec(
                    key=key,
                    title=title,
                    icon=icon,
                    widget=QLabel(title),
                    primary_action=primary,
                    path=f"/mentor/{key}",
                )
            )
        return window

    return open_window


@pytest.fixture
def window(open_window: Open, qtbot: QtBot) -> MainWindow:
    window = open_window()
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def test_opens_on_its_first_page_in_its_first_size(window: MainWindow) -> None:
    assert window.current_key == "today"
    assert window.topbar.title.text() == "Today"
    assert (window.width(), window.height()) == FIRST


def test_a_click_in_the_sidebar_opens_the_page(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.page_changed) as changed:
        qtbot.mouseClick(window.sidebar.items["schedule"], Qt.MouseButton.LeftButton)

    assert changed.args == ["schedule"]
    assert window.stack.currentWidget() is window.pages["schedule"].widget


def test_number_keys_open_pages(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.current_key == "schedule"


def test_number_keys_count_only_the_pages_that_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.set_page_visible("schedule", False)

    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.current_key == "attention"


def test_number_keys_bring_the_keyboard_to_the_page(window: MainWindow, qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    rows = QListWidget()
    column.addWidget(QLineEdit())
    column.addWidget(rows)
    window.add_page(PageSpec(key="entries", title="Entries", icon="entries", widget=page))
    QCoreApplication.processEvents()  # what was added to a window is shown in the next turn
    window.sidebar.items["today"].setFocus()

    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)

    assert rows.hasFocus()


def test_tab_goes_from_the_sidebar_by_the_bar_to_the_page(window: MainWindow) -> None:
    field = QLineEdit()
    page = QWidget()
    QVBoxLayout(page).addWidget(field)
    window.add_page(PageSpec(key="entries", title="Entries", icon="entries", widget=page))
    QCoreApplication.processEvents()  # what was added to a window is shown in the next turn
    window.show_page("entries")

    sidebar = window.sidebar
    assert list(stops(window)) == [
        sidebar.person,
        sidebar.items["entries"],
        sidebar.sync,
        window.topbar.bell,
        field,
    ]


def test_a_key_asks_for_the_inbox(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.inbox_asked):
        qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)


def test_the_arrow_keys_move_through_the_sidebar(window: MainWindow, qtbot: QtBot) -> None:
    window.sidebar.items["today"].setFocus()

    qtbot.keyClick(window.sidebar.items["today"], Qt.Key.Key_Down)

    assert window.current_key == "schedule"


def test_a_hidden_page_that_is_open_gives_way(window: MainWindow) -> None:
    window.show_page("attention")

    window.set_page_visible("attention", False)

    assert window.current_key == "today"


def test_the_page_brings_its_primary_action(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.topbar.primary_button.isVisible()
    window.show_page("schedule")
    action = window.pages["schedule"].primary_action
    assert action is not None

    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(window.topbar.primary_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_a_page_without_a_primary_action_has_no_button_for_it(window: MainWindow) -> None:
    window.show_page("schedule")
    window.show_page("today")

    assert not window.topbar.primary_button.isVisible()


def test_a_deep_link_opens_its_page(window: MainWindow) -> None:
    assert window.show_path("/mentor/schedule/0190-1")
    assert window.current_key == "schedule"
    assert not window.show_path("/mentor/scheduler")


def test_narrow_windows_show_icons_with_names(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(*SMALLEST)

    qtbot.waitUntil(lambda: window.sidebar.is_narrow)
    item = window.sidebar.items["schedule"]
    assert (item.text(), item.toolTip(), item.accessibleName()) == ("", "Schedule", "Schedule")


def test_the_badges_are_named_in_words(window: MainWindow) -> None:
    window.set_badge("schedule", 4)
    window.set_unread(3)

    assert window.sidebar.items["schedule"].accessibleName() == "Schedule, 4 waiting"
    assert window.topbar.bell.accessibleName() == "Inbox, 3 unread"


def test_everything_that_takes_the_keyboard_has_a_name_and_a_size(window: MainWindow) -> None:
    window.set_person("Amina Kaya", "Mentor")
    window.show_page("schedule")
    shown = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]

    assert [each for each in shown if not (each.accessibleName() or each.text())] == []
    assert [each for each in shown if min(each.width(), each.height()) < 24] == []


def test_undo_by_key_while_the_message_stands(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[bool] = []
    window.toast("Session canceled.", lambda: undone.append(True))

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert undone == [True]


def test_undo_by_key_after_the_message_has_gone_but_once(window: MainWindow, qtbot: QtBot) -> None:
    undone: list[bool] = []
    window.toast("Session canceled.", lambda: undone.append(True)).gone.emit()

    window.undo_last()
    assert undone == [True]
    window.undo_last()

    assert undone == [True]
    assert [toast.text.text() for toast in window.toasts.toasts] == ["There is nothing to undo."]


def test_undo_by_key_does_not_reach_past_what_was_done_since(window: MainWindow) -> None:
    undone: list[bool] = []
    window.toast("Session planned.", lambda: undone.append(True))

    window.forget_undo()
    window.toast("Entry approved.")
    window.undo_last()

    assert undone == []
    assert window.toasts.toasts[-1].text.text() == "There is nothing to undo."


def test_undo_by_key_goes_back_message_by_message(window: MainWindow) -> None:
    undone: list[str] = []
    window.toast("Session planned.", lambda: undone.append("first"))
    window.toast("Session moved.", lambda: undone.append("second"))

    window.undo_last()
    window.undo_last()

    assert undone == ["second", "first"]


def test_what_can_no_longer_be_taken_back_is_no_longer_offered(window: MainWindow) -> None:
    undone: list[bool] = []

    def undo() -> None:
        undone.append(True)

    window.toast("Session deleted.", undo)
    window.settle(undo)

    assert window.toasts.toasts == []
    window.undo_last()
    assert undone == []


def test_what_is_over_is_said_no_more(window: MainWindow) -> None:
    waiting = window.toast("Waiting for your keyring.")
    window.toast("Session deleted.")

    window.take_away(waiting)
    window.take_away(waiting)  # it may have gone by itself
    window.take_away(None)

    assert [each.accessibleName() for each in window.toasts.toasts] == ["Session deleted."]


def test_what_was_undone_by_its_button_is_not_undone_again(window: MainWindow) -> None:
    undone: list[bool] = []
    window.toast("Session canceled.", lambda: undone.append(True)).action_button.click()

    window.undo_last()

    assert undone == [True]


def test_the_next_person_undoes_nothing_of_the_last(window: MainWindow) -> None:
    undone: list[bool] = []
    window.toast("Session canceled.", lambda: undone.append(True)).gone.emit()

    window.remove_pages()
    window.undo_last()

    assert undone == []


def test_what_the_last_person_was_told_is_not_the_next_ones(window: MainWindow) -> None:
    window.notice("The relay was restored from a backup.")
    assert [toast.stays for toast in window.toasts.toasts] == [True]

    window.remove_pages()

    assert window.toasts.toasts == []


def test_comes_back_where_it_was(open_window: Open, remembered: MemoryRemembered) -> None:
    first = open_window()
    first.show()
    first.resize(780, 640)
    first.show_page("schedule")
    first.close()

    second = open_window()

    assert second.current_key == "schedule"
    assert (second.width(), second.height()) == (780, 640)


@pytest.mark.parametrize("geometry", [7, "not base64 at all", ""])
def test_a_spoilt_memory_opens_the_window_all_the_same(
    open_window: Open, remembered: MemoryRemembered, geometry: object
) -> None:
    remembered.values = {"geometry": geometry, "page": ["x"], "look": "pink"}

    window = open_window()

    assert window.current_key == "today"
    assert (window.width(), window.height()) == FIRST


def test_the_appearance_is_chosen_in_the_menu_and_remembered(
    window: MainWindow, theme: Theme, remembered: MemoryRemembered
) -> None:
    window.sidebar.person.look_actions[Look.DARK].trigger()

    assert theme.palette.is_dark
    assert remembered.values["look"] == "dark"


def test_a_full_page_stands_without_the_frame(window: MainWindow, qtbot: QtBot) -> None:
    sign_in = QLineEdit()

    window.show_full_page(sign_in)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert sign_in.isVisible()
    assert not window.sidebar.isVisible()
    assert window.current_key == "today"
    window.show_frame()
    assert window.sidebar.isVisible()


def test_another_person_gets_other_pages(window: MainWindow) -> None:
    window.remove_pages()
    window.add_page(PageSpec(key="mine", title="My Schedule", icon="calendar", widget=QWidget()))

    assert list(window.sidebar.items) == ["mine"]
    assert window.current_key == "mine"


def test_no_page_is_shown_on_its_way_out(window: MainWindow) -> None:
    window.show()
    window.show_page("today")
    opened: list[int] = []
    window.stack.currentChanged.connect(opened.append)

    window.remove_pages()

    assert opened == [-1]


def test_f1_lists_the_shortcuts_with_the_names_of_the_pages(
    window: MainWindow, qtbot: QtBot
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)

    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    assert ("Ctrl+2", "Schedule") in dialog.rows
    dialog.close()


def test_what_is_asked_at_the_foot_reaches_the_owner(window: MainWindow, qtbot: QtBot) -> None:
    window.set_sync_state(SyncLook(SyncState.PAUSED, "Paused"))

    with qtbot.waitSignal(window.pause_asked) as asked:
        window.sidebar.sync.popup.pause_button.click()

    assert asked.args == [False]


def test_its_title_names_the_page_and_the_person(window: MainWindow) -> None:
    program = QApplication.applicationDisplayName()
    window.set_person("Amina Kaya", "Mentor")
    window.show_page("schedule")
    assert window.windowTitle() == f"Schedule \N{EN DASH} Amina Kaya \N{EN DASH} {program}"

    window.show_full_page(QLabel("Sign in"))
    assert window.windowTitle() == program

    window.show_frame()
    window.remove_pages()
    assert window.windowTitle() == program

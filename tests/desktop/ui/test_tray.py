"""The tray's icon: its states, its words and its menu."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.ui.silence import AN_HOUR, NOT
from desktop.ui.sync_state import SyncState
from desktop.ui.theme import Theme
from desktop.ui.tray import SIGNS, Tray, TrayLook, tray_icon

IN = TrayLook(
    state=SyncState.SYNCED,
    line="Synced · 12:04",
    unread=3,
    next_words="Talk & tea, Today, 15:00",
    next_path="/mentor/schedules/1",
    new_words="New session…",
)


class Panel:
    """A desktop's panel that may have a tray."""

    def __init__(self) -> None:
        self.has_tray = True

    def __call__(self) -> bool:
        return self.has_tray


@pytest.fixture
def panel() -> Panel:
    return Panel()


@pytest.fixture
def tray(theme: Theme, panel: Panel) -> Iterator[Tray]:
    tray = Tray(theme, is_available=panel)
    yield tray
    tray.close()
    tray.deleteLater()


def test_each_state_has_a_sign_of_its_own() -> None:
    assert SIGNS.keys() == set(SyncState)
    assert len({sign for sign, _ink in SIGNS.values()}) == len(SIGNS)


def test_each_state_looks_another_way_without_its_colour(theme: Theme) -> None:
    looks = [TrayLook(state=state) for state in SyncState]
    looks += [TrayLook(state=SyncState.SYNCED, silence=AN_HOUR)]
    looks += [TrayLook(state=SyncState.SYNCED, unread=1)]
    grey = [
        tray_icon(look).pixmap(32).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        for look in looks
    ]

    assert all(one != other for one, other in combinations(grey, 2))


def test_the_tool_tip_says_it_in_words(tray: Tray) -> None:
    tray.show_look(IN)

    assert tray.icon.toolTip().split("\n") == [
        "Tandem: Synced · 12:04",
        "3 unread",
        "Next: Talk & tea, Today, 15:00",
    ]


def test_before_anybody_is_signed_in_the_menu_is_short(tray: Tray) -> None:
    shown = [one.text() for one in tray.menu.actions() if one.isVisible() and one.text()]

    assert shown == ["Open Tandem", "Quit"]


def test_the_menu_has_what_one_does_most(tray: Tray) -> None:
    tray.show_look(IN)

    shown = [one.text() for one in tray.menu.actions() if one.isVisible() and one.text()]
    assert shown == [
        "Open Tandem",
        "New session…",
        "Next: Talk && tea, Today, 15:00",
        "Do not disturb",
        "Pause sync",
        "Quit",
    ]


def test_each_choice_is_asked_for(tray: Tray) -> None:
    asked: list[object] = []
    for signal in (tray.open_asked, tray.silence_asked, tray.pause_asked):
        signal.connect(asked.append)
    tray.new_asked.connect(lambda: asked.append("new"))
    tray.quit_asked.connect(lambda: asked.append("quit"))
    tray.show_look(IN)

    for action in (tray.open, tray.new, tray.next, tray.silences[AN_HOUR], tray.pause, tray.quit):
        action.trigger()

    assert asked == ["", "new", "/mentor/schedules/1", AN_HOUR, True, "quit"]


def test_do_not_disturb_shows_which_choice_is_on(tray: Tray) -> None:
    tray.show_look(TrayLook(silence=AN_HOUR))
    assert [key for key, one in tray.silences.items() if one.isChecked()] == [AN_HOUR]
    assert "Do not disturb" in tray.icon.toolTip()

    tray.show_look(TrayLook())
    assert [key for key, one in tray.silences.items() if one.isChecked()] == [NOT]


def test_a_click_on_the_icon_opens_the_window(tray: Tray) -> None:
    asked: list[str] = []
    tray.open_asked.connect(asked.append)

    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)

    assert asked == [""]


def test_a_tray_that_goes_and_comes_is_noticed(tray: Tray, panel: Panel) -> None:
    seen: list[str] = []
    tray.went.connect(lambda: seen.append("went"))
    tray.came.connect(lambda: seen.append("came"))

    panel.has_tray = False
    tray.look_for_tray()
    tray.look_for_tray()
    assert not tray.is_there
    panel.has_tray = True
    tray.look_for_tray()

    assert seen == ["went", "came"]
    assert tray.is_there


def test_a_tray_that_comes_later_gets_an_icon_of_its_own(tray: Tray, panel: Panel) -> None:
    panel.has_tray = False
    tray.look_for_tray()
    tray.show_look(IN)
    older, asked = tray.icon, list[str]()
    tray.open_asked.connect(asked.append)
    tray.message_clicked.connect(lambda: asked.append("message"))

    panel.has_tray = True
    tray.look_for_tray()

    assert tray.icon is not older
    assert tray.icon.isVisible()
    assert tray.icon.contextMenu() is tray.menu
    assert tray.icon.toolTip().startswith("Tandem: Synced")
    assert not tray.icon.icon().isNull()
    tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray.icon.messageClicked.emit()
    assert asked == ["", "message"]


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 change needs your attention"), (3, "3 changes need your attention")],
)
def test_what_needs_attention_is_said_in_words(tray: Tray, count: int, words: str) -> None:
    tray.show_look(TrayLook(line="Offline", state=SyncState.ATTENTION, attention=count))

    assert tray.icon.toolTip().split("\n") == ["Tandem: Offline", words]

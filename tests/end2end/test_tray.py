"""The real program on a real screen: trays that are there, come late and die; closing; raising."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress

from tests.desktop.ui.screens import VirtualScreen, virtual_screen, wait_until
from tests.end2end.programs import Program

pytestmark = pytest.mark.slow


class Notifier:
    """The program's icon on the bus, asked what a panel asks."""

    def __init__(self, screen: VirtualScreen, name: str) -> None:
        self._screen = screen
        item = "org.kde.StatusNotifierItem"
        self._item = DBusAddress("/StatusNotifierItem", bus_name=name, interface=item)
        self._menu = DBusAddress("/MenuBar", bus_name=name, interface="com.canonical.dbusmenu")

    def click(self) -> None:
        self._screen.call(self._item, "Activate", "ii", (0, 0))

    def menu(self) -> str:
        """All that its menu holds."""
        return str(self._screen.call(self._menu, "GetLayout", "iias", (0, -1, [])))


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[VirtualScreen]:
    with virtual_screen(tmp_path) as screen:
        screen.start_window_manager()
        yield screen


@pytest.fixture
def start(screen: VirtualScreen, tmp_path: Path) -> Callable[[], Program]:
    def start() -> Program:
        program = Program(screen, tmp_path, tmp_path / "data")
        wait_until(program.window)
        return program

    return start


def test_the_window_is_found_again_by_its_icon(
    screen: VirtualScreen, start: Callable[[], Program]
) -> None:
    screen.start_tray()
    program = start()
    wait_until(program.icon)

    program.close()
    wait_until(program.balloons)
    screen.xdotool("mousemove", "--window", program.icon(), "8", "8", "click", "1")

    wait_until(program.window)


def test_a_tray_that_comes_late_gets_the_icon(
    screen: VirtualScreen, start: Callable[[], Program]
) -> None:
    program = start()
    assert not program.icon()

    screen.start_tray()
    wait_until(program.icon)
    program.close()
    screen.xdotool("mousemove", "--window", program.icon(), "8", "8", "click", "1")

    wait_until(program.window)


def test_without_a_tray_it_says_first_where_the_window_goes_and_leaves_it_in_the_taskbar(
    screen: VirtualScreen, start: Callable[[], Program]
) -> None:
    program = start()

    program.close_up_to("Tandem goes on without its window")
    screen.xdotool("key", "Return")
    wait_until(lambda: not program.window())
    assert program.is_in_the_taskbar()
    assert program.start().wait() == 0
    wait_until(program.window)
    program.close()

    wait_until(program.is_in_the_taskbar)
    assert program.process.poll() is None


def test_a_tray_that_dies_gives_the_window_back(
    screen: VirtualScreen, start: Callable[[], Program]
) -> None:
    tray = screen.start_tray()
    program = start()
    wait_until(program.icon)
    program.close()
    wait_until(lambda: not program.is_in_the_taskbar())

    tray.kill()

    wait_until(program.is_in_the_taskbar)


def test_a_watcher_that_comes_late_is_registered_at_with_a_whole_menu(
    screen: VirtualScreen, start: Callable[[], Program]
) -> None:
    screen.start_notifications()
    program = start()

    watcher = screen.start_watcher()

    icon = Notifier(screen, watcher.registered())
    program.close()
    wait_until(lambda: screen.dunstctl("count", "displayed") == "1")
    assert "Open Tandem" in icon.menu()
    assert "Quit" in icon.menu()
    icon.click()
    wait_until(program.window)

    screen.dunstctl("close-all")
    program.close()
    icon.click()
    wait_until(program.window)
    assert screen.dunstctl("count", "history") == "1"  # said once


def test_a_watcher_that_starts_anew_is_registered_at_anew(
    screen: VirtualScreen, start: Callable[[], Program]
) -> None:
    before = screen.start_watcher()
    program = start()
    before.registered()
    program.close()

    before.kill()
    wait_until(program.is_in_the_taskbar)
    icon = Notifier(screen, screen.start_watcher().registered())

    icon.click()
    wait_until(program.window)


def test_another_start_brings_the_window_back_unless_it_is_to_be_out_of_sight(
    screen: VirtualScreen, start: Callable[[], Program]
) -> None:
    screen.start_tray()
    program = start()
    wait_until(program.icon)
    program.close()

    assert program.start("--minimized").wait() == 0
    assert not program.window()
    assert program.start().wait() == 0

    wait_until(program.window)


@pytest.mark.skipif(sys.platform != "linux", reason="The entry is what Linux desktops read.")
def test_links_open_the_program_unless_its_folder_is_one_beside_the_persons_own(
    screen: VirtualScreen, tmp_path: Path
) -> None:
    entry = tmp_path / "home" / "data" / "applications" / "tandem.desktop"
    beside = Program(screen, tmp_path, tmp_path / "beside")
    wait_until(beside.window)
    program = Program(screen, tmp_path)

    wait_until(program.window)
    wait_until(entry.exists)

    assert "MimeType=x-scheme-handler/tandem;" in entry.read_text("utf-8")

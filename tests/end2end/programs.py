"""The real program on a virtual screen, seen and used from outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from demo.places import surroundings
from tests.desktop.ui.screens import VirtualScreen, wait_until

LARGEST_ICON = 64
NARROWEST_WINDOW = 500


class Program:
    """`python -m desktop` in a folder of its own; `data` is where its local data are, if named."""

    def __init__(self, screen: VirtualScreen, folder: Path, data: Path | None = None) -> None:
        self._screen = screen
        screen.environment = {
            **surroundings(folder, is_headless=False),
            **screen.environment,
            "QT_QPA_PLATFORM": "xcb",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
        }
        options = ("--data", str(data)) if data else ()
        self._command = (sys.executable, "-m", "desktop", *options)
        self.process = self.start()

    def start(self, *options: str) -> subprocess.Popen[str]:
        return self._screen.start(*self._command, *options)

    def window(self) -> str:
        """Its window, "" while that is not on the screen."""
        return next((one for one, (width, _) in self._visible() if width > NARROWEST_WINDOW), "")

    def icon(self) -> str:
        """Its icon in a tray of windows, "" while that is not on the screen."""
        return next((one for one, (_, height) in self._visible() if height <= LARGEST_ICON), "")

    def balloons(self) -> list[str]:
        """What it says beside that icon."""
        return [
            one for one, (w, h) in self._visible() if w <= NARROWEST_WINDOW and h > LARGEST_ICON
        ]

    def close(self) -> None:
        """Close the window as a person does, and wait until it is gone."""
        wait_until(self._is_closed, look_again_s=1.0)  # a key may come before the window hears it

    def close_up_to(self, title: str) -> None:
        """Close the window as a person does, and wait until a dialog with this title asks."""
        wait_until(lambda: self.has_dialog(title) or self._is_closed(), look_again_s=1.0)
        assert self.has_dialog(title)

    def _is_closed(self) -> bool:
        window = self.window()
        if window:
            self._screen.xdotool("windowactivate", window)
            self._screen.xdotool("key", "--clearmodifiers", "alt+F4")
        return not window

    def is_in_the_taskbar(self) -> bool:
        """Whether the window is on a desktop, perhaps minimised; a hidden one is on none."""
        search = ("search", "--all", "--desktop", "0", "--pid", str(self.process.pid))
        return bool(self._screen.xdotool(*search, "--name", "Tandem"))

    def has_dialog(self, title: str) -> bool:
        """Whether a dialog with this title is on the screen."""
        return bool(self._screen.xdotool("search", "--onlyvisible", "--name", title))

    def _visible(self) -> list[tuple[str, tuple[int, int]]]:
        return list(self._screen.visible(self.process).items())

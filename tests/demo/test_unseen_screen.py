"""A screen that nobody sees."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from demo.unseen_screen import FRAMEBUFFER, NEEDED, light_up, started

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(any(not shutil.which(name) for name in NEEDED), reason="it needs Xvfb"),
]


async def test_screen_and_bus_end_with_all_that_was_started_there(tmp_path: Path) -> None:
    async with AsyncExitStack() as exits:
        inside = await light_up(exits, tmp_path, {"PATH": "/usr/bin:/bin"}, "64x64x24")
        sleeper = await started(exits, inside, "sleep", "600")

        assert inside["DISPLAY"].startswith(":")
        assert inside["DBUS_SESSION_BUS_ADDRESS"].startswith("unix:")
        assert (tmp_path / FRAMEBUFFER).exists()
        assert sleeper.returncode is None

    assert sleeper.returncode is not None

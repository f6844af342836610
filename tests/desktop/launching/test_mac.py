"""The launch agent, in a home of the test's own."""

from __future__ import annotations

import plistlib
from pathlib import Path

from desktop.launching.mac import LaunchAgent

COMMAND = ["/Applications/Tandem.app/Contents/MacOS/tandem", "--minimized"]


def test_it_is_turned_on_and_off(tmp_path: Path) -> None:
    agent = LaunchAgent({"HOME": str(tmp_path)}, COMMAND)
    assert not agent.is_on()

    agent.turn_on()

    assert agent.is_on()
    [file] = (tmp_path / "Library" / "LaunchAgents").iterdir()
    read = plistlib.loads(file.read_bytes())
    assert (read["ProgramArguments"], read["RunAtLoad"]) == (COMMAND, True)
    assert file.name == f"{read['Label']}.plist"
    agent.turn_off()
    agent.turn_off()
    assert not agent.is_on()

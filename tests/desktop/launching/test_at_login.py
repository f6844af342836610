"""Which switch belongs to which system."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.launching.at_login import at_login


@pytest.mark.parametrize(
    ("platform", "file"),
    [
        ("linux", ".config/autostart/tandem.desktop"),
        ("freebsd14", ".config/autostart/tandem.desktop"),
        ("darwin", "Library/LaunchAgents/org.tandem.desktop.plist"),
    ],
)
def test_each_system_starts_the_program_in_the_tray(
    tmp_path: Path, platform: str, file: str
) -> None:
    switch = at_login(["/opt/tandem"], {"HOME": str(tmp_path)}, platform)

    switch.turn_on()

    assert switch.is_on()
    text = (tmp_path / file).read_text("utf-8")
    assert "/opt/tandem" in text
    assert "--minimized" in text

"""Autostart and links on Linux desktops, in a home of the test's own."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from desktop.launching import linux
from desktop.launching.desktop_entry import entry_text, program_of, value_of
from desktop.launching.linux import ICON, Autostart, LinkEntry

COMMAND = ["/opt/tandem/tandem", "--minimized"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "somebody"


@pytest.fixture
def environment(home: Path, tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(home), "XDG_DATA_DIRS": str(tmp_path / "system"), "PATH": ""}


def a_program(folder: Path) -> str:
    """A program that is there."""
    program = folder / "tandem"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return str(program)


def test_it_is_off_until_it_is_turned_on(home: Path, environment: dict[str, str]) -> None:
    autostart = Autostart(environment, COMMAND)
    assert not autostart.is_on()

    autostart.turn_on()

    assert autostart.is_on()
    [file] = (home / ".config" / "autostart").iterdir()
    assert file.name == "tandem.desktop"
    assert value_of(file.read_text("utf-8"), "Exec") == "/opt/tandem/tandem --minimized"


def test_it_is_turned_off_and_that_can_be_repeated(home: Path, environment: dict[str, str]) -> None:
    autostart = Autostart(environment, COMMAND)
    autostart.turn_on()

    autostart.turn_off()
    autostart.turn_off()

    assert not autostart.is_on()
    assert list((home / ".config" / "autostart").iterdir()) == []


def test_the_folder_that_the_person_has_named_is_used(
    home: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    environment["XDG_CONFIG_HOME"] = str(tmp_path / "mine")

    Autostart(environment, COMMAND).turn_on()

    assert (tmp_path / "mine" / "autostart" / "tandem.desktop").exists()
    assert not home.exists()


def test_a_folder_that_is_no_whole_path_is_ignored(home: Path, environment: dict[str, str]) -> None:
    environment["XDG_CONFIG_HOME"] = "mine"

    Autostart(environment, COMMAND).turn_on()

    assert (home / ".config" / "autostart" / "tandem.desktop").exists()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktops_own_settings_turn_off_is_off(
    environment: dict[str, str], line: str
) -> None:
    autostart = Autostart(environment, COMMAND)
    autostart.turn_on()
    text = autostart.file.read_text("utf-8").replace("X-GNOME-Autostart-enabled=true", line)
    autostart.file.write_text(text, "utf-8")

    assert not autostart.is_on()

    autostart.turn_on()
    assert autostart.is_on()


def test_a_home_that_cannot_be_written_is_said(home: Path, environment: dict[str, str]) -> None:
    home.write_text("a file where the folder belongs")

    with pytest.raises(OSError):  # noqa: PT011  which one differs by system
        Autostart(environment, COMMAND).turn_on()


def test_a_full_disk_leaves_what_was_there(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    autostart = Autostart(environment, COMMAND)
    autostart.turn_on()
    before = autostart.file.read_text("utf-8")

    def full(_from: Path, _to: Path) -> Path:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        Autostart(environment, ["/other"]).turn_on()

    assert autostart.file.read_text("utf-8") == before
    assert [path.name for path in autostart.file.parent.iterdir()] == ["tandem.desktop"]


def test_links_are_claimed_with_an_entry_and_an_icon(
    home: Path, environment: dict[str, str]
) -> None:
    LinkEntry(environment, ["/opt/tandem/tandem"]).claim()

    text = (home / ".local/share/applications/tandem.desktop").read_text("utf-8")
    assert value_of(text, "MimeType") == "x-scheme-handler/tandem;"
    assert value_of(text, "Exec") == "/opt/tandem/tandem %u"
    icon = home / ".local/share/icons/hicolor/scalable/apps/tandem.svg"
    assert icon.read_text("utf-8") == ICON.read_text("utf-8")


def test_an_entry_whose_program_is_gone_is_written_anew(environment: dict[str, str]) -> None:
    LinkEntry(environment, ["/gone/tandem"]).claim()

    entry = LinkEntry(environment, ["/opt/tandem/tandem"])
    entry.claim()

    assert program_of(entry.file.read_text("utf-8")) == "/opt/tandem/tandem"


def test_the_persons_own_entry_is_left_alone(environment: dict[str, str], tmp_path: Path) -> None:
    entry = LinkEntry(environment, ["/opt/tandem/tandem"])
    entry.file.parent.mkdir(parents=True)
    own = entry_text([a_program(tmp_path / "bin")], {"Hidden": "true"})
    entry.file.write_text(own, "utf-8")

    entry.claim()

    assert entry.file.read_text("utf-8") == own
    assert not entry.icon.exists()


def test_the_entry_of_a_package_is_enough(environment: dict[str, str], tmp_path: Path) -> None:
    packaged = tmp_path / "system" / "applications" / "tandem.desktop"
    packaged.parent.mkdir(parents=True)
    packaged.write_text(entry_text([a_program(tmp_path / "bin")], {}), "utf-8")

    entry = LinkEntry(environment, ["/opt/tandem/tandem"])
    entry.claim()

    assert not entry.file.exists()


def test_the_desktop_is_told_where_it_has_a_tool_for_that(
    home: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    tools, told = tmp_path / "tools", tmp_path / "told"
    tools.mkdir()
    for name in ("update-desktop-database", "xdg-mime"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {told}\n')
        (tools / name).chmod(0o755)
    environment["PATH"] = str(tools)

    LinkEntry(environment, ["/opt/tandem/tandem"]).claim()

    assert told.read_text().splitlines() == [
        f"update-desktop-database {home}/.local/share/applications",
        "xdg-mime default tandem.desktop x-scheme-handler/tandem",
    ]


def test_a_tool_that_fails_is_passed_over(
    environment: dict[str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, linux.__name__)
    tool = tmp_path / "tools" / "xdg-mime"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\nexit 3\n")
    tool.chmod(0o755)
    environment["PATH"] = str(tool.parent)

    entry = LinkEntry(environment, ["/opt/tandem/tandem"])
    entry.claim()

    assert entry.file.exists()
    assert "xdg-mime did not work" in caplog.text

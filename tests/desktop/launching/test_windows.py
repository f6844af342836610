"""The two places in the registry, in a registry in memory."""

from __future__ import annotations

from pathlib import Path

from desktop.launching.windows import OPEN, RUN, SCHEME, LinkKey, RunKey
from tests.desktop.launching.registries import MemoryRegistry

COMMAND = [r"C:\Program Files\Tandem\tandem.exe", "--minimized"]


def test_it_is_turned_on_and_off() -> None:
    registry = MemoryRegistry()
    run = RunKey(registry, COMMAND)
    assert not run.is_on()

    run.turn_on()

    assert run.is_on()
    line = registry.read(RUN, "Tandem")
    assert line == r'"C:\Program Files\Tandem\tandem.exe" --minimized'
    run.turn_off()
    run.turn_off()
    assert not run.is_on()


def test_links_are_claimed() -> None:
    registry = MemoryRegistry()

    LinkKey(registry, COMMAND[:1]).claim()

    assert registry.read(SCHEME, "") == "URL:Tandem"
    assert registry.read(SCHEME, "URL Protocol") == ""
    assert registry.read(OPEN, "") == r'"C:\Program Files\Tandem\tandem.exe" "%1"'


def test_the_links_of_a_program_that_is_there_are_left_to_it(tmp_path: Path) -> None:
    program = tmp_path / "my tandem.exe"
    program.touch()
    registry = MemoryRegistry()
    LinkKey(registry, [str(program)]).claim()
    before = registry.read(OPEN, "")

    LinkKey(registry, COMMAND[:1]).claim()
    assert registry.read(OPEN, "") == before

    program.unlink()
    LinkKey(registry, COMMAND[:1]).claim()
    assert registry.read(OPEN, "") != before

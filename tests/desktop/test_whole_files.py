"""Tests of files that take another one's place: whole, safe on the disk, and their owner's."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from desktop.whole_files import written


def test_it_takes_the_place_of_another_one(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("before")

    with written(file) as part:
        part.write_text("whole")

    assert file.read_text() == "whole"
    assert [path.name for path in tmp_path.iterdir() if "mine" in path.name] == ["mine.json"]


@pytest.mark.parametrize("left_behind", ["mine.json", "mine.json.part"])
def test_only_its_owner_reads_it_whoever_could_read_what_was_there(
    tmp_path: Path, left_behind: str
) -> None:
    (tmp_path / left_behind).write_text("before")
    (tmp_path / left_behind).chmod(0o644)

    with written(tmp_path / "mine.json") as part:
        part.write_text("codes")

    assert stat.S_IMODE((tmp_path / "mine.json").stat().st_mode) == 0o600


def test_what_fails_half_way_leaves_the_older_one(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text("before")

    with pytest.raises(ZeroDivisionError), written(file) as part:
        part.write_text(f"half of {1 // 0}")

    assert file.read_text() == "before"
    assert not file.with_name("mine.json.part").exists()


def test_it_is_safe_on_the_disk_before_the_older_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[tuple[str, int]] = []
    replace, fsync = Path.replace, os.fsync

    def synced(descriptor: int) -> None:
        order.append(("synced", os.fstat(descriptor).st_ino))
        fsync(descriptor)

    def replaced(path: Path, target: Any) -> Path:
        order.append(("replaced", path.stat().st_ino))
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)

    with written(tmp_path / "mine.json") as part:
        part.write_text("whole")

    number = (tmp_path / "mine.json").stat().st_ino
    assert order == [("synced", number), ("replaced", number)]

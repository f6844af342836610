"""What is printed of a build."""

from __future__ import annotations

from pathlib import Path

from tooling.building.proof import nowhere, size_of, table


def test_the_size_counts_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "library").write_bytes(bytes(1000))
    (tmp_path / "link").symlink_to("inside/library")

    assert size_of(tmp_path) == 1000


def test_the_built_program_stands_beside_the_unfrozen_one() -> None:
    lines = table(3 << 20, {"built": 0.5, "unfrozen": 0.4}).splitlines()

    assert lines[2] == "| built | 3 MiB | 500 ms | 1.25 |"
    assert lines[3] == "| unfrozen | | 400 ms | 1 |"


def test_no_python_is_left_in_the_environment() -> None:
    left = nowhere({"PATH": "/usr/bin", "PYTHONPATH": "/somewhere", "HOME": "/home/ana"})

    assert left == {"PATH": "/nonexistent", "HOME": "/home/ana"}

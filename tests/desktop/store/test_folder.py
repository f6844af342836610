"""Tests of setting a file aside: all of it or nothing, wherever it is ended."""

from pathlib import Path

import pytest

from desktop.store.folder import delete, set_aside


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    """A file with a WAL, as a killed program leaves it."""
    (tmp_path / "mia").mkdir()
    path = tmp_path / "mia" / "outbox.sqlite"
    for ending, content in (("", b"file"), ("-wal", b"wal"), ("-shm", b"shm")):
        path.with_name(path.name + ending).write_bytes(content)
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_file_takes_its_wal_along(outbox: Path) -> None:
    aside = set_aside(outbox, "damaged")

    assert aside.name == "outbox-damaged-1.sqlite"
    assert contents(outbox.parent) == {
        "outbox-damaged-1.sqlite": b"file",
        "outbox-damaged-1.sqlite-wal": b"wal",
    }


def test_a_second_one_does_not_take_the_place_of_the_first(outbox: Path) -> None:
    set_aside(outbox, "damaged")
    outbox.write_bytes(b"another")

    aside = set_aside(outbox, "damaged")

    assert aside.name == "outbox-damaged-2.sqlite"
    assert contents(outbox.parent)["outbox-damaged-1.sqlite"] == b"file"


def test_where_it_is_ended_before_the_renaming_all_is_as_it_was(
    outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_path: Path, _target: Path) -> Path:
        raise OSError("The power went.")

    monkeypatch.setattr(Path, "rename", fails)
    before = contents(outbox.parent)
    with pytest.raises(OSError, match="power"):
        set_aside(outbox, "damaged")
    monkeypatch.undo()

    assert before.items() <= contents(outbox.parent).items()
    set_aside(outbox, "damaged")
    assert contents(outbox.parent) == {
        "outbox-damaged-1.sqlite": b"file",
        "outbox-damaged-1.sqlite-wal": b"wal",
    }


def test_a_deleted_file_leaves_nothing(outbox: Path) -> None:
    delete(outbox)
    delete(outbox)

    assert contents(outbox.parent) == {}

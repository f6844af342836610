"""Backups of the local files: written whole, and checked before anything is laid ready."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from desktop.store import backups
from desktop.store.backups import (
    ABOUT,
    NEWER,
    NO_BACKUP,
    OTHER_ACCOUNT,
    OTHER_RELAY,
    About,
    Contents,
    Owner,
    Unfit,
)
from desktop.store.folder import OUTBOX, REPLICA
from desktop.store.trouble import StoreTrouble
from domain.accounts import UpdateAccount
from domain.members import Role
from tests.builders import World
from tests.desktop.store.desks import Desk

DeskOf = Callable[..., Desk]
AT = "2025-12-01T12:00:00.000Z"


@pytest.fixture
def taken(world: World, desk_of: DeskOf, tmp_path: Path) -> Contents:
    """The files of somebody with a change that waits and a draft, both in the WAL still."""
    desk = desk_of(world.ana, folder=tmp_path / "ana")
    desk.settle_in()
    desk.store.become(world.ana, Role.STUDENT, "relay-1")
    desk.do(UpdateAccount(name="Ana R."))
    desk.store.put_draft("entry.new", {"title": "Half an entry"})
    return desk.store.contents(AT)


def test_a_backup_holds_what_is_only_in_the_wal(taken: Contents, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"

    backups.write(taken, file)
    found = backups.read(file, taken.about.owner)

    assert found == taken
    assert (found.about.waiting, found.about.drafts) == (1, 1)
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(found.outbox)
        assert b"Half an entry" in db.execute("SELECT body FROM drafts").fetchone()[0].encode()
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_that_cannot_be_written_leaves_nothing(taken: Contents, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    before = sorted(tmp_path.iterdir())

    with pytest.raises(StoreTrouble):
        backups.write(taken, tmp_path / "taken")

    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("about", "owner", "words"),
    [
        ({"format": "something"}, {}, NO_BACKUP),
        ({"version": 99}, {}, NEWER),
        ({"outbox_version": 99}, {}, NEWER),
        ({}, {"user_id": "somebody"}, OTHER_ACCOUNT),
        ({}, {"relay_id": "relay-2"}, OTHER_RELAY),
    ],
)
def test_what_is_not_for_here_is_refused_in_words(
    taken: Contents, tmp_path: Path, about: dict[str, str], owner: dict[str, str], words: str
) -> None:
    file = tmp_path / "one.backup"
    backups.write(replace(taken, about=replace(taken.about, **about)), file)

    with pytest.raises(Unfit) as refused:
        backups.read(file, replace(taken.about.owner, **owner))

    assert str(refused.value) == words


def test_whose_relay_is_not_known_yet_is_taken_at_its_word(taken: Contents, tmp_path: Path) -> None:
    backups.write(taken, tmp_path / "one.backup")

    found = backups.read(tmp_path / "one.backup", Owner(taken.about.owner.user_id))

    assert found == taken


def test_a_backup_that_is_damaged_anywhere_is_refused(taken: Contents, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    backups.write(taken, file)
    whole = file.read_bytes()

    for at in range(0, len(whole), max(1, len(whole) // 60)):
        file.write_bytes(whole[:at])
        with pytest.raises(Unfit):
            backups.read(file, taken.about.owner)


@pytest.mark.parametrize("member", [OUTBOX, REPLICA])
def test_a_database_that_is_none_is_refused(taken: Contents, tmp_path: Path, member: str) -> None:
    file = tmp_path / "one.backup"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(ABOUT, msgspec.json.encode(taken.about))
        for name, content in ((OUTBOX, taken.outbox), (REPLICA, taken.replica)):
            archive.writestr(name, b"no database" * 400 if name == member else content)

    with pytest.raises(Unfit, match="damaged"):
        backups.read(file, taken.about.owner)


def test_a_file_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        backups.read(tmp_path / "missing", Owner("somebody"))


def test_what_lies_ready_is_whole_or_not_there(taken: Contents, tmp_path: Path) -> None:
    folder = tmp_path / "new"

    backups.lay_ready(taken, folder)
    backups.lay_ready(taken, folder)

    assert [one.name for one in folder.iterdir()] == ["restore"]
    assert {one.name for one in (folder / "restore").iterdir()} == {OUTBOX, REPLICA}


def test_about_says_whose_it_is() -> None:
    assert About(made_at=AT, owner=Owner("ana")).format == "tandem-backup"

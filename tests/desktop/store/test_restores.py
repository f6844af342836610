"""Taking in a backup: what it holds comes back, what was done since stays, nothing twice."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.backups import Contents, lay_ready
from desktop.store.database import open_files
from desktop.store.restores import take_in
from desktop.store.trouble import StoreTrouble
from domain.accounts import UpdateAccount
from domain.planning import UpdateSchedule
from domain.schedules import Schedule
from tests.builders import World
from tests.desktop.store.desks import Desk

pytestmark = pytest.mark.logs("restored")

DeskOf = Callable[..., Desk]
AT = "2025-12-01T12:00:00.000Z"


@pytest.fixture
def desk(world: World, desk_of: DeskOf, tmp_path: Path) -> Desk:
    return desk_of(world.mia, folder=tmp_path / "mia").settle_in()


def restored(desk: Desk, taken: Contents) -> None:
    assert desk.folder is not None
    lay_ready(taken, desk.folder)
    desk.reopen()


def states(desk: Desk) -> dict[str, str]:
    rows = desk.store.files.outbox.execute("SELECT id, state FROM commands ORDER BY seq")
    return {row["id"]: row["state"] for row in rows}


def test_work_that_was_sent_since_the_backup_is_known_to_be_sent(desk: Desk, world: World) -> None:
    sent = desk.do(UpdateSchedule(id=world.session, title="Before"))
    taken = desk.store.contents(AT)
    desk.push()

    restored(desk, taken)

    assert states(desk) == {sent: "acknowledged"}
    assert desk.store.unsent() == []
    assert desk.store.files.was_restored


def test_work_since_the_backup_comes_along_behind_what_it_holds(desk: Desk, world: World) -> None:
    first = desk.do(UpdateSchedule(id=world.session, title="Before"))
    taken = desk.store.contents(AT)
    second = desk.do(UpdateSchedule(id=world.session, title="Since"))

    restored(desk, taken)

    assert [(one.n, one.id) for one in desk.store.unsent()] == [(1, first), (2, second)]
    assert desk.find(Schedule, world.session).title == "Since"


def test_a_restored_outbox_is_another_client(desk: Desk, world: World) -> None:
    desk.do(UpdateSchedule(id=world.session, title="Before"))
    desk.store.unsent()
    before = desk.store.identity().client_id
    taken = desk.store.contents(AT)

    restored(desk, taken)

    assert desk.store.identity().client_id != before
    assert [one.n for one in desk.store.unsent()] == [1]


def test_what_the_relay_has_already_is_done_once(desk: Desk, world: World) -> None:
    desk.do(UpdateAccount(name="Mia Before"))
    taken = desk.store.contents(AT)
    desk.push()
    desk.store.files.outbox.execute("DELETE FROM commands")  # as after 14 days
    commits = len(desk.relay.commits)

    restored(desk, taken)
    desk.push()

    assert len(desk.relay.commits) == commits
    assert desk.store.counts().waiting == 0


def test_what_waits_again_for_a_relay_that_was_put_back_is_not_lost(
    desk: Desk, world: World
) -> None:
    again = desk.do(UpdateSchedule(id=world.session, title="Before"))
    desk.push()
    taken = desk.store.contents(AT)
    desk.store.make_good(0, None)

    restored(desk, taken)

    assert states(desk) == {again: "pending"}
    assert [one.id for one in desk.store.unsent()] == [again]


def test_a_restore_of_the_relay_that_is_known_is_not_told_again(desk: Desk, world: World) -> None:
    desk.do(UpdateSchedule(id=world.session, title="Before"))
    desk.push()
    desk.store.make_good(1, None)  # as each welcome does
    taken = desk.store.contents(AT)
    desk.store.make_good(1, "2025-12-02T00:00:00Z")
    desk.push()
    desk.store.witness.keep()

    restored(desk, taken)

    assert not desk.store.witness.is_restored()
    assert desk.store.make_good(0, "2025-12-02T00:00:00Z") == 0


def test_of_two_drafts_the_one_that_was_typed_later_stays(desk: Desk) -> None:
    desk.store.put_draft("one", "in the backup")
    desk.store.put_draft("three", "only in the backup")
    taken = desk.store.contents(AT)
    desk.clock.pass_(minutes=1)
    desk.store.drop_draft("three")
    desk.store.put_draft("one", "typed since")
    desk.store.put_draft("two", "typed since")

    restored(desk, taken)

    drafts = {one.key: one.body for one in desk.store.drafts()}
    assert drafts == {"one": "typed since", "two": "typed since", "three": "only in the backup"}


def test_a_draft_in_the_backup_of_another_computer_can_be_the_later_one(desk: Desk) -> None:
    desk.clock.pass_(minutes=1)
    desk.store.put_draft("one", "typed later there")
    taken = desk.store.contents(AT)
    desk.clock.pass_(minutes=-1)
    desk.store.put_draft("one", "typed here")

    restored(desk, taken)

    assert [one.body for one in desk.store.drafts()] == ["typed later there"]
    assert desk.folder is not None
    kept = desk.folder / "outbox-before-restore-1.sqlite"
    assert bodies(kept) == {'"typed here"'}


def bodies(outbox: Path) -> set[str]:
    with closing(sqlite3.connect(outbox)) as kept:
        return {body for (body,) in kept.execute("SELECT body FROM drafts")}


def test_the_copy_of_the_rows_stays_the_newer_one(desk: Desk, world: World) -> None:
    taken = desk.store.contents(AT)
    desk.do(UpdateSchedule(id=world.session, title="Since"))
    desk.push()
    desk.receive()

    restored(desk, taken)

    assert desk.find(Schedule, world.session).title == "Since"
    desk.assert_same()


def test_without_files_it_brings_outbox_and_rows(
    desk: Desk, world: World, desk_of: DeskOf, tmp_path: Path
) -> None:
    desk.do(UpdateSchedule(id=world.session, title="Before"))
    taken = desk.store.contents(AT)
    lay_ready(taken, tmp_path / "new")

    new = desk_of(world.mia, folder=tmp_path / "new")

    assert new.find(Schedule, world.session).title == "Before"
    assert new.store.counts().waiting == 1


def test_it_begins_again_wherever_it_was_ended(
    desk: Desk, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each renaming fails once, as where the power goes."""
    first = desk.do(UpdateSchedule(id=world.session, title="Before"))
    taken = desk.store.contents(AT)
    second = desk.do(UpdateSchedule(id=world.session, title="Since"))
    assert desk.folder is not None
    desk.store.close()
    lay_ready(taken, desk.folder)
    broken = breaks_at_each(Path.rename)
    monkeypatch.setattr(Path, "rename", broken)
    tries = 0

    while (desk.folder / "restore").exists():
        tries += 1
        try:
            take_in(desk.folder, desk.folder / "restore")
        except OSError:
            continue

    monkeypatch.undo()
    assert tries > 2
    with closing(sqlite3.connect(desk.folder / "outbox.sqlite")) as outbox:
        assert outbox.execute("SELECT id FROM commands ORDER BY seq").fetchall() == [
            (first,),
            (second,),
        ]
    desk.store = desk._open(open_files(desk.folder))


@pytest.mark.parametrize("breaks", range(1, 9))
def test_nothing_in_the_wal_of_a_killed_program_is_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaks: int
) -> None:
    """It is ended at one of the steps with files, and begins again."""
    taken = desk.store.contents(AT)
    desk.store.put_draft("one", "in the WAL")
    folder = killed(desk, tmp_path / "killed")
    lay_ready(taken, folder)
    end_at(breaks, monkeypatch)

    try:
        take_in(folder, folder / "restore")
    except KilledHere:
        monkeypatch.undo()
        open_files(folder).close()

    assert bodies(folder / "outbox.sqlite") == {'"in the WAL"'}
    assert [bodies(one) for one in sorted(folder.glob("outbox-before-*.sqlite"))] == [
        {'"in the WAL"'}
    ]
    assert [one.name for one in folder.glob("*-wal")] == []


@pytest.mark.logs("outbox")
def test_a_damaged_outbox_is_kept_and_the_backup_takes_its_place(desk: Desk) -> None:
    desk.store.put_draft("one", "in the backup")
    taken = desk.store.contents(AT)
    assert desk.folder is not None
    desk.store.close()
    (desk.folder / "outbox.sqlite").write_bytes(b"no database" * 500)
    lay_ready(taken, desk.folder)

    desk.store = desk._open(open_files(desk.folder))

    assert [one.body for one in desk.store.drafts()] == ["in the backup"]
    kept = desk.folder / "outbox-before-restore-1.sqlite"
    assert kept.read_bytes().startswith(b"no database")


def test_an_outbox_that_is_held_by_another_program_stays(desk: Desk, tmp_path: Path) -> None:
    taken = desk.store.contents(AT)
    folder = killed(desk, tmp_path / "killed")
    lay_ready(taken, folder)

    with closing(sqlite3.connect(folder / "outbox.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreTrouble, match="Another program"):
            open_files(folder)

    assert (folder / "restore" / "outbox.sqlite").exists()
    assert list(folder.glob("outbox-before-*")) == []


def killed(desk: Desk, folder: Path) -> Path:
    """A folder as a program leaves it that is killed now: its last writes are in the WAL."""
    assert desk.folder is not None
    folder.mkdir()
    for ending in ("", "-wal", "-shm"):
        shutil.copy2(desk.folder / f"outbox.sqlite{ending}", folder)
    assert (folder / "outbox.sqlite-wal").stat().st_size > 0
    return folder


class KilledHere(BaseException):
    """Where the program is killed."""


def end_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """End the program before its `number`th step with files."""
    steps = 0

    def ended(step: Callable[..., object]) -> Callable[..., object]:
        def counted(*values: object, **named: object) -> object:
            nonlocal steps
            steps += 1
            if steps == number:
                raise KilledHere
            return step(*values, **named)

        return counted

    for owner, name in ((Path, "rename"), (Path, "unlink"), (shutil, "copy2"), (shutil, "rmtree")):
        monkeypatch.setattr(owner, name, ended(getattr(owner, name)))


def breaks_at_each(rename: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    met: set[str] = set()

    def broken(path: Path, target: Path) -> Path:
        if path.name not in met:
            met.add(path.name)
            raise OSError("The power went.")
        met.discard(path.name)
        return rename(path, target)

    return broken

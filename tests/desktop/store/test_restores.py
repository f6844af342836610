"""Taking in a backup: what it holds comes back, what was done since stays, nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.store.backups import Contents, lay_ready
from desktop.store.database import open_files
from desktop.store.restores import take_in
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


def test_drafts_become_those_of_the_backup_and_newer_ones_stay(desk: Desk) -> None:
    desk.store.put_draft("one", "in the backup")
    taken = desk.store.contents(AT)
    desk.store.put_draft("one", "typed since")
    desk.store.put_draft("two", "typed since")

    restored(desk, taken)

    drafts = {one.key: one.body for one in desk.store.drafts()}
    assert drafts == {"one": "in the backup", "two": "typed since"}
    assert desk.folder is not None
    with closing(sqlite3.connect(desk.folder / "outbox-before-restore-1.sqlite")) as kept:
        bodies = {body for (body,) in kept.execute("SELECT body FROM drafts")}
    assert '"typed since"' in bodies


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


def breaks_at_each(rename: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    met: set[str] = set()

    def broken(path: Path, target: Path) -> Path:
        if path.name not in met:
            met.add(path.name)
            raise OSError("The power went.")
        met.discard(path.name)
        return rename(path, target)

    return broken

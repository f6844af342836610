"""The local rows as files for other programs."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.store.export import OnlyHere, export_csv, export_json, write_table
from desktop.store.tables import Table, all_tables
from desktop.store.trouble import StoreTrouble
from domain.planning import UpdateSchedule
from domain.wire import Outcome, Result
from tests.builders import NOW, World, a_plan, id_of, second_ahead
from tests.desktop.store.desks import Desk

DeskOf = Callable[..., Desk]


def tables_in(file: Path) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(file) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))
            for name in archive.namelist()
        }


def counted(desk: Desk) -> dict[str, int]:
    def count(table: Table) -> int:
        sql = f"SELECT count(*) FROM {table.name}"  # noqa: S608  the names are ours
        number: int = desk.replica.execute(sql).fetchone()[0]
        return number

    return {table.kind.kind(): count(table) for table in all_tables()}


def test_the_json_holds_every_row_as_the_relay_names_it(mia: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"

    written = export_json(mia.replica, file, at=NOW)

    found = json.loads(file.read_text(encoding="utf-8"))
    assert (found["format"], found["version"], found["exportedAt"]) == ("tandem-export", 1, NOW)
    sizes = {kind: len(rows) for kind, rows in found["rows"].items()}
    assert sizes == counted(mia)
    assert sum(sizes.values()) == written > 20
    account = next(row for row in found["rows"]["account"] if row["id"] == mia.user)
    assert account["timeZone"]
    assert account["reminderMinutes"] == [10]


def test_what_is_not_sent_yet_is_in_it(mia: Desk, world: World, tmp_path: Path) -> None:
    mia.store.act(a_plan(id_of("new"), world.ana, start=second_ahead(days=40)))

    export_json(mia.replica, tmp_path / "mine.json", at=NOW)

    rows = json.loads((tmp_path / "mine.json").read_text(encoding="utf-8"))["rows"]
    assert id_of("new") in {row["id"] for row in rows["schedule"]}


def test_the_archive_has_one_table_for_each_kind(mia: Desk, tmp_path: Path) -> None:
    written = export_csv(mia.replica, tmp_path / "mine.zip")

    tables = tables_in(tmp_path / "mine.zip")
    kinds = {f"{table.name}.csv" for table in all_tables()}
    assert set(tables) == {*kinds, "drafts.csv", "needs_attention.csv"}
    assert sum(map(len, tables.values())) == written
    account = next(row for row in tables["users.csv"] if row["id"] == mia.user)
    assert json.loads(account["reminderMinutes"]) == [10]
    assert account["quietHours"] == ""


def only_here(desk: Desk) -> OnlyHere:
    """A draft of each kind, and a command that the relay has refused."""
    store = desk.store
    store.put_draft("schedule.new", {"title": "Half a talk"})
    store.put_draft("comment.e1", "=Half a sentence")
    store.act(UpdateSchedule(id=desk.world.session, title="Refused"))
    [sent] = store.unsent()
    refused = Result(n=sent.n, status=Outcome.REFUSED, code="forbidden", message="Not yours.")
    store.settle([refused])
    return OnlyHere(store.drafts(), store.attention())


def test_drafts_and_what_needs_attention_are_in_the_json(mia: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"

    export_json(mia.replica, file, at=NOW, only_here=only_here(mia))

    found = json.loads(file.read_text(encoding="utf-8"))
    bodies = {draft["key"]: draft["body"] for draft in found["drafts"]}
    assert bodies == {"schedule.new": {"title": "Half a talk"}, "comment.e1": "=Half a sentence"}
    [refused] = found["needsAttention"]
    assert (refused["code"], refused["message"]) == ("forbidden", "Not yours.")
    assert refused["command"]["title"] == "Refused"


def test_drafts_and_what_needs_attention_are_tables(mia: Desk, tmp_path: Path) -> None:
    export_csv(mia.replica, tmp_path / "mine.zip", only_here=only_here(mia))

    tables = tables_in(tmp_path / "mine.zip")
    bodies = {row["key"]: row["body"] for row in tables["drafts.csv"]}
    assert json.loads(bodies["schedule.new"]) == {"title": "Half a talk"}
    assert bodies["comment.e1"] == "'=Half a sentence"
    [refused] = tables["needs_attention.csv"]
    assert refused["message"] == "Not yours."
    assert json.loads(refused["command"])["title"] == "Refused"


@pytest.mark.parametrize("title", ["=1+1", "+49 30", "-2", "@SUM(A1)"])
def test_no_cell_is_a_formula(mia: Desk, world: World, tmp_path: Path, title: str) -> None:
    mia.store.act(a_plan(id_of("new"), world.ana, start=second_ahead(days=40)))
    mia.store.act(UpdateSchedule(id=id_of("new"), title=title, description='„Ü“, "a"\nb'))

    export_csv(mia.replica, tmp_path / "mine.zip")

    sessions = tables_in(tmp_path / "mine.zip")["schedules.csv"]
    session = next(row for row in sessions if row["id"] == id_of("new"))
    assert session["title"] == f"'{title}"
    assert session["description"] == '„Ü“, "a"\nb'


def test_it_says_how_far_it_is(mia: Desk, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []

    written = export_json(
        mia.replica, tmp_path / "mine.json", at=NOW, progress=lambda *so_far: said.append(so_far)
    )

    assert said[-1] == (written, written)


def test_only_its_owner_may_read_the_file(mia: Desk, tmp_path: Path) -> None:
    export_json(mia.replica, tmp_path / "mine.json", at=NOW)

    assert (tmp_path / "mine.json").stat().st_mode & 0o077 == 0


def test_an_export_that_fails_leaves_the_one_before_it_and_nothing_else(
    mia: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    file.write_text("the one before")

    def fails(written: int, total: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreTrouble, match="no room left"):
        export_json(mia.replica, file, at=NOW, progress=fails)

    assert file.read_text() == "the one before"
    assert [one.name for one in tmp_path.glob("mine*")] == ["mine.json"]
    assert not mia.replica.in_transaction


def test_a_folder_that_is_not_there_is_said_in_a_sentence(mia: Desk, tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble):
        export_csv(mia.replica, tmp_path / "gone" / "mine.zip")


def test_a_table_is_its_owners_and_replaces_what_was_there_when_it_is_whole(
    tmp_path: Path,
) -> None:
    file = tmp_path / "codes.csv"
    file.write_text("before")
    file.chmod(0o644)

    with pytest.raises(KeyError):
        write_table(file, ["name", "code"], [{"name": "Ana", "code": "X"}, {"name": "Ben"}])
    kept = file.read_text()
    write_table(file, ["name", "code"], [{"name": "Ana", "code": "X"}])

    assert kept == "before"
    assert file.read_text("utf-8-sig").splitlines() == ["name,code", "Ana,X"]
    assert file.stat().st_mode & 0o777 == 0o600

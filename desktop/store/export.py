"""All that a person has on this computer, written to a file that other programs read."""

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from desktop.store.outbox import Attention, Draft
from desktop.store.tables import Table, all_tables
from desktop.store.trouble import plainly
from desktop.whole_files import written

PAGE = 500
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # how a spreadsheet's formula may begin (OWASP)
Progress = Callable[[int, int], object]  # rows written, rows in all
DRAFT_NAMES = ("key", "updatedAt", "body")
ATTENTION_NAMES = ("id", "at", "code", "message", "command")


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """What is in no row: drafts, and work that was not accepted."""

    drafts: Sequence[Draft] = ()
    attention: Sequence[Attention] = ()

    def draft_objects(self) -> list[dict[str, Any]]:
        return [
            {"key": one.key, "updatedAt": one.updated_at, "body": one.body} for one in self.drafts
        ]

    def attention_objects(self) -> list[dict[str, Any]]:
        return [
            {
                "id": one.id,
                "at": one.at,
                "code": one.code,
                "message": one.message,
                "command": one.command,
            }
            for one in self.attention
        ]


NOTHING = OnlyHere()


def export_json(
    db: sqlite3.Connection,
    file: Path,
    *,
    at: str,
    only_here: OnlyHere = NOTHING,
    progress: Progress = lambda _n, _all: None,
) -> int:
    """Write every row, by kind, with its fields as the relay names them; how many there were.

    `db` is a connection of its own: the rows are those of one moment. `at` is an RFC 3339 instant.
    What is `only_here` stands behind the rows.

    Raises:
        StoreTrouble: the disk is full, read-only or broken; nothing is left at `file`.
    """
    with _snapshot(db) as counter, written(file) as part, part.open("w", encoding="utf-8") as out:
        count = counter(progress)
        out.write(f'{{"format": "tandem-export", "version": 1, "exportedAt": {_json(at)},\n')
        out.write('"rows": {')
        for number, table in enumerate(all_tables()):
            out.write(f"{',' if number else ''}\n{_json(table.kind.kind())}: [")
            for place, row in enumerate(_rows(db, table)):
                del row["type"]
                out.write(f"{',' if place else ''}\n{_json(row)}")
                count.add()
            out.write("]")
        out.write(f'\n}},\n"drafts": {_json(only_here.draft_objects())}')
        out.write(f',\n"needsAttention": {_json(only_here.attention_objects())}}}\n')
    return count.written


def export_csv(
    db: sqlite3.Connection,
    file: Path,
    *,
    only_here: OnlyHere = NOTHING,
    progress: Progress = lambda _n, _all: None,
) -> int:
    """Write a zip archive with one table of comma-separated values for each kind of row.

    What is `only_here` are two tables more.

    Values that are lists or objects are JSON. What a spreadsheet would take for a formula begins
    with an apostrophe. It raises like `export_json`.
    """
    with (
        _snapshot(db) as counter,
        written(file) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        count = counter(progress)
        for table in all_tables():
            with archive.open(f"{table.name}.csv", "w") as raw:
                columns = [column.wire for column in table.columns]
                _write_table(raw, columns, map(count.passed, _rows(db, table)))
        with archive.open("drafts.csv", "w") as raw:
            _write_table(raw, DRAFT_NAMES, only_here.draft_objects())
        with archive.open("needs_attention.csv", "w") as raw:
            _write_table(raw, ATTENTION_NAMES, only_here.attention_objects())
    return count.written


class _Count:
    """How much of the export is written."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.written = 0
        self._progress = progress
        self._total = total

    def passed(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row, counted."""
        self.add()
        return row

    def add(self) -> None:
        self.written += 1
        if self.written % PAGE == 0 or self.written == self._total:
            self._progress(self.written, self._total)


def write_table(file: Path, names: Sequence[str], objects: Iterable[Mapping[str, Any]]) -> None:
    """Write objects to a CSV file that spreadsheets read, and only its owner.

    Raises:
        OSError: what was at `file` is as it was.
    """
    with written(file) as part, part.open("wb") as raw:
        _write_table(raw, names, objects)


def _write_table(
    raw: IO[bytes], names: Sequence[str], objects: Iterable[Mapping[str, Any]]
) -> None:
    # The mark at the beginning is what makes spreadsheets read UTF-8.
    with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(names)
        for one in objects:
            writer.writerow([_cell(one[name]) for name in names])


def _cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return _json(value)
    if isinstance(value, str) and value.startswith(FORMULAS):
        return f"'{value}"
    shown: str | int | float = value
    return shown


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _rows(db: sqlite3.Connection, table: Table) -> Iterator[dict[str, Any]]:
    """The wire objects of a table, by id, a page at a time."""
    last = ""
    sql = f"SELECT * FROM {table.name} WHERE id > ? ORDER BY id LIMIT {PAGE}"  # noqa: S608
    while page := db.execute(sql, [last]).fetchall():
        yield from map(table.wire, page)
        last = page[-1]["id"]


@contextmanager
def _snapshot(db: sqlite3.Connection) -> Iterator[Callable[[Progress], _Count]]:
    """Read the rows of one moment, whatever is written meanwhile."""
    with plainly():
        db.execute("BEGIN")
        try:
            sizes = (f"SELECT count(*) FROM {table.name}" for table in all_tables())  # noqa: S608
            total = sum(db.execute(sql).fetchone()[0] for sql in sizes)
            yield lambda progress: _Count(progress, total)
        finally:
            db.execute("ROLLBACK")

"""The route of the whole audit log: for admins, by filter, in pages or as a file."""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

import msgspec
from litestar import Response
from litestar.response import Stream
from msgspec import Meta

from domain.errors import Invalid
from domain.fields import Checked, Instant
from domain.ids import Id
from domain.kinds import KINDS
from syncserver.rest.audit_logs import (
    AuditRecord,
    actor_names,
    audit_record,
    note_read,
    number_of,
    records_answer,
)
from syncserver.rest.paging import page_size
from syncserver.rest.routes import Answer, Call, Route, Who
from syncserver.rest.schedules import SPACE_FOR_PLUS
from syncserver.storage.audit_listings import AuditFilter, Columns, all_records, last_record
from syncserver.storage.reading import Reading
from syncserver.storage.writing import Writing

AUDIT_EXPORT = "audit.export"
AT_ONCE = 500  # records of a file that are read in one snapshot
FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet would compute


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"


class WholeAuditQuery(Checked, frozen=True, kw_only=True, rename="camel"):
    """Which records: of acts by one person, of one kind of row, of one row, received in a time.

    `type` is the `rowType` of a record, and `itemId` its `rowId`; `from` and `to` are
    `[from, to)`; `deedsOnly` leaves out memberships, activities and marks. `csv` and `ndjson`
    give all that fit as a file, `json` a page.
    """

    actor_id: Id | None = None
    type: str | None = None
    item_id: Id | None = None
    from_: Instant | None = msgspec.field(name="from", default=None)
    to: Instant | None = None
    deeds_only: bool = False
    format: Format = Format.JSON
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None

    def __post_init__(self) -> None:
        for name in ("from_", "to"):
            if text := getattr(self, name):
                spaced = SPACE_FOR_PLUS.sub("+", text)
                msgspec.structs.force_setattr(self, name, spaced)
        super().__post_init__()
        if self.type is not None and self.type not in KINDS:
            raise Invalid("type", "malformed", "There is no such kind of row.")


async def whole_audit(call: Call) -> Answer | Response[Any]:
    asked: WholeAuditQuery = call.query
    which = AuditFilter(
        asked.actor_id, asked.type, asked.item_id, asked.from_, asked.to, asked.deeds_only
    )
    if asked.format is not Format.JSON:
        # Noted before the first record goes out: a file that breaks off was read too.
        last = await call.services.relay.write(lambda writing: _note_export(writing, call, which))
        return _file(call, asked.format, which, last + 1)
    before, limit = number_of(asked.cursor), page_size(call, asked.limit)
    look = partial(_page, which=which, before=before, limit=limit + 1)
    records, names = await call.services.relay.read(look)
    await call.services.relay.write(lambda writing: note_read(writing, call, which))
    return records_answer(call, records, limit, names)


def _page(
    reading: Reading, which: AuditFilter, before: int, limit: int
) -> tuple[list[Columns], dict[str, str]]:
    found = all_records(reading, which, before=before, limit=limit)
    return found, actor_names(reading, found)


def _note_export(writing: Writing, call: Call, which: AuditFilter) -> int:
    """Audit the look; the number of the last record before that."""
    last = last_record(writing)
    note_read(writing, call, which, AUDIT_EXPORT)
    return last


Lines = Callable[[Iterable[AuditRecord]], bytes]


def _file(call: Call, form: Format, which: AuditFilter, before: int) -> Response[Any]:
    media_type, lines, head = FILES[form]
    headers = {"Content-Disposition": f'attachment; filename="audit-log.{form}"'}
    parts = _parts(call, which, before, lines, head)
    return Stream(parts, media_type=media_type, headers=headers)


async def _parts(
    call: Call, which: AuditFilter, before: int, lines: Lines, head: bytes
) -> AsyncIterator[bytes]:
    """The file piece by piece: it holds up no commit, and no memory."""
    yield head
    while True:
        look = partial(_page, which=which, before=before, limit=AT_ONCE)
        records, names = await call.services.relay.read(look)
        if records:
            yield lines(audit_record(record, names) for record in records)
        if len(records) < AT_ONCE:
            return
        before = records[-1]["id"]


def _json_lines(records: Iterable[AuditRecord]) -> bytes:
    return msgspec.json.Encoder().encode_lines(list(records))


def _table_lines(records: Iterable[AuditRecord]) -> bytes:
    return _table(
        [_cell(getattr(record, name)) for name in AuditRecord.__struct_fields__]
        for record in records
    )


def _table(rows: Iterable[Iterable[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    """A value as text of a table: nothing that a spreadsheet would compute."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(value)
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"'{text}" if text.startswith(FORMULA) else text


FILES: dict[Format, tuple[str, Lines, bytes]] = {
    Format.CSV: (
        "text/csv",
        _table_lines,
        _table([AuditRecord.__struct_encode_fields__]),
    ),
    Format.NDJSON: ("application/x-ndjson", _json_lines, b""),
}

ROUTES = (
    Route(
        "GET",
        "/audit-logs",
        whole_audit,
        "Who changed what, by filter, the newest first; or all of it as a file",
        who=Who.ADMIN,
        query=WholeAuditQuery,
        answer=list[AuditRecord],
        files=("text/csv", "application/x-ndjson"),
    ),
)

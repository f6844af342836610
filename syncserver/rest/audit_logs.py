"""Routes of the audit log: who changed an item; an admin's look at others' is itself audited."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from domain.accounts import Account
from domain.errors import Invalid, not_found
from domain.fields import Instant
from domain.ids import Id
from domain.instants import instant
from domain.kinds import KINDS
from domain.members import Role
from domain.records import Record
from domain.rooms import user_room
from syncserver.pulls import DIGITS
from syncserver.rest.paging import page_answer, page_size, place_of
from syncserver.rest.routes import Answer, Call, Route
from syncserver.storage.audit_listings import AuditFilter, Columns, row_records
from syncserver.storage.listings import people_names
from syncserver.storage.notes import act_of, note
from syncserver.storage.reading import Reading
from syncserver.storage.writing import Writing

AUDIT_READ = "audit.read"
ASKED = ("actorId", "type", "itemId", "from", "to", "deedsOnly")  # the names of a filter's parts


class AuditQuery(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Which page of an item's history, from the beginning or from the end."""

    newest_first: bool = False
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None


class AuditRecord(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One change of one row; `values` holds old and new by field, null once erased.

    `fields` names the changed fields in any case. `actorName` is what the person is called now.
    """

    room: str
    n: int
    version: int
    at: Instant
    received_at: Instant
    actor_id: Id
    actor_name: str | None
    device_id: str | None
    mutation_id: str
    action: str
    row_type: str
    row_id: Id
    fields: list[str]
    values: dict[str, tuple[Any, Any]] | None
    prev_hash: str
    hash: str


async def audit_log(call: Call) -> Answer:
    """One's own items, and all for admins; their look at another's is noted."""
    asked: AuditQuery = call.query
    row_type, row_id = call.param("row_type"), call.param("row_id")
    if row_type not in KINDS:
        raise not_found("item")
    after, limit = number_of(asked.cursor), page_size(call, asked.limit)
    is_admin = call.me.role is Role.ADMIN

    def look(reading: Reading) -> tuple[list[Columns], bool, dict[str, str]]:
        own = reading.rooms_of(call.me.user_id)
        row = reading.find(KINDS[row_type], row_id)
        # What is gone lies in no room: its records stand in those that it lay in.
        if not is_admin and row is not None and row.room not in own:
            raise not_found("item")
        found = row_records(
            reading,
            row_type,
            row_id,
            rooms=None if is_admin else own,
            after=after,
            limit=limit + 1,
            newest_first=asked.newest_first,
        )
        is_own = row is not None and row.room == user_room(call.me.user_id)
        return found, is_own, actor_names(reading, found)

    records, is_own, names = await call.services.relay.read(look)
    if not records and after == 0:
        raise not_found("item")
    if is_admin and not is_own:
        which = AuditFilter(row_type=row_type, row_id=row_id)
        await call.services.relay.write(lambda writing: note_read(writing, call, which))
    return records_answer(call, records, limit, names)


def actor_names(reading: Reading, records: Sequence[Columns]) -> dict[str, str]:
    """What those are called who made these changes, by id."""
    return people_names(reading, {record["actor_id"] for record in records})


def records_answer(
    call: Call, records: Sequence[Columns], limit: int, names: dict[str, str]
) -> Answer:
    """A page of records as they are shown; one more than `limit` says that there is a next one."""
    page = page_answer(call, records, limit, lambda record: (str(record["id"]), ""))
    return Answer([audit_record(record, names) for record in page.value], page.headers)


def audit_record(record: Columns, names: dict[str, str]) -> AuditRecord:
    """A record as it is shown; `names` are those of the actors."""
    made = {"actor_name", "fields", "values"}
    plain = {name: record[name] for name in AuditRecord.__struct_fields__ if name not in made}
    values = record["field_values"]
    return AuditRecord(
        **plain,
        actor_name=names.get(record["actor_id"]),
        fields=sorted(msgspec.json.decode(record["digests"])),
        values=msgspec.json.decode(values) if values else None,
    )


def number_of(cursor: str | None) -> int:
    """The record that a page begins after, 0 for none. Raises `Invalid` for no cursor of ours."""
    place = place_of(cursor)
    if place is None:
        return 0
    if not (place[0].isdecimal() and len(place[0]) <= DIGITS):
        raise Invalid("cursor", "malformed", "Take the cursor from the Link header.")
    return int(place[0])


def note_read(writing: Writing, call: Call, which: AuditFilter, action: str = AUDIT_READ) -> None:
    """Audit an admin's look where those whom it concerns can see it.

    That is the room of the row that was asked for, else of the person whose acts they are. A look
    at more than that, or at what is gone, is noted with the admin who looked.
    """
    me = writing.find(Account, call.me.user_id)
    if me is None:
        return
    given = zip(ASKED, which, strict=True)
    said = {name: "" if value is True else str(value) for name, value in given if value}
    act = act_of(me, instant(call.services.now()), call.mutation_id)
    row = _concerned(writing, which) or me
    note(writing, act, action, row, said=said or {"all": ""}, device_id=call.me.device_id)


def _concerned(writing: Writing, which: AuditFilter) -> Record | None:
    if which.row_type and which.row_id:
        return writing.find(KINDS[which.row_type], which.row_id)
    return writing.find(Account, which.actor_id) if which.actor_id else None


ROUTES = (
    Route(
        "GET",
        "/audit-logs/{row_type}/{row_id}",
        audit_log,
        "Who changed an item, from the beginning or from the end",
        query=AuditQuery,
        answer=list[AuditRecord],
    ),
)

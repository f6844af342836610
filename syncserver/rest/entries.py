"""Routes of entries and comments: what students write and mentors say to it."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta
from uuid_utils import uuid7

from domain.accounts import Account
from domain.commands import Command
from domain.comments import AddComment, Comment
from domain.entries import Entry, EntryStatus, text_hash
from domain.errors import Invalid, Refused
from domain.fields import Checked, CommentText
from domain.ids import Id
from domain.reviews import ReopenEntry, ReviewEntry
from domain.writing import CreateEntry, DeleteEntry, SubmitEntry, UpdateEntry, WithdrawEntry
from syncserver.rest.paging import page_answer, page_size, place_of
from syncserver.rest.routes import Answer, Call, Route, row_answer
from syncserver.rest.sign_in import Form
from syncserver.storage.entry_listings import EntryFilter, comments_on, entries
from syncserver.storage.reading import Reading

# What a review or a submission decides, each by a route of its own.
FIXED = ("studentId", "status", "iteration", "reviewedBy", "reviewedAt", "submittedAt", "localDay")


class EntriesQuery(Checked, frozen=True, kw_only=True, rename="camel"):
    student_id: Id | None = None
    status: EntryStatus | None = None
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None


class CommentsQuery(Checked, frozen=True, kw_only=True, rename="camel"):
    limit: Annotated[int, Meta(ge=1)] | None = None
    cursor: str | None = None


class NewEntryStatus(Form, frozen=True):
    """`pending` submits, `draft` takes back, the others are a mentor's review.

    Only a review takes a comment with it.
    """

    status: EntryStatus
    comment: CommentText | None = None


async def list_entries(call: Call) -> Answer:
    asked: EntriesQuery = call.query
    which = EntryFilter(asked.student_id, asked.status)
    before, limit = place_of(asked.cursor), page_size(call, asked.limit)

    def look(reading: Reading) -> list[Entry]:
        rooms = reading.rooms_of(call.me.user_id)
        return entries(reading, rooms, which, before=before, limit=limit + 1)

    rows = await call.services.relay.read(look)
    return page_answer(call, rows, limit, lambda row: (row.created_at, row.id))


async def entry(call: Call) -> Answer:
    return row_answer(await call.visible(Entry, call.param("entry_id")))


async def create(call: Call) -> Answer:
    """The day of the entry is that of the author's own zone, where the body names none."""
    given: dict[str, Any] = {"id": str(uuid7())}
    if "zone" not in call.data:
        given["zone"] = (await call.visible(Account, call.me.user_id)).time_zone
    done = await call.do(call.command(CreateEntry, **given))
    row = next((row for row in done.rows.values() if isinstance(row, Entry)), None)
    if row is None:
        raise Refused("not_found", "This entry is no longer there.")
    return row_answer(row, Location=f"/api/entries/{row.id}")


async def replace(call: Call) -> Answer:
    """All that can be edited: what the body does not name goes back to its default."""
    given = {field.encode_name for field in msgspec.structs.fields(UpdateEntry)}
    whole: dict[str, Any] = {
        field.encode_name: [] if field.encode_name in ("tags", "resources") else None
        for field in msgspec.structs.fields(CreateEntry)
        if field.encode_name in given and not field.required
    }
    for name in ("title", "body"):
        if name not in call.data:
            raise Invalid(name, "required", "This is needed.")
    return await _update(call, {**whole, **call.data})


async def change(call: Call) -> Answer:
    return await _update(call, call.data)


async def _update(call: Call, data: dict[str, Any]) -> Answer:
    entry_id = call.param("entry_id")
    stands = msgspec.to_builtins(await call.visible(Entry, entry_id))
    for name in FIXED:
        if name in data and data[name] != stands[name]:
            raise Invalid(name, "immutable", "This cannot be changed here.")
    command = msgspec.convert(
        {**data, "id": entry_id, "base": {}, "type": UpdateEntry.tag()}, UpdateEntry
    )
    return await _done(call, command)


async def set_status(call: Call) -> Answer:
    form: NewEntryStatus = call.form
    known = await call.visible(Entry, call.param("entry_id"))
    return await _done(call, _deed(call, form, known))


def _deed(call: Call, form: NewEntryStatus, known: Entry) -> Command:
    """The command that leads to a status, given the entry as it stands."""
    if form.comment is not None and form.status in (EntryStatus.DRAFT, EntryStatus.PENDING):
        raise Invalid("comment", "malformed", "Only a review takes a comment with it.")
    if form.status is EntryStatus.DRAFT:
        return WithdrawEntry(id=known.id)
    if form.status is EntryStatus.PENDING:
        return SubmitEntry(id=known.id)
    comment_id = str(uuid7()) if form.comment is not None else None
    reopens = known.status is EntryStatus.APPROVED and form.status is EntryStatus.NEEDS_WORK
    if reopens and form.comment is not None and comment_id is not None:
        return ReopenEntry(id=known.id, comment_id=comment_id, reason=form.comment)
    return ReviewEntry(
        id=known.id,
        status=form.status.value,  # type: ignore[arg-type]  # the others are dealt with above
        iteration=known.iteration,
        text=text_hash(known),
        seen=known.status,
        comment_id=comment_id,
        comment=form.comment,
    )


async def delete(call: Call) -> Answer:
    entry_id = call.param("entry_id")
    await call.do(DeleteEntry(id=entry_id), version_of=(Entry, entry_id))
    return Answer()


async def list_comments(call: Call) -> Answer:
    asked: CommentsQuery = call.query
    known = await call.visible(Entry, call.param("entry_id"))
    after, limit = place_of(asked.cursor), page_size(call, asked.limit)
    rows = await call.services.relay.read(
        lambda reading: comments_on(reading, known.id, after=after, limit=limit + 1)
    )
    return page_answer(call, rows, limit, lambda row: (row.created_at, row.id))


async def comment(call: Call) -> Answer:
    command = call.command(AddComment, id=str(uuid7()), entryId=call.param("entry_id"))
    done = await call.do(command)
    row = next((row for row in done.rows.values() if isinstance(row, Comment)), None)
    if row is None:
        raise Refused("not_found", "This comment is no longer there.")
    return row_answer(row)


async def _done(call: Call, command: Command) -> Answer:
    entry_id = call.param("entry_id")
    done = await call.do(command, version_of=(Entry, entry_id))
    return row_answer(await call.told(done, Entry, entry_id))


ONE = "/entries/{entry_id}"
RULES = ("transition_not_allowed", "changed")

ROUTES = (
    Route(
        "GET",
        "/entries",
        list_entries,
        "Entries, the newest first",
        query=EntriesQuery,
        answer=list[Entry],
    ),
    Route(
        "POST",
        "/entries",
        create,
        "Write an entry, and submit it or keep it as a draft",
        status=201,
        body=CreateEntry,
        given=("id",),
        answer=Entry,
    ),
    Route("GET", ONE, entry, "One entry", answer=Entry),
    Route(
        "PUT",
        ONE,
        replace,
        "Replace what can be edited of an entry",
        body=CreateEntry,
        given=("id", "zone", "status"),
        answer=Entry,
        errors=RULES,
    ),
    Route(
        "PATCH",
        ONE,
        change,
        "Change some fields of an entry",
        body=UpdateEntry,
        given=("id", "base"),
        answer=Entry,
        errors=RULES,
    ),
    Route("DELETE", ONE, delete, "Delete an entry that nobody answered", status=204, errors=RULES),
    Route(
        "PATCH",
        ONE + "/status",
        set_status,
        "Submit, withdraw or review an entry",
        body=NewEntryStatus,
        answer=Entry,
        errors=(*RULES, "comment_required", "entry_changed"),
    ),
    Route(
        "GET",
        ONE + "/comments",
        list_comments,
        "What was said about an entry, the earliest first",
        query=CommentsQuery,
        answer=list[Comment],
    ),
    Route(
        "POST",
        ONE + "/comments",
        comment,
        "Say something about an entry",
        status=201,
        body=AddComment,
        given=("id", "entry_id"),
        answer=Comment,
        errors=("transition_not_allowed",),
    ),
)

"""Entries: what students write about their learning, and the rules that their commands share."""

from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta

from domain.activities import Kind, announce
from domain.commands import Act
from domain.conflicts import base_hash
from domain.errors import Invalid, Refused, forbidden, not_found
from domain.fields import Day, EntryText, EntryTitle, HttpsUrl, Instant, Tag, Zone
from domain.ids import Id, derived_id
from domain.members import Member, member_id
from domain.records import Record, Transaction
from domain.rooms import student_room
from domain.students import StudentCard

MAX_TAGS = 10
MAX_RESOURCES = 20

Minutes = Annotated[int, Meta(ge=0, le=1440)]
Iteration = Annotated[int, Meta(ge=1)]
Tags = list[Tag]
Resources = list[HttpsUrl]


class EntryStatus(StrEnum):
    DRAFT = "draft"
    PENDING = "pending"
    REVIEWED = "reviewed"
    NEEDS_WORK = "needs_work"
    APPROVED = "approved"


class Entry(Record, frozen=True, kw_only=True, tag="entry"):
    """A student's account of what they learned; `body` is Markdown.

    A draft is in the author's `user:` room, everything else in the `student:` room. `iteration`
    counts the submissions that followed a review. `local_day` is the day in `zone`, the author's
    own, on which it was first submitted, of a draft the day it was begun.
    """

    table = "entries"
    lookups = (("student_id",), ("schedule_id",))
    editable = (
        ("title", ("title",)),
        ("body", ("body",)),
        ("tags", ("tags",)),
        ("resources", ("resources",)),
        ("minutes", ("minutes",)),
        ("deadline", ("deadline",)),
        ("scheduleId", ("schedule_id",)),
    )

    student_id: Id
    title: EntryTitle
    body: EntryText
    tags: Tags = []
    resources: Resources = []
    minutes: Minutes | None = None
    deadline: Instant | None = None
    schedule_id: Id | None = None
    status: EntryStatus
    iteration: Iteration = 1
    local_day: Day
    zone: Zone
    reviewed_by: Id | None = None
    reviewed_at: Instant | None = None
    submitted_at: Instant | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        check_lists(self.tags, self.resources)


class EntryRevision(Record, frozen=True, kw_only=True, tag="entry_revision"):
    """What an earlier iteration of an entry said when it was submitted anew; never changed."""

    table = "entry_revisions"
    lookups = (("entry_id",),)

    entry_id: Id
    iteration: Iteration
    title: EntryTitle
    body: EntryText
    tags: Tags
    resources: Resources


def check_lists(tags: Tags, resources: Resources) -> None:
    """Raise `Invalid` for too many tags or links, or for a tag that is there twice."""
    if len(tags) > MAX_TAGS:
        raise Invalid("tags", "too_long", f"Use at most {MAX_TAGS} tags.")
    if len({tag.casefold() for tag in tags}) < len(tags):
        raise Invalid("tags", "malformed", "Name each tag once.")
    if len(resources) > MAX_RESOURCES:
        raise Invalid("resources", "too_long", f"Add at most {MAX_RESOURCES} links.")
    if not all(resources):
        raise Invalid("resources", "required", "This cannot be empty.")


def text_hash(entry: Entry | EntryRevision) -> str:
    """The hash of what a mentor reads of an entry: 16 hex digits; a review names it."""
    return base_hash([entry.title, entry.body, entry.tags, entry.resources])


def visible_entry(tx: Transaction, entry_id: str) -> Entry:
    """The entry, if the actor sees it. Raises `not_found`."""
    entry = tx.find(Entry, entry_id)
    if entry is None:
        raise not_found("entry")
    return entry


def own_entry(tx: Transaction, act: Act, entry_id: str) -> Entry:
    """The entry, if the actor wrote it. Raises `not_found` or `forbidden`."""
    entry = visible_entry(tx, entry_id)
    if entry.student_id != act.actor:
        raise forbidden("Only the author of this entry can do this.")
    return entry


def mentored_entry(tx: Transaction, act: Act, entry_id: str) -> Entry:
    """The entry, if the actor is an assigned mentor. Raises `not_found` or `forbidden`."""
    entry = visible_entry(tx, entry_id)
    card = tx.find(StudentCard, entry.student_id)
    if card is None or act.actor not in card.mentor_ids:
        raise forbidden("Only a mentor of this student can do this.")
    return entry


def check_status(entry: Entry, allowed: tuple[EntryStatus, ...], message: str) -> None:
    """Raise `transition_not_allowed` with this sentence in any other status."""
    if entry.status not in allowed:
        raise Refused("transition_not_allowed", message)


def revision(entry: Entry, act: Act) -> EntryRevision:
    """What the entry says now, to be kept when its next iteration begins."""
    return EntryRevision(
        id=derived_id("entry_revision", entry.id, entry.iteration),
        room=entry.room,
        created_at=act.at,
        updated_at=act.at,
        entry_id=entry.id,
        iteration=entry.iteration,
        title=entry.title,
        body=entry.body,
        tags=entry.tags,
        resources=entry.resources,
    )


def announce_entry(
    tx: Transaction,
    act: Act,
    kind: Kind,
    entry: Entry,
    *,
    subject: tuple[str, str] | None = None,
    **params: Any,
) -> None:
    """Tell the student's room what happened to an entry, or to the `subject` that belongs to it."""
    room = student_room(entry.student_id)
    student = tx.find(Member, member_id(room, entry.student_id))
    announce(
        tx,
        act,
        kind,
        subject or ("entry", entry.id),
        room,
        title=entry.title,
        studentId=entry.student_id,
        studentName=student.name if student else None,
        iteration=entry.iteration,
        **params,
    )

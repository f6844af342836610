"""Writing entries: create, change, submit, withdraw and delete them."""

from typing import Any, Literal
from zoneinfo import ZoneInfo

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from domain.activities import Kind
from domain.commands import Act, Command, changed, create
from domain.comments import Comment
from domain.conflicts import Base, Conflict, announce_conflicts, edited
from domain.entries import (
    Entry,
    EntryRevision,
    EntryStatus,
    Minutes,
    Resources,
    Tags,
    announce_entry,
    check_lists,
    check_status,
    own_entry,
    revision,
)
from domain.errors import Refused, forbidden, not_found
from domain.fields import EntryText, EntryTitle, Instant, Zone
from domain.ids import Id
from domain.instants import moment
from domain.records import Transaction
from domain.rooms import student_room, user_room
from domain.schedules import Schedule

TO_WRITE = (EntryStatus.DRAFT, EntryStatus.PENDING)
TO_RESUBMIT = (EntryStatus.REVIEWED, EntryStatus.NEEDS_WORK)
ALREADY = "This entry was reviewed: submit it again with your changes."


class CreateEntry(Command, frozen=True, kw_only=True, tag="entry.create"):
    """Write an entry, and submit it or keep it as a draft."""

    id: Id
    title: EntryTitle
    body: EntryText
    tags: Tags = []
    resources: Resources = []
    minutes: Minutes | None = None
    deadline: Instant | None = None
    schedule_id: Id | None = None
    zone: Zone = "UTC"
    status: Literal["draft", "pending"] = "pending"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_lists(self.tags, self.resources)

    def apply(self, tx: Transaction, act: Act) -> None:
        if act.is_mentor:
            raise forbidden("Only students write entries.")
        _check_session(tx, self.schedule_id)
        entry = self._entry(act)
        create(tx, entry)
        if entry.status is EntryStatus.PENDING:
            announce_entry(tx, act, Kind.ENTRY_CREATED, entry)

    def _entry(self, act: Act) -> Entry:
        is_draft = self.status == "draft"
        return Entry(
            id=self.id,
            room=user_room(act.actor) if is_draft else student_room(act.actor),
            created_at=act.at,
            updated_at=act.at,
            student_id=act.actor,
            title=self.title,
            body=self.body,
            tags=self.tags,
            resources=self.resources,
            minutes=self.minutes,
            deadline=self.deadline,
            schedule_id=self.schedule_id,
            status=EntryStatus(self.status),
            local_day=_day(act, self.zone),
            zone=self.zone,
            submitted_at=None if is_draft else act.at,
        )


class UpdateEntry(Command, frozen=True, kw_only=True, tag="entry.update"):
    """Change an entry that no mentor has reviewed yet."""

    id: Id
    title: EntryTitle | UnsetType = UNSET
    body: EntryText | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    resources: Resources | UnsetType = UNSET
    minutes: Minutes | None | UnsetType = UNSET
    deadline: Instant | None | UnsetType = UNSET
    schedule_id: Id | None | UnsetType = UNSET
    base: Base = {}

    def apply(self, tx: Transaction, act: Act) -> None:
        entry = own_entry(tx, act, self.id)
        check_status(entry, TO_WRITE, ALREADY)
        row, names = edited(tx, act, entry, self)
        if not names:
            return
        if "scheduleId" in names:
            _check_session(tx, row.schedule_id)
        tx.put(row)
        announce_conflicts(tx, act, row, names, row.title)
        if row.status is EntryStatus.PENDING:
            announce_entry(tx, act, Kind.ENTRY_UPDATED, row, fields=names)


class SubmitEntry(Command, frozen=True, kw_only=True, tag="entry.submit"):
    """Hand a draft in, or a reviewed entry anew with what was changed since.

    The fields are the content to submit; one that is not named stays. Submitting anew keeps what
    the mentor has read as a revision and begins the next iteration.
    """

    id: Id
    title: EntryTitle | UnsetType = UNSET
    body: EntryText | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    resources: Resources | UnsetType = UNSET
    minutes: Minutes | None | UnsetType = UNSET
    deadline: Instant | None | UnsetType = UNSET
    schedule_id: Id | None | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET
    base: Base = {}

    def apply(self, tx: Transaction, act: Act) -> None:
        entry = own_entry(tx, act, self.id)
        check_status(entry, (EntryStatus.DRAFT, *TO_RESUBMIT), "It is submitted already.")
        row, names = edited(tx, act, entry, self)
        if "scheduleId" in names:
            _check_session(tx, row.schedule_id)
        if entry.status is EntryStatus.DRAFT:
            self._submit(tx, act, row, names)
        else:
            self._resubmit(tx, act, entry, row, names)

    def _submit(self, tx: Transaction, act: Act, row: Entry, names: list[str]) -> None:
        zone = row.zone if self.zone is UNSET else self.zone
        fields: dict[str, Any] = {"local_day": _day(act, zone), "zone": zone}
        row = changed(row, act, status=EntryStatus.PENDING, submitted_at=act.at, **fields)
        # What was overwritten in the draft stays with its author: mentors never read drafts.
        row = replace(row, room=student_room(row.student_id))
        tx.put(row)
        announce_conflicts(tx, act, row, names, row.title)
        announce_entry(tx, act, Kind.ENTRY_CREATED, row)

    def _resubmit(
        self, tx: Transaction, act: Act, before: Entry, row: Entry, names: list[str]
    ) -> None:
        create(tx, revision(before, act))
        row = changed(
            row,
            act,
            status=EntryStatus.PENDING,
            iteration=row.iteration + 1,
            submitted_at=act.at,
        )
        tx.put(row)
        announce_conflicts(tx, act, row, names, row.title)
        announce_entry(tx, act, Kind.ENTRY_RESUBMITTED, row)


class WithdrawEntry(Command, frozen=True, kw_only=True, tag="entry.withdraw"):
    """Take a submitted entry back as a draft, while no mentor has said anything to it."""

    id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        entry = own_entry(tx, act, self.id)
        check_status(entry, (EntryStatus.PENDING,), "Only what waits for review is taken back.")
        if entry.reviewed_at or tx.where(Comment, entry_id=entry.id):
            raise Refused("transition_not_allowed", "Someone has answered it already.")
        row = changed(
            entry,
            act,
            status=EntryStatus.DRAFT,
            submitted_at=None,
            room=user_room(act.actor),
        )
        tx.put(row)
        for conflict in tx.where(Conflict, row_id=entry.id):
            tx.put(replace(conflict, room=row.room))
        announce_entry(tx, act, Kind.ENTRY_WITHDRAWN, row)


class DeleteEntry(Command, frozen=True, kw_only=True, tag="entry.delete"):
    """Remove a draft, or a submitted entry that nobody has commented on."""

    id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        entry = own_entry(tx, act, self.id)
        check_status(entry, TO_WRITE, "An entry that was reviewed stays.")
        if tx.where(Comment, entry_id=entry.id):
            raise Refused("transition_not_allowed", "Someone has commented on it: it stays.")
        for row in tx.where(EntryRevision, entry_id=entry.id):
            tx.remove(row)
        tx.remove(entry)
        if entry.status is EntryStatus.PENDING:
            announce_entry(tx, act, Kind.ENTRY_WITHDRAWN, entry, deleted=True)


def _check_session(tx: Transaction, schedule_id: str | None) -> None:
    if schedule_id and tx.find(Schedule, schedule_id) is None:
        raise not_found("session")


def _day(act: Act, zone: str) -> str:
    """The calendar day on which the person did it, on the person's own wall."""
    return moment(act.at).astimezone(ZoneInfo(zone)).date().isoformat()

"""The registry of kinds: every kind of row; a new one is one line here."""

import msgspec

from domain.accounts import Account
from domain.activities import Activity
from domain.cohorts import Cohort, CohortCard
from domain.comments import Comment
from domain.conflicts import Conflict
from domain.entries import Entry, EntryRevision
from domain.inbox import InboxMark, ReadThrough
from domain.members import Member
from domain.records import Record
from domain.schedules import Attendance, Participant, Schedule
from domain.students import MentorCard, StudentCard

AnyRecord = (
    Account
    | Activity
    | Attendance
    | Cohort
    | CohortCard
    | Comment
    | Conflict
    | Entry
    | EntryRevision
    | InboxMark
    | Member
    | MentorCard
    | Participant
    | ReadThrough
    | Schedule
    | StudentCard
)

KINDS: dict[str, type[Record]] = {kind.kind(): kind for kind in AnyRecord.__args__}


def record_of(row: object) -> Record:
    """The row that a decoded wire object is. Raises `msgspec.ValidationError`."""
    record: Record = msgspec.convert(row, AnyRecord)
    return record

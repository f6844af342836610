"""Schedules, which people call sessions: the rows, and the rules that all their commands share."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta

from domain.activities import Kind, announce
from domain.commands import Act
from domain.errors import Invalid, Refused, forbidden, not_found
from domain.fields import (
    FocusStack,
    HttpsUrl,
    Instant,
    Line120,
    Line200,
    Second,
    Text500,
    Text4000,
    Title,
    Zone,
)
from domain.ids import Id, derived_id
from domain.instants import moment
from domain.members import Access, Member
from domain.records import Record, Transaction
from domain.rooms import cohort_room

SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=12)
FARTHEST = timedelta(days=731)
MAX_REMINDERS = 5

ReminderMinutes = list[Annotated[int, Meta(ge=0, le=20_160)]]
Capacity = Annotated[int, Meta(ge=1, le=1000)]
# The ids of the overlapped sessions that the person has seen; true books over any.
ConfirmOverlap = list[Id] | bool


class Status(StrEnum):
    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    CANCELED = "canceled"


class Schedule(Record, frozen=True, kw_only=True, tag="schedule"):
    """A planned meeting of a mentor with one student, or with a cohort.

    `start_time` and `end_time` are UTC text in whole seconds; `time_zone` is where it was planned.
    A 1:1 has a `student_id`, a group a `cohort_id`. `sequence` rises with every change of time or
    status (RFC 5545). `reminder_minutes` None means each person's own default.
    """

    table = "schedules"
    lookups = (("mentor_id",), ("student_id",), ("cohort_id",))
    editable = (
        ("title", ("title",)),
        ("description", ("description",)),
        ("time", ("start_time", "end_time", "time_zone")),
        ("focusStack", ("focus_stack",)),
        ("capacity", ("capacity",)),
        ("place", ("place",)),
        ("meetingUrl", ("meeting_url",)),
        ("agenda", ("agenda",)),
        ("reminderMinutes", ("reminder_minutes",)),
    )

    mentor_id: Id
    student_id: Id | None = None
    cohort_id: Id | None = None
    title: Title
    description: Text4000 = ""
    start_time: Second
    end_time: Second
    time_zone: Zone
    focus_stack: FocusStack = ""
    is_group_session: bool = False
    capacity: Capacity | None = None
    place: Line200 = ""
    meeting_url: HttpsUrl = ""
    agenda: Text4000 = ""
    status: Status = Status.SCHEDULED
    status_reason: Text500 = ""
    canceled_by: Id | None = None
    completed_at: Instant | None = None
    completed_by: Id | None = None
    series_id: Id | None = None
    reminder_minutes: ReminderMinutes | None = None
    ical_uid: Line120
    sequence: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        length = moment(self.end_time) - moment(self.start_time)
        if length <= timedelta(0):
            raise Invalid("endTime", "out_of_range", "The end is not after the start.")
        if not SHORTEST <= length <= LONGEST:
            raise Invalid("endTime", "out_of_range", "A session takes 5 minutes to 12 hours.")
        if self.reminder_minutes and len(self.reminder_minutes) > MAX_REMINDERS:
            raise Invalid("reminderMinutes", "too_long", "Set at most five reminders.")


class Rsvp(StrEnum):
    NEEDS_ACTION = "needs_action"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


class Participant(Record, frozen=True, kw_only=True, tag="participant"):
    """A student of a group session, in the cohort's room."""

    table = "participants"
    lookups = (("schedule_id",), ("user_id",))

    schedule_id: Id
    user_id: Id
    rsvp: Rsvp


class Mark(StrEnum):
    ATTENDED = "attended"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


class Attendance(Record, frozen=True, kw_only=True, tag="attendance"):
    """Whether a student was at a group session, in the student's own room: peers never see it."""

    table = "attendance"
    lookups = (("schedule_id",),)

    schedule_id: Id
    user_id: Id
    title: Title
    start_time: Second
    mark: Mark
    by_student: bool


def participant(schedule: Schedule, user_id: str, act: Act) -> Participant:
    """The row that makes this person a participant of a group session."""
    return Participant(
        id=derived_id("participant", schedule.id, user_id),
        room=schedule.room,
        created_at=act.at,
        updated_at=act.at,
        schedule_id=schedule.id,
        user_id=user_id,
        rsvp=Rsvp.NEEDS_ACTION,
    )


def visible_schedule(tx: Transaction, schedule_id: str) -> Schedule:
    """The session, if the actor sees it. Raises `not_found`."""
    schedule = tx.find(Schedule, schedule_id)
    if schedule is None:
        raise not_found("session")
    return schedule


def led_schedule(tx: Transaction, act: Act, schedule_id: str) -> Schedule:
    """The session, if the actor is its mentor. Raises `not_found` or `forbidden`."""
    schedule = visible_schedule(tx, schedule_id)
    if schedule.mentor_id != act.actor:
        raise forbidden("Only the mentor of this session can do this.")
    return schedule


def transition_not_allowed(message: str) -> Refused:
    return Refused("transition_not_allowed", message)


def people_of(tx: Transaction, schedule: Schedule) -> set[str]:
    """Mentor, student or the group's participants, as far as the actor knows them."""
    people = {schedule.mentor_id}
    if schedule.student_id:
        people.add(schedule.student_id)
    if schedule.cohort_id:
        rows = tx.where(Participant, schedule_id=schedule.id)
        people.update(row.user_id for row in rows)
        people.update(students_of(tx, schedule.cohort_id))
    return people


def students_of(tx: Transaction, cohort_id: str) -> list[str]:
    """The ids of the cohort's present students, by the roster of its room."""
    roster = tx.where(Member, room=cohort_room(cohort_id))
    return [
        member.user_id
        for member in roster
        if member.access is Access.READ and member.role == "student"
    ]


def check_free(
    tx: Transaction, schedule: Schedule, people: Collection[str], confirmed: ConfirmOverlap
) -> None:
    """Refuse a double booking that the command does not list.

    Raises:
        Refused: `overlap`, with the other sessions as `overlaps`; the title of one that the actor
            may not read is absent, which reads as *busy*.
    """
    if confirmed is not True:
        others = tx.busy(people, schedule.start_time, schedule.end_time, besides=schedule.id)
        refuse_overlaps(tx, others, confirmed)


def refuse_overlaps(
    tx: Transaction,
    others: Sequence[Schedule],
    confirmed: ConfirmOverlap,
    *,
    hide_titles: bool = False,
) -> None:
    """Refuse what overlaps these sessions, as far as the command does not list them.

    Raises:
        Refused: `overlap`, as `check_free` does.
    """
    known = confirmed if isinstance(confirmed, list) else []
    unconfirmed = [other for other in others if other.id not in known]
    if confirmed is True or not unconfirmed:
        return
    overlaps = [_overlap(tx, other, hide_title=hide_titles) for other in unconfirmed]
    title = overlaps[0]["title"]
    what = f"“{title}”" if title else "another session (busy)"
    more = f" and {len(overlaps) - 1} more" if len(overlaps) > 1 else ""
    raise Refused("overlap", f"It overlaps {what}{more}.", overlaps=overlaps)


def by_start(sessions: Iterable[Schedule]) -> list[Schedule]:
    """The earliest first."""
    return sorted(sessions, key=lambda session: (session.start_time, session.id))


def _overlap(tx: Transaction, other: Schedule, *, hide_title: bool) -> dict[str, Any]:
    seen = tx.reads(other.room) and not hide_title
    return {
        "id": other.id,
        "title": other.title if seen else None,
        "startTime": other.start_time,
        "endTime": other.end_time,
    }


def check_horizon(schedule: Schedule, act: Act) -> None:
    """Raise `Invalid` for a start that is more than two years ahead."""
    if moment(schedule.start_time) > moment(act.now) + FARTHEST:
        raise Invalid("startTime", "out_of_range", "Plan at most two years ahead.")


def announce_session(
    tx: Transaction, act: Act, kind: Kind, schedule: Schedule, *, ordinal: int = 0, **params: Any
) -> None:
    """Tell the session's room what happened to it."""
    announce(
        tx,
        act,
        kind,
        ("schedule", schedule.id),
        schedule.room,
        ordinal=ordinal,
        title=schedule.title,
        startTime=schedule.start_time,
        mentorId=schedule.mentor_id,
        **params,
    )

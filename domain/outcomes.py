"""What becomes of a session: canceled, completed, reopened, attended."""

from datetime import timedelta
from typing import Any

from domain.activities import Kind, announce
from domain.commands import Act, Command, changed
from domain.errors import Invalid, forbidden, not_found
from domain.fields import Text500
from domain.ids import Id, derived_id
from domain.instants import later
from domain.members import Access, Member, member_id
from domain.records import Transaction
from domain.rooms import student_room, user_room
from domain.schedules import (
    Attendance,
    ConfirmOverlap,
    Mark,
    Participant,
    Schedule,
    Status,
    announce_session,
    check_free,
    people_of,
    transition_not_allowed,
    visible_schedule,
)

STUDENT_CANCELS_BEFORE = timedelta(hours=24)
MENTOR_REOPENS_WITHIN = timedelta(days=7)
STUDENT_REOPENS_WITHIN = timedelta(minutes=10)


class CancelSchedule(Command, frozen=True, kw_only=True, tag="schedule.cancel"):
    """Call a session off: its mentor at any time, the student of a 1:1 up to 24 h before."""

    id: Id
    reason: Text500 = ""

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = visible_schedule(tx, self.id)
        _check_scheduled(schedule)
        if act.actor != schedule.mentor_id:
            _check_own_session(schedule, act)
            if act.is_past(later(schedule.start_time, -STUDENT_CANCELS_BEFORE)):
                raise transition_not_allowed(
                    "It starts in less than 24 hours: tell your mentor that you can't make it."
                )
        row = _with_status(schedule, act, Status.CANCELED, self.reason, canceled_by=act.actor)
        tx.put(row)
        announce_session(tx, act, Kind.SCHEDULE_CANCELED, row, reason=self.reason or None)


class CannotMakeIt(Command, frozen=True, kw_only=True, tag="schedule.cant_make_it"):
    """A student's word to the mentor that they will miss or have missed a session.

    The session stays as it is, and its mentor decides. Peers of a group are not told: the word
    stands in the student's own room, and in the mentor's where the mentor does not read that one.
    """

    id: Id
    reason: Text500 = ""

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = visible_schedule(tx, self.id)
        _check_scheduled(schedule)
        if act.actor != schedule.student_id and not _takes_part(tx, act, schedule):
            raise forbidden("Only a student of this session can say this.")
        reason = self.reason or None
        _tell_mentor(tx, act, Kind.SCHEDULE_CANT_MAKE_IT, schedule, act.actor, reason=reason)


class CompleteSchedule(Command, frozen=True, kw_only=True, tag="schedule.complete"):
    """Mark a session as held; a student of a group marks only the own attendance."""

    id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = visible_schedule(tx, self.id)
        _check_scheduled(schedule)
        if _takes_part(tx, act, schedule):
            mark_attendance(tx, act, schedule, act.actor, Mark.ATTENDED)
            return
        if act.actor != schedule.mentor_id:
            _check_own_session(schedule, act)
        row = _with_status(
            schedule, act, Status.COMPLETED, "", completed_at=act.now, completed_by=act.actor
        )
        tx.put(row)
        announce_session(tx, act, Kind.SCHEDULE_STATUS_CHANGED, row, status=row.status)


class ReopenSchedule(Command, frozen=True, kw_only=True, tag="schedule.reopen"):
    """Take back a completion or a cancellation."""

    id: Id
    confirm_overlap: ConfirmOverlap = False

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = visible_schedule(tx, self.id)
        if schedule.status is Status.COMPLETED:
            _check_completion_can_be_undone(schedule, act)
        elif schedule.status is Status.CANCELED:
            _check_cancellation_can_be_undone(schedule, act)
        else:
            raise transition_not_allowed("This session is on already.")
        row = _with_status(schedule, act, Status.SCHEDULED, "")
        if not act.has_begun(row.end_time):  # the time may have been booked meanwhile
            check_free(tx, row, people_of(tx, row), self.confirm_overlap)
        tx.put(row)
        announce_session(tx, act, Kind.SCHEDULE_STATUS_CHANGED, row, status=row.status)


class MarkAttendance(Command, frozen=True, kw_only=True, tag="schedule.mark_attendance"):
    """Say whether a student was at a group session: its mentor of any, a student of their own."""

    id: Id
    user_id: Id
    mark: Mark

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = visible_schedule(tx, self.id)
        if not schedule.is_group_session:
            raise Invalid("id", "malformed", "Attendance is kept for group sessions only.")
        if schedule.status is Status.CANCELED:
            raise transition_not_allowed("This session was canceled.")
        mark_attendance(tx, act, schedule, self.user_id, self.mark)


def mark_attendance(
    tx: Transaction, act: Act, schedule: Schedule, user_id: str, mark: Mark
) -> None:
    """Write one student's attendance; the mentor's word stands over the student's."""
    if act.actor not in (schedule.mentor_id, user_id):
        raise forbidden("Only the mentor of this session can mark others.")
    row = _attendance(schedule, act, user_id, mark)
    known = tx.everything.find(Attendance, row.id)
    if known is None and not _takes_part(tx, act, schedule, user_id):
        raise not_found("participant")
    if known is not None:
        if known.mark is mark and known.by_student == row.by_student:
            return
        if row.by_student and not known.by_student:
            raise forbidden("Your mentor has marked your attendance already.")
        row = changed(known, act, mark=mark, by_student=row.by_student)
    tx.put(row)
    _tell_mentor(tx, act, Kind.SCHEDULE_ATTENDANCE_MARKED, schedule, user_id, mark=mark)


def _tell_mentor(
    tx: Transaction, act: Act, kind: Kind, schedule: Schedule, student_id: str, **params: Any
) -> None:
    """Tell the student's room, and the mentor of the session where they do not read that one."""
    own_room = student_room(student_id)
    rooms = [own_room]
    mentor = tx.find(Member, member_id(own_room, schedule.mentor_id))
    if mentor is None or mentor.access is not Access.READ:
        rooms.append(user_room(schedule.mentor_id))
    for ordinal, room in enumerate(rooms):
        announce(
            tx,
            act,
            kind,
            ("schedule", schedule.id),
            room,
            ordinal=ordinal,
            title=schedule.title,
            startTime=schedule.start_time,
            mentorId=schedule.mentor_id,
            **params,
        )


def _attendance(schedule: Schedule, act: Act, user_id: str, mark: Mark) -> Attendance:
    return Attendance(
        id=derived_id("attendance", schedule.id, user_id),
        room=student_room(user_id),
        created_at=act.at,
        updated_at=act.at,
        schedule_id=schedule.id,
        user_id=user_id,
        title=schedule.title,
        start_time=schedule.start_time,
        mark=mark,
        by_student=act.actor == user_id,
    )


def _takes_part(tx: Transaction, act: Act, schedule: Schedule, user_id: str | None = None) -> bool:
    participant_id = derived_id("participant", schedule.id, user_id or act.actor)
    return tx.find(Participant, participant_id) is not None


def _check_scheduled(schedule: Schedule) -> None:
    if schedule.status is not Status.SCHEDULED:
        raise transition_not_allowed(f"This session is {schedule.status} already.")


def _check_own_session(schedule: Schedule, act: Act) -> None:
    if act.actor != schedule.student_id:
        raise forbidden("Only the people of this session can change it.")


def _check_completion_can_be_undone(schedule: Schedule, act: Act) -> None:
    completed_at = schedule.completed_at or schedule.updated_at
    if act.actor == schedule.mentor_id:
        if act.is_past(later(completed_at, MENTOR_REOPENS_WITHIN)):
            raise transition_not_allowed("A completed session can be reopened within 7 days.")
        return
    _check_own_session(schedule, act)
    if schedule.completed_by != act.actor:
        raise forbidden("Only your mentor can reopen this session.")
    if act.is_past(later(completed_at, STUDENT_REOPENS_WITHIN)):
        raise transition_not_allowed("You can take this back within 10 minutes; ask your mentor.")


def _check_cancellation_can_be_undone(schedule: Schedule, act: Act) -> None:
    if act.actor != schedule.mentor_id:
        raise forbidden("Only the mentor can put a canceled session back.")
    if act.is_past(schedule.start_time):
        raise transition_not_allowed("Its start is over: plan a new session instead.")


def _with_status(
    schedule: Schedule, act: Act, status: Status, reason: str, **fields: object
) -> Schedule:
    """The session in another status; what belonged to the old one is cleared."""
    cleared = {"canceled_by": None, "completed_at": None, "completed_by": None}
    return changed(
        schedule,
        act,
        status=status,
        status_reason=reason,
        sequence=schedule.sequence + 1,
        **{**cleared, **fields},
    )

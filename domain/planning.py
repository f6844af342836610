"""Planning sessions: create, change and delete them."""

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from domain.activities import Kind
from domain.cohorts import CohortCard
from domain.commands import Act, Command, create
from domain.conflicts import Base, announce_conflicts, edited
from domain.errors import Invalid, Refused, forbidden, not_found
from domain.fields import FocusStack, HttpsUrl, Line200, Second, Text4000, Title, Zone
from domain.ids import Id
from domain.records import Transaction
from domain.rooms import cohort_room, student_room
from domain.schedules import (
    Attendance,
    Capacity,
    ConfirmOverlap,
    Participant,
    ReminderMinutes,
    Schedule,
    Status,
    announce_session,
    check_free,
    check_horizon,
    led_schedule,
    participant,
    people_of,
    students_of,
    transition_not_allowed,
)
from domain.students import State, StudentCard


class CreateSchedule(Command, frozen=True, kw_only=True, tag="schedule.create"):
    """Plan a session with one student, or with a cohort; its mentor is the actor."""

    id: Id
    title: Title
    start_time: Second
    end_time: Second
    time_zone: Zone = "UTC"
    student_id: Id | None = None
    cohort_id: Id | None = None
    is_group_session: bool = False
    description: Text4000 = ""
    focus_stack: FocusStack = ""
    capacity: Capacity | None = None
    place: Line200 = ""
    meeting_url: HttpsUrl = ""
    agenda: Text4000 = ""
    reminder_minutes: ReminderMinutes | None = None
    confirm_overlap: ConfirmOverlap = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.is_group_session != (self.cohort_id is not None):
            raise Invalid("cohortId", "required", "A group session needs a cohort, and no other.")
        if self.is_group_session == (self.student_id is not None):
            raise Invalid("studentId", "required", "Choose a student, or a cohort.")

    def apply(self, tx: Transaction, act: Act) -> None:
        if not act.is_mentor:
            raise forbidden("Only mentors can plan sessions.")
        room = self._room_to_plan_in(tx, act)
        schedule = self._schedule(room, act)
        check_horizon(schedule, act)
        check_free(tx, schedule, people_of(tx, schedule), self.confirm_overlap)
        create(tx, schedule)
        for student in students_of(tx, self.cohort_id) if self.cohort_id else ():
            tx.put(participant(schedule, student, act))
        announce_session(tx, act, Kind.SCHEDULE_CREATED, schedule)

    def _room_to_plan_in(self, tx: Transaction, act: Act) -> str:
        if self.cohort_id:
            return _planned_cohort(tx, act, self.cohort_id)
        return _planned_student(tx, act, self.student_id or "")

    def _schedule(self, room: str, act: Act) -> Schedule:
        return Schedule(
            id=self.id,
            room=room,
            created_at=act.at,
            updated_at=act.at,
            mentor_id=act.actor,
            student_id=self.student_id,
            cohort_id=self.cohort_id,
            title=self.title,
            description=self.description,
            start_time=self.start_time,
            end_time=self.end_time,
            time_zone=self.time_zone,
            focus_stack=self.focus_stack,
            is_group_session=self.is_group_session,
            capacity=self.capacity,
            place=self.place,
            meeting_url=self.meeting_url,
            agenda=self.agenda,
            reminder_minutes=self.reminder_minutes,
            ical_uid=f"{self.id}@tandem",
        )


class UpdateSchedule(Command, frozen=True, kw_only=True, tag="schedule.update"):
    """Change fields of a session; start, end and zone are one field, `time`."""

    id: Id
    title: Title | UnsetType = UNSET
    description: Text4000 | UnsetType = UNSET
    start_time: Second | UnsetType = UNSET
    end_time: Second | UnsetType = UNSET
    time_zone: Zone | UnsetType = UNSET
    focus_stack: FocusStack | UnsetType = UNSET
    capacity: Capacity | None | UnsetType = UNSET
    place: Line200 | UnsetType = UNSET
    meeting_url: HttpsUrl | UnsetType = UNSET
    agenda: Text4000 | UnsetType = UNSET
    reminder_minutes: ReminderMinutes | None | UnsetType = UNSET
    confirm_overlap: ConfirmOverlap = False
    base: Base = {}

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = led_schedule(tx, act, self.id)
        row, names = edited(tx, act, schedule, self)
        if not names:
            return
        if "time" in names:
            if schedule.status is not Status.SCHEDULED:
                raise transition_not_allowed("Only a session that is still on can be moved.")
            check_horizon(row, act)
            check_free(tx, row, people_of(tx, row), self.confirm_overlap)
            row = replace(row, sequence=row.sequence + 1)
        tx.put(row)
        announce_conflicts(tx, act, row, names, row.title)
        moved_from = schedule.start_time if "time" in names else None
        announce_session(tx, act, Kind.SCHEDULE_UPDATED, row, movedFrom=moved_from, fields=names)


class DeleteSchedule(Command, frozen=True, kw_only=True, tag="schedule.delete"):
    """Remove a session that has not started; one that has is canceled instead."""

    id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = led_schedule(tx, act, self.id)
        if schedule.status is not Status.SCHEDULED or act.is_past(schedule.start_time):
            raise transition_not_allowed("Only a session that is still ahead can be deleted.")
        for row in tx.where(Participant, schedule_id=schedule.id):
            tx.remove(row)
        for mark in tx.everything.where(Attendance, schedule_id=schedule.id):
            tx.remove(mark)
        tx.remove(schedule)
        announce_session(tx, act, Kind.SCHEDULE_DELETED, schedule)


def _planned_student(tx: Transaction, act: Act, student_id: str) -> str:
    """The student's room, if the actor is an assigned mentor of theirs."""
    card = tx.find(StudentCard, student_id)
    if card is None:
        raise not_found("student")
    if act.actor not in card.mentor_ids:
        raise Refused("not_assigned", f"You are not a mentor of {card.name}.")
    if card.state is State.DEACTIVATED:
        raise Refused("not_active", f"{card.name} is no longer active.")
    return student_room(student_id)


def _planned_cohort(tx: Transaction, act: Act, cohort_id: str) -> str:
    """The cohort's room, if the actor is one of its mentors."""
    card = tx.find(CohortCard, cohort_id)
    if card is None:
        raise not_found("cohort")
    if act.actor not in card.mentor_ids:
        raise Refused("not_assigned", f"You are not a mentor of {card.name}.")
    return cohort_room(cohort_id)

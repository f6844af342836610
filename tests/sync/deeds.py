"""What people do at their desktops, chosen from what they see there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from domain.accounts import Account, UpdateAccount
from domain.activities import Activity
from domain.assignments import AssignStudent, ClaimStudent, MoveCohort, UnassignStudent
from domain.cohorts import (
    AddCohortMentor,
    Cohort,
    CohortCard,
    CreateCohort,
    RemoveCohortMentor,
    UpdateCohort,
)
from domain.commands import Act, Command, changed
from domain.conflicts import Conflict, base_of
from domain.errors import not_found
from domain.ids import Id
from domain.inbox import MarkAllInbox, MarkInbox
from domain.instants import instant
from domain.outcomes import (
    CancelSchedule,
    CannotMakeIt,
    CompleteSchedule,
    MarkAttendance,
    ReopenSchedule,
)
from domain.planning import CreateSchedule, DeleteSchedule, UpdateSchedule
from domain.records import Transaction
from domain.resolutions import ResolveConflict
from domain.rooms import Room, room_subject
from domain.schedules import Mark, Schedule
from domain.students import MentorCard, StudentCard
from tests.builders import a_plan, id_of
from tests.sync.choosing import Chooser
from tests.sync.entry_deeds import ENTRY_DEEDS


class MoveSession(Command, frozen=True, kw_only=True, tag="test.move_session"):
    """Put a session into another room; the first version has no command that moves a row.

    Only the relay itself can do it here, so it is never on the wire.
    """

    relay_only = True

    id: Id
    room: Room

    def apply(self, tx: Transaction, act: Act) -> None:
        schedule = tx.everything.find(Schedule, self.id)
        if schedule is None:
            raise not_found("session")
        tx.put(changed(schedule, act, room=self.room, student_id=room_subject(self.room)))


def create(choose: Chooser) -> CreateSchedule:
    return a_plan(
        choose.new_id("session"),
        choose.id_of(StudentCard),
        start=choose.start(),
        title=choose.word(),
        confirm_overlap=bool(choose.number(2)),
    )


def create_group(choose: Chooser) -> CreateSchedule:
    return a_plan(
        choose.new_id("group"),
        cohort_id=choose.id_of(CohortCard),
        start=choose.start(),
        title=choose.word(),
        confirm_overlap=True,
    )


def update(choose: Chooser) -> UpdateSchedule | None:
    row = choose.row(Schedule)
    if row is None:
        return None
    base = base_of(row) if choose.number(2) else {"title": "0" * 16, "description": "0" * 16}
    if choose.number(3) == 0:
        return UpdateSchedule(
            id=row.id,
            start_time=(start := choose.start()),
            end_time=second_after(start),
            confirm_overlap=bool(choose.number(2)),
            base=base,
        )
    if choose.number(2):
        return UpdateSchedule(id=row.id, description=choose.word(), base=base)
    return UpdateSchedule(id=row.id, title=choose.word(), base=base)


def second_after(start: str) -> str:
    """The end of a session of an hour."""
    return a_plan(id_of("any"), id_of("any"), start=start).end_time


def mark_attendance(choose: Chooser) -> MarkAttendance:
    groups = [row for row in choose.device.shown(Schedule) if row.is_group_session]
    group = choose.one(groups)
    students = ("ana", "ben")
    student = students[choose.number(2)]
    return MarkAttendance(
        id=group.id if group else id_of("nothing"),
        user_id=id_of(f"{student.capitalize()}, student"),
        mark=(Mark.LATE, Mark.ATTENDED)[choose.number(2)],
    )


def update_account(choose: Chooser) -> UpdateAccount:
    row = choose.row(Account)
    return UpdateAccount(name=choose.word(), base=base_of(row) if row else {})


def update_cohort(choose: Chooser) -> UpdateCohort:
    row = choose.row(Cohort)
    if row is None:
        return UpdateCohort(id=id_of("nothing"), name=choose.word())
    base = base_of(row) if choose.number(2) else {"description": "0" * 16}
    return UpdateCohort(id=row.id, description=choose.word(), base=base)


def create_cohort(choose: Chooser) -> CreateCohort:
    return CreateCohort(id=choose.new_id("cohort"), name=choose.word())


def mark_inbox(choose: Chooser) -> MarkInbox:
    states: list[Literal["read", "archived", "unread"]] = ["read", "archived", "unread"]
    return MarkInbox(activity_id=choose.id_of(Activity), state=states[choose.number(3)])


def mark_all_inbox(choose: Chooser) -> MarkAllInbox | None:
    activity = choose.row(Activity)
    if activity is None:
        return None
    return MarkAllInbox(through={activity.room: instant(choose.device.network.loop.now())})


def resolve(choose: Chooser) -> ResolveConflict:
    return ResolveConflict(
        id=choose.id_of(Conflict),
        keep="lost" if choose.number(2) else "kept",
        confirm_overlap=True,
    )


# Each makes a command that fits often, and is refused now and then, here or by the relay.
DEEDS: dict[str, Callable[[Chooser], Command | None]] = {
    **ENTRY_DEEDS,
    "account.update": update_account,
    "cohort.add_mentor": lambda c: AddCohortMentor(
        cohort_id=c.id_of(CohortCard), mentor_id=c.id_of(MentorCard)
    ),
    "cohort.create": create_cohort,
    "cohort.remove_mentor": lambda c: RemoveCohortMentor(
        cohort_id=c.id_of(CohortCard), mentor_id=c.id_of(MentorCard), sessions=c.sessions()
    ),
    "cohort.update": update_cohort,
    "conflict.resolve": resolve,
    "inbox.mark": mark_inbox,
    "inbox.mark_all": mark_all_inbox,
    "schedule.cancel": lambda c: CancelSchedule(id=c.id_of(Schedule), reason=c.word()),
    "schedule.cant_make_it": lambda c: CannotMakeIt(id=c.id_of(Schedule), reason=c.word()),
    "schedule.complete": lambda c: CompleteSchedule(id=c.id_of(Schedule)),
    "schedule.create": create,
    "schedule.create group": create_group,
    "schedule.delete": lambda c: DeleteSchedule(id=c.id_of(Schedule)),
    "schedule.mark_attendance": mark_attendance,
    "schedule.reopen": lambda c: ReopenSchedule(id=c.id_of(Schedule), confirm_overlap=True),
    "schedule.update": update,
    "student.assign": lambda c: AssignStudent(
        student_id=c.id_of(StudentCard), mentor_id=c.id_of(MentorCard)
    ),
    "student.claim": lambda c: ClaimStudent(student_id=c.id_of(StudentCard)),
    "student.move_cohort": lambda c: MoveCohort(
        student_id=c.id_of(StudentCard), cohort_id=c.id_of(CohortCard)
    ),
    "student.unassign": lambda c: UnassignStudent(
        student_id=c.id_of(StudentCard),
        mentor_id=c.id_of(MentorCard),
        sessions=c.sessions(),
    ),
}

"""Who mentors whom, and who is in which cohort; the future sessions follow in the same commit."""

from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from domain.activities import Kind, announce
from domain.cohorts import CohortCard
from domain.commands import Act, Command, changed
from domain.errors import Refused, forbidden, not_found
from domain.ids import Id
from domain.records import Reader, Transaction
from domain.rooms import cohort_room, student_room, user_room
from domain.schedules import Participant, Schedule, Status, participant
from domain.students import MentorCard, State, StudentCard


class HandOver(msgspec.Struct, frozen=True, rename="camel"):
    """Give the future sessions to this mentor."""

    hand_over: Id


Sessions = Literal["cancel"] | HandOver


class ClaimStudent(Command, frozen=True, kw_only=True, tag="student.claim"):
    """Become the mentor of a student who has none."""

    student_id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        if not act.is_mentor:
            raise forbidden("Only mentors can claim a student.")
        card = _student(tx, self.student_id)
        if card.mentor_ids:
            raise Refused("already_assigned", f"{card.name} has a mentor already.")
        mentor = tx.find(MentorCard, act.actor)
        _assign(tx, act, card, act.actor, mentor.name if mentor else None)


class AssignStudent(Command, frozen=True, kw_only=True, tag="student.assign"):
    """Make a mentor one of a student's mentors; admins only."""

    student_id: Id
    mentor_id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        if not act.is_admin:
            raise forbidden("Only admins can assign mentors.")
        card = _student(tx, self.student_id)
        mentor = _mentor(tx, self.mentor_id)
        if mentor.id not in card.mentor_ids:
            _assign(tx, act, card, mentor.id, mentor.name)


class UnassignStudent(Command, frozen=True, kw_only=True, tag="student.unassign"):
    """Take a student from a mentor; the future sessions of the two are canceled or handed over."""

    student_id: Id
    mentor_id: Id
    sessions: Sessions = "cancel"

    def apply(self, tx: Transaction, act: Act) -> None:
        card = _student(tx, self.student_id, active=False)
        if not act.is_admin and act.actor != self.mentor_id:
            raise forbidden("You can give up your own students only.")
        if self.mentor_id not in card.mentor_ids:
            if not act.is_admin:
                raise not_found("assignment")
            return
        mentor_ids = [one for one in card.mentor_ids if one != self.mentor_id]
        if isinstance(self.sessions, HandOver):
            mentor_ids = _with_successor(tx, act, mentor_ids, self.sessions.hand_over)
        tx.put(changed(card, act, mentor_ids=mentor_ids))
        moved = [
            _release(tx, act, schedule, self.sessions)
            for schedule in _future(tx, act, mentor_id=self.mentor_id)
            if schedule.student_id == card.id
        ]
        mentor = tx.find(MentorCard, self.mentor_id)
        params: dict[str, Any] = {
            "studentName": card.name,
            "mentorId": self.mentor_id,
            "mentorName": mentor.name if mentor else None,
            "sessions": len(moved),
            "sessionsAre": "canceled" if self.sessions == "cancel" else "handedOver",
        }
        subject = ("student", card.id)
        kind = Kind.STUDENT_UNASSIGNED
        announce(tx, act, kind, subject, student_room(card.id), **params)
        announce(tx, act, kind, subject, user_room(self.mentor_id), ordinal=1, **params)


class MoveCohort(Command, frozen=True, kw_only=True, tag="student.move_cohort"):
    """Put a student into another cohort, or none; future group sessions follow."""

    student_id: Id
    cohort_id: Id | None

    def apply(self, tx: Transaction, act: Act) -> None:
        card = _student(tx, self.student_id)
        cohort = tx.find(CohortCard, self.cohort_id) if self.cohort_id else None
        if self.cohort_id and (cohort is None or cohort.archived):
            raise not_found("cohort")
        if not act.is_admin:
            _check_own_cohorts(tx, act, card, cohort)
        if card.cohort_id == self.cohort_id:
            return
        if card.cohort_id:
            leave(tx, act, card)
        card = changed(card, act, cohort_id=self.cohort_id)
        tx.put(card)
        if cohort:
            enrol(tx, act, card, cohort)
            _announce_move(tx, act, card, cohort)


def enrol(tx: Transaction, act: Act, card: StudentCard, cohort: CohortCard) -> None:
    """Make the student a participant of the cohort's future group sessions."""
    for schedule in _future(tx, act, cohort_id=cohort.id):
        tx.put(participant(schedule, card.id, act))


def leave(tx: Transaction, act: Act, card: StudentCard) -> None:
    """Take the student out of the old cohort's future group sessions."""
    future = {row.id for row in _future(tx, act, cohort_id=card.cohort_id)}
    for row in tx.everything.where(Participant, user_id=card.id):
        if row.schedule_id in future:
            tx.remove(row)


def release_sessions(tx: Transaction, act: Act, person: str, sessions: Sessions) -> None:
    """Cancel or hand over all future sessions of someone who leaves, as mentor or as student."""
    led = _future(tx, act, mentor_id=person)
    attended = _future(tx, act, student_id=person)
    for schedule in attended:
        _release(tx, act, schedule, "cancel")
    for ordinal, schedule in enumerate(led, start=1):
        released = _release(tx, act, schedule, sessions)
        kind = Kind.SCHEDULE_CANCELED
        if isinstance(sessions, HandOver):
            kind = Kind.SCHEDULE_UPDATED
            _follow(tx, act, schedule, sessions.hand_over)
        announce(
            tx,
            act,
            kind,
            ("schedule", schedule.id),
            schedule.room,
            ordinal=ordinal,
            title=schedule.title,
            startTime=schedule.start_time,
            mentorId=released.mentor_id,
        )


def _follow(tx: Transaction, act: Act, schedule: Schedule, successor: str) -> None:
    """Give the successor the access that a handed over session needs."""
    card: StudentCard | CohortCard | None
    if schedule.cohort_id:
        card = tx.everything.find(CohortCard, schedule.cohort_id)
    else:
        card = tx.everything.find(StudentCard, schedule.student_id or "")
    if card is not None and successor not in card.mentor_ids:
        tx.put(changed(card, act, mentor_ids=[*card.mentor_ids, successor]))


def _release(tx: Transaction, act: Act, schedule: Schedule, sessions: Sessions) -> Schedule:
    row = replace(schedule, updated_at=act.at, sequence=schedule.sequence + 1)
    if isinstance(sessions, HandOver):
        row = replace(row, mentor_id=sessions.hand_over)
    else:
        reason = "The mentor of this session has changed."
        row = replace(row, status=Status.CANCELED, status_reason=reason, canceled_by=act.actor)
    tx.put(row)
    return row


def _future(tx: Transaction, act: Act, **of: str | None) -> list[Schedule]:
    """Sessions still on and ahead; on the relay also those that the actor does not read."""
    rows = tx.everything.where(Schedule, **of)
    return [
        row for row in rows if row.status is Status.SCHEDULED and not act.has_begun(row.start_time)
    ]


def _assign(
    tx: Transaction, act: Act, card: StudentCard, mentor_id: str, mentor_name: str | None
) -> None:
    tx.put(changed(card, act, mentor_ids=[*card.mentor_ids, mentor_id]))
    announce(
        tx,
        act,
        Kind.STUDENT_ASSIGNED,
        ("student", card.id),
        student_room(card.id),
        studentName=card.name,
        mentorId=mentor_id,
        mentorName=mentor_name,
    )


def _announce_move(tx: Transaction, act: Act, card: StudentCard, cohort: CohortCard) -> None:
    announce(
        tx,
        act,
        Kind.COHORT_UPDATED,
        ("cohort", cohort.id),
        cohort_room(cohort.id),
        change="studentJoined",
        cohortName=cohort.name,
        name=card.name,
    )


def _student(tx: Reader, student_id: str, *, active: bool = True) -> StudentCard:
    card = tx.find(StudentCard, student_id)
    if card is None:
        raise not_found("student")
    if active and card.state is State.DEACTIVATED:
        raise Refused("not_active", f"{card.name} is no longer active.")
    return card


def _mentor(tx: Reader, mentor_id: str) -> MentorCard:
    mentor = tx.find(MentorCard, mentor_id)
    if mentor is None or mentor.state is not State.ACTIVE:
        raise not_found("mentor")
    return mentor


def _with_successor(tx: Transaction, act: Act, mentor_ids: list[str], successor: str) -> list[str]:
    _mentor(tx, successor)
    if successor in mentor_ids:
        return mentor_ids
    if not act.is_admin:
        raise forbidden("Hand over to another mentor of this student, or ask an admin.")
    return [*mentor_ids, successor]


def _check_own_cohorts(
    tx: Transaction, act: Act, card: StudentCard, cohort: CohortCard | None
) -> None:
    """A mentor of the student may move them between cohorts that are the mentor's own."""
    old = tx.find(CohortCard, card.cohort_id) if card.cohort_id else None
    if act.actor not in card.mentor_ids:
        raise forbidden("Only a mentor of this student can do this.")
    if any(one is not None and act.actor not in one.mentor_ids for one in (old, cohort)):
        raise forbidden("You can move students between your own cohorts only.")

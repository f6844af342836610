"""Who mentors whom, and who is in which cohort; the future sessions follow in the same commit."""

from typing import Any

from domain.activities import Kind, announce
from domain.cohorts import CohortCard
from domain.commands import Act, Command, changed
from domain.errors import Refused, forbidden, not_found
from domain.ids import Id
from domain.records import Reader, Transaction
from domain.releases import (
    Sessions,
    active_mentor,
    check_hand_over,
    future_sessions,
    outcome_of,
    release,
    successor_of,
)
from domain.rooms import cohort_room, student_room, user_room
from domain.schedules import ConfirmOverlap, Participant, Schedule, participant
from domain.students import MentorCard, State, StudentCard

MENTOR_CHANGED = "The mentor of this session has changed."
AFTER_MOVE = 3  # the ordinal after those of a move's own news


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
        mentor = active_mentor(tx, self.mentor_id)
        if mentor.id not in card.mentor_ids:
            _assign(tx, act, card, mentor.id, mentor.name)


class UnassignStudent(Command, frozen=True, kw_only=True, tag="student.unassign"):
    """Take a student from a mentor; the future sessions of the two are canceled or handed over."""

    student_id: Id
    mentor_id: Id
    sessions: Sessions = "cancel"
    confirm_overlap: ConfirmOverlap = False

    def apply(self, tx: Transaction, act: Act) -> None:
        card = _student(tx, self.student_id, active=False)
        if not act.is_admin and act.actor != self.mentor_id:
            raise forbidden("You can give up your own students only.")
        if self.mentor_id not in card.mentor_ids:
            if not act.is_admin:
                raise not_found("assignment")
            return
        mentor_ids = [one for one in card.mentor_ids if one != self.mentor_id]
        successor = successor_of(tx, self.mentor_id, self.sessions)
        if successor and successor.id not in mentor_ids:
            if not act.is_admin:
                raise forbidden("Hand over to another mentor of this student, or ask an admin.")
            mentor_ids.append(successor.id)
        tx.put(changed(card, act, mentor_ids=mentor_ids))
        released = [
            release(tx, act, schedule, self.sessions, reason=MENTOR_CHANGED)
            for schedule in future_sessions(tx, act, mentor_id=self.mentor_id)
            if schedule.student_id == card.id
        ]
        check_hand_over(tx, act, released, self.sessions, self.confirm_overlap)
        mentor = tx.find(MentorCard, self.mentor_id)
        params: dict[str, Any] = {
            "studentName": card.name,
            "mentorId": self.mentor_id,
            "mentorName": mentor.name if mentor else None,
            "successorId": successor.id if successor else None,
            "successorName": successor.name if successor else None,
            "sessions": len(released),
            "sessionsAre": outcome_of(self.sessions),
        }
        subject = ("student", card.id)
        kind = Kind.STUDENT_UNASSIGNED
        announce(tx, act, kind, subject, student_room(card.id), **params)
        announce(tx, act, kind, subject, user_room(self.mentor_id), ordinal=1, **params)


class MoveCohort(Command, frozen=True, kw_only=True, tag="student.move_cohort"):
    """Put a student into another cohort, or none; future group sessions follow.

    Group sessions that overlap others of the student refuse nothing: who moves a student does not
    plan for the cohort. The student and their mentors are told how many they are.
    """

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
        old = tx.everything.find(CohortCard, card.cohort_id) if card.cohort_id else None
        leave(tx, act, card)
        card = changed(card, act, cohort_id=self.cohort_id)
        tx.put(card)
        if cohort:
            enrol(tx, act, card, cohort)
        _announce_move(tx, act, card, old, cohort)
        if cohort:
            _announce_overlaps(tx, act, card, cohort)


def enrol(tx: Transaction, act: Act, card: StudentCard, cohort: CohortCard) -> None:
    """Make the student a participant of the cohort's future group sessions."""
    for schedule in future_sessions(tx, act, cohort_id=cohort.id):
        tx.put(participant(schedule, card.id, act))


def leave(tx: Transaction, act: Act, card: StudentCard) -> None:
    """Take the student out of the old cohort's future group sessions."""
    if card.cohort_id is None:
        return
    future = {row.id for row in future_sessions(tx, act, cohort_id=card.cohort_id)}
    for row in tx.everything.where(Participant, user_id=card.id):
        if row.schedule_id in future:
            tx.remove(row)


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


def _announce_move(
    tx: Transaction, act: Act, card: StudentCard, old: CohortCard | None, new: CohortCard | None
) -> None:
    """Tell the new cohort, the old one, and a student who is in none now."""
    left = (old, "studentLeft")
    told = [
        (new, "studentJoined", new and cohort_room(new.id)),
        (*left, old and cohort_room(old.id)),
        (*left, None if new else user_room(card.id)),
    ]
    for ordinal, (cohort, change, room) in enumerate(told):
        if cohort and room:
            announce(
                tx,
                act,
                Kind.COHORT_UPDATED,
                ("cohort", cohort.id),
                room,
                ordinal=ordinal,
                change=change,
                cohortName=cohort.name,
                name=card.name,
            )


def _announce_overlaps(tx: Transaction, act: Act, card: StudentCard, cohort: CohortCard) -> None:
    """Tell the student's room, and no peers, how many sessions of the new cohort meet others."""
    overlaps = sum(
        any(other.cohort_id != cohort.id for other in _others(tx, card.id, schedule))
        for schedule in future_sessions(tx, act, cohort_id=cohort.id)
    )
    if overlaps:
        announce(
            tx,
            act,
            Kind.COHORT_UPDATED,
            ("cohort", cohort.id),
            student_room(card.id),
            ordinal=AFTER_MOVE,
            change="overlaps",
            cohortName=cohort.name,
            name=card.name,
            overlaps=overlaps,
        )


def _others(tx: Transaction, student_id: str, schedule: Schedule) -> list[Schedule]:
    return tx.busy([student_id], schedule.start_time, schedule.end_time, besides=schedule.id)


def _student(tx: Reader, student_id: str, *, active: bool = True) -> StudentCard:
    card = tx.find(StudentCard, student_id)
    if card is None:
        raise not_found("student")
    if active and card.state is State.DEACTIVATED:
        raise Refused("not_active", f"{card.name} is no longer active.")
    return card


def _check_own_cohorts(
    tx: Transaction, act: Act, card: StudentCard, cohort: CohortCard | None
) -> None:
    """A mentor of the student may move them between cohorts that are the mentor's own."""
    old = tx.find(CohortCard, card.cohort_id) if card.cohort_id else None
    if act.actor not in card.mentor_ids:
        raise forbidden("Only a mentor of this student can do this.")
    if any(one is not None and act.actor not in one.mentor_ids for one in (old, cohort)):
        raise forbidden("You can move students between your own cohorts only.")

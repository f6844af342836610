"""What follows when an account is closed: students, cohorts and future sessions go elsewhere."""

from collections.abc import Iterator
from itertools import count
from typing import TypeVar

from domain.activities import Kind, announce
from domain.cohorts import CohortCard, put_mentors
from domain.commands import Act, changed
from domain.members import Access, Member
from domain.records import Transaction
from domain.releases import (
    Sessions,
    check_hand_over,
    future_sessions,
    release,
    successor_of,
)
from domain.rooms import cohort_room, room_kind, room_subject, student_room
from domain.schedules import ConfirmOverlap, Schedule, Status, announce_session
from domain.students import MentorCard, StudentCard

C = TypeVar("C", StudentCard, CohortCard)

MENTOR_CHANGED = "The mentor of this session has changed."
STUDENT_LEFT = "The student of this session has left."


def student_leaves(tx: Transaction, act: Act, card: StudentCard) -> None:
    """Cancel the student's future sessions."""
    released = [
        release(tx, act, row, "cancel", reason=STUDENT_LEFT)
        for row in future_sessions(tx, act, student_id=card.id)
    ]
    _announce_released(tx, act, released, count(1))


def mentor_leaves(
    tx: Transaction, act: Act, card: MentorCard, sessions: Sessions, confirmed: ConfirmOverlap
) -> None:
    """Take students and cohorts from a mentor; whoever takes the sessions over gets these too.

    A student whose only mentor left is unassigned, and can be claimed.

    Raises:
        Refused: `not_found` for the successor, or `overlap`.
    """
    successor = successor_of(tx, card.id, sessions)
    released = [
        release(tx, act, row, sessions, reason=MENTOR_CHANGED)
        for row in future_sessions(tx, act, mentor_id=card.id)
    ]
    check_hand_over(tx, act, released, sessions, confirmed)
    ordinals = count(1)
    for student in _cards_of(tx, card.id, "student", StudentCard):
        mentor_ids = _without(student.mentor_ids, card, successor)
        tx.put(changed(student, act, mentor_ids=mentor_ids))
        announce(
            tx,
            act,
            Kind.STUDENT_UNASSIGNED,
            ("student", student.id),
            student_room(student.id),
            ordinal=next(ordinals),
            studentName=student.name,
            mentorId=card.id,
            mentorName=card.name,
            successorId=successor.id if successor else None,
            successorName=successor.name if successor else None,
        )
    for cohort in _cards_of(tx, card.id, "cohort", CohortCard):
        put_mentors(tx, act, cohort, _without(cohort.mentor_ids, card, successor))
        announce(
            tx,
            act,
            Kind.COHORT_UPDATED,
            ("cohort", cohort.id),
            cohort_room(cohort.id),
            ordinal=next(ordinals),
            change="mentorRemoved",
            cohortName=cohort.name,
            name=card.name,
            mentorId=card.id,
            successorId=successor.id if successor else None,
        )
    _announce_released(tx, act, released, ordinals)


def _cards_of(tx: Transaction, mentor_id: str, rooms: str, kind: type[C]) -> list[C]:
    """The students or cohorts whose rooms this mentor reads until now."""
    own = tx.everything.where(Member, user_id=mentor_id)
    subjects = sorted(
        room_subject(row.room)
        for row in own
        if row.access is Access.READ and room_kind(row.room) == rooms
    )
    found = (tx.everything.find(kind, subject) for subject in subjects)
    return [card for card in found if card is not None]


def _without(mentor_ids: list[str], gone: MentorCard, successor: MentorCard | None) -> list[str]:
    rest = [mentor_id for mentor_id in mentor_ids if mentor_id != gone.id]
    if successor is not None and successor.id not in rest:
        rest.append(successor.id)
    return rest


def _announce_released(
    tx: Transaction, act: Act, released: list[Schedule], ordinals: Iterator[int]
) -> None:
    """Tell of each session in its own room, so that it stands in the inbox of its people."""
    for schedule in released:
        is_canceled = schedule.status is Status.CANCELED
        kind = Kind.SCHEDULE_CANCELED if is_canceled else Kind.SCHEDULE_UPDATED
        reason = schedule.status_reason or None
        announce_session(tx, act, kind, schedule, ordinal=next(ordinals), reason=reason)

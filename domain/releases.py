"""What becomes of the future sessions of somebody who leaves: canceled, or handed over."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from domain.commands import Act, changed
from domain.errors import Invalid, not_found
from domain.ids import Id
from domain.records import Reader, Transaction
from domain.schedules import ConfirmOverlap, Schedule, Status, by_start, refuse_overlaps
from domain.students import MentorCard, State


class HandOver(msgspec.Struct, frozen=True, rename="camel"):
    """Give the future sessions to this mentor."""

    hand_over: Id


Sessions = Literal["cancel"] | HandOver


def future_sessions(tx: Transaction, act: Act, **of: str | None) -> list[Schedule]:
    """Sessions still on and ahead; on the relay also those that the actor does not read."""
    rows = tx.everything.where(Schedule, **of)
    return [
        row for row in rows if row.status is Status.SCHEDULED and not act.has_begun(row.start_time)
    ]


def release(
    tx: Transaction, act: Act, schedule: Schedule, sessions: Sessions, *, reason: str
) -> Schedule:
    """Cancel one session, or give it to its new mentor."""
    sequence = schedule.sequence + 1
    if isinstance(sessions, HandOver):
        row = changed(schedule, act, mentor_id=sessions.hand_over, sequence=sequence)
    else:
        row = changed(
            schedule,
            act,
            status=Status.CANCELED,
            status_reason=reason,
            canceled_by=act.actor,
            sequence=sequence,
        )
    tx.put(row)
    return row


def check_hand_over(
    tx: Transaction,
    act: Act,
    released: Sequence[Schedule],
    sessions: Sessions,
    confirmed: ConfirmOverlap,
) -> None:
    """Refuse to double-book whoever takes the sessions over, unless the command lists the others.

    The students were booked before. It runs once all sessions are handed over, so that those which
    overlap each other count too.

    Raises:
        Refused: `overlap`, with all sessions that stand in the way.
    """
    if not isinstance(sessions, HandOver):
        return
    others = {
        other.id: other
        for row in released
        for other in tx.busy([row.mentor_id], row.start_time, row.end_time, besides=row.id)
    }
    # The relay's own act sees all rooms; the person behind it does not.
    refuse_overlaps(tx, by_start(others.values()), confirmed, hide_titles=act.trusted)


def outcome_of(sessions: Sessions) -> str:
    """`canceled` or `handedOver`, for the activity."""
    return "handedOver" if isinstance(sessions, HandOver) else "canceled"


def successor_of(tx: Reader, leaving: str, sessions: Sessions) -> MentorCard | None:
    """The mentor who takes the sessions over, or None where they are canceled.

    Raises:
        Refused: `not_found`, if that mentor is not an active one.
        Invalid: it is the very person who leaves.
    """
    if not isinstance(sessions, HandOver):
        return None
    if sessions.hand_over == leaving:
        raise Invalid("sessions", "malformed", "Hand the sessions over to somebody else.")
    return active_mentor(tx, sessions.hand_over)


def active_mentor(tx: Reader, mentor_id: str) -> MentorCard:
    """The card of a mentor who may take students and sessions. Raises `not_found`."""
    mentor = tx.find(MentorCard, mentor_id)
    if mentor is None or mentor.state is not State.ACTIVE:
        raise not_found("mentor")
    return mentor

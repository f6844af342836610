"""Cohorts: groups of students with mentors of their own."""

from typing import Any

from msgspec import UNSET, UnsetType

from domain.activities import Kind, announce
from domain.commands import Act, Command, changed, create
from domain.conflicts import Base, announce_conflicts, edited
from domain.errors import Invalid, Refused, forbidden, not_found
from domain.fields import Day, Instant, Name, Text500
from domain.ids import Id
from domain.records import Record, Transaction
from domain.releases import (
    Sessions,
    active_mentor,
    check_hand_over,
    future_sessions,
    outcome_of,
    release,
    successor_of,
)
from domain.rooms import MENTORS, cohort_room, user_room
from domain.schedules import ConfirmOverlap
from domain.students import MentorCard

MENTOR_LEFT = "The mentor of this session has left the cohort."


class Cohort(Record, frozen=True, kw_only=True, tag="cohort"):
    """A cohort as its students and mentors see it; its join code stays on the relay."""

    table = "cohorts"
    editable = (
        ("name", ("name",)),
        ("description", ("description",)),
        ("days", ("starts_on", "ends_on")),
    )

    name: Name
    description: Text500 = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    archived: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise Invalid("endsOn", "out_of_range", "The last day is before the first.")


class CohortCard(Record, frozen=True, kw_only=True, tag="cohort_card"):
    """A cohort as all mentors see it, with who mentors it. Its id is the cohort's."""

    table = "cohort_cards"

    name: Name
    registered_at: Instant
    mentor_ids: list[Id] = []
    archived: bool = False


class CreateCohort(Command, frozen=True, kw_only=True, tag="cohort.create"):
    """Found a cohort; a mentor who does it becomes its mentor."""

    id: Id
    name: Name
    description: Text500 = ""
    starts_on: Day | None = None
    ends_on: Day | None = None

    def apply(self, tx: Transaction, act: Act) -> None:
        if not act.is_mentor:
            raise forbidden("Only mentors can create a cohort.")
        stamps: dict[str, Any] = {"created_at": act.at, "updated_at": act.at}
        card = CohortCard(
            id=self.id,
            room=MENTORS,
            name=self.name,
            registered_at=act.now,
            mentor_ids=[] if act.trusted else [act.actor],
            **stamps,
        )
        create(tx, card)
        create(
            tx,
            Cohort(
                id=self.id,
                room=cohort_room(self.id),
                name=self.name,
                description=self.description,
                starts_on=self.starts_on,
                ends_on=self.ends_on,
                **stamps,
            ),
        )
        _announce(tx, act, card, change="created")


class UpdateCohort(Command, frozen=True, kw_only=True, tag="cohort.update"):
    """Change a cohort's name, description or days."""

    id: Id
    name: Name | UnsetType = UNSET
    description: Text500 | UnsetType = UNSET
    starts_on: Day | None | UnsetType = UNSET
    ends_on: Day | None | UnsetType = UNSET
    base: Base = {}

    def apply(self, tx: Transaction, act: Act) -> None:
        card = own_cohort(tx, act, self.id)
        cohort = tx.everything.find(Cohort, self.id)
        if cohort is None:
            raise not_found("cohort")
        row, names = edited(tx, act, cohort, self)
        if not names:
            return
        tx.put(row)
        if "name" in names:
            card = changed(card, act, name=row.name)
            tx.put(card)
        announce_conflicts(tx, act, row, names, row.name)
        _announce(tx, act, card, change="edited")


class AddCohortMentor(Command, frozen=True, kw_only=True, tag="cohort.add_mentor"):
    """Give another mentor the cohort too."""

    cohort_id: Id
    mentor_id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        card = own_cohort(tx, act, self.cohort_id)
        mentor = active_mentor(tx, self.mentor_id)
        if mentor.id not in card.mentor_ids:
            lead(tx, act, card, mentor)


class RemoveCohortMentor(Command, frozen=True, kw_only=True, tag="cohort.remove_mentor"):
    """Take the cohort from one of its mentors; the last one cannot leave.

    The future sessions that this mentor leads there are canceled or handed over: nobody else could
    change them any more.
    """

    cohort_id: Id
    mentor_id: Id
    sessions: Sessions = "cancel"
    confirm_overlap: ConfirmOverlap = False

    def apply(self, tx: Transaction, act: Act) -> None:
        card = own_cohort(tx, act, self.cohort_id)
        if self.mentor_id not in card.mentor_ids:
            return
        rest = [mentor_id for mentor_id in card.mentor_ids if mentor_id != self.mentor_id]
        successor = successor_of(tx, self.mentor_id, self.sessions)
        if successor and successor.id not in rest:
            rest.append(successor.id)
        if not rest and not act.is_admin:
            raise Refused("last_mentor", "A cohort keeps at least one mentor.")
        put_mentors(tx, act, card, rest)
        released = [
            release(tx, act, schedule, self.sessions, reason=MENTOR_LEFT)
            for schedule in future_sessions(tx, act, mentor_id=self.mentor_id)
            if schedule.cohort_id == card.id
        ]
        check_hand_over(tx, act, released, self.sessions, self.confirm_overlap)
        mentor = tx.find(MentorCard, self.mentor_id)
        told: dict[str, Any] = {
            "name": mentor.name if mentor else None,
            "mentorId": self.mentor_id,
            "successorId": successor.id if successor else None,
            "sessions": len(released),
            "sessionsAre": outcome_of(self.sessions),
        }
        _announce(tx, act, card, change="mentorRemoved", **told)
        room = user_room(self.mentor_id)
        _announce(tx, act, card, change="mentorRemoved", room=room, ordinal=1, **told)


class RotateJoinCode(Command, frozen=True, kw_only=True, tag="cohort.rotate_join_code"):
    """Tell a cohort that its join code is another one; the code itself stays on the relay."""

    relay_only = True

    cohort_id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        card = own_cohort(tx, act, self.cohort_id)
        _touch(tx, act, card)
        _announce(tx, act, card, change="joinCode")


def lead(
    tx: Transaction, act: Act, card: CohortCard, mentor: MentorCard, *, ordinal: int = 0
) -> None:
    """Make somebody one of the cohort's mentors, and tell it."""
    put_mentors(tx, act, card, [*card.mentor_ids, mentor.id])
    told: dict[str, Any] = {"name": mentor.name, "mentorId": mentor.id}
    _announce(tx, act, card, change="mentorAdded", ordinal=ordinal, **told)


def put_mentors(tx: Transaction, act: Act, card: CohortCard, mentor_ids: list[str]) -> None:
    """Give the cohort these mentors; its own version moves on too, as they are shown with it."""
    tx.put(changed(card, act, mentor_ids=mentor_ids))
    _touch(tx, act, card)


def _touch(tx: Transaction, act: Act, card: CohortCard) -> None:
    """Have the cohort's row changed now, where what is shown with it lies elsewhere."""
    cohort = tx.everything.find(Cohort, card.id)
    if cohort is not None:
        tx.put(changed(cohort, act))


def own_cohort(tx: Transaction, act: Act, cohort_id: str) -> CohortCard:
    """The cohort's card, if the actor may change this cohort.

    Raises:
        Refused: `not_found` or `forbidden`.
    """
    card = tx.find(CohortCard, cohort_id)
    if card is None:
        raise not_found("cohort")
    if act.actor not in card.mentor_ids and not act.is_admin:
        raise forbidden("Only the mentors of this cohort can change it.")
    return card


def _announce(
    tx: Transaction,
    act: Act,
    card: CohortCard,
    *,
    change: str,
    room: str = "",
    ordinal: int = 0,
    **params: Any,
) -> None:
    """Tell the cohort, or the one room that is named."""
    announce(
        tx,
        act,
        Kind.COHORT_UPDATED,
        ("cohort", card.id),
        room or cohort_room(card.id),
        ordinal=ordinal,
        change=change,
        cohortName=card.name,
        **params,
    )

"""Student and mentor cards: the directory that all mentors read, and the truth about access."""

from enum import StrEnum

from domain.fields import Instant, Name
from domain.ids import Id
from domain.records import Record


class State(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    DEACTIVATED = "deactivated"


class StudentCard(Record, frozen=True, kw_only=True, tag="student_card"):
    """A student as all mentors see them: no e-mail, no learning data. Its id is the student's."""

    table = "student_cards"

    name: Name
    registered_at: Instant
    state: State
    cohort_id: Id | None = None
    mentor_ids: list[Id] = []


class MentorCard(Record, frozen=True, kw_only=True, tag="mentor_card"):
    """A mentor as all mentors see them. Its id is the mentor's."""

    table = "mentor_cards"

    name: Name
    registered_at: Instant
    state: State

"""Queries for people: students, mentors and cohorts, and who I am."""

import sqlite3
from dataclasses import dataclass

from desktop.store.rows import record_from
from domain.accounts import Account
from domain.cohorts import Cohort, CohortCard
from domain.members import Role
from domain.rooms import student_room
from domain.students import MentorCard, State, StudentCard


def account(db: sqlite3.Connection, user_id: str) -> Account | None:
    """The signed-in person's own account, once it is here."""
    row = db.execute("SELECT * FROM users WHERE id = ?", [user_id]).fetchone()
    return record_from(Account, row) if row is not None else None


def students(db: sqlite3.Connection) -> list[StudentCard]:
    """All students that are not deactivated, by name."""
    sql = "SELECT * FROM student_cards WHERE state <> ? ORDER BY name, id"
    rows = [record_from(StudentCard, row) for row in db.execute(sql, [State.DEACTIVATED])]
    return sorted(rows, key=lambda card: (card.name.casefold(), card.id))


def students_of(db: sqlite3.Connection, mentor_id: str) -> list[StudentCard]:
    """The students whom this mentor is assigned to, by name."""
    return [card for card in students(db) if mentor_id in card.mentor_ids]


def mentors(db: sqlite3.Connection) -> list[MentorCard]:
    """All mentors that are active, by name."""
    rows = db.execute(
        "SELECT * FROM mentor_cards WHERE room = 'mentors' AND state = ?", [State.ACTIVE]
    )
    cards = [record_from(MentorCard, row) for row in rows]
    return sorted(cards, key=lambda card: (card.name.casefold(), card.id))


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of whom there is a card; `is_gone` is one who is deactivated by now."""

    id: str
    name: str
    is_gone: bool


def everybody(db: sqlite3.Connection) -> list[Somebody]:
    """All students and mentors that ever were, by name; a change of role makes nobody two."""
    found: dict[str, Somebody] = {}
    for card in db.execute(
        "SELECT id, name, state FROM mentor_cards WHERE room = 'mentors' "
        "UNION ALL SELECT id, name, state FROM student_cards"
    ):
        one = Somebody(card["id"], card["name"], card["state"] == State.DEACTIVATED)
        if one.id not in found or found[one.id].is_gone:
            found[one.id] = one
    return sorted(found.values(), key=lambda one: (one.name.casefold(), one.id))


def unsent_cards(db: sqlite3.Connection) -> frozenset[str]:
    """The ids of the students and cohorts that hold a change which waits to be sent."""
    rows = db.execute(
        "SELECT id FROM student_cards WHERE pending > 0 "
        "UNION ALL SELECT id FROM cohort_cards WHERE pending > 0"
    )
    return frozenset(row["id"] for row in rows)


def cohorts(db: sqlite3.Connection) -> list[CohortCard]:
    """All cohorts that are not archived, by name."""
    rows = db.execute("SELECT * FROM cohort_cards WHERE archived = 0")
    cards = [record_from(CohortCard, row) for row in rows]
    return sorted(cards, key=lambda card: (card.name.casefold(), card.id))


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is present in a room, as its members see them: user id to (name, zone)."""

    people: dict[str, tuple[str, str]]

    def zone(self, user_id: str) -> str:
        return self.people.get(user_id, ("", ""))[1]


def roster(db: sqlite3.Connection, room: str, role: str) -> Roster:
    """The present members of a room that have this role."""
    rows = db.execute(
        "SELECT user_id, name, time_zone FROM members "
        "WHERE room = ? AND access = 'read' AND role = ?",
        [room, role],
    )
    return Roster({row["user_id"]: (row["name"], row["time_zone"]) for row in rows})


def is_mentored(db: sqlite3.Connection, student_id: str) -> bool:
    """Whether anybody mentors this student, by their own room; so it is while that is not here."""
    rows = db.execute(
        "SELECT role FROM members WHERE room = ? AND access = 'read'", [student_room(student_id)]
    )
    roles = [row["role"] for row in rows]
    return not roles or any(role != Role.STUDENT for role in roles)


def student_card(db: sqlite3.Connection, user_id: str) -> StudentCard | None:
    """One student's card, deactivated or not."""
    row = db.execute("SELECT * FROM student_cards WHERE id = ?", [user_id]).fetchone()
    return record_from(StudentCard, row) if row is not None else None


def mentor_names(db: sqlite3.Connection) -> dict[str, str]:
    """The names of all mentors by id, also of those who are deactivated."""
    return dict(map(tuple, db.execute("SELECT id, name FROM mentor_cards WHERE room = 'mentors'")))


def cohort(db: sqlite3.Connection, cohort_id: str) -> Cohort | None:
    """A cohort itself, where one reads its room: its card is in the directory of all."""
    row = db.execute("SELECT * FROM cohorts WHERE id = ?", [cohort_id]).fetchone()
    return record_from(Cohort, row) if row is not None else None


def members_of(db: sqlite3.Connection, cohort_id: str) -> list[StudentCard]:
    """The students of a cohort that are not deactivated, by name."""
    return [card for card in students(db) if card.cohort_id == cohort_id]

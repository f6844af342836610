"""Rosters: files with people to be added, read row by row with what is wrong in each."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import Invalid
from domain.fields import email_address, one_line
from domain.members import Role

MOST_BYTES = 1_000_000
MOST_ROWS = 500
LONGEST_NAME, LONGEST_EMAIL = 80, 254
COLUMNS = ("name", "email", "role", "cohort", "mentor")
ALIASES = {"e-mail": "email", "mail": "email"}


class Unreadable(Exception):
    """A file that is no roster.

    Attributes:
        code: `too_large`, `too_many`, `no_text`, `no_columns` or `empty`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Problem(StrEnum):
    """Why a row cannot be added."""

    NO_NAME = "no_name"
    BAD_NAME = "bad_name"
    BAD_EMAIL = "bad_email"
    TWICE = "twice"
    TAKEN = "taken"
    BAD_ROLE = "bad_role"
    UNKNOWN_COHORT = "unknown_cohort"
    UNKNOWN_MENTOR = "unknown_mentor"
    AMBIGUOUS_COHORT = "ambiguous_cohort"
    AMBIGUOUS_MENTOR = "ambiguous_mentor"
    MENTOR_OF_MENTOR = "mentor_of_mentor"


@dataclass(frozen=True, slots=True)
class Directory:
    """Who and what is there already: ids by name, and of mentors by e-mail address too."""

    emails: frozenset[str]
    cohorts: Sequence[tuple[str, str]]
    mentors: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person of a roster; `line` is that of the file, cohort and mentor as they stand there."""

    line: int
    name: str
    email: str
    role: Role
    cohort: str = ""
    mentor: str = ""
    cohort_id: str = ""
    mentor_id: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """What the relay is told, by its names on the wire."""
        return {
            "role": self.role.value,
            "name": self.name,
            "email": self.email,
            "cohortId": self.cohort_id,
            "mentorId": self.mentor_id,
        }


def read_roster(content: bytes, there: Directory) -> list[RosterRow]:
    """The rows of a file in order, each with all that is wrong with it.

    The first line names the columns, of which `name` and `email` must be there; a comma, a
    semicolon or a tab stands between them. Lines without any text are left out.

    Raises:
        Unreadable: it is no roster, or too large.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    lines = _lines(_text(content))
    emails = Counter(email for _, row in lines if (email := row["email"].strip().lower()))
    return [_row(line, row, there, emails) for line, row in lines]


def _text(content: bytes) -> str:
    """As UTF-8 or UTF-16, or as spreadsheets on Windows write it."""
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("no_text")
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ()
    for encoding in (*encodings, "utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise Unreadable("no_text")


def _lines(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows by column, with the number of the line on which each ends."""
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [_column(cell) for cell in cells]
                continue
            row = dict.fromkeys(COLUMNS, "") | dict(zip(columns, cells, strict=False))
            found.append((reader.line_num, row))
            if len(found) > MOST_ROWS:
                raise Unreadable("too_many")
    except csv.Error as error:
        raise Unreadable("no_text") from error
    if not {"name", "email"} <= set(columns):
        raise Unreadable("no_columns")
    if not found:
        raise Unreadable("empty")
    return found


def _column(cell: str) -> str:
    name = cell.strip().casefold()
    return ALIASES.get(name, name)


def _row(
    line: int, row: Mapping[str, str], there: Directory, emails: Mapping[str, int]
) -> RosterRow:
    problems: list[Problem] = []
    name = _name(row["name"].strip(), problems)
    email = _email(row["email"].strip(), there, emails, problems)
    role = _role(row["role"].strip().casefold(), problems)
    cohort, mentor = row["cohort"].strip(), row["mentor"].strip()
    cohort_id = _found(
        cohort, there.cohorts, Problem.UNKNOWN_COHORT, Problem.AMBIGUOUS_COHORT, problems
    )
    mentor_id = _found(
        mentor, there.mentors, Problem.UNKNOWN_MENTOR, Problem.AMBIGUOUS_MENTOR, problems
    )
    if mentor and role is Role.MENTOR:
        problems.append(Problem.MENTOR_OF_MENTOR)
    return RosterRow(
        line=line,
        name=name,
        email=email,
        role=role,
        cohort=cohort,
        mentor=mentor,
        cohort_id=cohort_id,
        mentor_id=mentor_id,
        problems=tuple(problems),
    )


def _name(typed: str, problems: list[Problem]) -> str:
    if not typed:
        problems.append(Problem.NO_NAME)
        return typed
    try:
        name = one_line("name", typed)
    except Invalid:
        problems.append(Problem.BAD_NAME)
        return typed
    if len(name) > LONGEST_NAME:
        problems.append(Problem.BAD_NAME)
    return name


def _email(typed: str, there: Directory, emails: Mapping[str, int], problems: list[Problem]) -> str:
    try:
        email = email_address("email", typed)
    except Invalid:
        problems.append(Problem.BAD_EMAIL)
        return typed
    if len(email) > LONGEST_EMAIL:
        problems.append(Problem.BAD_EMAIL)
    elif emails.get(email, 0) > 1:
        problems.append(Problem.TWICE)
    elif email in there.emails:
        problems.append(Problem.TAKEN)
    return email


def _role(typed: str, problems: list[Problem]) -> Role:
    """A student, unless the row says otherwise."""
    if typed in {"", Role.STUDENT, Role.MENTOR}:
        return Role(typed or Role.STUDENT)
    problems.append(Problem.BAD_ROLE)
    return Role.STUDENT


def _found(
    typed: str,
    named: Sequence[tuple[str, str]],
    unknown: Problem,
    ambiguous: Problem,
    problems: list[Problem],
) -> str:
    """The id of what has this name, in whatever case; "" for none."""
    ids = {found_id for found_id, name in named if name.casefold() == typed.casefold()}
    if typed and len(ids) != 1:
        problems.append(ambiguous if ids else unknown)
    return ids.pop() if typed and len(ids) == 1 else ""

"""Files with people: what is read in them, and what is wrong with each row."""

from __future__ import annotations

import pytest

from desktop.account.rosters import (
    MOST_BYTES,
    MOST_ROWS,
    Directory,
    Problem,
    RosterRow,
    Unreadable,
    read_roster,
)
from domain.members import Role

THERE = Directory(
    emails=frozenset({"mia@example.org"}),
    cohorts=[("c1", "Spring"), ("c2", "Twice"), ("c3", "Twice")],
    mentors=[("m1", "Mia Stone"), ("m1", "mia@example.org"), ("m2", "Sam"), ("m3", "Sam")],
)
HEAD = "name,email,role,cohort,mentor\n"


def read(text: str) -> list[RosterRow]:
    return read_roster(text.encode(), THERE)


def test_a_row_has_all_that_the_relay_is_told() -> None:
    [row] = read(f"{HEAD} Eva  Berg ,EVA@example.org,Student,spring,mia@EXAMPLE.org\n")

    assert row.problems == ()
    assert row.fields == {
        "role": "student",
        "name": "Eva Berg",
        "email": "eva@example.org",
        "cohortId": "c1",
        "mentorId": "m1",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Name;E-Mail\nEva Berg;eva@example.org\n",
        "EMAIL\tNAME\r\neva@example.org\tEva Berg\r\n",
        '\n\nshoe size,"name", Mail \n42,"Eva Berg",eva@example.org\n,,\n',
    ],
)
def test_separators_case_order_and_other_columns_do_not_matter(text: str) -> None:
    [row] = read(text)

    assert (row.name, row.email, row.role) == ("Eva Berg", "eva@example.org", Role.STUDENT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_spreadsheets_encodings_are_read(encoding: str) -> None:
    [row] = read_roster("name,email\nJörg Müller,j@example.org\n".encode(encoding), THERE)

    assert row.name == "Jörg Müller"


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        (",eva@example.org", [Problem.NO_NAME]),
        (f"{'x' * 81},eva@example.org", [Problem.BAD_NAME]),
        ("Eva\x07,eva@example.org", [Problem.BAD_NAME]),
        ("Eva,eva", [Problem.BAD_EMAIL]),
        ("Eva,", [Problem.BAD_EMAIL]),
        (f"Eva,{'x' * 250}@example.org", [Problem.BAD_EMAIL]),
        ("Eva,Mia@example.org", [Problem.TAKEN]),
        ("Eva,eva@example.org,boss", [Problem.BAD_ROLE]),
        ("Eva,eva@example.org,,Winter", [Problem.UNKNOWN_COHORT]),
        ("Eva,eva@example.org,,Twice", [Problem.AMBIGUOUS_COHORT]),
        ("Eva,eva@example.org,,,Otto", [Problem.UNKNOWN_MENTOR]),
        ("Eva,eva@example.org,,,Sam", [Problem.AMBIGUOUS_MENTOR]),
        ("Eva,eva@example.org,mentor,,Mia Stone", [Problem.MENTOR_OF_MENTOR]),
        (",,boss", [Problem.NO_NAME, Problem.BAD_EMAIL, Problem.BAD_ROLE]),
    ],
)
def test_all_that_is_wrong_with_a_row_is_told(line: str, problems: list[Problem]) -> None:
    [row] = read(f"{HEAD}{line}\n")

    assert list(row.problems) == problems


def test_an_address_that_stands_twice_is_wrong_in_both_rows() -> None:
    rows = read(f"{HEAD}Eva,eva@example.org\nIda,ida@example.org\nEve,EVA@example.org\n")

    assert [row.problems for row in rows] == [(Problem.TWICE,), (), (Problem.TWICE,)]
    assert [row.line for row in rows] == [2, 3, 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"x" * (MOST_BYTES + 1), "too_large"),
        ((HEAD + "Eva,eva@example.org\n" * (MOST_ROWS + 1)).encode(), "too_many"),
        (b"PK\x03\x04\x00\x00", "no_text"),
        (b"name,email\n\x81\x8d", "no_text"),
        (b"name,email\n" + b"x" * 200_000, "no_text"),
        (b"first,last\nEva,Berg\n", "no_columns"),
        (b"", "no_columns"),
        (HEAD.encode(), "empty"),
    ],
)
def test_what_is_no_roster_is_said(content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_roster(content, THERE)

    assert unreadable.value.code == code


def test_as_many_rows_as_are_allowed_are_read() -> None:
    lines = [f"Eva {n},eva{n}@example.org\n" for n in range(MOST_ROWS)]

    assert len(read(HEAD + "".join(lines))) == MOST_ROWS

"""All that happens as whole sentences, one's own deeds among it."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ui.activity.deeds import told
from domain.activities import Kind, Person
from domain.members import Role
from tests.builders import ANA, MIA, an_activity, id_of
from tests.desktop.ui.activity.test_sentences import CASES

ME = Person(MIA, Role.MENTOR)
STUDENT = Person(ANA, Role.STUDENT)
NAMES = {"title": "Loops", "studentName": "Ana Ruiz", "mentorName": "Noah Park"}
WHO_MENTORS = (Kind.STUDENT_ASSIGNED, Kind.STUDENT_UNASSIGNED)


def said(kind: str, actor: str, me: Person, /, **params: Any) -> str:
    activity = an_activity(kind_=kind, actor_id=actor, params=NAMES | params)
    return told(activity, "Noah Park", me)


@pytest.mark.parametrize("me", [ME, STUDENT], ids=["mentor", "student"])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.startswith("schedule:")])
def test_every_own_deed_with_a_session_is_told_as_ones_own(kind: Kind, me: Person) -> None:
    for params in CASES.get(kind, [{}]):
        words = said(kind, me.id, me, **params)

        assert words.startswith("You ")
        assert "“Loops”" in words
        assert "Noah" not in words


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind.startswith(("entry:", "comm"))])
def test_every_own_deed_with_an_entry_is_told_as_ones_own(kind: Kind) -> None:
    me = ME if kind == Kind.ENTRY_STATUS_CHANGED else STUDENT
    for params in CASES.get(kind, [{}]):
        words = said(kind, me.id, me, **params)

        assert words.startswith("You ")
        assert "“Loops”" in words


@pytest.mark.parametrize("change", ["created", "edited"])
def test_what_one_did_with_a_cohort_is_told_as_ones_own(change: str) -> None:
    words = said(Kind.COHORT_UPDATED, MIA, ME, change=change, cohortName="Spring")

    assert words.startswith("You ")
    assert "Spring" in words


def test_a_mentor_reads_whose_entry_it_was() -> None:
    assert said(Kind.COMMENT_ADDED, MIA, ME) == "You commented on “Loops” of Ana Ruiz"
    assert said(Kind.COMMENT_ADDED, ANA, STUDENT) == "You commented on “Loops”"
    words = said(Kind.ENTRY_STATUS_CHANGED, MIA, ME, status="needs_work")
    assert words == "You asked Ana Ruiz for more work on “Loops”"


def test_what_others_do_reads_as_in_the_inbox() -> None:
    assert said(Kind.ENTRY_CREATED, ANA, ME) == "Noah Park submitted “Loops”"


def test_who_mentors_whom_is_told_by_name_where_one_has_no_part_in_it() -> None:
    noah = id_of("Noah, mentor")
    assigned, unassigned = (said(kind, noah, ME, mentorId=noah) for kind in WHO_MENTORS)

    assert assigned == "Noah Park now mentors Ana Ruiz"
    assert unassigned == "Noah Park no longer mentors Ana Ruiz"


@pytest.mark.parametrize("kind", WHO_MENTORS)
def test_ones_own_students_are_called_so(kind: Kind) -> None:
    assert said(kind, MIA, ME, mentorId=MIA).endswith("your student")
    assert said(kind, MIA, STUDENT, mentorId=MIA).endswith("your mentor")


def test_a_kind_of_a_newer_program_still_has_a_sentence() -> None:
    assert "newer Tandem" in said("schedule:teleported", MIA, ME)

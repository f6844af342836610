"""Activities as whole sentences."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ui.activity.sentences import detail, sentence
from domain.activities import Kind, Person
from domain.members import Role
from domain.rooms import student_room
from tests.builders import ANA, MIA, an_activity

ME = Person(MIA, Role.MENTOR)
STUDENT = Person(ANA, Role.STUDENT)


def said(kind: str, me: Person = ME, /, **params: Any) -> str:
    return sentence(an_activity(kind_=kind, params=params), "Noah Park", me)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_sentence_without_a_gap(kind: Kind) -> None:
    for me in (ME, STUDENT):
        words = said(kind, me)
        assert words
        assert "{" not in words
        assert "newer Tandem" not in words or kind is Kind.SCHEDULE_STATUS_CHANGED


def test_a_kind_of_a_newer_program_is_told_as_such() -> None:
    assert said("star:fell") == "Noah Park did something that a newer Tandem can show"


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        (Kind.SCHEDULE_CREATED, {"title": "Talk"}, "Noah Park planned “Talk”"),
        (Kind.SCHEDULE_UPDATED, {"title": "Talk"}, "Noah Park changed “Talk”"),
        (
            Kind.SCHEDULE_UPDATED,
            {"title": "Talk", "movedFrom": "2025-12-01T12:00:00Z"},
            "Noah Park moved “Talk”",
        ),
        (
            Kind.SCHEDULE_STATUS_CHANGED,
            {"title": "Talk", "status": "completed"},
            "Noah Park marked “Talk” as completed",
        ),
        (
            Kind.SCHEDULE_STATUS_CHANGED,
            {"title": "Talk", "status": "scheduled"},
            "Noah Park put “Talk” back on",
        ),
        (
            Kind.COHORT_UPDATED,
            {"change": "studentJoined", "name": "Ana", "cohortName": "Spring"},
            "Ana joined Spring",
        ),
        (Kind.COHORT_UPDATED, {"cohortName": "Spring"}, "Noah Park changed the cohort Spring"),
    ],
)
def test_it_says_what_was_done_to_what(kind: str, params: dict[str, str], words: str) -> None:
    assert said(kind, **params) == words


def test_an_assignment_reads_differently_for_either_side() -> None:
    activity = an_activity(
        kind_=Kind.STUDENT_ASSIGNED,
        room=student_room(ANA),
        params={"studentName": "Ana Ruiz", "mentorName": "Noah Park"},
    )

    assert sentence(activity, "Ada", STUDENT) == "Noah Park is now your mentor"
    assert sentence(activity, "Ada", ME) == "Ana Ruiz is now your student"


def test_a_parting_reads_differently_for_each() -> None:
    params = {"studentName": "Ana", "mentorName": "Noah", "successorId": MIA}

    assert said(Kind.STUDENT_UNASSIGNED, STUDENT, **params) == "Noah is no longer your mentor"
    assert said(Kind.STUDENT_UNASSIGNED, ME, **params) == "Ana is now your student"
    del params["successorId"]
    assert said(Kind.STUDENT_UNASSIGNED, ME, **params) == "Ana is no longer your student"


def test_braces_in_a_title_stay_braces() -> None:
    words = said(Kind.SCHEDULE_CREATED, title="Sets {a, b} and {actor}")

    assert words == "Noah Park planned “Sets {a, b} and {actor}”"


def test_somebody_unknown_is_someone() -> None:
    assert sentence(an_activity(), "", ME).startswith("Someone planned")


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"reason": "Ill."}, "Ill."),
        ({"sessions": 1}, "1 session canceled"),
        ({"sessions": 2}, "2 sessions canceled"),
        ({"sessions": 1, "sessionsAre": "handedOver"}, "1 session handed over"),
        ({"sessions": 3, "sessionsAre": "handedOver"}, "3 sessions handed over"),
        ({}, ""),
    ],
)
def test_what_belongs_to_it_stands_beneath(params: dict[str, Any], words: str) -> None:
    assert detail(an_activity(params=params)) == words


def test_a_new_student_is_told_with_the_cohort() -> None:
    activity = an_activity(kind_=Kind.STUDENT_REGISTERED, params={"cohortName": "Spring"})

    assert detail(activity) == "Cohort Spring"

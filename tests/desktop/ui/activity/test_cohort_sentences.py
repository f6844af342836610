"""What people read of a cohort: its beginnings, and what changed around it."""

from typing import Any

import pytest

from desktop.ui.activity.sentences import detail, sentence
from domain.activities import Activity, Kind, Person
from domain.members import Role
from domain.rooms import cohort_room
from tests.builders import an_activity

AT = "2026-11-22T12:00:00.000Z"
MIA = Person("u1", Role.STUDENT)


@pytest.mark.parametrize(
    ("actor", "words"),
    [("Rosa", "Rosa founded the cohort Spring"), ("", "The cohort Spring was founded")],
)
def test_a_cohort_made_by_the_operator_names_nobody(actor: str, words: str) -> None:
    activity = Activity(
        id="a1",
        room=cohort_room("c1"),
        kind_=Kind.COHORT_UPDATED,
        actor_id=actor,
        subject_type="cohort",
        subject_id="c1",
        params={"change": "created", "cohortName": "Spring"},
        at=AT,
        recorded_at=AT,
        created_at=AT,
        updated_at=AT,
    )

    assert sentence(activity, actor, MIA) == words


@pytest.mark.parametrize(
    ("params", "words", "more"),
    [
        ({"change": "joinCode"}, "Rosa made a new join code for Spring", ""),
        ({"change": "mentorRemoved"}, "Ana no longer mentors Spring", ""),
        (
            {"change": "overlaps", "overlaps": 1},
            "Sessions of Spring overlap other sessions of Ana",
            "1 session overlaps",
        ),
        (
            {"change": "overlaps", "overlaps": 2},
            "Sessions of Spring overlap other sessions of Ana",
            "2 sessions overlap",
        ),
    ],
)
def test_what_changed_around_a_cohort_is_told(
    params: dict[str, Any], words: str, more: str
) -> None:
    about = {"cohortName": "Spring", "name": "Ana", **params}
    activity = an_activity(kind_=Kind.COHORT_UPDATED, subject_type="cohort", params=about)

    assert sentence(activity, "Rosa", MIA) == words
    assert detail(activity) == more


NOAH, OTTO = Person("u2", Role.MENTOR), Person("u3", Role.MENTOR)


@pytest.mark.parametrize(
    ("params", "to_noah", "to_others"),
    [
        ({"change": "mentorAdded"}, "You now mentor Spring", "Noah now mentors Spring"),
        (
            {"change": "mentorRemoved"},
            "You no longer mentor Spring",
            "Noah no longer mentors Spring",
        ),
    ],
)
def test_the_mentor_who_comes_or_goes_is_addressed(
    params: dict[str, Any], to_noah: str, to_others: str
) -> None:
    about = {"cohortName": "Spring", "name": "Noah", "mentorId": NOAH.id, **params}
    activity = an_activity(kind_=Kind.COHORT_UPDATED, subject_type="cohort", params=about)

    assert sentence(activity, "Rosa", NOAH) == to_noah
    assert sentence(activity, "Rosa", OTTO) == to_others


def test_whoever_takes_a_cohort_over_reads_so() -> None:
    params = {
        "change": "mentorRemoved",
        "cohortName": "Spring",
        "name": "Noah",
        "mentorId": NOAH.id,
        "successorId": OTTO.id,
    }
    activity = an_activity(kind_=Kind.COHORT_UPDATED, subject_type="cohort", params=params)

    assert sentence(activity, "Rosa", OTTO) == "You now mentor Spring"


def test_what_an_older_relay_has_told_names_the_mentor() -> None:
    about = {"change": "mentorAdded", "cohortName": "Spring", "name": "Noah"}
    activity = an_activity(kind_=Kind.COHORT_UPDATED, subject_type="cohort", params=about)

    assert sentence(activity, "Rosa", NOAH) == "Noah now mentors Spring"

"""What people read of a cohort's beginnings."""

import pytest

from desktop.ui.activity.sentences import sentence
from domain.activities import Activity, Kind, Person
from domain.members import Role
from domain.rooms import cohort_room

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

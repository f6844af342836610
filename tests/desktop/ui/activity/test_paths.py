"""Where in the window stands what an activity is about."""

from typing import Any

import pytest

from desktop.ui.activity.paths import path_of
from domain.activities import Kind, Person
from domain.members import Role
from tests.builders import ANA, MIA, an_activity

MENTOR, STUDENT = Person(MIA, Role.MENTOR), Person(ANA, Role.STUDENT)


@pytest.mark.parametrize(
    ("subject", "params", "mentors", "students"),
    [
        (("schedule", "s1"), {}, "/mentor/schedules/s1", "/student/schedule/s1"),
        (("entry", "e1"), {}, "/mentor/entries/e1", "/student/entries/e1"),
        (("comment", "c1"), {"entryId": "e1"}, "/mentor/entries/e1", "/student/entries/e1"),
        (("student", ANA), {}, f"/mentor/students/{ANA}", "/today"),
    ],
)
def test_each_subject_has_its_place_on_either_side(
    subject: tuple[str, str], params: dict[str, Any], mentors: str, students: str
) -> None:
    activity = an_activity(
        kind_=Kind.ENTRY_CREATED, subject_type=subject[0], subject_id=subject[1], params=params
    )

    assert path_of(activity, MENTOR) == mentors
    assert path_of(activity, STUDENT) == students

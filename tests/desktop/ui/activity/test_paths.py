"""Where in the window stands what an activity is about."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from desktop.ui.activity.paths import path_of
from domain.activities import Kind, Person
from domain.members import Role
from tests.builders import ANA, MIA, SPRING, an_activity, id_of

MENTOR, ADMIN, STUDENT = (
    Person(MIA, Role.MENTOR),
    Person(MIA, Role.ADMIN),
    Person(ANA, Role.STUDENT),
)
SESSION, ENTRY, CONFLICT = id_of("a session"), id_of("an entry"), id_of("a conflict")
COMMENT = id_of("a comment")


class Place(NamedTuple):
    """What an activity is about, and where either side finds it."""

    subject: tuple[str, str]
    mentors: str
    students: str
    params: dict[str, Any] = {}


A_SESSION = Place(
    ("schedule", SESSION), f"/mentor/schedules/{SESSION}", f"/student/schedule/{SESSION}"
)
AN_ENTRY = Place(("entry", ENTRY), f"/mentor/entries/{ENTRY}", f"/student/entries/{ENTRY}")
A_STUDENT = Place(("student", ANA), f"/mentor/students/{ANA}", "/today")
A_MENTOR = Place(("mentor", MIA), "/today", "/today")  # mentors have no page of their own
PLACES = {
    Kind.STUDENT_REGISTERED: A_STUDENT,
    Kind.STUDENT_ASSIGNED: A_STUDENT,
    Kind.STUDENT_UNASSIGNED: A_STUDENT,
    Kind.STUDENT_STATE_CHANGED: A_STUDENT,
    Kind.MENTOR_REGISTERED: A_MENTOR,
    Kind.MENTOR_STATE_CHANGED: A_MENTOR,
    Kind.SCHEDULE_CREATED: A_SESSION,
    Kind.SCHEDULE_UPDATED: A_SESSION,
    Kind.SCHEDULE_STATUS_CHANGED: A_SESSION,
    Kind.SCHEDULE_CANCELED: A_SESSION,
    Kind.SCHEDULE_CANT_MAKE_IT: A_SESSION,
    Kind.SCHEDULE_DELETED: A_SESSION,
    Kind.SCHEDULE_ATTENDANCE_MARKED: A_SESSION,
    Kind.ENTRY_CREATED: AN_ENTRY,
    Kind.ENTRY_UPDATED: AN_ENTRY,
    Kind.ENTRY_RESUBMITTED: AN_ENTRY,
    Kind.ENTRY_WITHDRAWN: AN_ENTRY,
    Kind.ENTRY_STATUS_CHANGED: AN_ENTRY,
    Kind.COMMENT_ADDED: Place(
        ("comment", COMMENT),
        f"{AN_ENTRY.mentors}?comment={COMMENT}",
        f"{AN_ENTRY.students}?comment={COMMENT}",
        {"entryId": ENTRY},
    ),
    Kind.COHORT_UPDATED: Place(
        ("cohort", SPRING), f"/mentor/students/cohort/{SPRING}", "/student/schedule"
    ),
    Kind.CONFLICT_RAISED: Place(
        ("schedule", SESSION),
        f"/attention/{CONFLICT}",
        f"/attention/{CONFLICT}",
        {"conflictId": CONFLICT},
    ),
}


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_its_place_on_either_side(kind: Kind) -> None:
    place = PLACES[kind]
    subject_type, subject_id = place.subject
    activity = an_activity(
        kind_=kind, subject_type=subject_type, subject_id=subject_id, params=place.params
    )

    assert path_of(activity, MENTOR) == place.mentors
    assert path_of(activity, ADMIN) == place.mentors
    assert path_of(activity, STUDENT) == place.students


def test_a_subject_that_only_a_newer_program_knows_leads_to_today() -> None:
    activity = an_activity(kind_="badge:won", subject_type="badge", subject_id=id_of("a badge"))

    assert path_of(activity, MENTOR) == path_of(activity, STUDENT) == "/today"

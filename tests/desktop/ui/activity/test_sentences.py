"""Activities as whole sentences."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ui.activity.sentences import detail, face, sentence
from domain.activities import Kind, Person
from domain.entries import EntryStatus
from domain.members import Role
from domain.rooms import student_room
from tests.builders import ANA, MIA, NOW, an_activity, id_of

ME = Person(MIA, Role.MENTOR)
NOAH = id_of("Noah, mentor")
OTHER = Person(id_of("Otto, mentor"), Role.MENTOR)
STUDENT = Person(ANA, Role.STUDENT)


def said(kind: str, me: Person = ME, /, **params: Any) -> str:
    """What is read of a deed of the mentor Noah."""
    activity = an_activity(kind_=kind, params=params, actor_id=NOAH)
    return sentence(activity, "Noah Park", me)


# The cases of a kind that reads differently by what it carries; every other kind has one.
CASES: dict[Kind, list[dict[str, Any]]] = {
    Kind.SCHEDULE_STATUS_CHANGED: [{"status": "completed"}, {"status": "scheduled"}],
    Kind.ENTRY_STATUS_CHANGED: [
        {"status": status} for status in EntryStatus if status not in ("draft", "pending")
    ]
    + [{"status": "needs_work", "before": "approved"}],
    Kind.ENTRY_WITHDRAWN: [{}, {"deleted": True}],
    Kind.STUDENT_STATE_CHANGED: [{"state": state} for state in ("deactivated", "active")],
    Kind.MENTOR_STATE_CHANGED: [{"state": state} for state in ("deactivated", "active")],
}


@pytest.mark.parametrize("actor", [ANA, MIA], ids=["of the student", "of a mentor"])
@pytest.mark.parametrize("me", [ME, OTHER, STUDENT], ids=["mentor", "other mentor", "student"])
@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_sentence_without_a_gap(kind: Kind, me: Person, actor: str) -> None:
    for params in CASES.get(kind, [{}]):
        activity = an_activity(kind_=kind, actor_id=actor, params={"title": "Talk"} | params)

        words = sentence(activity, "Noah Park", me)

        assert words
        assert "{" not in words
        assert "newer Tandem" not in words


@pytest.mark.parametrize(
    ("kind", "params", "to_student", "to_other_mentor"),
    [
        (
            Kind.ENTRY_STATUS_CHANGED,
            {"status": "approved"},
            "Noah Park approved your entry “Loops”",
            "Noah Park approved “Loops” of Ana Ruiz",
        ),
        (
            Kind.ENTRY_STATUS_CHANGED,
            {"status": "reviewed"},
            "Noah Park reviewed your entry “Loops”",
            "Noah Park reviewed “Loops” of Ana Ruiz",
        ),
        (
            Kind.ENTRY_STATUS_CHANGED,
            {"status": "needs_work"},
            "Noah Park asks for more work on your entry “Loops”",
            "Noah Park asks Ana Ruiz for more work on “Loops”",
        ),
        (
            Kind.ENTRY_STATUS_CHANGED,
            {"status": "needs_work", "before": "approved"},
            "Noah Park opened your approved entry “Loops” again: it needs more work",
            "Noah Park opened the approved “Loops” of Ana Ruiz again",
        ),
        (
            Kind.COMMENT_ADDED,
            {},
            "Noah Park commented on your entry “Loops”",
            "Noah Park commented on “Loops” of Ana Ruiz",
        ),
    ],
)
def test_a_review_reads_differently_for_each(
    kind: Kind, params: dict[str, Any], to_student: str, to_other_mentor: str
) -> None:
    params = {"title": "Loops", "studentName": "Ana Ruiz"} | params

    assert said(kind, STUDENT, **params) == to_student
    assert said(kind, OTHER, **params) == to_other_mentor


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        (Kind.ENTRY_CREATED, {}, "Ana Ruiz submitted “Loops”"),
        (Kind.ENTRY_UPDATED, {}, "Ana Ruiz changed “Loops”"),
        (Kind.ENTRY_RESUBMITTED, {"iteration": 2}, "Ana Ruiz submitted “Loops” again"),
        (Kind.ENTRY_WITHDRAWN, {}, "Ana Ruiz took “Loops” back"),
        (Kind.ENTRY_WITHDRAWN, {"deleted": True}, "Ana Ruiz deleted “Loops”"),
        (Kind.COMMENT_ADDED, {}, "Ana Ruiz commented on “Loops”"),
    ],
)
def test_what_the_author_did_is_told_without_naming_the_author_twice(
    kind: Kind, params: dict[str, Any], words: str
) -> None:
    params = {"title": "Loops", "studentName": "Ana Ruiz"} | params
    activity = an_activity(kind_=kind, actor_id=ANA, params=params)

    assert sentence(activity, "Ana Ruiz", ME) == words


def test_a_comment_is_told_with_its_first_words_and_a_version_with_its_number() -> None:
    comment = an_activity(kind_=Kind.COMMENT_ADDED, params={"excerpt": "One.\nTwo."})
    again = an_activity(kind_=Kind.ENTRY_RESUBMITTED, params={"iteration": 3})

    assert detail(comment) == "One. Two."
    assert detail(again) == "3rd version"


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
    assert sentence(activity, "Ada", ME) == "You now mentor Ana Ruiz"


def test_the_picture_is_of_whom_the_sentence_tells() -> None:
    names = {"studentName": "Ana Ruiz", "mentorName": "Noah Park", "mentorId": NOAH}
    by_admin = an_activity(kind_=Kind.STUDENT_ASSIGNED, actor_id=id_of("Ada"), params=names)
    to_me = an_activity(
        kind_=Kind.STUDENT_ASSIGNED, actor_id=id_of("Ada"), params=names | {"mentorId": MIA}
    )
    claimed = an_activity(kind_=Kind.STUDENT_ASSIGNED, actor_id=MIA, params=names)
    registered = an_activity(kind_=Kind.STUDENT_REGISTERED, actor_id=ANA, params=names)

    assert face(by_admin, "", STUDENT) == "Noah Park"
    assert face(by_admin, "Ada Okafor", ME) == "Noah Park"
    assert face(to_me, "Ada Okafor", ME) == "Ana Ruiz"
    assert face(claimed, "Mia Stone", ME) == "Mia Stone"
    assert face(registered, "", ME) == "Ana Ruiz"


def test_a_parting_reads_differently_for_each() -> None:
    params = {"studentName": "Ana", "mentorName": "Noah", "successorId": MIA}

    assert said(Kind.STUDENT_UNASSIGNED, STUDENT, **params) == "Noah is no longer your mentor"
    assert said(Kind.STUDENT_UNASSIGNED, ME, **params) == "You now mentor Ana"
    del params["successorId"]
    assert said(Kind.STUDENT_UNASSIGNED, ME, **params) == "You no longer mentor Ana"


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        (Kind.MENTOR_REGISTERED, {}, "Mia has joined"),
        (
            Kind.STUDENT_STATE_CHANGED,
            {"state": "deactivated"},
            "Noah Park closed the account of Ana",
        ),
        (
            Kind.STUDENT_STATE_CHANGED,
            {"state": "active"},
            "Noah Park opened the account of Ana again",
        ),
        (
            Kind.MENTOR_STATE_CHANGED,
            {"state": "deactivated"},
            "Noah Park closed the account of the mentor Mia",
        ),
        (
            Kind.MENTOR_STATE_CHANGED,
            {"state": "active"},
            "Noah Park opened the account of the mentor Mia again",
        ),
    ],
)
def test_who_comes_and_goes_is_told(kind: str, params: dict[str, str], words: str) -> None:
    assert said(kind, studentName="Ana", mentorName="Mia", **params) == words


def test_a_person_s_kind_of_a_newer_program_is_told_as_such() -> None:
    assert said("mentor:fell") == "Noah Park did something that a newer Tandem can show"


def test_braces_in_a_title_stay_braces() -> None:
    words = said(Kind.SCHEDULE_CREATED, title="Sets {a, b} and {actor}")

    assert words == "Noah Park planned “Sets {a, b} and {actor}”"


def test_somebody_unknown_is_someone() -> None:
    assert sentence(an_activity(), "", OTHER).startswith("Someone planned")


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


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        (Kind.SCHEDULE_CREATED, {}, "You planned “Talk” with Ana Ruiz"),
        (Kind.SCHEDULE_UPDATED, {}, "You changed “Talk” with Ana Ruiz"),
        (Kind.SCHEDULE_UPDATED, {"movedFrom": NOW}, "You moved “Talk” with Ana Ruiz"),
        (Kind.SCHEDULE_CANCELED, {}, "You canceled “Talk” with Ana Ruiz"),
        (Kind.SCHEDULE_DELETED, {}, "You deleted “Talk” with Ana Ruiz"),
        (Kind.SCHEDULE_ATTENDANCE_MARKED, {}, "You marked Ana Ruiz's attendance of “Talk”"),
        (
            Kind.SCHEDULE_STATUS_CHANGED,
            {"status": "completed"},
            "You marked “Talk” with Ana Ruiz as completed",
        ),
        (
            Kind.SCHEDULE_STATUS_CHANGED,
            {"status": "scheduled"},
            "You put “Talk” with Ana Ruiz back on",
        ),
        (Kind.ENTRY_STATUS_CHANGED, {"status": "approved"}, "You approved “Talk” of Ana Ruiz"),
        (Kind.ENTRY_STATUS_CHANGED, {"status": "reviewed"}, "You reviewed “Talk” of Ana Ruiz"),
        (
            Kind.ENTRY_STATUS_CHANGED,
            {"status": "needs_work"},
            "You asked Ana Ruiz for more work on “Talk”",
        ),
        (Kind.COMMENT_ADDED, {}, "You commented on “Talk” of Ana Ruiz"),
        (Kind.COHORT_UPDATED, {"change": "created"}, "You founded the cohort Spring"),
        (Kind.COHORT_UPDATED, {"change": "edited"}, "You changed the cohort Spring"),
        ("star:fell", {}, "You did something that a newer Tandem can show"),
    ],
)
def test_a_mentor_reads_of_the_own_deeds(kind: str, params: dict[str, Any], words: str) -> None:
    params = {"title": "Talk", "cohortName": "Spring"} | params
    activity = an_activity(kind_=kind, actor_id=MIA, params=params)

    assert sentence(activity, "Mia Stone", ME, student_name="Ana Ruiz") == words


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        (Kind.SCHEDULE_STATUS_CHANGED, {"status": "completed"}, "You marked “Talk” as completed"),
        (Kind.SCHEDULE_CANT_MAKE_IT, {}, "You said that you can't make it to “Talk”"),
        (Kind.ENTRY_CREATED, {}, "You submitted “Talk”"),
        (Kind.ENTRY_UPDATED, {}, "You changed “Talk”"),
        (Kind.ENTRY_RESUBMITTED, {}, "You submitted “Talk” again"),
        (Kind.ENTRY_WITHDRAWN, {}, "You took “Talk” back"),
        (Kind.ENTRY_WITHDRAWN, {"deleted": True}, "You deleted “Talk”"),
        (Kind.COMMENT_ADDED, {}, "You commented on “Talk”"),
    ],
)
def test_a_student_reads_of_the_own_deeds(kind: str, params: dict[str, Any], words: str) -> None:
    activity = an_activity(kind_=kind, actor_id=ANA, params={"title": "Talk"} | params)

    assert sentence(activity, "Ana Ruiz", STUDENT, student_name="Ana Ruiz") == words


@pytest.mark.parametrize(
    ("me", "words"),
    [(OTHER, "Noah Park planned “Talk” with Ana Ruiz"), (STUDENT, "Noah Park planned “Talk”")],
)
def test_who_has_several_students_reads_which_it_was(me: Person, words: str) -> None:
    activity = an_activity(actor_id=NOAH, params={"title": "Talk"})

    assert sentence(activity, "Noah Park", me, student_name="Ana Ruiz") == words


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.STUDENT_ASSIGNED, "Noah Park now mentors Ana Ruiz"),
        (Kind.STUDENT_UNASSIGNED, "Noah Park no longer mentors Ana Ruiz"),
    ],
)
def test_what_becomes_of_another_mentor_names_that_one(kind: Kind, words: str) -> None:
    params = {"studentName": "Ana Ruiz", "mentorName": "Noah Park", "mentorId": NOAH}

    assert said(kind, ME, **params) == words

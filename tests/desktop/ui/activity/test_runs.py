"""Several like deeds, told as one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.store.feed import Happening
from desktop.ui.activity.runs import Run, in_runs, run_sentence
from domain.activities import Kind, Person
from domain.instants import moment
from domain.members import Role
from domain.rooms import cohort_room
from tests.builders import ANA, MIA, ahead, an_activity, id_of

MENTOR, STUDENT = Person(MIA, Role.MENTOR), Person(ANA, Role.STUDENT)
NOAH = id_of("Noah, mentor")


def deeds(*minutes: int, kind: str = Kind.SCHEDULE_UPDATED, **fields: Any) -> list[Happening]:
    """Deeds of one kind so many minutes before now; `params` and the like may be given."""
    given = {"params": {"title": "Talk"}} | fields
    return [
        Happening(
            an_activity(
                id=id_of(f"{kind} {minute}"),
                kind_=kind,
                recorded_at=ahead(minutes=-minute),
                **given,
            ),
            "Noah Park",
            "Ana Ruiz",
        )
        for minute in minutes
    ]


def day_of(one: Happening) -> date:
    return moment(one.activity.recorded_at).date()


def sizes(happened: list[Happening]) -> list[int]:
    return [len(parts) for parts in in_runs(happened, day_of)]


def test_like_neighbours_of_one_day_are_one() -> None:
    assert sizes(deeds(1, 2, 3)) == [3]
    assert sizes(deeds(1, 60 * 13)) == [1, 1]  # the day before


def test_others_between_them_part_them() -> None:
    first, second = deeds(1, 3)
    (between,) = deeds(2, kind=Kind.SCHEDULE_CANCELED)

    assert sizes([first, between, second]) == [1, 1, 1]


@pytest.mark.parametrize(
    "other",
    [
        {"subject_id": id_of("another session")},
        {"actor_id": ANA},
        {"params": {"title": "Talk", "movedFrom": ahead(days=1)}},
    ],
)
def test_another_thing_actor_or_deed_is_another_run(other: dict[str, Any]) -> None:
    assert sizes(deeds(1, 2) + deeds(3, 4, **other)) == [2, 2]


def test_what_decides_something_is_always_told_alone() -> None:
    params = {"title": "Talk", "status": "completed"}

    assert sizes(deeds(1, 2, kind=Kind.SCHEDULE_STATUS_CHANGED, params=params)) == [1, 1]


def test_comments_on_one_entry_are_one_though_each_is_its_own_thing() -> None:
    params = {"title": "Loops", "entryId": id_of("an entry")}
    found = [
        *deeds(1, kind=Kind.COMMENT_ADDED, params=params, subject_id=id_of("a")),
        *deeds(2, kind=Kind.COMMENT_ADDED, params=params, subject_id=id_of("b")),
    ]

    assert sizes(found) == [2]


def test_it_stays_the_same_row_while_it_grows() -> None:
    assert Run(tuple(deeds(1, 2))).id == Run(tuple(deeds(2))).id


@pytest.mark.parametrize(
    ("kind", "fields", "me", "words"),
    [
        (Kind.SCHEDULE_UPDATED, {}, MENTOR, "You changed “Talk” with Ana Ruiz 3 times"),
        (
            Kind.SCHEDULE_UPDATED,
            {"actor_id": NOAH},
            MENTOR,
            "Noah Park changed “Talk” with Ana Ruiz 3 times",
        ),
        (Kind.SCHEDULE_UPDATED, {"actor_id": NOAH}, STUDENT, "Noah Park changed “Talk” 3 times"),
        (
            Kind.SCHEDULE_UPDATED,
            {"actor_id": NOAH, "params": {"title": "Talk", "movedFrom": ahead()}},
            MENTOR,
            "Noah Park moved “Talk” with Ana Ruiz 3 times",
        ),
        (
            Kind.SCHEDULE_UPDATED,
            {"actor_id": MIA, "params": {"title": "Talk", "movedFrom": ahead()}},
            MENTOR,
            "You moved “Talk” with Ana Ruiz 3 times",
        ),
        (
            Kind.SCHEDULE_UPDATED,
            {"room": cohort_room("c"), "params": {"title": "Talk", "movedFrom": ahead()}},
            MENTOR,
            "You moved “Talk” 3 times",
        ),
        (
            Kind.SCHEDULE_UPDATED,
            {"room": cohort_room("c"), "actor_id": NOAH, "params": {"title": "Talk"}},
            MENTOR,
            "Noah Park changed “Talk” 3 times",
        ),
        (
            Kind.SCHEDULE_UPDATED,
            {"actor_id": NOAH, "params": {"title": "Talk", "movedFrom": ahead()}},
            STUDENT,
            "Noah Park moved “Talk” 3 times",
        ),
        (
            Kind.SCHEDULE_ATTENDANCE_MARKED,
            {},
            MENTOR,
            "You marked Ana Ruiz's attendance of “Talk” 3 times",
        ),
        (
            Kind.SCHEDULE_ATTENDANCE_MARKED,
            {"actor_id": NOAH},
            MENTOR,
            "Noah Park marked Ana Ruiz's attendance of “Talk” 3 times",
        ),
        (
            Kind.SCHEDULE_ATTENDANCE_MARKED,
            {},
            STUDENT,
            "Noah Park marked the attendance of “Talk” 3 times",
        ),
        (
            Kind.SCHEDULE_ATTENDANCE_MARKED,
            {"actor_id": ANA},
            STUDENT,
            "You marked the attendance of “Talk” 3 times",
        ),
        (
            Kind.ENTRY_UPDATED,
            {"actor_id": ANA, "subject_type": "entry"},
            STUDENT,
            "You changed “Talk” 3 times",
        ),
        (
            Kind.COMMENT_ADDED,
            {"subject_type": "comment"},
            MENTOR,
            "You commented on “Talk” of Ana Ruiz 3 times",
        ),
        (
            Kind.COMMENT_ADDED,
            {"subject_type": "comment", "actor_id": ANA},
            STUDENT,
            "You commented on “Talk” 3 times",
        ),
        (
            Kind.COMMENT_ADDED,
            {"subject_type": "comment"},
            STUDENT,
            "Noah Park commented on “Talk” 3 times",
        ),
        (
            Kind.COHORT_UPDATED,
            {"params": {"change": "edited", "cohortName": "Spring"}, "subject_type": "cohort"},
            MENTOR,
            "You changed the cohort Spring 3 times",
        ),
        (
            Kind.COHORT_UPDATED,
            {"params": {"change": "edited", "cohortName": "Spring"}, "subject_type": "cohort"},
            STUDENT,
            "Noah Park changed the cohort Spring 3 times",
        ),
        (
            Kind.COHORT_UPDATED,
            {"params": {"change": "studentJoined", "cohortName": "Spring"}},
            STUDENT,
            "3 students joined Spring",
        ),
    ],
)
def test_it_says_how_often(kind: str, fields: dict[str, Any], me: Person, words: str) -> None:
    (parts,) = in_runs(deeds(1, 2, 3, kind=kind, **fields), day_of)

    assert run_sentence(Run(parts), me) == words

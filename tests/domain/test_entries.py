"""Entries: their limits, what a reviewer's hash covers, and what is told of them."""

from typing import Any

import pytest

from domain.entries import MAX_RESOURCES, MAX_TAGS, EntryStatus, text_hash
from domain.errors import Invalid
from domain.rooms import student_room
from domain.writing import UpdateEntry
from tests.builders import World, an_entry, an_entry_revision, an_essay, id_of
from tests.fakes import MemoryRelay


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"tags": [f"tag {n}" for n in range(MAX_TAGS + 1)]}, "tags", "too_long"),
        ({"tags": ["Rust", "rust"]}, "tags", "malformed"),
        (
            {"resources": [f"https://example.org/{n}" for n in range(MAX_RESOURCES + 1)]},
            "resources",
            "too_long",
        ),
        ({"resources": [""]}, "resources", "required"),
        ({"resources": ["javascript:alert(1)"]}, "resources", "malformed"),
        ({"resources": ["file:///etc/passwd"]}, "resources", "malformed"),
        ({"title": " "}, "title", "required"),
        ({"body": "x" * 200_001}, "body", "too_long"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_at_its_field(
    fields: dict[str, Any], field: str, code: str
) -> None:
    for make in (lambda: an_entry(**fields), lambda: an_essay(id_of("new"), **fields)):
        with pytest.raises(Invalid) as refused:
            make()
        assert (refused.value.field, refused.value.code) == (field, code)


def test_the_most_that_fits_is_taken() -> None:
    entry = an_entry(
        tags=[f"tag {n}" for n in range(MAX_TAGS)],
        resources=[f"https://example.org/{n}" for n in range(MAX_RESOURCES)],
    )

    assert (len(entry.tags), len(entry.resources)) == (MAX_TAGS, MAX_RESOURCES)


@pytest.mark.parametrize(
    "fields",
    [{"title": "While"}, {"body": "x"}, {"tags": []}, {"resources": ["https://example.org"]}],
)
def test_the_hash_changes_with_all_that_a_reviewer_reads(fields: dict[str, Any]) -> None:
    assert text_hash(an_entry(**fields)) != text_hash(an_entry())


def test_the_hash_changes_with_nothing_else() -> None:
    other = an_entry(minutes=30, iteration=2, status=EntryStatus.APPROVED)

    assert text_hash(other) == text_hash(an_entry())


def test_a_revision_hashes_as_the_entry_did() -> None:
    same = an_entry_revision(body="Two *loops*.", resources=[])

    assert text_hash(same) == text_hash(an_entry())


def test_an_activity_names_entry_and_student(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateEntry(id=world.waiting, title="While"), world.ben)

    told = relay.told()[0]
    assert told.room == student_room(world.ben)
    assert (told.subject_type, told.subject_id) == ("entry", world.waiting)
    assert told.params == {
        "title": "While",
        "studentId": world.ben,
        "studentName": "Ben Hall",
        "iteration": 1,
        "fields": ["title"],
    }

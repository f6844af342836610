"""What is typed in the form of an entry, and the commands that it leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.ui.entries.essay import (
    Essay,
    create,
    essay_of,
    kept,
    missing,
    restored,
    submit,
    update,
)
from desktop.ui.workspace import Workspace
from domain.conflicts import base_hash, base_of
from domain.entries import EntryStatus
from domain.errors import Invalid
from tests.builders import World, an_entry, id_of
from tests.desktop.ui.seats import Seat

ESSAY = Essay(
    title=" Loops ",
    body="\nTwo *kinds*.\n",
    tags="#rust,  loops , Rust,",
    resources="https://a.example/1\n\n https://a.example/2 \nhttps://a.example/1",
    minutes=45,
)


@pytest.fixture
def workspace(seat_of: Any, world: World) -> Workspace:
    seat: Seat = seat_of(world.ben)
    return seat.workspace


def test_what_is_typed_becomes_the_fields_of_a_command(workspace: Workspace) -> None:
    command = create(ESSAY, id_of("new"), workspace, as_draft=False)

    assert (command.title, command.body) == ("Loops", "Two *kinds*.")
    assert command.tags == ["rust", "loops"]
    assert command.resources == ["https://a.example/1", "https://a.example/2"]
    assert (command.minutes, command.schedule_id) == (45, None)
    assert (command.status, command.zone) == ("pending", "Europe/Berlin")


def test_a_draft_is_one(workspace: Workspace) -> None:
    assert create(ESSAY, id_of("new"), workspace, as_draft=True).status == "draft"


@pytest.mark.parametrize("link", ["http://a.example", "javascript:alert(1)", "file:///etc/passwd"])
def test_a_link_that_is_none_is_refused_at_its_field(workspace: Workspace, link: str) -> None:
    with pytest.raises(Invalid) as refused:
        create(replace(ESSAY, resources=link), id_of("new"), workspace, as_draft=False)

    assert refused.value.field == "resources"


@pytest.mark.parametrize(
    ("essay", "names"),
    [
        (Essay(), ["title", "body"]),
        (Essay(title="Loops", body=" \n "), ["body"]),
        (Essay(title="  ", body="Two."), ["title"]),
        (ESSAY, []),
    ],
)
def test_title_and_text_are_required(essay: Essay, names: list[str]) -> None:
    assert missing(essay) == names


def test_an_entry_is_shown_as_it_would_be_typed() -> None:
    entry = an_entry(tags=["a", "b"], resources=["https://a.example"], minutes=15)

    shown = essay_of(entry)

    assert (shown.tags, shown.resources, shown.minutes) == ("a, b", "https://a.example", 15)
    assert update(shown, shown, entry.id) is None


def test_an_update_names_what_differs_with_what_was_seen() -> None:
    entry = an_entry()
    given = essay_of(entry)

    command = update(replace(given, body="Three."), given, entry.id)

    assert command is not None
    assert command.base == {"body": base_of(entry)["body"]} == {"body": base_hash("Two *loops*.")}
    assert command.body == "Three."
    assert not isinstance(command.title, str)


def test_submitting_without_a_change_names_no_field(workspace: Workspace) -> None:
    given = essay_of(an_entry())

    command = submit(given, given, id_of("an entry"), workspace)

    assert (command.base, command.zone) == ({}, "Europe/Berlin")
    assert not isinstance(command.body, str)


def test_what_was_kept_comes_back_with_what_it_was_given() -> None:
    entry = an_entry()
    given = essay_of(entry)
    typed = replace(given, body="Half")

    body = kept(typed, given, entry)

    assert restored(body, entry) == (typed, given)
    assert restored(kept(ESSAY, Essay(), None), None) == (ESSAY, Essay())


@pytest.mark.parametrize("fields", [{"iteration": 2}, {"status": EntryStatus.DRAFT}])
def test_what_was_kept_for_another_state_does_not_come_back(fields: dict[str, Any]) -> None:
    entry = an_entry()
    body = kept(ESSAY, essay_of(entry), entry)

    assert restored(body, an_entry(**fields)) is None


@pytest.mark.parametrize("body", [{}, [], {"iteration": 0, "isDraft": True, "essay": 7}, "x"])
def test_what_cannot_be_read_does_not_come_back(body: Any) -> None:
    assert restored(body, None) is None


def test_nothing_typed_is_empty() -> None:
    assert Essay(minutes=5, title=" ").is_empty
    assert not ESSAY.is_empty

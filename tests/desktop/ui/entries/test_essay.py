"""What is typed in the form of an entry, and the commands that it leads to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.ui.entries.essay import (
    Essay,
    Given,
    create,
    essay_of,
    given_of,
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
    assert update(shown, given_of(entry), entry.id) is None


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("C#, F#", ["C#", "F#"]),
        ("#rust, ##loops, #", ["rust", "loops"]),
        ("# rust", ["rust"]),
        ("C#, c#", ["C#"]),
    ],
)
def test_only_a_leading_sign_is_taken_from_a_tag(typed: str, tags: list[str]) -> None:
    assert Essay(tags=typed).values()["tags"] == tags


@pytest.mark.parametrize(
    ("field", "value", "change"),
    [
        ("minutes", 0, {"minutes": 5}),
        ("tags", ["reading, writing"], {"tags": "reading"}),
        ("body", "\n\tTwo.\t", {"body": "Three."}),
    ],
)
def test_the_hash_is_that_of_what_the_entry_says_and_not_of_what_the_form_makes_of_it(
    field: str, value: Any, change: dict[str, Any]
) -> None:
    entry = an_entry(**{field: value})
    given = given_of(entry)

    command = update(replace(given.essay, **change), given, entry.id)

    assert command is not None
    assert command.base == {field: base_of(entry)[field]}
    assert update(given.essay, given, entry.id) is None


def test_an_update_names_what_differs_with_what_was_seen() -> None:
    entry = an_entry()
    given = given_of(entry)

    command = update(replace(given.essay, body="Three."), given, entry.id)

    assert command is not None
    assert command.base == {"body": base_of(entry)["body"]} == {"body": base_hash("Two *loops*.")}
    assert command.body == "Three."
    assert not isinstance(command.title, str)


def test_submitting_without_a_change_names_no_field(workspace: Workspace) -> None:
    given = given_of(an_entry())

    command = submit(given.essay, given, id_of("an entry"), workspace)

    assert (command.base, command.zone) == ({}, "Europe/Berlin")
    assert not isinstance(command.body, str)


def test_what_was_kept_comes_back_with_what_it_was_given() -> None:
    entry = an_entry()
    given = given_of(entry)
    typed = replace(given.essay, body="Half")

    found, new = restored(kept(typed, given), entry), restored(kept(ESSAY, Given()), None)

    assert found is not None
    assert new is not None
    assert (found.essay, found.given, found.overtaken) == (typed, given, ())
    assert (new.essay, new.given) == (ESSAY, Given())


@pytest.mark.parametrize("fields", [{"iteration": 2}, {"status": EntryStatus.DRAFT}])
def test_what_was_typed_comes_back_whatever_state_the_entry_is_in_now(
    fields: dict[str, Any],
) -> None:
    given = given_of(an_entry())
    body = kept(replace(given.essay, body="Half"), given)

    found = restored(body, an_entry(**fields))

    assert found is not None
    assert found.essay.body == "Half"


def test_what_nobody_typed_into_follows_the_entry_and_the_rest_says_what_it_overtakes() -> None:
    given = given_of(an_entry(title="Loops", tags=["a"]))
    body = kept(replace(given.essay, body="Mine.", minutes=5), given)
    now = an_entry(title="Loops in Rust", body="From the laptop.", tags=["b"], iteration=2)

    found = restored(body, now)

    assert found is not None
    assert (found.essay.title, found.essay.tags) == ("Loops in Rust", "b")
    assert (found.essay.body, found.essay.minutes) == ("Mine.", 5)
    assert found.overtaken == ("body",)
    assert found.given == given_of(now)


def test_the_same_words_on_two_devices_overtake_nothing() -> None:
    given = given_of(an_entry())
    body = kept(replace(given.essay, body="Mine."), given)

    found = restored(body, an_entry(body="Mine."))

    assert found is not None
    assert found.overtaken == ()


def test_a_form_that_an_earlier_program_kept_comes_back() -> None:
    entry = an_entry()
    given = given_of(entry)
    body = kept(replace(given.essay, body="Half"), given) | {"iteration": 1, "isDraft": False}
    del body["base"]

    found = restored(body, entry)

    assert found is not None
    assert found.essay.body == "Half"


@pytest.mark.parametrize("body", [{}, [], {"iteration": 0, "isDraft": True, "essay": 7}, "x"])
def test_what_cannot_be_read_does_not_come_back(body: Any) -> None:
    assert restored(body, None) is None


def test_nothing_typed_is_empty() -> None:
    assert Essay(minutes=5, title=" ").is_empty
    assert not ESSAY.is_empty

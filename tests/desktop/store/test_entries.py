"""A student's own entries: in which order, and how many."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.entries import own_counts, own_entries, own_tags
from domain.entries import EntryStatus
from tests.builders import World, an_essay, id_of
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


def names(world: World, desk: Desk, **wanted: object) -> list[str]:
    by_id = {entry_id: name for name, entry_id in world.entries.items()}
    found = own_entries(desk.replica, desk.user, **wanted)  # type: ignore[arg-type]
    return [by_id.get(item.id, item.id) for item in found]


def test_drafts_come_first_and_then_what_was_submitted_last(world: World, desk_of: DeskOf) -> None:
    found = names(world, desk_of(world.ben))

    assert found[:2] == ["draft", "again"]
    assert sorted(found) == sorted(world.entries)


def test_each_status_has_its_own(world: World, desk_of: DeskOf) -> None:
    ben = desk_of(world.ben)

    assert names(world, ben, status=EntryStatus.DRAFT) == ["draft"]
    assert names(world, ben, status=EntryStatus.APPROVED) == ["approved"]
    assert set(names(world, ben, status=EntryStatus.PENDING)) == {"waiting", "answered", "again"}


def test_a_tag_is_found_in_drafts_too(world: World, desk_of: DeskOf) -> None:
    world.done_by(an_essay(id_of("new"), status="draft", tags=["Git"]), world.ben)
    ben = desk_of(world.ben)

    assert names(world, ben, tag="git") == [id_of("new")]


def test_no_more_come_than_are_wanted(world: World, desk_of: DeskOf) -> None:
    assert len(names(world, desk_of(world.ben), limit=2)) == 2


def test_what_waits_to_be_sent_says_so(world: World, desk_of: DeskOf) -> None:
    ben = desk_of(world.ben)
    ben.do(an_essay(id_of("new"), status="draft"))

    pending = [item.id for item in own_entries(ben.replica, ben.user) if item.is_pending]
    assert pending == [id_of("new")]


def test_each_status_is_counted(world: World, desk_of: DeskOf) -> None:
    ben = desk_of(world.ben)

    assert own_counts(ben.replica, ben.user) == {
        EntryStatus.DRAFT: 1,
        EntryStatus.PENDING: 3,
        EntryStatus.NEEDS_WORK: 1,
        EntryStatus.REVIEWED: 0,
        EntryStatus.APPROVED: 1,
    }


def test_its_own_tags_are_offered_once_each_with_those_of_drafts(
    world: World, desk_of: DeskOf
) -> None:
    for name, tags, status in (("one", ["Git", "loops"], "draft"), ("two", ["git"], "pending")):
        world.done_by(an_essay(id_of(name), tags=tags, status=status), world.ben)

    found = own_tags(desk_of(world.ben).replica, world.ben)

    assert [tag.casefold() for tag in found] == ["git", "loops", "rust"]


def test_counts_are_those_of_a_tag(world: World, desk_of: DeskOf) -> None:
    world.done_by(an_essay(id_of("new"), tags=["Git"]), world.ben)

    counts = own_counts(desk_of(world.ben).replica, world.ben, "git")

    assert counts[EntryStatus.PENDING] == 1
    assert sum(counts.values()) == 1

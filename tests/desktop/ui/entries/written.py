"""Entries that tests begin with: written, reviewed and talked about by people of the world."""

from __future__ import annotations

from typing import Any

from domain.comments import AddComment
from domain.entries import Entry, text_hash
from domain.reviews import ReviewEntry
from domain.writing import CreateEntry, SubmitEntry
from tests.builders import World, ahead, id_of


def written(world: World, name: str = "first", **fields: Any) -> str:
    """The id of an entry of Ana's that waits; `day` says how many days from now it came in."""
    author, day = fields.pop("author", world.ana), fields.pop("day", -2)
    given: dict[str, Any] = {"title": f"Entry {name}", "body": "What I learned."} | fields
    entry_id = id_of(f"entry {name}")
    command = CreateEntry(id=entry_id, zone="Europe/Berlin", **given)
    world.done_by(command, author, now=ahead(of=world.now, days=day))
    return entry_id


def entry_of(world: World, entry_id: str) -> Entry:
    """The entry as the relay has it."""
    found: Entry = world.relay.get(Entry, entry_id)  # type: ignore[attr-defined]
    return found


def reviewed(
    world: World, entry_id: str, status: Any = "reviewed", *, by: str = "", comment: str = ""
) -> None:
    """Let a mentor, Mia if nobody is named, review it as it stands."""
    entry = entry_of(world, entry_id)
    command = ReviewEntry(
        id=entry_id,
        status=status,
        iteration=entry.iteration,
        text=text_hash(entry),
        seen=entry.status,
        comment=comment or None,
        comment_id=id_of(f"review of {entry_id} {entry.iteration} {comment}") if comment else None,
    )
    world.done_by(command, by or world.mia, now=ahead(of=world.now, hours=-5))


def resubmitted(world: World, entry_id: str, **fields: Any) -> None:
    command = SubmitEntry(id=entry_id, **fields)
    world.done_by(command, entry_of(world, entry_id).student_id, now=ahead(of=world.now, hours=-4))


def said(world: World, entry_id: str, words: str, *, by: str = "", hours: float = -1) -> str:
    """The id of a comment, of Mia's if nobody is named."""
    comment_id = id_of(f"comment {words}")
    command = AddComment(id=comment_id, entry_id=entry_id, body=words)
    world.done_by(command, by or world.mia, now=ahead(of=world.now, hours=hours))
    return comment_id

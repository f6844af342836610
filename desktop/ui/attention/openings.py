"""Where refused work is taken up again: at its place, with all that was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.store.outbox import Attention
from desktop.store.standing import standing
from desktop.ui.entries.essay import Essay, Given, given_of, kept, typed_in
from desktop.ui.entries.writing import NEW, draft_of
from desktop.ui.reviews.deciding import draft_key
from desktop.ui.workspace import Workspace
from domain.entries import Entry, EntryStatus
from domain.errors import Refused
from domain.reviews import ReopenEntry, ReviewEntry
from domain.writing import CreateEntry, SubmitEntry, UpdateEntry


@dataclass(frozen=True, slots=True)
class Opening:
    """A place, and what goes under a key of the drafts so that it stands there; None for nothing.

    `words` are those of the button.
    """

    path: str
    words: str
    key: str = ""
    body: Any = None


def opening_of(item: Attention, workspace: Workspace) -> Opening | None:
    """Where this is taken up again; None where there is no such place."""
    command = item.read()
    match command:
        case CreateEntry():
            return _new_entry(item, command)
        case UpdateEntry() | SubmitEntry():
            return _own_entry(item, workspace.query(standing, Entry, command.id))
        case ReviewEntry():
            return _review(workspace.query(standing, Entry, command.id), command.comment)
        case ReopenEntry():
            return _review(workspace.query(standing, Entry, command.id), command.reason)
        case _:
            return None


def taking_up(item: Attention, opening: Opening) -> Callable[[Any], None]:
    """What the store does: put the words where they are taken up, and let go of the card.

    Raises:
        Refused: other words stand there; nothing was changed.
    """

    def take_up(store: Any) -> None:
        if opening.body is not None:
            store.put_draft(opening.key, _beside(store.get_draft(opening.key), opening.body))
        store.discard(item.id)

    return take_up


def _beside(before: Any, body: Any) -> Any:
    """Both texts, one beneath the other; two forms do not fit into one."""
    if before is None or before == body:
        return body
    if isinstance(before, str) and isinstance(body, str):
        return before if body in before else f"{before}\n\n{body}"
    raise Refused(
        "draft_taken",
        _tr("You have typed other changes of this entry. Send or drop those first."),
    )


def _new_entry(item: Attention, command: CreateEntry) -> Opening:
    key = f"{NEW}:{item.id}"
    essay = typed_in(msgspec.to_builtins(command), Essay())
    path = f"/student/entries/new?draft={key}"
    return Opening(path, _tr("Open in the editor"), key, kept(essay, Given()))


def _own_entry(item: Attention, entry: Entry | None) -> Opening | None:
    if entry is None or entry.status is EntryStatus.APPROVED:
        return None
    given = given_of(entry)
    essay = typed_in(item.command, given.essay)
    if essay == given.essay:
        return Opening(f"/student/entries/{entry.id}", _tr("Open the entry"))
    path = f"/student/entries/{entry.id}?write=1"
    return Opening(path, _tr("Open in the editor"), draft_of(entry.id), kept(essay, given))


def _review(entry: Entry | None, words: str | None) -> Opening | None:
    if entry is None:
        return None
    path = f"/mentor/entries/{entry.id}"
    return Opening(path, _tr("Open the entry"), draft_key(entry.id), words or None)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attention", text)

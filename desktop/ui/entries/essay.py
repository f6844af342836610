"""Between the form that an entry is written in and the commands that it leads to."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from desktop.ui.workspace import Workspace
from domain.conflicts import base_hash
from domain.entries import Entry, EntryStatus
from domain.writing import CreateEntry, SubmitEntry, UpdateEntry

# The fields of a command by the name that errors and bases give them.
NAMES = {
    "title": "title",
    "body": "body",
    "tags": "tags",
    "resources": "resources",
    "minutes": "minutes",
    "scheduleId": "schedule_id",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay:
    """What stands in the form; `tags` are parted by commas, `resources` one on each line."""

    title: str = ""
    body: str = ""
    tags: str = ""
    resources: str = ""
    minutes: int = 0
    session_id: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.title.strip() or self.body.strip() or self.tags or self.resources.strip())

    def values(self) -> dict[str, Any]:
        """The fields as commands take them, by their name on the wire."""
        tags: dict[str, str] = {}
        for tag in _parts(self.tags.replace("#", ""), ","):
            tags.setdefault(tag.casefold(), tag)
        return {
            "title": self.title.strip(),
            "body": self.body.strip("\n"),
            "tags": list(tags.values()),
            "resources": list(dict.fromkeys(_parts(self.resources, "\n"))),
            "minutes": self.minutes or None,
            "scheduleId": self.session_id or None,
        }


def essay_of(entry: Entry) -> Essay:
    """What the form shows of an entry."""
    return Essay(
        title=entry.title,
        body=entry.body,
        tags=", ".join(entry.tags),
        resources="\n".join(entry.resources),
        minutes=entry.minutes or 0,
        session_id=entry.schedule_id or "",
    )


def missing(essay: Essay) -> list[str]:
    """The fields that must be filled in, in the order of the form."""
    values = essay.values()
    return [name for name in ("title", "body") if not values[name].strip()]


def create(essay: Essay, entry_id: str, workspace: Workspace, *, as_draft: bool) -> CreateEntry:
    """The command that makes the entry. Raises `Invalid` for a value that no entry has."""
    return CreateEntry(
        id=entry_id,
        zone=workspace.zone.key,
        status="draft" if as_draft else "pending",
        **_fields(essay.values()),
    )


def update(essay: Essay, given: Essay, entry_id: str) -> UpdateEntry | None:
    """The command that writes what differs from `given`; None when nothing does."""
    changes = _changes(essay, given)
    return (
        UpdateEntry(id=entry_id, base=_base(changes, given), **_fields(changes))
        if changes
        else None
    )


def submit(essay: Essay, given: Essay, entry_id: str, workspace: Workspace) -> SubmitEntry:
    """The command that hands it in, with what differs from `given`."""
    changes = _changes(essay, given)
    return SubmitEntry(
        id=entry_id, zone=workspace.zone.key, base=_base(changes, given), **_fields(changes)
    )


def kept(essay: Essay, given: Essay, entry: Entry | None) -> dict[str, Any]:
    """The form as it is kept on this computer, with what it was given and for which iteration."""
    return {
        "essay": asdict(essay),
        "given": asdict(given),
        "iteration": entry.iteration if entry else 0,
        "isDraft": entry is None or entry.status is EntryStatus.DRAFT,
    }


def restored(body: Any, entry: Entry | None) -> tuple[Essay, Essay] | None:
    """What was typed and what it was given; None where it was for another state of the entry."""
    try:
        if body["iteration"] != (entry.iteration if entry else 0):
            return None
        if body["isDraft"] != (entry is None or entry.status is EntryStatus.DRAFT):
            return None
        found = msgspec.convert(body["essay"], Essay), msgspec.convert(body["given"], Essay)
    except (KeyError, TypeError, msgspec.ValidationError):
        return None
    return found


def _changes(essay: Essay, given: Essay) -> dict[str, Any]:
    before = given.values()
    return {name: value for name, value in essay.values().items() if value != before[name]}


def _base(changes: Mapping[str, Any], given: Essay) -> dict[str, str]:
    """The hashes of what the person saw in the fields that change."""
    seen = given.values()
    return {name: base_hash(seen[name]) for name in changes}


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {NAMES[name]: value for name, value in values.items()}


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]

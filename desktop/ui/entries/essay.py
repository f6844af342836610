"""Between the form that an entry is written in and the commands that it leads to."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

import msgspec

from desktop.ui.workspace import Workspace
from domain.conflicts import Base, base_of
from domain.entries import Entry
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
        for part in _parts(self.tags, ","):
            if tag := part.lstrip("#").lstrip():  # "#rust" is rust, and C# stays C#
                tags.setdefault(tag.casefold(), tag)
        return {
            "title": self.title.strip(),
            "body": self.body.strip("\n"),
            "tags": list(tags.values()),
            "resources": list(dict.fromkeys(_parts(self.resources, "\n"))),
            "minutes": self.minutes or None,
            "scheduleId": self.session_id or None,
        }


SHOWN = {"scheduleId": "session_id"}  # where the form has another name for a field
FIELDS = tuple(one.name for one in fields(Essay))


@dataclass(frozen=True, slots=True)
class Given:
    """What the form began with: its values and, by field, the hashes of what the entry said.

    The hashes are the entry's own: a form cannot say all that an entry may hold.
    """

    essay: Essay = Essay()
    base: Base = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Restored:
    """What was typed before, on top of what the entry says by now.

    `overtaken` are the fields in which both differ from what the form began with.
    """

    essay: Essay
    given: Given
    overtaken: tuple[str, ...] = ()


def given_of(entry: Entry) -> Given:
    """What the form begins with when it opens on an entry."""
    return Given(essay_of(entry), base_of(entry))


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


def typed_in(command: Mapping[str, Any], under: Essay) -> Essay:
    """The form as it was when it led to this command, where `under` stood beneath it."""
    forms: dict[str, Callable[[Any], Any]] = {
        "tags": ", ".join,
        "resources": "\n".join,
        "minutes": lambda minutes: minutes or 0,
        "scheduleId": lambda session_id: session_id or "",
    }
    typed = {
        SHOWN.get(name, name): forms.get(name, str)(command[name])
        for name in NAMES
        if name in command
    }
    return replace(under, **typed)


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


def update(essay: Essay, given: Given, entry_id: str) -> UpdateEntry | None:
    """The command that writes what differs from `given`; None when nothing does."""
    changes = _changes(essay, given)
    return (
        UpdateEntry(id=entry_id, base=_base(changes, given), **_fields(changes))
        if changes
        else None
    )


def submit(essay: Essay, given: Given, entry_id: str, workspace: Workspace) -> SubmitEntry:
    """The command that hands it in, with what differs from `given`."""
    changes = _changes(essay, given)
    return SubmitEntry(
        id=entry_id, zone=workspace.zone.key, base=_base(changes, given), **_fields(changes)
    )


def kept(essay: Essay, given: Given) -> dict[str, Any]:
    """The form as it is kept on this computer, with what it began with."""
    return {"essay": asdict(essay), "given": asdict(given.essay), "base": dict(given.base)}


def restored(body: Any, entry: Entry | None) -> Restored | None:
    """What was typed, whatever has become of the entry since; None for what cannot be read.

    A field that nobody typed into shows what the entry says now.
    """
    try:
        typed = msgspec.convert(body["essay"], Essay)
        began = msgspec.convert(body["given"], Essay)
    except (KeyError, TypeError, msgspec.ValidationError):
        return None
    if entry is None:
        return Restored(typed, Given(began))
    given = given_of(entry)
    touched = {name for name in FIELDS if getattr(typed, name) != getattr(began, name)}
    overtaken = tuple(
        name
        for name in FIELDS
        if name in touched
        and getattr(given.essay, name) not in (getattr(began, name), getattr(typed, name))
    )
    essay = replace(given.essay, **{name: getattr(typed, name) for name in touched})
    return Restored(essay, given, overtaken)


def _changes(essay: Essay, given: Given) -> dict[str, Any]:
    before = given.essay.values()
    return {name: value for name, value in essay.values().items() if value != before[name]}


def _base(changes: Mapping[str, Any], given: Given) -> dict[str, str]:
    """The hashes of what the person saw in the fields that change."""
    return {name: given.base[name] for name in changes}


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {NAMES[name]: value for name, value in values.items()}


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]

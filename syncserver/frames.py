"""What a commit is to those who listen: frames for replicas, named events for plain clients."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from domain.access import AccessChange
from domain.activities import Activity, Kind
from domain.cohorts import Cohort, CohortCard
from domain.comments import Comment
from domain.entries import Entry
from domain.records import Reader, Record
from domain.schedules import Schedule
from domain.students import MentorCard, StudentCard
from domain.wire import Changes, News, Removed
from syncserver.storage.rows import wire_row
from syncserver.storage.writing import Commit

SUBJECTS: dict[str, type[Record]] = {
    "student": StudentCard,
    "mentor": MentorCard,
    "schedule": Schedule,
    "entry": Entry,
    "comment": Comment,
    "cohort": Cohort,
}


@dataclass(frozen=True)
class NamedEvent:
    """One activity as plain clients hear it, under its kind's name.

    Attributes:
        news: the same for all that one command told: who reads several of the rooms hears the
            first of it, and nothing else.
        subject_room: who does not read this room gets no `data`; without one all get it.
    """

    room: str
    event: str
    payload: dict[str, Any]
    news: str = ""
    subject_room: str = ""


@dataclass(frozen=True)
class EndedDevice:
    """A sign-in that has ended: its live connections end too."""

    device_id: str


@dataclass(frozen=True)
class Committed:
    """What one commit did, handed to listeners in the order of commits.

    Attributes:
        access_versions: after the commit, of each room in `frames`.
        ended: the ids of devices that were signed out.
    """

    frames: dict[str, Changes]
    access_versions: dict[str, int]
    access: list[AccessChange]
    named: list[NamedEvent]
    ended: frozenset[str] = frozenset()


def committed(commit: Commit, message_bytes: int) -> Committed:
    """The commit for listeners; a room's frame that is too large says only `more`."""
    return Committed(
        frames={room: _frame(commit, room, message_bytes) for room in commit.heads},
        access_versions={room: head.access_version for room, head in commit.heads.items()},
        access=commit.effects.access,
        named=[event for event in commit.effects.told if isinstance(event, NamedEvent)],
        ended=frozenset(
            one.device_id for one in commit.effects.told if isinstance(one, EndedDevice)
        ),
    )


def resource(row: Record) -> dict[str, Any]:
    """The row as REST shows it: its fields in camelCase, absent values as null."""
    shown = wire_row(row)
    del shown["type"]
    return shown


def named_events(reader: Reader, rows: Iterable[Record], mutation: str) -> list[NamedEvent]:
    """The events of what a command told, in its order, each with its subject as it stands now."""
    return [_named(reader, row, mutation) for row in rows if isinstance(row, Activity)]


def _named(reader: Reader, activity: Activity, mutation: str) -> NamedEvent:
    kind = SUBJECTS.get(activity.subject_type)
    subject = reader.find(kind, activity.subject_id) if kind else None
    news_of = News(
        id=activity.id,
        at=activity.at,
        actor_id=activity.actor_id,
        kind=activity.kind_,
        subject_type=activity.subject_type,
        subject_id=activity.subject_id,
        room=activity.room,
        data=_as_shown(reader, subject) if subject is not None else None,
    )
    payload: dict[str, Any] = msgspec.to_builtins(news_of)
    # Two changes that met are news of their own, beside what the later one did.
    is_conflict = activity.kind_ == Kind.CONFLICT_RAISED
    news = f"{mutation} conflict" if is_conflict else mutation
    return NamedEvent(
        activity.room, activity.kind_, payload, news, subject.room if subject is not None else ""
    )


def _as_shown(reader: Reader, subject: Record) -> dict[str, Any]:
    """The subject as its GET shows it to all who hear this: without a cohort's join code."""
    shown = resource(subject)
    if isinstance(subject, Cohort):
        card = reader.find(CohortCard, subject.id)
        shown |= {"mentorIds": card.mentor_ids if card else [], "joinCode": None}
    return shown


def _frame(commit: Commit, room: str, message_bytes: int) -> Changes:
    head = commit.heads[room]
    rows = sorted(
        (row for row in commit.effects.rows.values() if row.room == room),
        key=lambda row: (row.id, row.kind()),
    )
    removed = sorted(commit.effects.removed.get(room, {}).items())
    changes = Changes(
        room=room,
        from_=head.version - 1,
        to=head.version,
        rows=[wire_row(row) for row in rows],
        removed=[Removed(type=kind, id=row_id, moved=moved) for (kind, row_id), moved in removed],
        audit_head_at_from=commit.audit_heads_before.get(room),
        checksum=head.checksum,
        audit_head=head.audit_head,
    )
    if len(msgspec.json.encode(changes)) > message_bytes:
        return Changes(room=room, from_=head.version - 1, to=head.version, more=True)
    return changes

"""Activities: what happened, as others are told, and the one rule of whom it concerns."""

from enum import StrEnum
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from domain.commands import Act
from domain.errors import Invalid
from domain.fields import Instant
from domain.ids import Id, derived_id
from domain.members import Role
from domain.records import Record, Transaction
from domain.rooms import room_kind, room_subject

MAX_PARAMS_BYTES = 4096


class Kind(StrEnum):
    """The kinds of activities, which are the names of the Socket.IO events too."""

    STUDENT_REGISTERED = "student:registered"
    STUDENT_ASSIGNED = "student:assigned"
    STUDENT_UNASSIGNED = "student:unassigned"
    STUDENT_STATE_CHANGED = "student:stateChanged"
    MENTOR_REGISTERED = "mentor:registered"
    MENTOR_STATE_CHANGED = "mentor:stateChanged"
    SCHEDULE_CREATED = "schedule:created"
    SCHEDULE_UPDATED = "schedule:updated"
    SCHEDULE_STATUS_CHANGED = "schedule:statusChanged"
    SCHEDULE_CANCELED = "schedule:canceled"
    SCHEDULE_CANT_MAKE_IT = "schedule:cantMakeIt"
    SCHEDULE_DELETED = "schedule:deleted"
    SCHEDULE_ATTENDANCE_MARKED = "schedule:attendanceMarked"
    ENTRY_CREATED = "entry:created"
    ENTRY_UPDATED = "entry:updated"
    ENTRY_RESUBMITTED = "entry:resubmitted"
    ENTRY_WITHDRAWN = "entry:withdrawn"
    ENTRY_STATUS_CHANGED = "entry:statusChanged"
    COMMENT_ADDED = "comment:added"
    COHORT_UPDATED = "cohort:updated"
    CONFLICT_RAISED = "conflict:raised"


# Who comes and goes, and which roles are told: all mentors of students, admins of mentors.
ALL_MENTORS = frozenset({Role.MENTOR, Role.ADMIN})
ADMINS = frozenset({Role.ADMIN})
OF_DIRECTORY: dict[str, frozenset[Role]] = {
    Kind.STUDENT_REGISTERED: ALL_MENTORS,
    Kind.STUDENT_STATE_CHANGED: ALL_MENTORS,
    Kind.MENTOR_REGISTERED: ADMINS,
    Kind.MENTOR_STATE_CHANGED: ADMINS,
}


class Activity(Record, frozen=True, kw_only=True, tag="activity"):
    """One thing that happened in a room; append-only.

    `kind_` keeps its name away from `Record.kind()`; on the wire it is `kind`. `params` holds the
    names and titles that its sentence needs, camelCase, at most 4 KB as JSON. `recorded_at` is the
    relay's time, which unread marks compare; while it is only predicted it equals `at`.
    """

    table = "activity_feed"
    lookups = (("subject_id",), ("recorded_at",))

    kind_: Annotated[str, Meta(max_length=60)] = msgspec.field(name="kind")
    actor_id: Id
    subject_type: Annotated[str, Meta(max_length=20)]
    subject_id: Id
    params: dict[str, Any]
    at: Instant
    recorded_at: Instant

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(msgspec.json.encode(self.params)) > MAX_PARAMS_BYTES:
            raise Invalid("params", "too_long", "An activity holds at most 4 KB.")


class Person(NamedTuple):
    """Who asks: the signed-in person as the rules see them."""

    id: str
    role: Role


def addressed_to(activity: Activity, me: Person) -> bool:
    """Whether this activity is a notification for me, given that I read its room.

    It asks only the activity itself, so that inbox, badge and tray agree on every device.
    """
    if activity.actor_id == me.id:
        return False
    if activity.kind_ in OF_DIRECTORY:
        return me.role in OF_DIRECTORY[activity.kind_]
    params = activity.params
    mine = me.id == room_subject(activity.room)
    match activity.kind_:
        case Kind.STUDENT_ASSIGNED | Kind.STUDENT_UNASSIGNED:
            return mine or me.id in (params.get("mentorId"), params.get("successorId"))
        case Kind.CONFLICT_RAISED:
            return me.id in (params.get("keptBy"), params.get("lostBy"))
        case Kind.COHORT_UPDATED:
            return params.get("change") != "joinCode" or me.role is not Role.STUDENT
        case _ if activity.subject_type in ("entry", "comment"):
            return _concerns_entry(activity, me, mine=mine)
        case _ if activity.subject_type == "schedule":
            return _concerns_session(activity, me, mine=mine)
        case _:
            return False  # a kind that only a newer program knows


def _concerns_entry(activity: Activity, me: Person, *, mine: bool) -> bool:
    """The author is told of reviews and comments; the mentors of all that the author did."""
    by_author = activity.actor_id == room_subject(activity.room)
    return mine or (by_author and me.role is not Role.STUDENT)


def _concerns_session(activity: Activity, me: Person, *, mine: bool) -> bool:
    """The other side of a 1:1 session; all participants of a group, and its mentor."""
    if me.id == activity.params.get("mentorId"):
        return True
    if activity.kind_ != Kind.SCHEDULE_ATTENDANCE_MARKED and room_kind(activity.room) == "cohort":
        return me.role is Role.STUDENT
    return mine


def announce(
    tx: Transaction,
    act: Act,
    kind: Kind,
    subject: tuple[str, str],
    room: str,
    *,
    ordinal: int = 0,
    **params: Any,
) -> None:
    """Write the activity of this command for one audience room.

    Its id comes from the mutation's id and `ordinal`, so that prediction and result are one row.
    `subject` is (subjectType, subjectId).
    """
    subject_type, subject_id = subject
    tx.put(
        Activity(
            id=derived_id("activity", act.mutation, ordinal),
            room=room,
            created_at=act.at,
            updated_at=act.at,
            kind_=kind,
            actor_id=act.actor,
            subject_type=subject_type,
            subject_id=subject_id,
            params={key: value for key, value in params.items() if value is not None},
            at=act.at,
            recorded_at=act.now,
        )
    )

"""The messages between replica and relay (JSON), and the union of all commands.

The relay is the only one that numbers versions; a client numbers its own mutations 1, 2, 3 …
without a gap, so that a push may be repeated after a lost answer. A broadcast is a hint: what
makes it true is the version check, and the heartbeat.
"""

from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from domain.accounts import DeactivateAccount, ReactivateAccount, RegisterAccount, UpdateAccount
from domain.administration import ChangeAccount
from domain.assignments import AssignStudent, ClaimStudent, MoveCohort, UnassignStudent
from domain.cohorts import (
    AddCohortMentor,
    CreateCohort,
    RemoveCohortMentor,
    RotateJoinCode,
    UpdateCohort,
)
from domain.commands import Command
from domain.comments import AddComment, DeleteComment, EditComment, ResolveComment
from domain.fields import Checked, Instant
from domain.ids import Id
from domain.inbox import MarkAllInbox, MarkInbox, SnoozeInbox
from domain.outcomes import (
    CancelSchedule,
    CannotMakeIt,
    CompleteSchedule,
    MarkAttendance,
    ReopenSchedule,
)
from domain.planning import CreateSchedule, DeleteSchedule, UpdateSchedule
from domain.resolutions import ResolveConflict
from domain.reviews import ReopenEntry, ReviewEntry
from domain.writing import CreateEntry, DeleteEntry, SubmitEntry, UpdateEntry, WithdrawEntry

PROTOCOL_VERSION = 1
MIN_PROTOCOL_VERSION = 1
MESSAGE_LIMIT = 256 * 1024  # bytes of one message, either way
PUSH_LIMIT = 100  # commands in one push
HEARTBEAT_S = 20.0

# A new command is one line here.
AnyCommand = (
    AddCohortMentor
    | AddComment
    | AssignStudent
    | CancelSchedule
    | CannotMakeIt
    | ChangeAccount
    | ClaimStudent
    | CompleteSchedule
    | CreateCohort
    | CreateEntry
    | CreateSchedule
    | DeactivateAccount
    | DeleteComment
    | DeleteEntry
    | DeleteSchedule
    | EditComment
    | MarkAllInbox
    | MarkAttendance
    | MarkInbox
    | MoveCohort
    | ReactivateAccount
    | RegisterAccount
    | RemoveCohortMentor
    | ReopenEntry
    | ReopenSchedule
    | ResolveComment
    | ResolveConflict
    | ReviewEntry
    | RotateJoinCode
    | SnoozeInbox
    | SubmitEntry
    | UnassignStudent
    | UpdateAccount
    | UpdateCohort
    | UpdateEntry
    | UpdateSchedule
    | WithdrawEntry
)

COMMANDS: dict[str, type[Command]] = {kind.tag(): kind for kind in AnyCommand.__args__}


def command_of(data: object) -> Command:
    """The command that a decoded wire object is. Raises `msgspec.ValidationError`."""
    command: Command = msgspec.convert(data, AnyCommand)
    return command


class Message(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of all messages; unknown fields are ignored."""


class Hello(Message, frozen=True):
    """What a client says of itself when it connects: a plain one its token, a replica all."""

    token: str = ""
    protocol: int | None = None
    client_id: Id | None = None
    replica: bool = False


class Mutation(Checked, frozen=True, kw_only=True, rename="camel"):
    """One command of one client. The command stays undecoded, so that a bad one stops no other."""

    n: Annotated[int, Meta(ge=1)]
    id: Id
    at: Instant
    command: dict[str, Any]


class Push(Message, frozen=True):
    mutations: Annotated[list[Mutation], Meta(max_length=PUSH_LIMIT)]


class Outcome(StrEnum):
    APPLIED = "applied"
    REFUSED = "refused"
    DEFERRED = "deferred"


class Result(Message, frozen=True, omit_defaults=True):
    """What became of one mutation; `versions` names the rooms that its actor reads."""

    n: int
    status: Outcome
    code: str | None = None
    message: str | None = None
    data: dict[str, Any] = {}
    versions: dict[str, int] = {}


class Pushed(Message, frozen=True):
    results: list[Result]


class Pull(Message, frozen=True):
    cursors: dict[str, list[int | str | None]] = {}
    limit: Annotated[int, Meta(ge=1, le=5000)] = 500


class Removed(Message, frozen=True, omit_defaults=True):
    """A tombstone; `moved` says that the row lives on in another room."""

    type: str
    id: str
    moved: bool = False


class RoomPage(Message, frozen=True, omit_defaults=True):
    """One page of a room's changes after `from_`.

    Rows are in the order of (version, id). Only the last page, at the head, moves the room's
    version to `to` and carries checksum and audit head.
    """

    room: str
    from_: int = msgspec.field(name="from")
    to: int
    rows: list[dict[str, Any]]
    removed: list[Removed]
    cursor: list[int | str | None]
    more: bool
    audit_head_at_from: str | None = None
    checksum: str | None = None
    audit_head: str | None = None
    restart: bool = False


class Pulled(Message, frozen=True):
    rooms: list[RoomPage]
    revoked: list[str]


class Changes(Message, frozen=True, omit_defaults=True):
    """What one commit did to a room; `more` without rows when they are too large to send."""

    room: str
    from_: int = msgspec.field(name="from")
    to: int
    rows: list[dict[str, Any]] = []
    removed: list[Removed] = []
    audit_head_at_from: str | None = None
    checksum: str | None = None
    audit_head: str | None = None
    more: bool = False


class Welcome(Message, frozen=True, omit_defaults=True):
    user_id: str
    server_time: str
    relay_id: str
    heads: dict[str, tuple[int, str]]
    last_number: int
    min_protocol: int
    restored_at: str | None = None  # when a backup was put in place of what this relay had


class Check(Message, frozen=True):
    digest: str


class Heads(Message, frozen=True, omit_defaults=True):
    same: bool | UnsetType = UNSET
    heads: dict[str, tuple[int, str]] | UnsetType = UNSET


class AccessNews(Message, frozen=True):
    granted: list[str]
    revoked: list[str]


class TokenRefresh(Message, frozen=True):
    token: str


class Refreshed(Message, frozen=True):
    ok: bool = True


class News(Message, frozen=True):
    """One activity as plain clients hear it, under its kind's name.

    `data` is the subject as its GET shows it, null after a delete and for who may not GET it.
    """

    id: Id
    at: Instant
    actor_id: str
    kind: str
    subject_type: str
    subject_id: str
    room: str
    data: dict[str, Any] | None


class WireError(Message, frozen=True, omit_defaults=True):
    """Why a request failed as a whole: `path` is what does not fit of it."""

    code: str
    message: str
    path: str | None = None
    last_number: int | None = None  # of a push whose numbers do not follow the last one


class Failed(Message, frozen=True):
    """The answer to a request that failed as a whole, and changed nothing."""

    error: WireError


class RefusalCode(Message, frozen=True):
    code: str


class NotLetIn(Message, frozen=True):
    """Why a connection was refused: the data of its `CONNECT_ERROR`."""

    message: str
    data: RefusalCode

"""The base of all rows, and the access to rows that a command gets."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

from domain.fields import Checked, Instant
from domain.ids import Id
from domain.rooms import Room

if TYPE_CHECKING:
    from domain.schedules import Schedule


# Fields that only make sense together are edited as one, under the name of the group.
Group = tuple[str, tuple[str, ...]]


class Record(Checked, frozen=True, kw_only=True, rename="camel", tag_field="type"):
    """One synchronised thing, in exactly one room, replaced as a whole and never changed in place.

    `version` is the room's version that last changed it, 0 while it is only local. Instants are
    text, UTC, with three decimals.
    """

    table: ClassVar[str]  # its table in both databases
    lookups: ClassVar[tuple[tuple[str, ...], ...]] = ()  # the fields of `where`; each is an index
    editable: ClassVar[tuple[Group, ...]] = ()  # what an update may name, in (name, fields)

    id: Id
    room: Room
    version: int = 0
    created_at: Instant
    updated_at: Instant

    @classmethod
    def kind(cls) -> str:
        """The name of this sort of row on the wire."""
        return str(cls.__struct_config__.tag)


R = TypeVar("R", bound=Record)


class Reader(Protocol):
    """Rows as they stand, in the middle of a transaction."""

    def find(self, kind: type[R], record_id: str) -> R | None:
        """The row, or None where it is absent or not visible."""
        ...

    def where(self, kind: type[R], **equals: Any) -> list[R]:
        """All rows whose fields equal these, by id; the fields are one of `kind.lookups`."""
        ...


class Transaction(Reader, Protocol):
    """What a command's function reads and writes.

    `find` and `where` see the rooms that the actor reads, and no others.
    """

    @property
    def everything(self) -> Reader:
        """The rows of all rooms on the relay; on a client, what is here.

        Only for the effects that a rule has beyond its actor's view: what it reads is never told.
        """
        ...

    def reads(self, room: str) -> bool:
        """Whether the actor may read this room now."""
        ...

    def is_taken(self, kind: type[Record], record_id: str) -> bool:
        """Whether a row of this kind has this id, visible or not, or had it and was removed."""
        ...

    def busy(
        self, people: Collection[str], start: str, end: str, *, besides: str
    ) -> "list[Schedule]":
        """Scheduled sessions of any of these people that overlap `[start, end)`, earliest first.

        It sees all rooms on the relay, and counts mentor, student and group participants.
        """
        ...

    def author_of(self, row: Record, field: str) -> str | None:
        """Who last wrote this field (Python name); None where that is not known (on a client)."""
        ...

    def put(self, row: Record) -> None:
        """Write the row, new or changed; one in another room than before moves there."""
        ...

    def remove(self, row: Record) -> None:
        """Delete the row and leave a tombstone in its room."""
        ...

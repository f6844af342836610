"""The base of all commands, and what a command's function is told about the act."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, TypeVar

from msgspec.structs import replace

from domain.errors import Refused
from domain.fields import Checked
from domain.instants import moment
from domain.members import Role
from domain.records import Record, Transaction

T = TypeVar("T", bound=Record)


@dataclass(frozen=True, slots=True)
class Act:
    """Who does it, when, and under which mutation id: all that a function may know beside the rows.

    Attributes:
        at: when the person did it, for display; the relay clamps it to its own time.
        now: by what deadlines are judged: the relay's receipt time, or the client's own clock.
        grace: how late something may arrive and still be in time; the relay allows 5 minutes.
        trusted: the relay's own act (registration, the command line): all rooms are visible.
    """

    actor: str
    role: Role
    at: str
    now: str
    mutation: str
    grace: timedelta = timedelta(0)
    trusted: bool = False

    @property
    def is_admin(self) -> bool:
        return self.trusted or self.role is Role.ADMIN

    @property
    def is_mentor(self) -> bool:
        return self.role is not Role.STUDENT

    def is_past(self, deadline: str) -> bool:
        """Whether the deadline is over, grace included."""
        return moment(self.now) > moment(deadline) + self.grace

    def has_begun(self, start: str) -> bool:
        """Whether the start is reached by the clock that judges, without grace."""
        return moment(self.now) >= moment(start)


class Command(Checked, frozen=True, kw_only=True, rename="camel", tag_field="type"):
    """One intent of one person, decided with the same function on every machine.

    It knows no clock, no random source and no I/O: what it needs of them is one of its fields or
    comes with the act. On the wire it is its tag and its fields.
    """

    relay_only: ClassVar[bool] = False  # needs the relay's secrets: never pushed by a client

    @classmethod
    def tag(cls) -> str:
        """`subject.verb`, as on the wire."""
        return str(cls.__struct_config__.tag)

    @abstractmethod
    def apply(self, tx: Transaction, act: Act) -> None:
        """Decide and write.

        Raises:
            Refused: the transaction is undone up to where this began.
            Invalid: likewise; a resulting row would break a limit.
        """
        raise NotImplementedError


def create(tx: Transaction, row: Record) -> None:
    """Write a row that must be new.

    Raises:
        Refused: `id_taken`; creating is never an upsert.
    """
    if tx.is_taken(type(row), row.id):
        raise Refused("id_taken", "This was created already.")
    tx.put(row)


def changed(row: T, act: Act, **fields: object) -> T:
    """The row with these fields, changed now."""
    return replace(row, updated_at=act.at, **fields)

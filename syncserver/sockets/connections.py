"""Who is connected: each live connection, by session and by person."""

from asyncio import TimerHandle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from engineio.packet import Packet

from syncserver.limits import Pace
from syncserver.relay import Caller


@dataclass(eq=False, slots=True)
class Connection:
    """One live connection of one person's device.

    Attributes:
        replica: whether it is sent the rows of its rooms, else the named events.
        cut: drops the line at once, with whatever was not sent.
        rooms: the rooms that it hears.
        held: packets that wait until an answer is in the queue before them; None while nothing
            holds them.
        ended: it is being closed, and gets nothing more.
        is_fresh: what it may hear was read from the database since the last review.
    """

    sid: str
    engine_sid: str
    caller: Caller
    replica: bool
    pace: Pace
    cut: Callable[[], None]
    rooms: set[str] = field(default_factory=set)
    held: list[Packet] | None = None
    ended: bool = False
    is_fresh: bool = True
    token_end: TimerHandle | None = None


class Connections:
    """All connections of this process."""

    def __init__(self) -> None:
        self._by_sid: dict[str, Connection] = {}
        self._by_person: dict[str, dict[str, Connection]] = {}

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._by_sid.values()))

    def add(self, connection: Connection) -> None:
        self._by_sid[connection.sid] = connection
        own = self._by_person.setdefault(connection.caller.user_id, {})
        own[connection.sid] = connection

    def remove(self, connection: Connection) -> None:
        del self._by_sid[connection.sid]
        own = self._by_person[connection.caller.user_id]
        del own[connection.sid]
        if not own:
            del self._by_person[connection.caller.user_id]

    def find(self, sid: str) -> Connection | None:
        return self._by_sid.get(sid)

    def of_person(self, user_id: str) -> list[Connection]:
        return list(self._by_person.get(user_id, {}).values())

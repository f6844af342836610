"""Which connections hear a room, under which access version of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from syncserver.sockets.connections import Connection


@dataclass(slots=True)
class Audience:
    """The connections that hear a room since its access version became `version`."""

    version: int
    members: dict[str, Connection] = field(default_factory=dict)


class Audiences:
    """The `{room}#{accessVersion}` of the protocol: each revocation raises the access version.

    What a commit did to a room is for those who entered under that commit's access version. Where
    a revocation was not heard of, as one that another process made, this finds nobody: nothing goes
    out until the members are read again.
    """

    def __init__(self) -> None:
        self._rooms: dict[str, Audience] = {}

    @property
    def count(self) -> int:
        """How many rooms anybody hears."""
        return len(self._rooms)

    def join(self, connection: Connection, room: str, version: int) -> None:
        """Let it hear the room; where others do so already, the version that they have stays."""
        audience = self._rooms.setdefault(room, Audience(version))
        audience.members[connection.sid] = connection
        connection.rooms.add(room)

    def leave(self, connection: Connection, room: str) -> None:
        audience = self._rooms.get(room)
        if audience is None or audience.members.pop(connection.sid, None) is None:
            return
        connection.rooms.discard(room)
        if not audience.members:
            del self._rooms[room]

    def leave_all(self, connection: Connection) -> None:
        for room in list(connection.rooms):
            self.leave(connection, room)

    def version(self, room: str) -> int | None:
        """The access version of those who hear the room; None where nobody does."""
        audience = self._rooms.get(room)
        return audience.version if audience else None

    def is_behind(self, versions: Mapping[str, int]) -> bool:
        """Whether these were read before a revocation that the audience of a room knows of."""
        return any(version < (self.version(room) or 0) for room, version in versions.items())

    def move(self, room: str, version: int, stays: Callable[[Connection], bool]) -> None:
        """Take those who stay to this access version, and the others out."""
        audience = self._rooms.get(room)
        for connection in list(audience.members.values()) if audience else []:
            if not stays(connection):
                self.leave(connection, room)
        if audience is not None:
            audience.version = version

    def hearing(self, room: str, version: int) -> list[Connection]:
        """Those who hear the room at this access version."""
        audience = self._rooms.get(room)
        if audience is None or audience.version != version:
            return []
        return list(audience.members.values())

"""What a commit becomes for those who are connected: frames, named events, changed access."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from time import monotonic

from domain.rooms import user_room
from domain.wire import AccessNews, WireError
from syncserver.logs import log
from syncserver.metrics import Metrics
from syncserver.relay import Committed, NamedEvent, Relay
from syncserver.sockets.audiences import Audiences
from syncserver.sockets.connections import Connection, Connections
from syncserver.sockets.errors import Rejected
from syncserver.sockets.fanout import Fanout
from syncserver.sockets.standings import readers_of, rooms_of

ACCOUNT_DISABLED = WireError(code="account_disabled", message="This account was deactivated.")
SIGNED_OUT = WireError(code="token_invalid", message="This device was signed out.")
LOG = log("sockets")


class Broadcasts:
    """Hands each commit, in order, to the connections that may read what it did.

    Attributes:
        epoch: grows with each commit that changed who reads what, once it is seen to. What was
            read from the database under another epoch may miss it.
    """

    def __init__(
        self,
        relay: Relay,
        connections: Connections,
        fanout: Fanout,
        metrics: Metrics,
        end: Callable[[Connection, WireError], None],
    ) -> None:
        self.epoch = 0
        self._relay = relay
        self._connections = connections
        self._audiences = Audiences()
        self._fanout = fanout
        self._metrics = metrics
        self._end = end
        self._commits: asyncio.Queue[tuple[float, Committed]] = asyncio.Queue()
        relay.listen(lambda committed: self._commits.put_nowait((monotonic(), committed)))
        metrics.live_rooms.set_function(lambda: self._audiences.count)

    async def run(self) -> None:
        """Deliver commits until cancelled."""
        while True:
            came, committed = await self._commits.get()
            try:
                await self._deliver(committed)
                self._metrics.delivery_seconds.observe(monotonic() - came)
            except Exception:
                # A broadcast is a hint: whoever misses one finds it by the version check.
                self._metrics.errors.labels("broadcast").inc()
                LOG.exception("broadcast failed", rooms=sorted(committed.frames))

    async def settle(self, connection: Connection) -> None:
        """Let the connection hear the rooms that its person reads by the database, and no other.

        Raises:
            Rejected: this connection may not go on.
        """
        while True:
            epoch = self.epoch
            rooms = await self._relay.read(lambda r: rooms_of(r, connection.caller))
            if epoch == self.epoch and not self._audiences.is_behind(rooms):
                break
        if connection.ended:
            return
        connection.is_fresh = True
        for room in connection.rooms - rooms.keys():
            self._audiences.leave(connection, room)
        for room in rooms.keys() - connection.rooms:
            self._audiences.join(connection, room, rooms[room])

    async def review(self) -> None:
        """Settle those who did not ask for it since the last review.

        Replicas ask at each heartbeat. Plain clients, and who would rather not be asked, do not;
        what another process changed is announced by nobody.
        """
        for connection in self._connections:
            if connection.is_fresh or connection.ended:
                connection.is_fresh = False
                continue
            try:
                await self.settle(connection)
            except Rejected as rejected:
                self._end(connection, rejected.error)

    def leave(self, connection: Connection) -> None:
        self._audiences.leave_all(connection)

    async def _deliver(self, committed: Committed) -> None:
        self._end_devices(committed.ended)
        await self._follow_access(committed)
        for room, changes in committed.frames.items():
            hearing = self._audiences.hearing(room, committed.access_versions[room])
            replicas = [connection for connection in hearing if connection.replica]
            self._fanout.send(replicas, "sync:changes", changes)
        self._send_named(committed)

    def _send_named(self, committed: Committed) -> None:
        told: dict[str, set[str]] = defaultdict(set)  # the connections that heard each news
        for named in committed.named:
            heard = told[named.news] if named.news else set()
            plain = [one for one in self._plain(named, committed) if one.sid not in heard]
            heard.update(one.sid for one in plain)
            subject_room = named.subject_room or named.room
            knowing = [one for one in plain if subject_room in one.rooms]
            others = [one for one in plain if subject_room not in one.rooms]
            self._fanout.send(knowing, named.event, named.payload)
            self._fanout.send(others, named.event, {**named.payload, "data": None})

    def _end_devices(self, device_ids: Collection[str]) -> None:
        for connection in self._connections if device_ids else ():
            if connection.caller.device_id in device_ids:
                self._end(connection, SIGNED_OUT)

    def _plain(self, named: NamedEvent, committed: Committed) -> list[Connection]:
        hearing = self._audiences.hearing(named.room, committed.access_versions[named.room])
        return [connection for connection in hearing if not connection.replica]

    async def _follow_access(self, committed: Committed) -> None:
        """Bring those who hear rooms in line with who reads them after this commit."""
        # One commit may give a person what it took before, or the reverse: the last one counts.
        reads = {(change.user_id, change.room): change.granted for change in committed.access}
        raised = {change.room for change in committed.access if not change.granted}
        for room, version in committed.access_versions.items():
            await self._follow(room, version, reads, is_raised=room in raised)
        for (user_id, room), granted in reads.items():
            if granted:
                self._grant(user_id, room, committed.access_versions[room])
        self.epoch += bool(reads)
        self._tell(reads)

    async def _follow(
        self, room: str, version: int, reads: Mapping[tuple[str, str], bool], *, is_raised: bool
    ) -> None:
        """Take the room's audience to the access version that the commit left behind."""
        known = self._audiences.version(room)
        if known is None:
            return
        if known >= version - is_raised:
            self._audiences.move(
                room,
                max(known, version),  # some may have entered under what later commits raised it to
                lambda connection: reads.get((connection.caller.user_id, room), True),
            )
            return
        # Another process raised it, and did not say who left.
        readers = await self._relay.read(lambda r: readers_of(r, room))
        self._audiences.move(
            room,
            readers.access_version,
            lambda connection: connection.caller.user_id in readers.people,
        )

    def _grant(self, user_id: str, room: str, version: int) -> None:
        for connection in self._connections.of_person(user_id):
            if not connection.ended:
                self._audiences.join(connection, room, version)

    def _tell(self, reads: Mapping[tuple[str, str], bool]) -> None:
        """Tell the replicas of each person what changed for that person; end the deactivated."""
        news: dict[str, AccessNews] = defaultdict(lambda: AccessNews(granted=[], revoked=[]))
        for (user_id, room), granted in reads.items():
            (news[user_id].granted if granted else news[user_id].revoked).append(room)
        for user_id, mine in news.items():
            own = self._connections.of_person(user_id)
            if user_room(user_id) in mine.revoked:
                for connection in own:
                    self._end(connection, ACCOUNT_DISABLED)
                continue
            replicas = [connection for connection in own if connection.replica]
            self._fanout.send(replicas, "sync:access", mine)

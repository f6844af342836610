"""Broadcasts: what a commit did reaches those who may read it, whatever happens at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from domain.access import AccessChange
from domain.wire import Changes
from syncserver.metrics import Metrics
from syncserver.relay import Committed, NamedEvent
from syncserver.sockets.broadcasts import Broadcasts
from syncserver.sockets.connections import Connection, Connections
from syncserver.sockets.errors import Rejected
from syncserver.sockets.fanout import Fanout
from syncserver.sockets.standings import Readers
from tests.syncserver.sockets.connected import Server

ROOM = "student:1"


@dataclass
class ScriptedRelay:
    """Answers reads with what it is given; before each answer it does what it is told."""

    answers: list[Any] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None
    on_commit: Callable[[Committed], None] | None = None

    def listen(self, on_commit: Callable[[Committed], None]) -> None:
        self.on_commit = on_commit

    async def read(self, _work: object) -> Any:
        if self.meanwhile:
            self.meanwhile()
            self.meanwhile = None
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Scene:
    """Broadcasts over a scripted relay, running."""

    def __init__(self) -> None:
        self.relay = ScriptedRelay()
        self.server = Server()
        self.metrics = Metrics()
        self.connections = Connections()
        self.ended: list[str] = []
        fanout = Fanout(self.server, self.metrics, 100, lambda _: None)
        self.broadcasts = Broadcasts(
            self.relay,  # type: ignore[arg-type]
            self.connections,
            fanout,
            self.metrics,
            lambda connection, error: self.ended.append(f"{connection.sid} {error.code}"),
        )

    async def joined(
        self, sid: str, user_id: str, version: int = 1, *, replica: bool = True
    ) -> Connection:
        """A connection that hears the room."""
        connection = self.server.connected(sid, user_id, replica=replica)
        self.connections.add(connection)
        self.relay.answers.append({ROOM: version})
        await self.broadcasts.settle(connection)
        return connection

    async def commit(self, *committed: Committed) -> None:
        """Have these delivered."""
        assert self.relay.on_commit is not None
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(self.broadcasts.run())
            for one in committed:
                self.relay.on_commit(one)
            for _ in range(10):
                await asyncio.sleep(0)
            running.cancel()

    def frames(self, connection: Connection) -> list[int]:
        """The versions of the frames that wait for it."""
        events = self.server.events(connection)
        return [data["to"] for event, data in events if event == "sync:changes"]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def a_commit(to: int, access_version: int = 1, *access: tuple[str, bool]) -> Committed:
    return Committed(
        frames={ROOM: Changes(room=ROOM, from_=to - 1, to=to)},
        access_versions={ROOM: access_version},
        access=[AccessChange(user_id, ROOM, granted) for user_id, granted in access],
        named=[NamedEvent(ROOM, "schedule:created", {"id": str(to)})],
    )


async def test_replicas_get_frames_and_plain_clients_named_events(scene: Scene) -> None:
    ana, mia = await scene.joined("1", "ana"), await scene.joined("2", "mia", replica=False)

    await scene.commit(a_commit(5))

    assert [event for event, _ in scene.server.events(ana)] == ["sync:changes"]
    assert [event for event, _ in scene.server.events(mia)] == ["schedule:created"]


async def test_a_revocation_takes_effect_with_its_own_commit(scene: Scene) -> None:
    ana, mia = await scene.joined("1", "ana"), await scene.joined("2", "mia")

    await scene.commit(a_commit(5), a_commit(6, 2, ("mia", False)), a_commit(7, 2))

    assert scene.frames(ana) == [5, 6, 7]
    assert scene.frames(mia) == [5]


async def test_a_grant_takes_effect_with_its_own_commit(scene: Scene) -> None:
    mia = scene.server.connected("2", "mia")
    scene.connections.add(mia)

    await scene.commit(a_commit(5), a_commit(6, 1, ("mia", True)))

    events = scene.server.events(mia)
    assert [event for event, _ in events] == ["sync:access", "sync:changes"]
    assert events[0][1] == {"granted": [ROOM], "revoked": []}


async def test_what_was_given_and_taken_in_one_commit_is_taken(scene: Scene) -> None:
    await scene.joined("1", "ana")
    mia = scene.server.connected("2", "mia")
    scene.connections.add(mia)

    await scene.commit(a_commit(6, 2, ("mia", True), ("mia", False)))

    assert scene.frames(mia) == []


async def test_access_that_changes_while_it_is_read_is_read_again(scene: Scene) -> None:
    mia = scene.server.connected("2", "mia")
    scene.connections.add(mia)
    await scene.joined("1", "ana")
    scene.relay.answers = [{ROOM: 1}, {}]

    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(scene.broadcasts.run())
        assert scene.relay.on_commit is not None
        revocation = a_commit(6, 2, ("mia", False))
        scene.relay.meanwhile = lambda: scene.relay.on_commit and scene.relay.on_commit(revocation)
        await scene.broadcasts.settle(mia)
        running.cancel()
    await scene.commit(a_commit(7, 2))

    assert mia.rooms == set()
    assert scene.frames(mia) == []


async def test_a_revocation_that_others_read_ahead_of_its_frame_still_takes_effect(
    scene: Scene,
) -> None:
    ana, mia = await scene.joined("1", "ana", 3), await scene.joined("2", "mia", 3)

    await scene.commit(a_commit(6, 2, ("mia", False)), a_commit(7, 3, ("ben", False)))

    assert scene.frames(ana) == [7]
    assert scene.frames(mia) == []


async def test_a_revocation_of_another_process_makes_the_readers_be_read_again(
    scene: Scene,
) -> None:
    ana, mia = await scene.joined("1", "ana"), await scene.joined("2", "mia")
    scene.relay.answers.append(Readers(2, frozenset({"ana"})))

    await scene.commit(a_commit(6, 2))

    assert scene.frames(ana) == [6]
    assert scene.frames(mia) == []


async def test_one_who_reads_older_access_than_others_know_reads_again(scene: Scene) -> None:
    await scene.joined("1", "ana", 2)
    mia = scene.server.connected("2", "mia")
    scene.connections.add(mia)
    scene.relay.answers = [{ROOM: 1}, {}]

    await scene.broadcasts.settle(mia)

    assert mia.rooms == set()


async def test_who_may_not_read_their_own_room_is_left(scene: Scene) -> None:
    await scene.joined("1", "ana")
    own = AccessChange("ana", "user:ana", granted=False)

    await scene.commit(Committed({}, {"user:ana": 2}, [own], []))

    assert scene.ended == ["1 account_disabled"]


@pytest.mark.logs("broadcast failed")
async def test_a_broadcast_that_fails_does_not_end_the_following_ones(scene: Scene) -> None:
    ana = await scene.joined("1", "ana")
    broken = Committed({ROOM: Changes(room=ROOM, from_=4, to=5)}, {}, [], [])

    await scene.commit(broken, a_commit(6))

    assert scene.frames(ana) == [6]
    assert "tandem_errors_total" in scene.metrics.exposition().decode()


async def test_who_never_asks_is_asked_at_the_second_review(scene: Scene) -> None:
    mia = await scene.joined("1", "mia", replica=False)
    await scene.broadcasts.review()
    scene.relay.answers.append({})

    await scene.broadcasts.review()
    await scene.commit(a_commit(5))

    assert scene.server.events(mia) == []


async def test_who_asks_at_each_heartbeat_is_left_alone(scene: Scene) -> None:
    mia = await scene.joined("1", "mia")
    for _ in range(3):
        await scene.broadcasts.review()
        scene.relay.answers.append({ROOM: 1})
        await scene.broadcasts.settle(mia)

    assert scene.relay.answers == []


async def test_who_may_not_stay_is_left_at_the_review(scene: Scene) -> None:
    await scene.joined("1", "mia", replica=False)
    await scene.broadcasts.review()
    scene.relay.answers.append(Rejected("token_invalid", "Signed out."))

    await scene.broadcasts.review()

    assert scene.ended == ["1 token_invalid"]


def told_in(*rooms: str, **fields: str) -> Committed:
    """A commit that tells something in each of these rooms."""
    payload = {"data": "a row"}
    return Committed(
        frames={},
        access_versions=dict.fromkeys(rooms, 1),
        access=[],
        named=[
            NamedEvent(room, "cohort:updated", {**payload, "room": room}, **fields)
            for room in rooms
        ],
    )


async def hearing(scene: Scene, sid: str, *rooms: str) -> Connection:
    """A plain client that hears these rooms."""
    connection = scene.server.connected(sid, sid, replica=False)
    scene.connections.add(connection)
    scene.relay.answers.append(dict.fromkeys(rooms, 1))
    await scene.broadcasts.settle(connection)
    return connection


async def test_what_is_told_in_two_rooms_is_heard_once_by_who_reads_both(scene: Scene) -> None:
    both, second = await hearing(scene, "1", "a", "b"), await hearing(scene, "2", "b")

    await scene.commit(told_in("a", "b", news="a move"))

    assert [data["room"] for _, data in scene.server.events(both)] == ["a"]
    assert [data["room"] for _, data in scene.server.events(second)] == ["b"]


async def test_several_news_of_one_commit_are_all_heard(scene: Scene) -> None:
    mia = await hearing(scene, "1", "a", "b")

    await scene.commit(told_in("a", news="one"), told_in("a", news="one"))

    assert len(scene.server.events(mia)) == 2


async def test_who_does_not_read_the_subject_hears_of_it_without_its_row(scene: Scene) -> None:
    knows, does_not = await hearing(scene, "1", "a", "b"), await hearing(scene, "2", "a")

    await scene.commit(told_in("a", subject_room="b"))

    assert [data["data"] for _, data in scene.server.events(knows)] == ["a row"]
    assert [data["data"] for _, data in scene.server.events(does_not)] == [None]

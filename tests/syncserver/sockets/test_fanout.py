"""The fan-out: one packet for all, in order, and nobody waits for a slow one."""

import pytest

from syncserver.metrics import Metrics
from syncserver.sockets.connections import Connection
from syncserver.sockets.fanout import Fanout, packet_of
from tests.syncserver.sockets.connected import Server

LIMIT = 3


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def slow() -> list[Connection]:
    return []


@pytest.fixture
def fanout(server: Server, slow: list[Connection]) -> Fanout:
    return Fanout(server, Metrics(), LIMIT, slow.append)


async def test_all_receivers_get_the_same_packet(server: Server, fanout: Fanout) -> None:
    ana, ben = server.connected("1"), server.connected("2")

    fanout.send([ana, ben], "news", {"n": 1})

    packets = [*server.packets(ana), *server.packets(ben)]
    assert len(packets) == 2
    assert packets[0] is packets[1]
    assert packets[0].encode() == '42["news",{"n":1}]'


async def test_what_is_held_follows_the_answer(server: Server, fanout: Fanout) -> None:
    ana = server.connected("1")
    fanout.hold(ana)
    fanout.send([ana], "first", 1)
    fanout.send([ana], "second", 2)

    held = server.events(ana)
    fanout.release_after(ana, "welcome", 0)

    assert held == []
    assert server.events(ana) == [["welcome", 0], ["first", 1], ["second", 2]]


async def test_one_whose_queue_is_full_is_given_up_and_the_others_are_served(
    server: Server, fanout: Fanout, slow: list[Connection]
) -> None:
    ana, ben = server.connected("1"), server.connected("2")
    for n in range(LIMIT):
        fanout.send([ana], "news", n)

    fanout.send([ana, ben], "news", LIMIT)

    assert slow == [ana]
    assert server.events(ben) == [["news", LIMIT]]


async def test_one_for_whom_too_much_is_held_is_given_up(
    server: Server, fanout: Fanout, slow: list[Connection]
) -> None:
    ana = server.connected("1")
    fanout.hold(ana)

    for n in range(LIMIT + 1):
        fanout.send([ana], "news", n)

    assert slow == [ana]


async def test_one_that_is_being_closed_gets_nothing_more(server: Server, fanout: Fanout) -> None:
    ana = server.connected("1")
    ana.ended = True

    fanout.send([ana], "news", 1)

    assert server.packets(ana) == []


async def test_where_the_librarys_queues_are_not_found_its_public_way_is_taken(
    server: Server, fanout: Fanout
) -> None:
    ana = server.connected("1")
    del server.eio.sockets["1"].queue

    fanout.send([ana], "news", 1)

    assert [(sid, packet.data) for sid, packet in server.eio.started] == [("1", '2["news",1]')]


async def test_one_who_asks_on_and_reads_no_answer_is_given_up(
    server: Server, fanout: Fanout, slow: list[Connection]
) -> None:
    ana, ben = server.connected("1"), server.connected("2")
    for n in range(LIMIT):
        server.eio.sockets["1"].queue.put_nowait(packet_of("an answer", n))

    assert (fanout.is_full(ana), fanout.is_full(ben)) == (True, False)
    assert slow == [ana]

"""The relay's Socket.IO, held against the Python client, as replica and as plain client."""

from domain.rooms import student_room
from tests.builders import a_plan, id_of, second_ahead
from tests.end2end.relays import Served


async def test_the_welcome_is_the_first_thing_that_a_client_hears(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)

    event, welcome = mia.heard[0]

    assert event == "welcome"
    assert welcome["userId"] == relay.world.mia
    assert student_room(relay.world.ana) in welcome["heads"]


async def test_a_push_is_acknowledged_before_the_frames_of_its_commit(relay: Served) -> None:
    mia = await relay.replica(relay.world.mia)
    room = student_room(relay.world.ana)
    start = second_ahead(of=relay.world.now, days=9)

    results = await mia.push(a_plan(id_of("next"), relay.world.ana, start=start))
    frame = await mia.changes(room)

    assert results[0]["status"] == "applied"
    assert frame["to"] == results[0]["versions"][room]
    assert [name for name, _ in mia.heard[1:3]] == ["answer to sync:push", "sync:changes"]

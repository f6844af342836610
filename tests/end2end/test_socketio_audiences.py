"""Who hears what: frames, named events, and access that changes meanwhile."""

from collections import Counter

from uuid_utils import uuid7

from domain.accounts import DeactivateAccount
from domain.assignments import AssignStudent, MoveCohort, UnassignStudent
from domain.planning import DeleteSchedule
from tests.builders import id_of
from tests.end2end.relays import Served
from tests.end2end.sessions import a_talk, anas_room, title


async def test_access_that_is_taken_ends_the_frames_with_its_own_commit(relay: Served) -> None:
    world = relay.world
    admin, mia = await relay.replica(world.admin), await relay.replica(world.mia)
    await admin.push(AssignStudent(student_id=world.ana, mentor_id=world.noah))
    noah = await relay.replica(world.noah)
    await mia.push(title(1))
    last = await noah.changes(anas_room(relay))

    await admin.push(UnassignStudent(student_id=world.ana, mentor_id=world.noah))
    await mia.push(title(2))
    news = await noah.next("sync:access")
    await noah.caught_up()

    assert news == {"granted": [], "revoked": [anas_room(relay)]}
    frames = [one for one in noah.all("sync:changes") if one["room"] == anas_room(relay)]
    assert frames == [last]
    frames = [await mia.changes(anas_room(relay)) for _ in range(4)]
    assert "Talk 2" in str(frames[-1]["rows"])


async def test_access_that_is_given_is_told_and_frames_follow(relay: Served) -> None:
    world = relay.world
    admin, noah = await relay.replica(world.admin), await relay.replica(world.noah)

    await admin.push(AssignStudent(student_id=world.ana, mentor_id=world.noah))
    news = await noah.next("sync:access")
    mia = await relay.replica(world.mia)
    await mia.push(title(1))
    frames = [await noah.changes(anas_room(relay)) for _ in range(2)]

    assert news == {"granted": [anas_room(relay)], "revoked": []}
    assert "Talk 1" in [row.get("title") for row in frames[-1]["rows"]]


async def test_nobody_hears_of_a_room_that_they_do_not_read(relay: Served) -> None:
    otto, dora = await relay.replica(relay.world.otto), await relay.replica(relay.world.dora)
    plain = await relay.plain(relay.world.otto)
    mia = await relay.replica(relay.world.mia)

    await mia.push(a_talk(relay))
    for client in (otto, dora, plain):
        await client.caught_up()

    assert otto.all("sync:changes") == dora.all("sync:changes") == []
    assert [name for name, _ in plain.heard] == ["welcome", "answer to sync:check"]


async def test_deactivation_ends_the_live_connections_and_says_so(relay: Served) -> None:
    noah, plain = await relay.replica(relay.world.noah), await relay.plain(relay.world.noah)

    await relay.relay.do_trusted(
        DeactivateAccount(user_id=relay.world.noah),
        mutation_id=str(uuid7()),
        actor=relay.world.admin,
    )

    for client in (noah, plain):
        assert (await client.next("goodbye"))["code"] == "account_disabled"
        await client.is_gone()
        assert [name for name, _ in client.heard] == ["welcome", "goodbye"]


async def test_each_plain_client_hears_each_activity_once_the_actors_too(relay: Served) -> None:
    world = relay.world
    plain = [await relay.plain(who) for who in (world.mia, world.mia, world.ana)]
    mia = await relay.replica(world.mia)

    await mia.push(a_talk(relay))
    told = [await client.next("schedule:created") for client in plain]
    for client in plain:
        await client.caught_up()

    assert told[0] == told[1] == told[2]
    assert told[0]["actorId"] == world.mia
    assert told[0]["kind"] == "schedule:created"
    assert told[0]["data"]["title"] == "Weekly talk"
    assert "type" not in told[0]["data"]
    heard = [Counter(name for name, _ in client.heard) for client in plain]
    assert all(counter["schedule:created"] == 1 for counter in heard)
    assert all(counter["sync:changes"] == 0 for counter in heard)
    assert mia.all("schedule:created") == []


async def test_the_event_of_a_delete_has_no_data(relay: Served) -> None:
    ana, mia = await relay.plain(relay.world.ana), await relay.replica(relay.world.mia)
    await mia.push(a_talk(relay), DeleteSchedule(id=id_of("one more")))

    told = await ana.next("schedule:deleted")

    assert told["data"] is None
    assert told["subjectId"] == id_of("one more")


async def test_a_plain_client_hears_no_more_of_a_room_that_was_taken_from_it(
    relay: Served,
) -> None:
    world = relay.world
    admin, noah = await relay.replica(world.admin), await relay.plain(world.noah)
    ana, mia = await relay.plain(world.ana), await relay.replica(world.mia)
    await admin.push(AssignStudent(student_id=world.ana, mentor_id=world.noah))
    await mia.push(title(1))
    await noah.next("schedule:updated")

    await admin.push(UnassignStudent(student_id=world.ana, mentor_id=world.noah))
    await mia.push(title(2))
    await noah.caught_up()

    assert len(noah.all("schedule:updated")) == 1
    assert (await ana.next("schedule:updated"))["data"]["title"] == "Talk 1"
    assert (await ana.next("schedule:updated"))["data"]["title"] == "Talk 2"


async def test_a_move_between_two_cohorts_is_heard_once_and_shows_nobody_a_foreign_cohort(
    relay: Served,
) -> None:
    world = relay.world
    admin = await relay.replica(world.admin)
    mia, ana = await relay.plain(world.mia), await relay.plain(world.ana)

    await admin.push(MoveCohort(student_id=world.ana, cohort_id=world.autumn))
    await admin.push(MoveCohort(student_id=world.ana, cohort_id=None))
    for client in (mia, ana):
        await client.caught_up()

    assert len(mia.all("cohort:updated")) == 2
    told = ana.all("cohort:updated")
    assert [one["subjectId"] for one in told] == [world.autumn, world.autumn]
    assert told[0]["data"] is not None
    assert told[1]["data"] is None

"""Socket.IO and HTTP for replicas: push, pull, heartbeat, frames, the first copy, the proofs."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.contract.conftest import Connect
from tests.contract.live import Json, Live
from tests.contract.people import House, Someone, a_session
from tests.contract.problems import EXCEPTION, assert_problem
from tests.contract.sums import checksum, digest

NOW = "2025-12-01T09:00:00.000Z"


class Pair:
    """A mentor and a student of a test, and what the mentor's replica numbers."""

    def __init__(self, house: House) -> None:
        self.mia = house.mentor()
        self.ana = house.student(self.mia)
        self.room = f"student:{self.ana.id}"
        self._n = 0

    def mutation(self, command: Json, **fields: object) -> Json:
        self._n += 1
        return {"n": self._n, "id": new_id(), "at": NOW, "command": command, **fields}

    def create(self, **fields: object) -> Json:
        command = a_session(type="schedule.create", id=new_id(), studentId=self.ana.id, **fields)
        return self.mutation(command)


@pytest.fixture
def pair(house: House) -> Pair:
    return Pair(house)


def new_id() -> str:
    """A UUIDv7, as a creator makes one."""
    made = uuid4().int & ~(0xF << 76) | (7 << 76)
    return str(UUID(int=made))


async def page_of(replica: Live, room: str, *cursor: object, limit: int = 500) -> Json:
    """The page of one room; of all others nothing is asked that was not there at the welcome."""
    heads = replica.all("welcome")[0]["heads"]
    cursors = {name: [version] for name, (version, _) in heads.items()}
    cursors[room] = list(cursor) or [0]
    pulled = await replica.call("sync:pull", {"cursors": cursors, "limit": limit})
    page: Json = next(page for page in pulled["rooms"] if page["room"] == room)
    return page


async def whole_rooms(replica: Live) -> dict[str, Json]:
    """The last page of each room, with the rows of all its pages: messages are bounded."""
    cursors: Json = {}
    whole: dict[str, Json] = {}
    is_more = True
    while is_more:
        pulled = await replica.call("sync:pull", {"cursors": cursors, "limit": 5000})
        for page in pulled["rooms"]:
            before = whole.get(page["room"], {"rows": []})["rows"]
            whole[page["room"]] = {**page, "rows": [*before, *page["rows"]]}
            cursors[page["room"]] = page["cursor"]
        is_more = any(page["more"] for page in pulled["rooms"])
    return whole


async def test_a_pushed_command_is_applied_and_seen_by_rest(pair: Pair, live: Connect) -> None:
    replica = await live(pair.mia, replica=True)
    create = pair.create(title="Pushed")

    (result,) = await replica.push(create)

    shown = pair.ana.get(f"schedules/{create['command']['id']}").json()
    assert (result["n"], result["status"]) == (1, "applied")
    assert result["versions"][pair.room] == shown["version"]
    assert shown["title"] == "Pushed"


async def test_a_repeated_push_gets_the_same_results_and_takes_effect_once(
    pair: Pair, live: Connect
) -> None:
    replica = await live(pair.mia, replica=True)
    pushed = [pair.create(), pair.create()]

    first = await replica.push(*pushed)
    again = await replica.push(*pushed)

    assert again == first
    assert len(pair.ana.get("schedules").json()) == 2


async def test_a_refused_command_stops_none_that_follow(pair: Pair, live: Connect) -> None:
    replica = await live(pair.mia, replica=True)

    results = await replica.push(
        pair.create(),
        pair.mutation({"type": "schedule.fly"}),
        pair.mutation({"type": "schedule.cancel", "id": new_id()}),
        pair.create(),
    )

    assert [one["status"] for one in results] == ["applied", "refused", "refused", "applied"]
    assert results[2]["code"] == "not_found"
    assert all(one["message"] and not EXCEPTION.search(one["message"]) for one in results[1:3])


async def test_a_gap_in_the_numbers_names_the_last_one(pair: Pair, live: Connect) -> None:
    replica = await live(pair.mia, replica=True)
    await replica.push(pair.create())
    pair.create()

    answer = await replica.call("sync:push", {"mutations": [pair.create()]})

    assert (answer["error"]["code"], answer["error"]["lastNumber"]) == ("number_gap", 1)


async def test_a_known_number_with_another_mutation_is_a_forked_client(
    pair: Pair, live: Connect
) -> None:
    replica = await live(pair.mia, replica=True)
    await replica.push(pair.create())

    answer = await replica.call("sync:push", {"mutations": [{**pair.create(), "n": 1}]})

    assert answer["error"]["code"] == "client_forked"


async def test_an_idempotency_key_and_a_mutation_do_not_meet_by_chance(
    pair: Pair, live: Connect
) -> None:
    replica = await live(pair.mia, replica=True)
    pushed = pair.create()
    await replica.push(pushed)

    answer = pair.mia.post(
        "schedules", a_session(studentId=pair.ana.id), Idempotency_Key=str(uuid4())
    )

    assert answer.status_code == 201
    assert len(pair.ana.get("schedules").json()) == 2


async def test_a_plain_client_does_not_push(pair: Pair, live: Connect) -> None:
    client = await live(pair.mia)

    answer = await client.call("sync:push", {"mutations": [pair.create()]})

    assert answer["error"]["code"] == "forbidden"
    assert pair.ana.get("schedules").json() == []


async def test_a_push_has_100_commands_at_most(pair: Pair, live: Connect) -> None:
    replica = await live(pair.mia, replica=True)

    answer = await replica.call("sync:push", {"mutations": [pair.create() for _ in range(101)]})

    assert answer["error"]["code"] in ("too_large", "bad_request")
    assert pair.ana.get("schedules").json() == []


async def test_a_pull_from_the_beginning_gives_each_room_whole(pair: Pair, live: Connect) -> None:
    planned = pair.mia.plan(pair.ana)
    replica = await live(pair.ana, replica=True)

    pulled = await replica.call("sync:pull", {"cursors": {}})

    assert set(pulled) == {"rooms", "revoked"}
    assert {page["room"] for page in pulled["rooms"]} == set(replica.all("welcome")[0]["heads"])
    (page,) = (page for page in pulled["rooms"] if page["room"] == pair.room)
    assert (page["from"], page["more"], page["removed"]) == (0, False, [])
    (row,) = (row for row in page["rows"] if row["id"] == planned["id"])
    assert row == {"type": "schedule", **planned}


async def test_the_checksum_and_the_digest_prove_what_was_pulled(pair: Pair, live: Connect) -> None:
    pair.mia.plan(pair.ana)
    pair.mia.delete(f"schedules/{pair.mia.plan(pair.ana)['id']}")
    replica = await live(pair.mia, replica=True)

    pages = await whole_rooms(replica)
    heads = {room: (page["to"], checksum(page["rows"])) for room, page in pages.items()}

    for room, page in pages.items():
        assert page["checksum"] == heads[room][1]
    assert await replica.call("sync:check", {"digest": digest(heads)}) == {"same": True}


async def test_a_heartbeat_with_another_digest_is_told_the_heads(pair: Pair, live: Connect) -> None:
    replica = await live(pair.mia, replica=True)

    answer = await replica.call("sync:check", {"digest": digest({})})

    assert set(answer) == {"heads"}
    assert answer["heads"][pair.room] == replica.all("welcome")[0]["heads"][pair.room]


async def test_a_pull_from_a_version_gives_what_changed_since(pair: Pair, live: Connect) -> None:
    kept, gone = pair.mia.plan(pair.ana), pair.mia.plan(pair.ana)
    replica = await live(pair.ana, replica=True)
    since = replica.all("welcome")[0]["heads"][pair.room][0]
    changed = pair.mia.patch(f"schedules/{kept['id']}", {"title": "Sets"}).json()
    pair.mia.delete(f"schedules/{gone['id']}")

    page = await page_of(replica, pair.room, since)

    assert (page["from"], page["to"]) == (since, since + 2)
    assert changed in [_untagged(row) for row in page["rows"]]
    assert page["removed"] == [{"type": "schedule", "id": gone["id"]}]


async def test_pages_of_a_pull_go_on_at_their_cursor(pair: Pair, live: Connect) -> None:
    for _ in range(4):
        pair.mia.plan(pair.ana)
    replica = await live(pair.ana, replica=True)
    whole = await page_of(replica, pair.room)

    page = await page_of(replica, pair.room, limit=3)
    rows: list[Json] = page["rows"]
    while page["more"] and len(rows) <= len(whole["rows"]):
        assert "checksum" not in page
        page = await page_of(replica, pair.room, *page["cursor"], limit=3)
        rows += page["rows"]

    assert rows == whole["rows"]
    assert page["checksum"] == whole["checksum"] == checksum(rows)


async def test_a_room_that_one_does_not_read_is_revoked(
    pair: Pair, house: House, live: Connect
) -> None:
    replica = await live(house.mentor(), replica=True)

    pulled = await replica.call("sync:pull", {"cursors": {pair.room: [1]}})

    assert pulled["revoked"] == [pair.room]
    assert pair.room not in [page["room"] for page in pulled["rooms"]]


async def test_each_commit_is_a_frame_with_the_rows_and_the_proof(
    pair: Pair, live: Connect
) -> None:
    replica = await live(pair.ana, replica=True)
    pulled = await page_of(replica, pair.room)

    planned = pair.mia.plan(pair.ana)
    frame = await replica.frame(pair.room)

    assert (frame["from"], frame["to"]) == (pulled["to"], pulled["to"] + 1)
    assert planned in [_untagged(row) for row in frame["rows"]]
    held = {row["id"]: row for row in [*pulled["rows"], *frame["rows"]]}
    assert frame["checksum"] == checksum(held.values())
    assert frame["auditHead"]


async def test_an_acknowledgement_comes_before_the_frames_of_its_commit(
    pair: Pair, live: Connect
) -> None:
    replica = await live(pair.mia, replica=True)

    (result,) = await replica.push(pair.create())
    heard_before = list(replica.events())
    frame = await replica.frame(pair.room)

    assert heard_before == []
    assert frame["to"] == result["versions"][pair.room]


async def test_access_that_is_given_and_taken_is_told(
    pair: Pair, house: House, live: Connect
) -> None:
    noah = house.mentor()
    replica = await live(noah, replica=True)

    house.admin.put(f"students/{pair.ana.id}/mentors/{noah.id}")
    granted = await replica.next("sync:access")
    house.admin.delete(f"students/{pair.ana.id}/mentors/{noah.id}")
    revoked = await replica.next("sync:access")

    assert granted == {"granted": [pair.room], "revoked": []}
    assert revoked == {"granted": [], "revoked": [pair.room]}


async def test_an_unknown_event_is_answered_with_a_code(pair: Pair, live: Connect) -> None:
    for client in (await live(pair.mia), await live(pair.mia, replica=True)):
        answer = await client.call("sync:everything", {"x": 1})

        assert answer["error"]["code"] == "unknown_event"
        assert answer["error"]["message"].endswith(".")


@pytest.mark.parametrize(
    ("event", "payload", "path"),
    [
        ("sync:push", {"mutations": [{"n": "one"}]}, "mutations[0]"),
        ("sync:push", {}, "mutations"),
        ("sync:pull", {"cursors": 7}, "cursors"),
        ("sync:pull", {"limit": 0}, "limit"),
        ("sync:check", {"digest": 7}, "digest"),
        ("auth:refresh", {}, "token"),
        ("sync:pull", "nonsense", "$"),
        ("sync:pull", None, "$"),
    ],
)
async def test_a_payload_that_does_not_fit_is_answered_with_the_place(
    pair: Pair, live: Connect, event: str, payload: object, path: str
) -> None:
    replica = await live(pair.mia, replica=True)

    error = (await replica.call(event, payload))["error"]

    assert error["code"] == "bad_request"
    assert path in error["path"] or path in error["message"]
    assert not EXCEPTION.search(error["message"])
    assert (await replica.call("sync:check", {"digest": ""}))["heads"]


async def test_a_message_above_256_kib_is_answered_with_a_code(pair: Pair, live: Connect) -> None:
    replica = await live(pair.mia, replica=True)

    answer = await replica.call("sync:check", {"digest": "x" * (256 * 1024 + 1)})

    assert answer["error"]["code"] == "too_large"
    assert (await replica.push(pair.create()))[0]["status"] == "applied"


async def test_unknown_fields_of_a_payload_are_ignored(pair: Pair, live: Connect) -> None:
    replica = await live(pair.mia, replica=True)
    create = {**pair.create(colour="green"), "size": 7}

    answer = await replica.call("sync:push", {"mutations": [create], "mood": "good"})

    assert answer["results"][0]["status"] == "applied"


def test_the_first_copy_is_all_rows_from_the_newest_down(pair: Pair) -> None:
    planned = [pair.mia.plan(pair.ana) for _ in range(3)]

    head, rows, end = _copy(pair.mia, pair.room)

    places = [(row["version"], row["id"]) for row in rows]
    assert (head["room"], head["total"]) == (pair.room, len(rows))
    assert places == sorted(places, reverse=True)
    assert {row["id"] for row in planned} <= {row["id"] for row in rows}
    assert (end["done"], end["checksum"]) == (True, checksum(rows))


def test_a_first_copy_that_broke_off_goes_on_at_its_cursor(pair: Pair) -> None:
    for _ in range(3):
        pair.mia.plan(pair.ana)
    _, whole, _ = _copy(pair.mia, pair.room)

    head, first, end = _copy(pair.mia, pair.room, "limit=2")
    pair.mia.plan(pair.ana, title="Meanwhile")
    _, rest, last = _copy(pair.mia, pair.room, f"until={head['until']}&cursor={end['cursor']}")

    assert (end["done"], last["done"]) == (False, True)
    assert [*first, *rest] == whole
    assert "Meanwhile" not in str(rest)


def test_a_room_of_others_has_no_copy(pair: Pair, house: House) -> None:
    stranger = house.mentor()

    for room in (pair.room, f"user:{pair.mia.id}", "cohort:nonsense"):
        assert_problem(stranger.get(f"sync/rooms/{room}"), 404, "not_found")
    assert_problem(pair.ana.get("sync/rooms/mentors"), 404, "not_found")


def _copy(someone: Someone, room: str, query: str = "") -> tuple[Json, list[Json], Json]:
    answer = someone.get(f"sync/rooms/{room}?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == "application/x-ndjson"
    head, *rows, end = map(json.loads, answer.text.splitlines())
    return head, rows, end


def _untagged(row: Json) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "type"}

"""The audit log: who did what, and that nobody changed it afterwards."""

from __future__ import annotations

import msgspec
import pytest

from domain.accounts import UpdateAccount
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import student_room, user_room
from domain.schedules import Schedule
from syncserver.storage.audit import BEGINNING, Link, Seen, _hash, changed_values
from syncserver.storage.ledger import Ledger, Reading
from tests.builders import NOW, World, a_schedule, a_world, ahead
from tests.relays import LedgerRelay


@pytest.fixture
def world(ledger: Ledger) -> World:
    world = a_world(LedgerRelay(ledger, []))
    world.done_by(UpdateSchedule(id=world.session, title="A secret plan"), world.mia)
    return world


def execute(ledger: Ledger, statement: str, *values: object) -> None:
    """What somebody with the file in hand could do."""
    with ledger.writer.begin() as connection:
        assert connection.exec_driver_sql(statement, values).rowcount >= 1


def records(ledger: Ledger, room: str) -> list[dict[str, object]]:
    with ledger.reader.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT * FROM audit_logs WHERE room = ? ORDER BY n", (room,)
        )
        return [dict(row) for row in rows.mappings()]


def test_an_untouched_log_is_sound(ledger: Ledger, world: World) -> None:
    verdict = ledger.verify_audit()

    assert verdict.ok
    assert verdict.records > verdict.rooms > 10


def test_a_record_tells_who_changed_which_field_from_what_to_what(
    ledger: Ledger, world: World
) -> None:
    change = next(
        record
        for record in reversed(records(ledger, student_room(world.ana)))
        if record["row_type"] == "schedule"
    )

    assert (change["actor_id"], change["action"]) == (world.mia, "schedule.update")
    values = msgspec.json.decode(str(change["field_values"]))
    assert values == {"title": ["Weekly talk", "A secret plan"]}


@pytest.mark.parametrize("column", ["actor_id", "action", "digests", "field_values", "prev_hash"])
def test_a_changed_record_is_named(column: str, ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)
    digests = '{"title":["0","1"]}'
    changed = f"UPDATE audit_logs SET {column} = ? WHERE room = ? AND n = 3"  # noqa: S608

    execute(ledger, changed, digests, room)

    verdict = ledger.verify_audit()
    assert (verdict.ok, verdict.room, verdict.n) == (False, room, 3)


@pytest.mark.parametrize("n", [1, 4])
def test_a_missing_record_is_named(n: int, ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)

    execute(ledger, "DELETE FROM audit_logs WHERE room = ? AND n = ?", room, n)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, n)


def test_a_log_that_was_cut_names_the_first_record_that_is_gone(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    last = len(records(ledger, room))

    execute(ledger, "DELETE FROM audit_logs WHERE room = ? AND n > ?", room, last - 2)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, last - 1)


def test_a_log_that_was_cut_together_with_the_head_of_its_room_is_named(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    world.done_by(UpdateSchedule(id=world.session, title="The last"), world.mia)
    whole = records(ledger, room)
    kept = [record for record in whole if record["version"] != whole[-1]["version"]]

    execute(ledger, "DELETE FROM audit_logs WHERE room = ? AND n > ?", room, len(kept))
    head = "UPDATE rooms SET audit_n = ?, audit_head = ? WHERE room = ?"
    execute(ledger, head, len(kept), kept[-1]["hash"], room)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, len(kept) + 1)


def set_back(ledger: Ledger, room: str, kept: list[dict[str, object]]) -> None:
    """Cut the log of a room after these records, and have the room say that it ends there."""
    execute(ledger, "DELETE FROM audit_logs WHERE room = ? AND n > ?", room, len(kept))
    head = "UPDATE rooms SET version = ?, audit_n = ?, audit_head = ? WHERE room = ?"
    execute(ledger, head, kept[-1]["version"], len(kept), kept[-1]["hash"], room)


@pytest.mark.parametrize("last", [UpdateSchedule(id=World.session, title="B"), "delete"])
def test_a_log_that_was_cut_together_with_its_room_contradicts_what_lies_there(
    ledger: Ledger, world: World, last: UpdateSchedule | str
) -> None:
    room = student_room(world.ana)
    command = DeleteSchedule(id=world.session) if isinstance(last, str) else last
    world.done_by(command, world.mia)
    whole = records(ledger, room)
    kept = [record for record in whole if record["version"] != whole[-1]["version"]]

    set_back(ledger, room, kept)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, len(kept) + 1)


def test_a_room_that_is_gone_with_its_log_is_named_by_what_lies_there(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)

    execute(ledger, "DELETE FROM audit_logs WHERE room = ?", room)
    execute(ledger, "DELETE FROM rooms WHERE room = ?", room)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, 1)


def test_a_version_that_is_left_out_is_named(ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)
    version = "UPDATE audit_logs SET version = version + 1 WHERE room = ? AND n >= 3"
    execute(ledger, version, room)
    forge(ledger, room)

    verdict = ledger.verify_audit()

    assert (verdict.room, verdict.ok) == (room, False)


@pytest.mark.parametrize("values", ["{", "[]", "7", '{"title":1}', '{"title":["A"]}', "[" * 9999])
def test_values_that_have_no_form_are_changed_ones(
    ledger: Ledger, world: World, values: str
) -> None:
    room = student_room(world.ana)

    execute(ledger, "UPDATE audit_logs SET field_values = ? WHERE room = ? AND n = 3", values, room)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, 3)


def test_values_beside_an_erased_salt_are_no_erased_values(ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)
    values = """UPDATE audit_logs SET salt = NULL, field_values = '{"title":["A","B"]}'
                WHERE room = ? AND n = 3"""

    execute(ledger, values, room)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, 3)


def test_a_chain_that_was_made_anew_contradicts_what_others_have_seen(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    head = ledger.read(lambda reading: reading.head(room))
    seen = Seen(room, head.version, head.audit_head)
    assert ledger.verify_audit([seen]).ok

    execute(ledger, "UPDATE audit_logs SET actor_id = 'x' WHERE room = ? AND n = 3", room)
    forge(ledger, room)

    assert ledger.verify_audit().ok
    verdict = ledger.verify_audit([seen])
    assert (verdict.ok, verdict.room, verdict.n) == (False, room, head.audit_n)


def test_what_others_have_seen_of_a_room_that_ends_sooner_is_missing(
    ledger: Ledger, world: World
) -> None:
    room = student_room(world.ana)
    head = ledger.read(lambda reading: reading.head(room))

    verdict = ledger.verify_audit([Seen(room, head.version + 1, "later")])

    assert (verdict.room, verdict.n) == (room, head.audit_n + 1)


def forge(ledger: Ledger, room: str) -> None:
    """Make the whole chain of a room anew over what its records say now, heads and all."""
    link = Link(0, BEGINNING)
    for record in records(ledger, room):
        chained = {**record, "prev_hash": link.head}
        link = Link(link.n + 1, _hash(chained))
        execute(
            ledger,
            "UPDATE audit_logs SET prev_hash = ?, hash = ? WHERE room = ? AND n = ?",
            *(chained["prev_hash"], link.head, room, link.n),
        )
    execute(ledger, "UPDATE rooms SET audit_head = ? WHERE room = ?", link.head, room)


def test_a_log_without_its_room_is_named(ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)

    execute(ledger, "DELETE FROM rooms WHERE room = ?", room)

    verdict = ledger.verify_audit()
    assert (verdict.room, verdict.n) == (room, 1)


def test_values_can_be_erased_and_the_log_stays_sound(ledger: Ledger, world: World) -> None:
    erase = "UPDATE audit_logs SET field_values = NULL, salt = NULL WHERE room = ?"
    execute(ledger, erase, student_room(world.ana))

    assert ledger.verify_audit().ok


def test_the_log_of_a_persons_own_room_names_fields_without_values(
    ledger: Ledger, world: World
) -> None:
    world.done_by(UpdateAccount(locale="de"), world.ana)

    record = records(ledger, user_room(world.ana))[-1]

    assert list(msgspec.json.decode(str(record["digests"]))) == ["locale"]
    assert record["field_values"] is None
    assert record["salt"] is None


def test_the_head_at_a_version_is_where_the_chain_stood_then(ledger: Ledger, world: World) -> None:
    room = student_room(world.ana)
    before = ledger.read(lambda reading: reading.head(room))
    world.done_by(UpdateSchedule(id=world.session, title="Another"), world.mia)

    heads = ledger.read(
        lambda reading: [reading.audit_head_at(room, n) for n in (0, before.version)]
    )

    assert heads == [BEGINNING, before.audit_head]


def test_the_author_of_a_field_is_who_last_set_it(ledger: Ledger, world: World) -> None:
    def authors(field: str) -> str | None:
        def look(reading: Reading) -> str | None:
            session = reading.find(Schedule, world.bens)
            return reading.author_of(session, field) if session else None

        return ledger.read(look)

    assert authors("title") == world.noah
    assert authors("place") == world.noah  # never set: who made the row


def test_nobody_is_the_author_of_what_no_record_tells_of(ledger: Ledger) -> None:
    row = a_schedule()

    assert ledger.read(lambda reading: reading.author_of(row, "title")) is None


def test_only_what_differs_is_a_change() -> None:
    before = a_schedule(title="A", place="")
    after = a_schedule(title="B", place="", updated_at=ahead(of=NOW, hours=1))

    assert changed_values(before, after) == {"title": ("A", "B")}
    assert changed_values(None, None) == {}
    assert "place" not in changed_values(None, after)

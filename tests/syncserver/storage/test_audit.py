"""The audit log: who did what, and that nobody changed it afterwards."""

from __future__ import annotations

import msgspec
import pytest

from domain.accounts import UpdateAccount
from domain.planning import UpdateSchedule
from domain.rooms import student_room, user_room
from domain.schedules import Schedule
from syncserver.storage.audit import BEGINNING, changed_values
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

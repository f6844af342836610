"""The audit log by filter: complete, in order, and along an index whatever is asked for."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, bindparam, event, update

from domain.accounts import UpdateAccount
from domain.rooms import MENTORS, user_room
from syncserver.storage.audit_listings import (
    UNTOLD,
    AuditFilter,
    all_records,
    last_record,
    row_records,
)
from syncserver.storage.ledger import Ledger
from syncserver.storage.schema import AUDIT_LOGS
from tests.builders import NOW, World, a_world, ahead
from tests.relays import LedgerRelay

FIELDS: dict[str, Any] = {
    "actor_id": World.mia,
    "row_type": "schedule",
    "row_id": World.session,
    "start": ahead(hours=20),
    "end": ahead(hours=90),
}
FILTERS = [
    {name: FIELDS[name] for name, is_given in zip(FIELDS, given, strict=True) if is_given}
    for given in product((False, True), repeat=len(FIELDS))
]
FILTERS += [one | {"deeds_only": True} for one in FILTERS if len(one) < 2]


@pytest.fixture
def world(ledger: Ledger) -> World:
    """The world, whose records were received one an hour."""
    world = a_world(LedgerRelay(ledger, []))
    records = ledger.read(lambda r: all_records(r, AuditFilter(), before=0, limit=10_000))
    hourly = [{"of_id": one["id"], "time": ahead(hours=one["id"])} for one in records]
    move = update(AUDIT_LOGS).where(AUDIT_LOGS.c.id == bindparam("of_id"))
    with ledger.writer.begin() as connection:
        connection.execute(move.values(received_at=bindparam("time")), hourly)
    return world


def fits(record: dict[str, Any], given: dict[str, Any]) -> bool:
    bounds = {
        "start": record["received_at"] >= given.get("start", ""),
        "end": record["received_at"] < given.get("end", "~"),
        "deeds_only": record["row_type"] not in UNTOLD,
    }
    return all(bounds.get(name, record.get(name) == value) for name, value in given.items())


@pytest.mark.parametrize("given", FILTERS, ids="-".join)
def test_every_filter_gives_what_fits_the_newest_first(
    ledger: Ledger, world: World, given: dict[str, Any]
) -> None:
    whole = ledger.read(lambda r: all_records(r, AuditFilter(), before=0, limit=10_000))

    found = ledger.read(lambda r: all_records(r, AuditFilter(**given), before=0, limit=10_000))

    assert found == [record for record in whole if fits(record, given)]
    assert [one["id"] for one in whole] == list(range(len(whole), 0, -1))


@pytest.mark.parametrize("given", FILTERS, ids="-".join)
def test_no_filter_reads_the_whole_log_or_sorts_it(
    ledger: Ledger, world: World, given: dict[str, Any]
) -> None:
    plans: list[str] = []

    def explain(connection: Connection, _: Any, statement: str, bound: Any, *__: Any) -> None:
        cursor = connection.connection.cursor()
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", bound)
        plans.extend(row[3] for row in cursor.fetchall())
        cursor.close()

    event.listen(Engine, "before_cursor_execute", explain)
    ledger.read(lambda r: all_records(r, AuditFilter(**given), before=1_000, limit=5))
    event.remove(Engine, "before_cursor_execute", explain)

    assert plans
    assert not [step for step in plans if step.startswith("SCAN")]
    if "row_id" not in given or "row_type" in given:  # of a row alone there are few
        assert not [step for step in plans if "TEMP B-TREE" in step]


def test_the_records_of_a_row_come_from_either_end_and_of_some_rooms(
    ledger: Ledger, world: World
) -> None:
    def ids(**given: Any) -> list[int]:
        asked: dict[str, Any] = {"rooms": None, "after": 0, "limit": 10} | given
        found = ledger.read(lambda r: row_records(r, "account", world.ana, **asked))
        return [one["id"] for one in found]

    world.done_by(UpdateAccount(locale="de"), world.ana)
    whole = ids()

    assert len(whole) == 2
    assert ids(newest_first=True) == whole[::-1]
    assert ids(after=whole[0]) == whole[1:]
    assert ids(after=whole[1], newest_first=True) == whole[:1]
    assert ids(rooms=[MENTORS]) == []
    assert ids(rooms=[MENTORS, user_room(world.ana)], limit=1) == whole[:1]


def test_a_clock_that_was_wrong_by_years_hides_nothing(ledger: Ledger, world: World) -> None:
    jumped = update(AUDIT_LOGS).where(AUDIT_LOGS.c.id == 5)
    with ledger.writer.begin() as connection:
        connection.execute(jumped.values(received_at="2036-01-01T00:00:00.000Z"))
    given = AuditFilter(start=ahead(hours=4), end=ahead(hours=8))

    found = ledger.read(lambda r: all_records(r, given, before=0, limit=10))
    later = ledger.read(
        lambda r: all_records(r, AuditFilter(start="2035-01-01"), before=0, limit=9)
    )

    assert [one["id"] for one in found] == [7, 6, 4]
    assert [one["id"] for one in later] == [5]


def test_a_page_goes_on_below_a_record(ledger: Ledger, world: World) -> None:
    last = ledger.read(last_record)

    found = ledger.read(lambda r: all_records(r, AuditFilter(), before=last, limit=2))

    assert [one["id"] for one in found] == [last - 1, last - 2]


def test_after_the_last_record_there_is_nothing(ledger: Ledger) -> None:
    assert ledger.read(last_record) == 0
    for which in (AuditFilter(), AuditFilter(start=NOW), AuditFilter(end=NOW)):
        found = ledger.read(
            lambda r, which=which: all_records(r, which, before=0, limit=5)  # type: ignore[misc]
        )
        assert found == []

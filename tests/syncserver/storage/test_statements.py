"""All statements of a day's work on 100,000 rows: each is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert

from domain.instants import moment
from domain.outcomes import CancelSchedule
from domain.planning import CreateSchedule, DeleteSchedule
from domain.rooms import student_room
from domain.wire import MESSAGE_LIMIT, Pull
from syncserver import judge, pulls
from syncserver.judge import Caller
from syncserver.storage.ledger import Ledger
from syncserver.storage.rows import SHAPES
from syncserver.storage.schema import TABLES
from tests.builders import (
    EXAMPLES,
    NOW,
    World,
    a_plan,
    a_schedule,
    a_world,
    an_activity,
    id_of,
    second_ahead,
)
from tests.relays import LedgerRelay
from tests.syncserver.conftest import MAY_SCAN
from tests.syncserver.pushes import push_of

ROWS = 50_000  # of sessions, and as many activities
MINUTES_APART = 120
WHOLE = re.compile(r"SCAN (?!CONSTANT|subquery)")


@pytest.fixture
def world(ledger: Ledger) -> World:
    return a_world(LedgerRelay(ledger, []))


@pytest.fixture
def large(ledger: Ledger, world: World) -> Ledger:
    """The world with 100,000 rows more, in many rooms."""
    session, activity = a_schedule(), an_activity()
    sessions = (SHAPES["schedule"].columns(session), "schedule")
    activities = (SHAPES["activity"].columns(activity), "activity")
    with ledger.writer.begin() as connection:
        for columns, kind in (sessions, activities):
            rows = [_row(columns, kind, number) for number in range(ROWS)]
            connection.execute(insert(TABLES[kind]), rows)
    return ledger


def _row(columns: dict[str, Any], kind: str, number: int) -> dict[str, Any]:
    student = f"00000000-0000-7000-8000-{number % 500:012d}"
    own: dict[str, Any] = {
        "id": f"00000000-0000-7000-8000-{number:012d}",
        "room": student_room(student),
        "version": number // 500 + 1,
    }
    if kind == "schedule":
        start = (number // 500) * MINUTES_APART
        span = {"start_time": _at(start), "end_time": _at(start + 60)}
        own |= span | {"student_id": student, "mentor_id": student}
    return columns | own


def _at(minutes: int) -> str:
    day, minute = divmod(minutes, 24 * 60)
    return f"2026-{1 + day // 28:02d}-{1 + day % 28:02d}T{minute // 60:02d}:00:00Z"


@pytest.fixture
def statements(large: Ledger) -> Iterator[dict[str, Any]]:
    """Every statement that is executed from here on, with an example of its parameters."""
    seen: dict[str, Any] = {}

    def note(_: Connection, __: Any, statement: str, bound: Any, ___: Any, many: bool) -> None:
        if re.match(r"SELECT|UPDATE|DELETE", statement):
            seen.setdefault(statement, bound[0] if many else bound)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


def test_no_statement_reads_a_whole_table_of_100_000_rows(
    large: Ledger, world: World, statements: dict[str, Any]
) -> None:
    _a_days_work(large, world)
    for tag in sorted(EXAMPLES, reverse=True):  # the deactivation last
        example = EXAMPLES[tag](world)
        world.do(example.command, example.actor)

    assert len(statements) > 50
    scanned = []
    with large.reader.begin() as connection:
        for statement, bound in list(statements.items()):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", bound)
            may_scan = any(part in statement for part in MAY_SCAN)
            scanned += [(row[3], statement) for row in plan if WHOLE.match(row[3]) and not may_scan]
    assert scanned == []


def _a_days_work(ledger: Ledger, world: World) -> None:
    made = a_plan(id_of("of the day"), world.ana, start=second_ahead(days=20))
    commands: list[CreateSchedule | CancelSchedule | DeleteSchedule] = [
        made,
        CancelSchedule(id=world.soon),
        DeleteSchedule(id=made.id),
    ]
    caller = Caller(world.mia, id_of("client"))
    push = push_of(*commands)
    ledger.write(lambda writing: judge.accept(writing, caller, push, moment(NOW)))
    ledger.write(lambda writing: writing.collect(before=NOW))
    room = student_room(world.ana)
    ledger.read(lambda r: pulls.pull(r, world.mia, Pull(cursors={room: [2]}), MESSAGE_LIMIT))
    ledger.read(lambda r: pulls.check(r, world.mia, ""))
    ledger.read(lambda r: pulls.welcome(r, world.mia, id_of("client"), NOW))
    ledger.read(lambda r: pulls.copy_page(r, world.mia, room, until=None, cursor=None, limit=5))

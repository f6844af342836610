"""What must be true in the end, in the files of the desktops and of the relay."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec

from desktop.store.database import open_files
from desktop.store.rows import rows
from domain.kinds import KINDS
from domain.records import Record
from domain.schedules import Schedule
from domain.wire import Outcome
from syncserver.storage.ledger import Ledger
from syncserver.storage.reading import Reading
from tests.relays import LedgerRelay
from tests.torture.processes import DeskProcess

Key = tuple[str, str]


def hold(relay: Path, desks: list[DeskProcess]) -> None:
    """Nothing is lost, nothing is doubled, and all have the same. All processes have ended."""
    with closing(Ledger.open(relay)) as ledger:
        assert ledger.verify_audit().ok
        for desk in desks:
            _hold_outbox(ledger, desk)
            _hold_rows(ledger, desk)


def _hold_outbox(ledger: Ledger, desk: DeskProcess) -> None:
    with closing(open_files(Path(desk.orders.folder))) as files:
        found = files.outbox.execute("SELECT id, state, code FROM commands").fetchall()
    states = {row["id"]: (row["state"], row["code"]) for row in found}
    assert set(desk.saved) <= states.keys(), "something that was saved is lost"
    receipts = ledger.read(lambda reading: reading.receipts(list(states)))
    told = {}
    for mutation_id, receipt in receipts.items():
        outcome = msgspec.json.decode(receipt.outcome)
        applied = outcome["status"] == Outcome.APPLIED
        told[mutation_id] = ("acknowledged", None) if applied else ("attention", outcome["code"])
    assert told == states, "desktop and relay do not agree on what became of a command"


def _hold_rows(ledger: Ledger, desk: DeskProcess) -> None:
    relay = LedgerRelay(ledger, [])
    rooms = ledger.read(lambda reading: reading.rooms_of(desk.orders.user_id))
    theirs = {(row.kind(), row.id): row for room in rooms for row in relay.rows_of(room)}
    with closing(open_files(Path(desk.orders.folder))) as files:
        mine: dict[Key, Record] = {
            (row.kind(), row.id): row
            for kind in KINDS.values()
            for row in rows(files.replica, kind, f"SELECT * FROM {kind.table}")  # noqa: S608
        }
        pending = files.replica.execute("SELECT count(*) FROM touched").fetchone()[0]
    assert mine == theirs
    assert pending == 0
    made = ledger.read(lambda reading: [_session(reading, one) for one in desk.made])
    assert None not in made, "a session that was made is not on the relay"


def _session(reading: Reading, session_id: str) -> Schedule | None:
    return reading.find(Schedule, session_id)

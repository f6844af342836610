"""A stored relay of every released schema still opens, with all it held."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from domain.outcomes import CancelSchedule
from domain.schedules import Schedule, Status
from syncserver.storage.ledger import FILE, Ledger
from tests.builders import World
from tests.relays import LedgerRelay

STORED = sorted(Path(__file__).with_name("first_schema").glob("relay_*.sql"))


@pytest.fixture(params=STORED, ids=lambda path: path.stem)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The folder of a relay as an older program left it."""
    folder = tmp_path / "relay"
    folder.mkdir(mode=0o700)
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript(request.param.read_text("utf-8"))
    return folder


def schema_of(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        rows = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        )
        return {row[0] for row in rows}


def test_its_chains_hold_and_its_sessions_are_there(stored: Path) -> None:
    with closing(Ledger.open(stored)) as ledger:
        verdict = ledger.verify_audit()

        assert verdict.ok
        assert verdict.records > 0
        assert ledger.read(lambda reading: reading.find(Schedule, World.session)) is not None


def test_it_goes_on_where_it_stood(stored: Path) -> None:
    with closing(Ledger.open(stored)) as ledger:
        relay = LedgerRelay(ledger, [])
        world = World(relay)

        world.done_by(CancelSchedule(id=world.session), world.mia, mutation=World.otto)

        found = ledger.read(lambda reading: reading.find(Schedule, world.session))
        assert found is not None
        assert found.status is Status.CANCELED
        assert ledger.verify_audit().ok


def test_it_gets_the_schema_of_a_new_relay(stored: Path, tmp_path: Path) -> None:
    Ledger.open(stored).close()
    Ledger.open(tmp_path / "new", create=True).close()

    assert schema_of(stored) == schema_of(tmp_path / "new")

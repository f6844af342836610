"""Acts that change no row, in the chain of a room."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text

from domain.accounts import Account
from domain.rooms import MENTORS, user_room
from domain.students import StudentCard
from syncserver.storage.ledger import Ledger, Writing
from syncserver.storage.notes import act_of, note
from tests.builders import NOW, World, a_world, id_of
from tests.relays import LedgerRelay

LAST = text("SELECT * FROM audit_logs WHERE room = :room ORDER BY n DESC LIMIT 1")


def noted(ledger: Ledger, said: dict[str, str], room: str, world: World) -> dict[str, Any]:
    """The record of a note about the person's account, or card, in this room."""

    def work(writing: Writing) -> None:
        account = writing.find(Account, world.ana)
        assert account is not None
        row = account if room == account.room else writing.find(StudentCard, world.ana)
        assert row is not None
        note(writing, act_of(account, NOW, id_of("act")), "audit.read", row, said=said)

    ledger.write(work)
    return dict(ledger.read(lambda r: r.connection.execute(LAST, {"room": room}).mappings().one()))


def test_what_is_said_is_kept_also_where_values_are_not(ledger: Ledger) -> None:
    world = a_world(LedgerRelay(ledger, []))
    said = {"type": "schedule", "deedsOnly": ""}

    own = noted(ledger, said, user_room(world.ana), world)
    others = noted(ledger, said, MENTORS, world)

    assert list(json.loads(own["digests"])) == ["deedsOnly", "type=schedule"]
    assert own["field_values"] is None
    assert json.loads(others["field_values"])["type"] == [None, "schedule"]


def test_a_note_is_the_next_link_of_its_rooms_chain(ledger: Ledger) -> None:
    world: World = a_world(LedgerRelay(ledger, []))
    room = user_room(world.ana)
    before = ledger.read(lambda reading: reading.head(room))

    def work(writing: Writing) -> None:
        account = writing.find(Account, world.ana)
        assert account is not None
        act = act_of(account, NOW, id_of("act"))
        note(writing, act, "account.password", account, said={"password": ""})

    ledger.write(work)

    after = ledger.read(lambda reading: reading.head(room))
    record = ledger.read(lambda r: r.connection.execute(LAST, {"room": room}).mappings().one())
    assert (after.audit_n, after.version) == (before.audit_n + 1, before.version + 1)
    assert after.checksum == before.checksum
    assert (record["action"], record["actor_id"]) == ("account.password", world.ana)
    assert list(json.loads(record["digests"])) == ["password"]
    assert record["field_values"] is None
    assert ledger.verify_audit().ok

"""Acts that change no row, in the chain of a room."""

from __future__ import annotations

import json

from sqlalchemy import text

from domain.accounts import Account
from domain.rooms import user_room
from syncserver.storage.ledger import Ledger, Writing
from syncserver.storage.notes import act_of, note
from tests.builders import NOW, World, a_world, id_of
from tests.relays import LedgerRelay

LAST = text("SELECT * FROM audit_logs WHERE room = :room ORDER BY n DESC LIMIT 1")


def test_a_note_is_the_next_link_of_its_rooms_chain(ledger: Ledger) -> None:
    world: World = a_world(LedgerRelay(ledger, []))
    room = user_room(world.ana)
    before = ledger.read(lambda reading: reading.head(room))

    def work(writing: Writing) -> None:
        account = writing.find(Account, world.ana)
        assert account is not None
        act = act_of(account, NOW, id_of("act"))
        note(writing, act, "account.password", account, what=("password", "changed"))

    ledger.write(work)

    after = ledger.read(lambda reading: reading.head(room))
    record = ledger.read(lambda r: r.connection.execute(LAST, {"room": room}).mappings().one())
    assert (after.audit_n, after.version) == (before.audit_n + 1, before.version + 1)
    assert after.checksum == before.checksum
    assert (record["action"], record["actor_id"]) == ("account.password", world.ana)
    assert list(json.loads(record["digests"])) == ["password"]
    assert record["field_values"] is None
    assert ledger.verify_audit().ok

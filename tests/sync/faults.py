"""Desktops and relays that are wrong in one thing, to see that the tests of sync notice it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from desktop.store.incoming import Incoming
from desktop.store.local import LocalStore
from desktop.store.outbox import Outbox
from desktop.store.prediction import Key
from desktop.store.replays import Replays
from desktop.store.replica import Replica, Step
from desktop.store.witness import Witness
from desktop.sync.client import SyncClient
from desktop.sync.exchange import Exchange
from desktop.sync.pasts import Heads, Pasts
from domain.chains import Known
from domain.wire import Changes, Mutation, Removed
from syncserver.storage.ledger import Finished, Ledger, Work
from syncserver.storage.reading import Receipt
from syncserver.storage.writing import Commit, Writing


class WithoutRestore(Replays):
    """Runs pending commands on top of their own old predictions."""

    def _restore(self, key: Key) -> None:
        pass


class OverGaps(Replica):
    """Applies a frame whatever is missing before it, and whatever past it follows."""

    def receive(self, changes: Changes) -> Step:
        held = self.heads().get(changes.room)
        if held:
            changes = replace(changes, from_=held[0], audit_head_at_from=None)
        return super().receive(changes)


class KeepsRefused(Replica):
    """Lets the prediction of a refused command stand."""

    def undo(self, mutation_ids: Collection[str]) -> None:
        pass


class DropsMovedRows(Incoming):
    """Takes a row that moves away at once, before its new room brings it."""

    def remove(self, room: str, tombstones: Sequence[Removed]) -> set[Key]:
        return super().remove(room, [replace(one, moved=False) for one in tombstones])


class DropsRowsOfOtherRooms(Incoming):
    """Applies a tombstone to a row that is in another room by now."""

    def remove(self, room: str, tombstones: Sequence[Removed]) -> set[Key]:
        dirty = super().remove(room, tombstones)
        for one in tombstones:
            if known := self._known(one.type, [one.id]).get(one.id):
                dirty |= self._delete((one.type, one.id), known)
        return dirty


class KeepsLostRooms(Incoming):
    """Forgets a lost room, and not its rows."""

    def erase(self, room: str) -> set[Key]:
        self._db.execute("DELETE FROM rooms WHERE room = ?", [room])
        return set()


class SendsOnce(Outbox):
    """Takes what it has sent for delivered."""

    def unsent(self, limit: int, max_bytes: int) -> list[Mutation]:
        sent = self.connection.execute("SELECT id FROM commands WHERE n IS NOT NULL").fetchall()
        ids = {row["id"] for row in sent}
        return [one for one in super().unsent(limit, max_bytes) if one.id not in ids]


class NeverSendsAgain(Outbox):
    """Does not make good what a relay from a backup has lost."""

    def make_good(self, last_number: int, restored_at: str | None) -> list[str]:
        return []


class NeverChecks(Exchange):
    """Waits for the next change instead of comparing heads."""

    async def check(self) -> None:
        self.wants_check = False


class NeverAsks(Pasts):
    """Copies a room anew without asking what became of its past."""

    async def _ask(
        self, wanted: set[tuple[str, Known]], heads: Heads, *, keeps_rows: bool = False
    ) -> None:
        pass


class BelievesCopies(Witness):
    """Takes the audit head that comes with a copy for the one that was seen."""

    def unconfirmed(self) -> dict[str, Known]:
        return {
            room: known for room, known in super().unconfirmed().items() if not self.of_rows(room)
        }


class _WithoutReceipts(Writing):
    def receipts(self, mutation_ids: Collection[str]) -> dict[str, Receipt]:
        return {}


class _WithoutTombstones(Writing):
    def _bury(self, *row: object, **moved: object) -> None:
        pass


def _with_writing(kind: type[Writing], works: Sequence[Work]) -> list[Work]:
    def changed(work: Work) -> Work:
        def run(writing: Writing) -> object:
            writing.__class__ = kind
            return work(writing)

        return run

    return [changed(work) for work in works]


class ForgetfulLedger(Ledger):
    """Judges a mutation again each time it comes."""

    def commit(self, works: Sequence[Work]) -> tuple[list[Finished], Commit]:
        return super().commit(_with_writing(_WithoutReceipts, works))


class LedgerWithoutTombstones(Ledger):
    """Does not write down what was removed."""

    def commit(self, works: Sequence[Work]) -> tuple[list[Finished], Commit]:
        return super().commit(_with_writing(_WithoutTombstones, works))


Broken = Callable[[LocalStore | SyncClient], None]


def right(part: LocalStore | SyncClient) -> None:
    """Nothing is wrong with it."""


def _store(change: Callable[[Replica, Outbox], None]) -> Broken:
    """Change the parts of each store that is opened, before it is used."""

    def broken(part: LocalStore | SyncClient) -> None:
        if isinstance(part, LocalStore):
            change(part._replica, part._outbox)

    return broken


def _class(thing: object, kind: type) -> None:
    thing.__class__ = kind


def _never_checks(part: LocalStore | SyncClient) -> None:
    if isinstance(part, SyncClient):
        _class(part._exchange, NeverChecks)


def _never_asks(part: LocalStore | SyncClient) -> None:
    if isinstance(part, SyncClient):
        _class(part._exchange._pasts, NeverAsks)


def _believes_copies(part: LocalStore | SyncClient) -> None:
    if isinstance(part, LocalStore):
        _class(part.witness, BelievesCopies)


@dataclass(frozen=True)
class Fault:
    """One wrong thing on one side."""

    broken: Broken = right
    ledger_type: type[Ledger] = Ledger


FAULTS: dict[str, Fault] = {
    "a mutation that comes again is judged again": Fault(ledger_type=ForgetfulLedger),
    "no tombstones": Fault(ledger_type=LedgerWithoutTombstones),
    "no restore before a replay": Fault(
        _store(lambda replica, _: _class(replica._replays, WithoutRestore))
    ),
    "a frame is applied over a gap": Fault(_store(lambda replica, _: _class(replica, OverGaps))),
    "the prediction of what is refused stays": Fault(
        _store(lambda replica, _: _class(replica, KeepsRefused))
    ),
    "a row on its way is gone for a while": Fault(
        _store(lambda replica, _: _class(replica._incoming, DropsMovedRows))
    ),
    "a tombstone removes a row that has moved": Fault(
        _store(lambda replica, _: _class(replica._incoming, DropsRowsOfOtherRooms))
    ),
    "a revocation leaves rows": Fault(
        _store(lambda replica, _: _class(replica._incoming, KeepsLostRooms))
    ),
    "what was sent is taken for delivered": Fault(
        _store(lambda _, outbox: _class(outbox, SendsOnce))
    ),
    "nothing is sent again to a restored relay": Fault(
        _store(lambda _, outbox: _class(outbox, NeverSendsAgain))
    ),
    "no pull after a lost last frame": Fault(_never_checks),
    "a room is copied without a question": Fault(_never_asks),
    "a copy is believed": Fault(_believes_copies),
}

"""The real relay for tests that are not about time: one call, one command, one commit."""

from __future__ import annotations

from dataclasses import dataclass

from domain.commands import Command
from domain.errors import Invalid, Refused
from domain.instants import moment
from domain.kinds import KINDS
from domain.records import Record
from domain.wire import Outcome
from syncserver import judge
from syncserver.judge import Caller, Order
from syncserver.storage.ledger import Ledger, Reading
from syncserver.storage.pages import AFTER_ALL, changes_after
from syncserver.storage.writing import Commit


@dataclass
class LedgerRelay:
    """Judges commands one by one as `tests.builders.Relay`, on a real ledger.

    Attributes:
        commits: what each call did, in order.
    """

    ledger: Ledger
    commits: list[Commit]

    def run(
        self, command: Command, actor: str, *, at: str, now: str, mutation: str
    ) -> Refused | None:
        """The refusal, or None; deactivation and registration are the relay's own acts."""
        order = Order(command, mutation, trusted=command.relay_only)
        finished, commit = self.ledger.commit(
            [lambda writing: judge.do(writing, Caller(actor), order, moment(now))]
        )
        self.commits.append(commit)
        if error := finished[0].error:
            raise error
        result = finished[0].value.result
        if result.status is not Outcome.REFUSED:
            return None
        refusal = judge.error_of(result)
        if isinstance(refusal, Invalid):
            return Refused("invalid", str(refusal), field=refusal.field, because=refusal.code)
        return refusal

    def rows_of(self, room: str) -> list[Record]:
        """The live rows of a room, by kind and id."""

        def look(reading: Reading) -> list[Record]:
            page = changes_after(
                reading.connection, room, (0, AFTER_ALL), rows=1_000_000, size=1 << 40
            )
            ids = sorted((entry.kind, entry.place[1]) for entry in page.entries if entry.wire)
            return [row for kind, row_id in ids if (row := reading.find(KINDS[kind], row_id))]

        return self.ledger.read(look)

"""This computer as a witness of the relay's audit log: what it has seen, and may let go of."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from desktop.store.chains import Break, Chains, of_rooms
from desktop.store.outbox import Outbox
from desktop.store.replica import Replica
from domain.chains import Finding, Known

CHAIN = "chain"  # told as a kind that changed, when the relay's past turned out to be another one


class Witness:
    """Holds the heads in the precious file against those that came with the rows.

    A kept head gives way only to one that follows it: either the rows here came from it change by
    change, or the relay has named it again since they were copied. So whatever leads to a copy, a
    log that was changed before it cannot pass for the one that was seen.
    """

    def __init__(
        self,
        outbox: Outbox,
        replica: Replica,
        chains: Chains,
        *,
        saving: Callable[[], AbstractContextManager[None]],
        write: Callable[[Callable[[], None]], None],
        on_change: Callable[[Iterable[str]], None],
    ) -> None:
        self._outbox = outbox
        self._replica = replica
        self._chains = chains
        self._saving = saving
        self._write = write
        self._on_change = on_change

    def heads(self) -> dict[str, Known]:
        """The newest audit head of each room that the relay must still know."""
        return {**self._here(), **self.unconfirmed()}

    def of_rows(self, room: str) -> Known | None:
        """The head that came with the rows here, as far as it was told."""
        return self._here().get(room)

    def unconfirmed(self) -> dict[str, Known]:
        """The kept heads that the rows here do not follow, so that no pull compares them.

        The rows are gone, or older, or were copied since.
        """
        here, followed = self._here(), self._replica.followed()
        return {
            room: known
            for room, known in self._chains.known().items()
            if not _follows(here.get(room), known, is_followed=room in followed)
        }

    def confirm(self, room: str, known: Known) -> None:
        """The relay still names this head: what is here of the room by now follows it."""
        mine = self.of_rows(room)
        if mine is not None and mine.version >= known.version:
            self._write(lambda: self._replica.follow([room]))

    def let_go(self, room: str) -> None:
        """The relay went back to a backup and says so: what was kept is of a past that is over.

        The rows keep their head: it tells that they are of that past, until they are copied anew.
        """
        with self._saving():
            self._chains.drop_heads([room])

    def keep_before_copy(self, room: str) -> None:
        """Remember the head of rows that are about to be copied anew, unless it is broken."""
        mine = self.of_rows(room)
        if mine is None or room in self.unconfirmed() or self._chains.is_broken(room, mine.head):
            return
        self._save({room: mine})

    def keep(self) -> None:
        """All is in step: remember the heads, and after which restore of the relay that was.

        Those of rooms that are not here by now were lost unnoticed, with their rows.
        """
        here, is_restored = self._here(), self.is_restored()
        open_ = {} if is_restored else self.unconfirmed()
        fit = {room: known for room, known in here.items() if room not in open_}
        self._save(fit, gone=self._chains.known().keys() - self._replica.heads().keys())
        if is_restored:
            with self._saving():
                self._outbox.confirm_restore()
        if new := fit.keys() - self._replica.followed():
            self._write(lambda: self._replica.follow(sorted(new)))

    def is_restored(self) -> bool:
        """Whether the relay was restored since all was in step with it last."""
        return self._outbox.is_restored()

    def report(
        self, room: str, known: Known, found: str, finding: Finding, kept_in: Path | None
    ) -> bool:
        """Note what was found, for the person to see; false where it is noted already."""
        with self._saving():
            is_new = self._chains.report(
                room, known, found, finding, kept_in=str(kept_in) if kept_in else ""
            )
        self._on_change({CHAIN})
        return is_new

    def breaks(self) -> list[Break]:
        """Where the relay's past is another one, as far as the person has not seen it."""
        return self._chains.breaks()

    def dismiss(self, break_id: str) -> None:
        """The person has seen it."""
        with self._saving():
            self._chains.dismiss(break_id)
        self._on_change({CHAIN})

    def _here(self) -> dict[str, Known]:
        return of_rooms(self._replica.heads(), self._replica.audit_heads())

    def _save(self, heads: dict[str, Known], gone: Iterable[str] = ()) -> None:
        """Write down what is not written yet; it costs nothing where that is nothing."""
        lacking, gone = self._chains.lacking(heads), sorted(gone)
        if lacking or gone:
            with self._saving():
                self._chains.keep(lacking)
                self._chains.drop_heads(gone)


def _follows(mine: Known | None, kept: Known, *, is_followed: bool) -> bool:
    """Whether the rows here came from the kept head on, with each change between."""
    if mine is None:
        return False
    return mine == kept or (is_followed and mine.version > kept.version)

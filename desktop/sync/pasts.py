"""Whether the relay's past is the one that was seen here, and the telling where it is not."""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from desktop.store.local import LocalStore
from desktop.store.worker import StoreWorker
from desktop.sync.relay_link import RelayLink
from domain.chains import Finding, Known, judged
from domain.wire import Pull

log = logging.getLogger(__name__)

PAST_CHANGED = (
    "The relay's record of who changed what is not the one that this computer has seen: it was "
    "changed or cut, or a backup was put in place by hand. Needs attention says where. The rooms "
    "are copied anew."
)
COPIED_ANEW = "The rooms are copied anew, as the restored relay has them."


class Pasts:
    """Holds what the relay names of its audit log against the heads that were seen here.

    It outlives connections; `begin` begins one. Whatever it finds is noted, and told, before
    anything is copied anew.
    """

    def __init__(
        self, store: StoreWorker, link: RelayLink, on_notice: Callable[[str], None]
    ) -> None:
        self._store = store
        self._link = link
        self._on_notice = on_notice
        self._is_restored = False
        self._kept: Path | None = None
        self._is_aside = False
        self._is_told = False

    def begin(self, *, is_restored: bool) -> None:
        """A connection begins; its welcome says whether the relay went back to a backup."""
        self._is_restored = is_restored
        self._kept = None
        self._is_aside = self._is_told = False

    async def look(self, heads: Mapping[str, tuple[int, str]]) -> None:
        """Ask for the past of rooms whose rows are not here: copying them would tell nothing.

        `heads` are the versions of all rooms that one reads.
        """
        unseen: dict[str, Known] = await self._store.run(lambda store: store.unseen_chains())
        wanted = {room: known for room, known in unseen.items() if room in heads}
        if not wanted:
            return
        cursors: dict[str, list[int | str | None]] = {
            room: [wanted[room].version if room in wanted else version, None]
            for room, (version, _) in heads.items()
        }
        pulled = await self._link.pull(Pull(cursors=cursors, limit=1))
        for page in pulled.rooms:
            if (known := wanted.get(page.room)) is not None:
                await self._judge(page.room, known, page.audit_head_at_from, page.to)

    async def differs(self, room: str, head: str | None, reaches: int) -> None:
        """The relay names another head than the rows here have: keep these, and say so.

        `reaches` is the room's version at the relay.
        """
        if not self._is_aside:
            self._is_aside = True
            self._kept = await self._store.run(lambda store: store.set_aside())
        known = (await self._store.run(lambda store: store.chains())).get(room)
        if known is not None:
            await self._judge(room, known, head, reaches)
        self._tell(COPIED_ANEW if await self._has_gone_back() else PAST_CHANGED)

    async def _has_gone_back(self) -> bool:
        """Whether the relay was restored from a backup since all was in step last."""
        return self._is_restored or await self._store.run(lambda store: store.is_restored())

    async def _judge(self, room: str, known: Known, head: str | None, reaches: int) -> None:
        finding = judged(known, head, reaches, is_restored=await self._has_gone_back())
        if finding in {Finding.CHANGED, Finding.CUT}:
            log.error("%s: the audit log was %s, seen at version %d", room, finding, known.version)
            report = partial(_report, room=room, known=known, head=head or "", finding=finding)
            if await self._store.run(partial(report, kept=self._kept)):
                self._tell(PAST_CHANGED)

    def _tell(self, sentence: str) -> None:
        """Once a connection: which rooms it is about stands under Needs attention."""
        if not self._is_told:
            self._is_told = True
            where = f" What was here is kept in {self._kept}." if self._kept else ""
            self._on_notice(sentence + where)


def _report(
    store: LocalStore, *, room: str, known: Known, head: str, finding: Finding, kept: Path | None
) -> bool:
    return store.report_break(room, known, head, finding, kept)

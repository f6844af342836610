"""Whether the relay's past is the one that was seen here, and the telling where it is not."""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from desktop.store.local import LocalStore
from desktop.store.worker import StoreWorker
from desktop.sync.relay_link import Reconnect, RelayLink
from domain.chains import Finding, Known, judged
from domain.wire import Pull, RoomPage

log = logging.getLogger(__name__)

Heads = Mapping[str, tuple[int, str]]

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

    A relay from an old backup looks like one whose audit log was changed. Which it is only a
    welcome tells that is as new as what was found: all that looks raises `Reconnect` where the
    welcome is older, and knows of no restore that is not in step yet.

    Attributes:
        is_fresh: since the welcome not all was pulled.
    """

    def __init__(
        self, store: StoreWorker, link: RelayLink, on_notice: Callable[[str], None]
    ) -> None:
        self.is_fresh = False
        self._store = store
        self._link = link
        self._on_notice = on_notice
        self._is_restored = False
        self._kept: Path | None = None
        self._is_aside = False
        self._is_told = False
        self._confirmed: set[tuple[str, Known]] = set()
        self._suspects: dict[str, tuple[Known, str]] = {}

    def begin(self, *, is_restored: bool) -> None:
        """A connection begins; its welcome says whether the relay went back to a backup."""
        self.is_fresh = True
        self._is_restored = is_restored
        self._kept = None
        self._is_aside = self._is_told = False
        self._confirmed.clear()

    async def look(self, heads: Heads) -> None:
        """Ask once for what the rows here do not follow: copying them would tell nothing.

        `heads` are the versions of all rooms that one reads.
        """
        await self._ask(set(await self._unconfirmed()) - self._confirmed, heads)

    async def keep(self, heads: Heads) -> None:
        """All is in step: keep the heads instead of those that the relay still names by now."""
        await self._ask(set(await self._unconfirmed()), heads)
        await self._store.run(lambda store: store.witness.keep())
        self._is_restored = False  # from now on another past has another reason

    async def before_copy(self, room: str, heads: Heads) -> None:
        """What is here of a room is about to be copied anew: ask for its past, while it is here."""
        known: Known | None
        known = (await self._store.run(lambda store: store.witness.heads())).get(room)
        if known is not None:
            await self._ask({(room, known)}, heads, keeps_rows=True)

    async def differs(self, room: str, head: str | None, reaches: int) -> None:
        """The relay names another head than the rows here have: keep these, and say so.

        `reaches` is the room's version at the relay.
        """
        await self._demand_fresh(room)
        await self._set_aside()
        known = await self._store.run(lambda store: store.witness.of_rows(room))
        if known is not None and head not in {None, known.head}:
            await self._judge(room, known, head, reaches)
        self._tell(COPIED_ANEW if await self._has_gone_back() else PAST_CHANGED)

    def suspect(self, room: str, known: Known, head: str) -> None:
        """A copy that went on met another head than at its beginning; a new welcome judges it."""
        self._suspects[room] = known, head

    async def judge_suspects(self, heads: Heads) -> None:
        """What was met before this welcome; the copies in question begin anew behind it."""
        for room, (known, head) in list(self._suspects.items()):
            if room in heads:
                await self._judge(room, known, head, heads[room][0])
                await self._store.run(partial(_begin_again, room=room, until=heads[room][0]))
            del self._suspects[room]

    async def _unconfirmed(self) -> Iterable[tuple[str, Known]]:
        unconfirmed: dict[str, Known]
        unconfirmed = await self._store.run(lambda store: store.witness.unconfirmed())
        return unconfirmed.items()

    async def _ask(
        self, wanted: set[tuple[str, Known]], heads: Heads, *, keeps_rows: bool = False
    ) -> None:
        """Compare these with the relay's heads at their versions."""
        known = {room: one for room, one in wanted if room in heads}
        if not known:
            return
        cursors: dict[str, list[int | str | None]] = {
            room: [known[room].version if room in known else version, None]
            for room, (version, _) in heads.items()
        }
        pulled = await self._link.pull(Pull(cursors=cursors, limit=1))
        for page in pulled.rooms:
            if (one := known.get(page.room)) is not None and page.audit_head_at_from is not None:
                await self._compare(one, page, keeps_rows=keeps_rows)

    async def _compare(self, known: Known, page: RoomPage, *, keeps_rows: bool) -> None:
        room, head = page.room, page.audit_head_at_from
        if head == known.head:
            self._confirmed.add((room, known))
            await self._store.run(lambda store: store.witness.confirm(room, known))
            return
        await self._demand_fresh(room)
        if keeps_rows:
            await self._set_aside()
        await self._judge(room, known, head, page.to)

    async def _demand_fresh(self, room: str) -> None:
        if not (self.is_fresh or await self._has_gone_back()):
            raise Reconnect(f"The relay's past of {room} is another one.")

    async def _set_aside(self) -> None:
        """Keep the rows as they are, once a connection."""
        if not self._is_aside:
            self._is_aside = True
            self._kept = await self._store.run(lambda store: store.set_aside())

    async def _has_gone_back(self) -> bool:
        """Whether the relay was restored from a backup since all was in step last."""
        return self._is_restored or await self._store.run(lambda store: store.witness.is_restored())

    async def _judge(self, room: str, known: Known, head: str | None, reaches: int) -> None:
        """Note, and tell, what it means that the relay names another head than the known one."""
        finding = judged(known, head, reaches, is_restored=await self._has_gone_back())
        if finding is Finding.RESTORED:
            await self._store.run(lambda store: store.witness.let_go(room))
            self._tell(COPIED_ANEW)
            return
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
    return store.witness.report(room, known, head, finding, kept)


def _begin_again(store: LocalStore, *, room: str, until: int) -> None:
    """Forget how far a copy has come, if it is still under way."""
    if any(copy.room == room for copy in store.copies()):
        store.begin_copy(room, until)

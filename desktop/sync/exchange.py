"""What goes over one connection: unsent work out, the rooms' changes in."""

import logging
from collections.abc import Callable
from functools import partial

from desktop.store.local import LocalStore
from desktop.store.replica import Step
from desktop.store.worker import StoreWorker
from desktop.sync.first_copy import AnotherPast
from desktop.sync.pasts import Pasts
from desktop.sync.relay_link import (
    Offline,
    Reconnect,
    RelayLink,
    UpgradeRequired,
    WrongAnswer,
)
from desktop.sync.repeats import Repeats
from domain.checksums import digest_of
from domain.wire import (
    MESSAGE_LIMIT,
    PROTOCOL_VERSION,
    PUSH_LIMIT,
    AccessNews,
    Changes,
    Check,
    Mutation,
    Outcome,
    Pull,
    Push,
    Result,
    RoomPage,
    Welcome,
)

log = logging.getLogger(__name__)

PUSH_BYTES = MESSAGE_LIMIT - 16 * 1024  # the rest is for the envelope
PULL_ROWS = 500
LOOP_PAUSE_S = 30.0
COPY_FROM_VERSION = 200  # a new room with a longer history than this comes over HTTP

RESTORED = "The relay was restored from a backup."

Head = tuple[int, str]


class Exchange:
    """Pushes, pulls, checks, and takes in frames; it never waits for anything but answers.

    It outlives connections; `greet` begins one. All of it runs in one task, so that a push's
    answer is settled before the frames of its commit, which arrived later, are looked at.

    Attributes:
        wants_pull: something is known to be missing here.
        wants_check: the relay's heads are to be asked for.
        copying: rooms that are being copied as a whole; their frames and pages are dropped.
        progress: by room, how many steps of the catching up are done, and of how many.
        trouble: a sentence on what keeps a room from being in step; empty when nothing does.
    """

    def __init__(
        self,
        store: StoreWorker,
        link: RelayLink,
        *,
        new_id: Callable[[], str],
        on_copy: Callable[[str], None],
        on_notice: Callable[[str], None],
        on_progress: Callable[[], None],
    ) -> None:
        self.wants_pull = False
        self.wants_check = False
        self.copying: set[str] = set()
        self.progress: dict[str, tuple[int, int]] = {}
        self.trouble = ""
        self._store = store
        self._link = link
        self._new_id = new_id
        self._on_copy = on_copy
        self._on_notice = on_notice
        self._on_progress = on_progress
        self._heads: dict[str, Head] = {}
        self._repeats = Repeats()
        self._gaps = 0  # answers `number_gap` in a row
        self._pasts = Pasts(store, link, on_notice)

    @property
    def is_in_step(self) -> bool:
        """Whether, as far as is known, nothing is missing here."""
        return not (self.wants_pull or self.wants_check or self.copying or self.trouble)

    async def greet(self, welcome: Welcome) -> None:
        """Begin a connection: make sure that this is the relay that these rows came from.

        Raises:
            Offline: another relay, or another account; nothing was changed. Or the line broke.
            UpgradeRequired: the relay speaks only newer protocols.
        """
        if welcome.min_protocol > PROTOCOL_VERSION:
            raise UpgradeRequired("The relay needs a newer version of this program.")
        identity = await self._store.run(lambda store: store.identity())
        if identity.relay_id and identity.relay_id != welcome.relay_id:
            raise Offline(
                f"This address now leads to another relay ({welcome.relay_id}) than the one that "
                f"your data belongs to ({identity.relay_id}). Nothing here was changed.",
                code="other_relay",
            )
        if identity.user_id and identity.user_id != welcome.user_id:
            raise Offline("The relay took you for somebody else.", code="other_account")
        again = await self._store.run(lambda store: _note_welcome(store, welcome))
        if again:
            self._on_notice(restored_words(again))
        self._begin(welcome)
        self._pasts.begin(is_restored=again > 0)
        await self._pasts.look(self._heads)  # before any copy goes on
        await self._pasts.judge_suspects(self._heads)
        for copy in await self._store.run(lambda store: store.copies()):
            self._copy(copy.room)

    async def push(self) -> None:
        """Send the outbox until it is empty; repeating it after a cut is harmless.

        Raises:
            Reconnect: this client needs another number or another name.
        """
        while batch := await self._store.run(lambda store: store.unsent(PUSH_LIMIT, PUSH_BYTES)):
            if self._repeats.is_loop("push", [mutation.id for mutation in batch]):
                raise self._loop("push", "The relay does not take in your changes.")
            results = await self._pushed(batch)
            await self._settle(results)
            if results:
                self._repeats.forget("push")
                self._gaps = 0
            if all(result.status is Outcome.DEFERRED for result in results):
                break  # the rest waits for rows that are to come first

    async def check(self) -> None:
        """Compare all rooms' versions and checksums with the relay's."""
        held: dict[str, Head] = await self._store.run(lambda store: store.heads())
        digest = digest_of((room, *head) for room, head in held.items())
        answer = await self._link.check(Check(digest=digest))
        self.wants_check = False
        if isinstance(answer.heads, dict):
            await self._compare(held, answer.heads)
        else:
            self.trouble = ""

    async def pull(self) -> None:
        """Take in pages until all rooms that are not being copied stand at their heads."""
        await self._pasts.look(self._heads)
        await self._plan_copies()
        self.wants_pull = True
        is_more = True
        while is_more:
            is_more = await self._pull_page()
        if not await self._behind():
            self._repeats.forget("pull")
            self._pasts.is_fresh = False
            self.wants_pull = False
            await self._store.run(lambda store: store.end_pull())

    async def take(self, news: Changes | AccessNews) -> None:
        """Apply one frame, or learn that rooms were granted or revoked."""
        if isinstance(news, AccessNews):
            await self._drop(news.revoked)
            self.wants_check = self.wants_check or bool(news.granted)
        elif news.room not in self.copying:
            await self._take_frame(news)

    async def keep_pasts(self) -> None:
        """All is in step: remember what the relay has said of its audit log."""
        await self._pasts.keep(self._heads)

    async def copy_again(self, room: str) -> None:
        """Copy a room anew because the person wants it; pending work stays on top."""
        if room not in self.copying:
            log.info("Copying %s anew: the person asked for it", room)
            await self._pasts.before_copy(room, self._heads)
            self._copy(room)

    def copied(self, room: str, error: Exception | None) -> None:
        """A room's copy has ended, or was broken off for a while.

        Raises:
            Reconnect: the relay has another past than when the copy began.
        """
        if error is None:
            self.trouble = ""
            self.copying.discard(room)  # its progress stays, done, until all is in step
            self.wants_pull = True
        elif isinstance(error, WrongAnswer):
            self._end_copy(room)
            self.wants_check = True
        elif isinstance(error, AnotherPast):
            self._pasts.suspect(room, error.known, error.head)
            raise Reconnect(str(error)) from error
        else:
            self.trouble = str(error)

    def copying_at(self, room: str, done: int, total: int) -> None:
        """So many rows of a room that is being copied are here."""
        self.progress[room] = (done, total)
        self._on_progress()

    def _begin(self, welcome: Welcome) -> None:
        self._heads = dict(welcome.heads)
        self.copying.clear()
        self.progress.clear()
        self.trouble = ""
        self.wants_pull = True
        self.wants_check = False

    async def _pushed(self, batch: list[Mutation]) -> list[Result]:
        try:
            return (await self._link.push(Push(mutations=batch))).results
        except WrongAnswer as error:
            await self._mend_numbers(error)
            raise Reconnect(str(error)) from error

    async def _settle(self, results: list[Result]) -> None:
        await self._store.run(lambda store: store.settle(results))

    async def _mend_numbers(self, error: WrongAnswer) -> None:
        """After a reconnect the welcome says from which number on the relay lacks commands."""
        if error.code not in {"number_gap", "client_forked"}:
            raise Offline(str(error), code=error.code) from error
        self._gaps += 1
        if error.code == "client_forked" or self._gaps > 1:
            new_id = self._new_id()
            log.warning("%s: sending under a new client id %s", error.code, new_id)
            await self._store.run(lambda store: store.renumber(new_id))

    async def _compare(self, held: dict[str, Head], heads: dict[str, Head]) -> None:
        self._heads = dict(heads)
        for room in held.keys() | heads.keys():
            mine, theirs = held.get(room), heads.get(room)
            if room in self.copying or mine == theirs:
                continue
            if mine and theirs and mine[0] == theirs[0]:
                log.warning("%s: checksum %s here, %s on the relay", room, mine[1], theirs[1])
                await self._copy_anew(room)
            else:
                self.wants_pull = True

    async def _plan_copies(self) -> None:
        """Rooms that are not here are copied when their history is long, else pulled from 0."""
        held = await self._store.run(lambda store: store.heads())
        for room, (version, _) in self._heads.items():
            if room in self.copying:
                continue
            if (steps := version - held.get(room, (0, ""))[0]) > 0:
                self.progress.setdefault(room, (0, steps))
            if room in held:
                continue
            if version > COPY_FROM_VERSION:
                self._copy(room)
            else:
                await self._store.run(partial(_begin_empty, room=room))

    async def _pull_page(self) -> bool:
        """One question and its answer; whether there is more to ask for."""
        cursors = await self._cursors()
        if self._repeats.is_loop("pull", cursors):
            await self._break_loop()
            cursors = await self._cursors()
        pulled = await self._link.pull(Pull(cursors=cursors, limit=PULL_ROWS))
        await self._drop(pulled.revoked)
        taken = [await self._take_page(page) for page in pulled.rooms]
        return any(taken)

    async def _cursors(self) -> dict[str, list[int | str | None]]:
        """What is held; a room that is being copied counts as whole, so that nothing is sent."""
        cursors = dict(await self._store.run(lambda store: store.cursors()))
        for room in self.copying & self._heads.keys():
            cursors[room] = [self._heads[room][0], None]
        return cursors

    async def _take_page(self, page: RoomPage) -> bool:
        if page.room in self.copying:
            return False
        step = await self._store.run(lambda store: store.receive_page(page))
        if step is Step.UNKNOWN and page.from_ == 0:  # a room that came since the heads were told
            await self._pasts.look({**self._heads, page.room: (page.to, "")})
            step = await self._store.run(lambda store: _received_first(store, page))
        if not page.more and page.checksum is not None:
            self._heads[page.room] = (page.to, page.checksum)
        self._note_pulled(page)
        await self._act_on(step, page)
        return page.more and page.room not in self.copying

    def _note_pulled(self, page: RoomPage) -> None:
        head = max(self._heads.get(page.room, (page.to, ""))[0], page.to)
        at = page.cursor[0] if page.more and page.cursor else head
        _, total = self.progress.get(page.room, (0, head - page.from_))
        self.progress[page.room] = (max(0, total - head + int(at or 0)), total)
        self._on_progress()

    async def _take_frame(self, frame: Changes) -> None:
        step = await self._store.run(lambda store: store.receive(frame))
        if step in {Step.APPLIED, Step.MOVED} and frame.checksum is not None:
            self._heads[frame.room] = (frame.to, frame.checksum)
        await self._act_on(step, frame)

    async def _act_on(self, step: Step, news: Changes | RoomPage) -> None:
        """Do what a frame or a page turned out to need; applied or old ones need nothing."""
        room = news.room
        match step:
            case Step.MOVED | Step.GAP:
                self.wants_pull = True
            case Step.UNKNOWN:
                self.wants_check = True  # how long its history is says how it is to come
            case Step.RESTART:
                self._copy(room)
            case Step.CHECKSUM_WRONG:
                await self._copy_anew(room)
            case Step.AUDIT_CHANGED:
                await self._begin_again(news)

    async def _begin_again(self, news: Changes | RoomPage) -> None:
        """The relay's past is not the one that was seen here: keep that, say so, copy anew."""
        await self._pasts.differs(news.room, news.audit_head_at_from, news.to)
        self._copy(news.room)

    async def _drop(self, rooms: list[str]) -> None:
        if not rooms:
            return
        for room in rooms:  # before the store is asked, so that no copy writes after it
            self._end_copy(room)
            self._heads.pop(room, None)
        await self._store.run(lambda store: store.drop_rooms(rooms))

    async def _behind(self) -> list[str]:
        """Rooms that are not here in the version that the relay is known to have."""
        held: dict[str, Head] = await self._store.run(lambda store: store.heads())
        return [
            room
            for room, (version, _) in self._heads.items()
            if room not in self.copying and (room not in held or held[room][0] < version)
        ]

    async def _break_loop(self) -> None:
        """Copy anew what does not come by pulling. Raises `Offline` where that was done already."""
        stuck = await self._behind()
        if not any([await self._copy_anew(room) for room in stuck]):
            rooms = ", ".join(stuck) or "The rooms"
            raise self._loop("pull", f"{rooms} cannot be brought up to date.")

    def _loop(self, sort: str, sentence: str) -> Offline:
        """The visible end of a loop; after a long wait it may be tried again."""
        self._repeats.forget(sort)
        return Offline(sentence, code="loop", retry_after_s=LOOP_PAUSE_S)

    async def _copy_anew(self, room: str) -> bool:
        """Copy a whole room again, at most once an hour; whether that was begun."""
        await self._pasts.before_copy(room, self._heads)
        if not await self._store.run(lambda store: store.may_recopy(room)):
            self.trouble = f"What is here of {room} does not match the relay. It is copied later."
            return False
        log.warning("Copying %s anew", room)
        self._copy(room)
        return True

    def _copy(self, room: str) -> None:
        """Have a room copied; its past was asked for before."""
        self.copying.add(room)
        self._on_copy(room)

    def _end_copy(self, room: str) -> None:
        self.copying.discard(room)
        self.progress.pop(room, None)


def restored_words(again: int) -> str:
    """What a person is told of a relay that was restored."""
    what = "1 change of yours is" if again == 1 else f"{again:,} changes of yours are"
    return f"{RESTORED} What it lacks comes back: {what} sent again from this computer."


def _note_welcome(store: LocalStore, welcome: Welcome) -> int:
    """Remember the relay; how many commands are sent again, as a restored one may lack them."""
    identity = store.identity()
    if identity.relay_id is None and identity.role is not None:
        store.become(welcome.user_id, identity.role, welcome.relay_id)
    again = store.make_good(welcome.last_number, welcome.restored_at)
    store.begin_pulls()
    store.purge()  # not before: a restored relay may need all of it again
    return again


def _begin_empty(store: LocalStore, room: str) -> None:
    """Make a room at version 0, to be pulled from there."""
    store.begin_copy(room, 0)
    store.end_copy(room)


def _received_first(store: LocalStore, page: RoomPage) -> Step:
    """Take in a page from the beginning of a room that was not here."""
    _begin_empty(store, page.room)
    return store.receive_page(page)

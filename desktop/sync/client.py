"""Decides when to connect, push, pull and wait; the replica decides what that means."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn, cast
from uuid import uuid4

from desktop.store.outbox import Counts
from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.sync.arrivals import TICK_S, Arrivals, Clock, Copied, Item, Nudge
from desktop.sync.backoff import FIRST_RETRY_S, backoff_s
from desktop.sync.exchange import Exchange
from desktop.sync.first_copy import Copier
from desktop.sync.relay_link import (
    Offline,
    Reconnect,
    RelayLink,
    RoomCopies,
    SignedOut,
    StaleToken,
    Token,
    TokenSource,
    UpgradeRequired,
    WrongAnswer,
)
from desktop.sync.states import Phase, SyncState
from domain.wire import HEARTBEAT_S, TokenRefresh, Welcome

STEADY_S = 10.0  # a connection that lived so long was a good one
TOKEN_MARGIN_S = 60.0  # a token is replaced so long before its end
RENEW_AGAIN_S = 10.0
LAST_SYNCED = "last_synced"
KEEP_AFTER = timedelta(minutes=5)  # how often the time of `last_synced` is written down


class Paused(Exception):
    """The person wants sync to stand still."""


# What ends a connection without being a bug of ours.
ENVIRONMENT = (
    Offline,
    Paused,
    Reconnect,
    SignedOut,
    StaleToken,
    StoreTrouble,
    UpgradeRequired,
    WrongAnswer,
)


class SyncClient:
    """Keeps one person's files in step with the relay for as long as `run` runs.

    `on_state` is called with each new state, on the loop's thread; `on_notice` with a sentence
    that the person is to read once; `on_wake` when the computer has slept.
    """

    def __init__(
        self,
        store: StoreWorker,
        link: RelayLink,
        copies: RoomCopies,
        tokens: TokenSource,
        on_state: Callable[[SyncState], None],
        *,
        on_notice: Callable[[str], None] = lambda sentence: None,
        on_wake: Callable[[], None] = lambda: None,
        clock: Clock = Clock(),  # noqa: B008  a frozen value
        rng: random.Random | None = None,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._store = store
        self._link = link
        self._tokens = tokens
        self._on_state = on_state
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311  jitter, no secret
        self._arrivals = Arrivals(clock, on_wake)
        self._copier = Copier(
            store,
            copies,
            clock=clock,
            rng=self._rng,
            is_wanted=lambda room: room in self._exchange.copying,
            on_progress=lambda *how_far: self._exchange.copying_at(*how_far),
            on_end=self._arrivals.put,
        )
        self._exchange = Exchange(
            store,
            link,
            new_id=new_id,
            on_copy=self._copier.copy,
            on_notice=on_notice,
            on_progress=self._on_progress,
        )
        self._counts = Counts(0, 0)
        self._is_paused = False
        self._to_copy: set[str] = set()
        self._attempt = 0
        self._connected_at: float | None = None
        self._token: Token
        self._renew_at = 0.0
        self._is_token_stale = False
        self._wants_push = False
        self._checked_at = 0.0
        self._last_synced: datetime | None = None
        self._kept_at: datetime | None = None
        self._is_to_keep = False  # at the next moment in which all is in step
        self.state = SyncState(Phase.CONNECTING)
        self._told: SyncState | None = None

    def wake(self) -> None:
        """Say that there is something to send; safe to repeat."""
        self._arrivals.put(Nudge.PENDING)

    def network_back(self) -> None:
        """Say that the network or the machine came back: what is thought to be live may not be."""
        self._arrivals.put(Nudge.WOKEN)

    def sync_now(self) -> None:
        """Try at once, whatever was decided before: after signing in again, too."""
        self._is_paused = False
        self._arrivals.put(Nudge.ASKED)

    def copy_again(self, room: str) -> None:
        """Copy a room anew, now or with the next connection."""
        self._to_copy.add(room)
        self._arrivals.put(Nudge.ASKED)

    def pause(self, paused: bool = True) -> None:
        """Stand still, or go on."""
        self._is_paused = paused
        self._arrivals.put(Nudge.WOKEN)

    async def run(self) -> None:
        """Keep in step; reconnect for ever. Ends by cancellation only."""
        try:
            await self._recall()
            while True:
                await self._after(await self._connection())
        finally:
            await self._link.close()

    async def _connection(self) -> Exception:
        """One connection, from its token to its end; gives what ended it."""
        self._connected_at = None
        try:
            self._stop_if_paused()
            if self._attempt == 0:
                await self._say(Phase.CONNECTING)
            welcome = await self._open()
            self._connected_at = self._clock.monotonic()
            ended = await self._beside_copies(welcome)
        except ENVIRONMENT as error:
            ended = error
        await self._link.close()
        self._arrivals.forget_news()
        return ended

    async def _open(self) -> Welcome:
        """Connect, with a fresh token where the relay does not take the one at hand."""
        identity = await self._store.run(lambda store: store.identity())
        for fresh in (True,) if self._is_token_stale else (False, True):
            self._note_token(await self._tokens(fresh=fresh))
            self._is_token_stale = False
            with suppress(StaleToken):
                return await self._link.connect(
                    self._token.text, identity.client_id, self._arrivals.put
                )
        raise Offline("The relay does not take this sign-in.", code="token_refused")

    async def _beside_copies(self, welcome: Welcome) -> Exception:
        """Keep in step, while rooms are copied beside it; gives what ended it."""
        async with asyncio.TaskGroup() as tasks:
            copying = tasks.create_task(self._copier.run(), name="copier")
            try:
                await self._keep_in_step(welcome)
            except ENVIRONMENT as error:
                copying.cancel()
                return error

    async def _keep_in_step(self, welcome: Welcome) -> NoReturn:
        await self._exchange.greet(welcome)
        self._wants_push = self._is_to_keep = True
        self._checked_at = self._clock.monotonic()
        await self._say(Phase.CATCHING_UP)
        while True:
            await self._round()
            for item in [await self._arrivals.next(TICK_S), *self._arrivals.waiting()]:
                await self._attend(item)
            await self._renew_token()
            if self._clock.monotonic() - self._checked_at >= HEARTBEAT_S:
                self._wants_push = self._exchange.wants_check = True

    async def _round(self) -> None:
        """Do what is to be done: unsent work first, so that no pull takes its ground away."""
        exchange = self._exchange
        while self._to_copy:
            room = min(self._to_copy)
            await exchange.copy_again(room)
            self._to_copy.discard(room)  # not before: with the next connection, if this one ends
        if not (self._wants_push or exchange.wants_check or exchange.wants_pull):
            return
        if self._wants_push:
            self._wants_push = False
            await exchange.push()
        if exchange.wants_check:
            self._checked_at = self._clock.monotonic()
            await exchange.check()
        if exchange.wants_pull:
            await exchange.pull()
        await self._report()

    async def _report(self) -> None:
        if not self._exchange.is_in_step:
            await self._say(Phase.CATCHING_UP, self._exchange.trouble)
            return
        self._exchange.progress.clear()
        now = self._clock.now()
        kept, self._last_synced = self._kept_at, now
        if self._is_to_keep or kept is None or now - kept >= KEEP_AFTER:
            self._kept_at, self._is_to_keep = now, False
            await self._exchange.keep_pasts()
            await self._store.run(lambda store: store.put_setting(LAST_SYNCED, now.isoformat()))
        await self._say(Phase.LIVE)

    async def _attend(self, item: Item) -> None:
        match item:
            case Exception():
                raise item
            case Copied(error=SignedOut() | StoreTrouble()):
                raise cast(Exception, item.error)
            case Copied():
                self._exchange.copied(item.room, item.error)
                await self._report()
            case Nudge():
                self._stop_if_paused()
                self._wants_push |= item is not Nudge.TICK
                self._exchange.wants_check |= item in {Nudge.WOKEN, Nudge.ASKED}
                if item is Nudge.WOKEN:  # it was away, though the connection holds
                    await self._say(Phase.CATCHING_UP)
            case _:
                await self._exchange.take(item)

    async def _renew_token(self) -> None:
        """Hand over the next token before this one ends; without an answer, try a little later."""
        now = self._clock.monotonic()
        if now < self._renew_at:
            return
        try:
            token = await self._tokens(fresh=True)
        except Offline:
            self._renew_at = now + RENEW_AGAIN_S
            return
        self._note_token(token)
        await self._link.refresh(TokenRefresh(token=token.text))

    def _note_token(self, token: Token) -> None:
        now = self._clock.monotonic()
        self._token = token
        self._renew_at = max(token.expires_at - TOKEN_MARGIN_S, (now + token.expires_at) / 2)

    async def _after(self, ended: Exception) -> None:
        """Wait as what ended the connection demands."""
        self._is_token_stale |= isinstance(ended, StaleToken)
        match ended:
            case Paused():
                await self._stand(Phase.PAUSED, "", lambda item: not self._is_paused)
            case SignedOut():
                if ended.code == "account_disabled":
                    await self._leave_all_rooms()
                phase = Phase.SIGNED_OUT if ended.code == "signed_out" else Phase.SIGN_IN_AGAIN
                await self._stand(phase, str(ended), lambda item: item is Nudge.ASKED)
            case UpgradeRequired():
                await self._stand(
                    Phase.UPGRADE_REQUIRED, str(ended), lambda item: item is Nudge.ASKED
                )
            case Reconnect() | StaleToken() if self._attempt == 0:
                self._attempt = 1
            case _:
                await self._back_off(ended)

    async def _stand(self, phase: Phase, why: str, is_over: Callable[[Item], bool]) -> None:
        """Stand still until the person has done something about it; local work goes on."""
        self._attempt = 0
        await self._say(phase, why)
        while not is_over(await self._arrivals.next(TICK_S)):
            await self._say(phase, why)  # with what waits by now

    async def _leave_all_rooms(self) -> None:
        """A closed account reads nothing any more, here as on the relay; what was typed stays."""
        with suppress(StoreTrouble):  # tried again with the next start, which is refused again
            await self._store.run(lambda store: store.drop_rooms(store.rooms_here()))

    async def _back_off(self, error: Exception) -> None:
        began = self._clock.monotonic()
        if self._connected_at is not None and began - self._connected_at >= STEADY_S:
            self._attempt = 0
        asked_s = error.retry_after_s if isinstance(error, Offline) else 0.0
        until = began + max(asked_s, backoff_s(self._attempt, self._rng))
        self._attempt += 1
        await self._say(Phase.OFFLINE, str(error))
        while (left := until - self._clock.monotonic()) > 0:
            item = await self._arrivals.next(min(left, TICK_S))
            if item is Nudge.WOKEN or item is Nudge.ASKED:
                self._attempt = 0
                return
            if item is Nudge.PENDING:
                until = min(until, began + max(asked_s, FIRST_RETRY_S))
                await self._say(Phase.OFFLINE, str(error))

    def _stop_if_paused(self) -> None:
        if self._is_paused:
            raise Paused

    def _on_progress(self) -> None:
        """Show how far the catching up is; a short pull while live is not worth a word."""
        if self.state.phase is Phase.CATCHING_UP:
            self._show(self._with_progress(self.state))

    def _with_progress(self, state: SyncState) -> SyncState:
        parts = self._exchange.progress.values()
        done, total = sum(part[0] for part in parts), sum(part[1] for part in parts)
        return replace(state, done=done, total=total)

    async def _say(self, phase: Phase, why: str = "") -> None:
        with suppress(StoreTrouble):  # then the numbers are those of before
            self._counts = await self._store.run(lambda store: store.counts())
        state = SyncState(
            phase=phase,
            last_synced=self._last_synced,
            waiting=self._counts.waiting,
            held=self._counts.held,
            attention=self._counts.attention,
            why=why,
        )
        self._show(self._with_progress(state) if phase is Phase.CATCHING_UP else state)

    def _show(self, state: SyncState) -> None:
        if state != self._told:
            self.state = self._told = state
            self._on_state(state)

    async def _recall(self) -> None:
        """When all was last in step, as far as this computer remembers."""
        with suppress(StoreTrouble):
            text = await self._store.run(lambda store: store.get_setting(LAST_SYNCED))
            self._last_synced = self._kept_at = datetime.fromisoformat(text) if text else None

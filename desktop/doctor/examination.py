"""One examination: all steps in their order, each once those before it allow it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.account.api import Api
from desktop.account.join_links import Malformed, server_address
from desktop.doctor import lines, relay, rooms
from desktop.doctor.findings import Finding, Step, Verdict, bad
from desktop.store.contents import Held, contents
from desktop.store.trouble import StoreTrouble, plainly
from desktop.store.worker import StoreWorker
from desktop.sync.relay_link import RelayLink, TokenSource
from desktop.trust import Trust
from domain.wire import Welcome


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What can be looked at for somebody who is signed in.

    `contents` reads the rooms here, on a thread of its own.
    """

    tokens: TokenSource
    link: Callable[[], RelayLink]
    client_id: Callable[[], Awaitable[str]]
    contents: Callable[[], Awaitable[Mapping[str, Held]]]


def at_home(worker: StoreWorker, tokens: TokenSource, link: Callable[[], RelayLink]) -> SignedIn:
    """What of a person's own store and sign-in is looked at."""

    async def client_id() -> str:
        return (await worker.run(lambda store: store.identity())).client_id

    async def held() -> Mapping[str, Held]:
        return await asyncio.to_thread(_read, worker)

    return SignedIn(tokens, link, client_id, held)


def _read(worker: StoreWorker) -> Mapping[str, Held]:
    with plainly(), closing(worker.open_reader()) as reader:
        return contents(reader)


class Examination:
    """Looks at the way to one relay, and at what is here of it; it changes nothing."""

    def __init__(
        self,
        server: str,
        api: Api,
        trust: Trust,
        signed_in: SignedIn | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.server = server
        self._api = api
        self._trust = trust
        self._signed_in = signed_in
        self._now = now

    async def steps(self) -> AsyncIterator[Finding]:
        """All findings; what cannot be looked at any more is told as skipped."""
        ended = False
        done: set[Step] = set()
        async for finding in self._looked():
            done.add(finding.step)
            ended = ended or finding.ends_it
            yield finding
            if ended:
                break
        for step in Step:
            if step not in done:
                yield Finding(step, Verdict.SKIPPED, "ended" if ended else "nobody")

    async def _looked(self) -> AsyncIterator[Finding]:
        try:
            server = server_address(self.server)
        except Malformed as error:
            yield Finding(Step.PROXY, Verdict.SKIPPED, "ended")
            yield bad(Step.NAME, "no_address", why=str(error))
            return
        proxied = await asyncio.to_thread(lines.proxy, server)  # it may look a name up
        yield proxied
        place = lines.first_place(server, proxied)
        yield await lines.name(place)
        yield await lines.reach(place)
        yield await lines.tls(server, self._trust, proxied)
        fits, about = await relay.version(self._api)
        yield fits
        if about is not None:
            yield relay.clock(about, self._now())
        if self._signed_in is not None:
            async for finding in self._at_home(self._signed_in):
                yield finding

    async def _at_home(self, mine: SignedIn) -> AsyncIterator[Finding]:
        try:
            async for finding in self._with_files(mine):
                yield finding
        except (StoreTrouble, RuntimeError) as trouble:  # damaged, or closed meanwhile
            yield rooms.unreadable(str(trouble))

    async def _with_files(self, mine: SignedIn) -> AsyncIterator[Finding]:
        welcomes: list[Welcome] = []
        client_id = await mine.client_id()
        yield await relay.token(mine.tokens, mine.link(), client_id, welcomes.append)
        if not welcomes:
            return
        held = await mine.contents()
        yield rooms.versions(held, welcomes[0].heads)
        yield rooms.compared(held, welcomes[0].heads)

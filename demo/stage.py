"""Everybody who takes part: the relay, the desktops, and who listens beside them."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from demo.desk import Desk
from demo.listener import Listener
from demo.relay import Person, RelayProcess

COHORT = "Web Foundations"
# Name of the desk: who of the sample sits there. Nobody sits at the newcomer's at first.
CAST = {
    "rafael": "rafael.conceicao",  # the mentor of Jamal
    "ingrid": "ingrid.moeller",
    "wanjiku": "wanjiku.kamau",  # not a mentor of Jamal
    "jamal": "jamal.whitfield",
    "amina": "amina.abdi",  # of another cohort, with another mentor
}
MENTORS = ("rafael", "ingrid", "wanjiku")
NEWCOMER = "newcomer"
LISTENING = ("rafael", "wanjiku", "amina")


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


@dataclass
class Stage:
    """The people at their desks, all signed in and in step.

    Attributes:
        submitted: the titles of Jamal's entries that were submitted and not reviewed yet.
        folder: where all of it lives, as long as it lasts.
        environment: what every program on it is started with.
    """

    relay: RelayProcess
    desks: dict[str, Desk]
    join_code: str
    listeners: dict[str, Listener] = field(default_factory=dict)
    submitted: list[str] = field(default_factory=list)
    folder: Path = Path()
    environment: Mapping[str, str] = field(default_factory=dict)

    def person(self, desk: str) -> Person:
        return self.relay.people[CAST[desk]]

    @property
    def mentors(self) -> list[Desk]:
        return [self.desks[name] for name in MENTORS]

    def mend_links(self) -> None:
        """Give every desk its cable back."""
        for desk in self.desks.values():
            desk.link.give_back()


@asynccontextmanager
async def set_stage(folder: Path, environment: Mapping[str, str]) -> AsyncIterator[Stage]:
    """Start everything in this folder, and end it in any case."""
    async with AsyncExitStack() as exits:
        relay = RelayProcess(folder / "relay", environment, folder / "relay.log")
        say("Starting a relay with the sample people.")
        await relay.found()
        exits.push_async_callback(relay.stop)
        await relay.start()
        desks = {name: Desk(name, folder, environment, relay.port) for name in (*CAST, NEWCOMER)}
        stage = Stage(
            relay, desks, await relay.join_code(COHORT), folder=folder, environment=environment
        )
        say(f"Opening {len(desks)} desktops.")
        for desk in desks.values():
            exits.push_async_callback(desk.close)
            await desk.start()
        await asyncio.gather(*(desks[name].sign_in(stage.person(name)) for name in CAST))
        for name in LISTENING:
            listener = stage.listeners[name] = Listener(name)
            exits.push_async_callback(listener.close)
            await listener.connect(relay.url, stage.person(name))
        yield stage

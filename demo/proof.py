"""The demo without a screen: tells each story with real processes, and prints what it took."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from demo.desk import DeskTrouble
from demo.outsider import Leak, check_outsiders
from demo.pictures import take_pictures
from demo.stage import Stage, say, set_stage
from demo.stories import STORIES, Story

SLOWEST_ONLINE_MS = 1000
Telling = Callable[[Stage, int], Awaitable[int]]


class Failed(Exception):
    """A story did not come true; the text says why."""


class Proof:
    """Prints one line for each thing that is proved, and remembers whether one failed."""

    def __init__(self, stage: Stage, tries: int) -> None:
        self._stage = stage
        self._tries = tries
        self.is_good = True

    async def tell(self, stories: Sequence[Story]) -> None:
        """Tell each story, online and then offline."""
        for story in stories:
            await self._line(f"{story.name} online", partial(self._online, story))
            await self._line(f"{story.name} offline", partial(self._offline, story))
        await self._line("outsider", lambda: self._outsider(stories))

    async def shoot(self, folder: Path) -> None:
        try:
            taken = await take_pictures(self._stage, folder)
        except (DeskTrouble, OSError) as error:
            self._fail("screenshots", error)
        else:
            _tell(f"screenshots {taken} {folder}")

    def end(self) -> int:
        """The last line, and the exit code."""
        _tell("demo ok" if self.is_good else "demo failed")
        return 0 if self.is_good else 1

    async def _line(self, what: str, proving: Callable[[], Awaitable[str]]) -> None:
        try:
            _tell(f"{what} ok{await proving()}")
        except (DeskTrouble, Failed, Leak, TimeoutError) as error:
            self._fail(what, error)
        finally:
            self._stage.mend_links()

    async def _online(self, story: Story) -> str:
        took = await self._median(story.online, f"{story.name} online")
        if took > SLOWEST_ONLINE_MS:
            raise Failed(f"it took {took} ms, and {SLOWEST_ONLINE_MS} are too many")
        return f" {took} ms"

    async def _offline(self, story: Story) -> str:
        return f" {await self._median(story.offline, f'{story.name} offline')} ms"

    async def _median(self, telling: Telling, what: str) -> int:
        times = []
        for at in range(self._tries):
            times.append(await telling(self._stage, at))
            say(f"{what}: {times[-1]} ms")
        return round(median(times))

    async def _outsider(self, stories: Sequence[Story]) -> str:
        await check_outsiders(self._stage, stories)
        return ""

    def _fail(self, what: str, error: Exception) -> None:
        self.is_good = False
        reason = " ".join((str(error) or type(error).__name__).split())
        _tell(f"{what} failed: {reason}")
        for desk in self._stage.desks.values():
            if words := desk.last_words():
                say(f"--- {desk.name}\n{words}")


def _tell(line: str) -> None:
    print(line, flush=True)


async def prove(folder: Path, environment: dict[str, str], out: Path, tries: int) -> int:
    """Tell everything in this temporary folder; the exit code."""
    async with set_stage(folder, environment) as stage:
        proof = Proof(stage, tries)
        await proof.tell([story() for story in STORIES])
        await proof.shoot(out)
        return proof.end()

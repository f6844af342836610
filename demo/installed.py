"""The four stories with a program as it was built or installed, by what assistive technology sees.

`python -m demo.installed PROGRAM` prints a line for each: nothing of this code is in the program.
"""

import argparse
import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.assistive import Assistive, NotThere, Reference, assistive, launcher
from demo.places import surroundings
from demo.relay import CannotStart, Person, RelayProcess
from demo.stage import COHORT
from demo.unseen_screen import NEEDED, light_up, started

SCREEN = "1280x800x24"
TOOLS = (*NEEDED, "openbox", "xdotool")
# The window on the screen, told to assistive technology though nobody asked the desktop for that.
SEEN = {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
NOWHERE = "/nonexistent"  # the PATH of the program: it brings its own Python
MOST_ENTRIES = 30  # that a mentor goes through to find one
NEWCOMER = ("Mira Lindqvist", "mira.lindqvist@example.org", "a window to the garden")
ENTRY, SESSION = "What an installer is for", "From the wheel to the package"


def missing() -> list[str]:
    """What this needs and this computer lacks."""
    found = [name for name in TOOLS if shutil.which(name) is None]
    return found if launcher() else [*found, "at-spi2-core"]


@dataclass
class Installed:
    """One window of the program, on a screen of its own."""

    eyes: Assistive
    top: Reference
    screen: Mapping[str, str]

    async def sign_in(self, person: Person) -> None:
        await self.type("E-mail", person.email)
        await self.type("Password", person.password)
        await self.press("Sign in")
        await self.sees("push button", "Sync: Synced")

    async def press(self, name: str, role: str = "push button") -> None:
        await self.eyes.press(self.top, name, role)

    async def open(self, page: str) -> None:
        await self.press(page, "check box")

    async def type(self, field: str, words: str) -> None:
        """Type into an empty field, by real keys."""
        await self.eyes.focus(self.top, field)
        await self.keys("type", "--delay", "4", words)

    async def key(self, name: str) -> None:
        await self.keys("key", name)

    async def sees(self, role: str, name: str) -> str:
        """Wait until it is there; its whole name."""
        return (await self.eyes.find(self.top, role, name)).name

    async def number(self, tile: str) -> int:
        """What a tile of Today shows."""
        return int((await self.sees("panel", f"{tile}, ")).split(", ")[1])

    async def keys(self, *words: str) -> None:
        """Have the screen's keyboard do this; the words are xdotool's."""
        tool = await asyncio.create_subprocess_exec("xdotool", *words, env=dict(self.screen))
        await tool.wait()


@dataclass
class Cast:
    """Three windows and the relay between them."""

    mentor: Installed
    student: Installed
    newcomer: Installed
    relay: RelayProcess


async def registers(cast: Cast) -> None:
    """T1: a student registers, and the mentor's Active Students rises."""
    before = await cast.mentor.number("Active students")
    name, email, password = NEWCOMER
    await cast.newcomer.open("New student")
    await cast.newcomer.type("Join code", await cast.relay.join_code(COHORT))
    await cast.newcomer.type("Your name", name)
    await cast.newcomer.type("E-mail", email)
    await cast.newcomer.type("Password", password)
    await cast.newcomer.press("Create account")
    await cast.mentor.sees("panel", f"Active students, {before + 1}, ")
    await cast.newcomer.sees("push button", "Sync: Synced")


async def submits(cast: Cast) -> None:
    """T2: a student submits an entry, and the mentor's entries rise."""
    before = await cast.mentor.number("Entries")
    await cast.student.open("Entries")
    await cast.student.press("New entry")
    await cast.student.type("Title", ENTRY)
    await cast.student.type("Text", "It asks for nothing that one has to know.")
    await cast.student.press("Submit")
    await cast.mentor.sees("panel", f"Entries, {before + 1}, ")


async def reviews(cast: Cast) -> None:
    """T3: the mentor approves it, and the student sees it."""
    await cast.mentor.open("Entries")
    for _ in range(MOST_ENTRIES):
        if await _shows(cast.mentor, "label", ENTRY):
            break
        await cast.mentor.press("Next entry (J)")
    await cast.mentor.type("Feedback", "Short, and it is all there.")
    await cast.mentor.press("Approve")
    await cast.student.open("Entries")
    await cast.student.sees("list item", f"{ENTRY}, Approved")


async def plans(cast: Cast) -> None:
    """T4: the mentor plans a session, and it stands in My Schedule."""
    await cast.mentor.open("Schedule")
    await cast.mentor.press("New session")
    await cast.mentor.type("Title", SESSION)
    await cast.mentor.key("Tab")  # to With
    await cast.mentor.keys("type", "--delay", "4", "Jamal")
    await cast.mentor.key("Return")
    for button in ("Plan session", "Book anyway"):  # the time that is offered may be taken
        if await _shows(cast.mentor, "push button", button):
            await cast.mentor.press(button)
    await cast.student.open("My Schedule")
    await cast.student.eyes.find(cast.student.top, "list item", SESSION, inside=True)


STORIES: dict[str, Callable[[Cast], Awaitable[None]]] = {
    "T1": registers,
    "T2": submits,
    "T3": reviews,
    "T4": plans,
}


async def _shows(window: Installed, role: str, name: str) -> bool:
    await asyncio.sleep(0.5)  # what was pressed last is to show first
    things = await window.eyes.things(window.top)
    return any(one.role == role and one.name.startswith(name) for one in things)


@asynccontextmanager
async def window(
    program: Path, name: str, folder: Path, relay: RelayProcess
) -> AsyncIterator[Installed]:
    """The program on an unseen screen, without a PATH to any Python."""
    home = folder / name
    home.mkdir(mode=0o700)
    (home / "screen").mkdir(mode=0o700)
    outside = surroundings(home, is_headless=False) | {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
    async with AsyncExitStack() as exits:
        screen = await light_up(exits, home / "screen", outside, SCREEN)
        await started(exits, screen, "openbox")
        eyes = await exits.enter_async_context(assistive(screen))
        inside = {**screen, "PATH": NOWHERE, **SEEN}
        options = ("--data", str(home / "data"), "--server", relay.url)
        process = await started(exits, inside, str(program), *options)
        yield Installed(eyes, await eyes.program(process.pid), screen)


async def tell(program: Path, names: Sequence[str]) -> bool:
    """Tell these stories with the program, and print a line for each; whether all came true."""
    async with AsyncExitStack() as exits:
        folder = Path(exits.enter_context(TemporaryDirectory(prefix="tandem-installed-")))
        environment = surroundings(folder, is_headless=True)
        relay = RelayProcess(folder / "relay", environment, folder / "relay.log")
        await relay.found()
        await relay.start()
        exits.push_async_callback(relay.stop)
        windows = [
            await exits.enter_async_context(window(program, name, folder, relay))
            for name in ("mentor", "student", "newcomer")
        ]
        mentor, student, newcomer = windows
        cast = Cast(mentor, student, newcomer, relay)
        people = list(relay.people.values())
        await cast.mentor.sign_in(next(one for one in people if one.name.startswith("Rafael")))
        await cast.student.sign_in(next(one for one in people if one.name.startswith("Jamal")))
        good = [await _told(name, cast) for name in names]
    return all(good)


async def _told(name: str, cast: Cast) -> bool:
    try:
        await STORIES[name](cast)
    except (NotThere, TimeoutError) as error:
        _say(f"{name} failed: {str(error) or 'it took too long'}")
        return False
    _say(f"{name} ok")
    return True


def _say(line: str) -> None:
    print(line, flush=True)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.installed", description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("stories", nargs="*", metavar="STORY", help="T1 to T4; all without a name")
    given = parser.parse_args(arguments)
    if lacking := missing():
        print(f"This computer has no {', '.join(lacking)}.", file=sys.stderr)
        return 2
    try:
        is_good = asyncio.run(tell(given.program.absolute(), given.stories or list(STORIES)))
    except (CannotStart, NotThere, TimeoutError) as error:
        print(str(error) or "It took too long.", file=sys.stderr)
        return 2
    return 0 if is_good else 1


if __name__ == "__main__":
    os.environ.pop("TANDEM_DATA", None)
    sys.exit(main(sys.argv[1:]))

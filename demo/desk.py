"""One desktop process from outside: it is asked in lines of JSON, and answers so."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from demo.link import Link
from demo.relay import ROOT, Person

STEP_S = 30.0
LONGEST_LINE = 1 << 22
UNSEEN = "This plugin does not support"


class DeskTrouble(Exception):
    """A desktop could not do or see what it was asked for; the text says what."""


class Desk:
    """A desktop with its own data folder, keyring and cable."""

    def __init__(
        self, name: str, folder: Path, environment: Mapping[str, str], relay_port: int
    ) -> None:
        self.name = name
        self.data = folder / name
        self.link = Link(relay_port)
        self.log = folder / f"{name}.log"
        self._keyring = folder / f"{name}.keyring"
        self._environment = environment
        self._process: Process | None = None
        self._last_id = 0
        self._one_at_a_time = asyncio.Lock()

    async def start(self, *options: str) -> None:
        """Start the program, perhaps with more options; its window opens in its own time."""
        if self.link.is_closed:
            await self.link.open()
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.command(), *options, stdin=PIPE, stdout=PIPE, stderr=log, limit=LONGEST_LINE,
                env=self._environment, cwd=ROOT, start_new_session=True,
            )  # fmt: skip

    def command(self) -> list[str]:
        """The command line of this desktop."""
        options = ["--data", str(self.data), "--server", self.link.url]
        return [sys.executable, "-m", "demo.window", str(self._keyring), *options]

    async def ask(self, do: str, *, within_s: float = STEP_S, **what: Any) -> Any:
        """Have something done or seen, and get its answer.

        Raises:
            DeskTrouble: it did not work, or not in time.
        """
        async with self._one_at_a_time:
            try:
                async with asyncio.timeout(within_s):
                    return await self._asked(do, what)
            except TimeoutError:
                raise DeskTrouble(
                    f"{self.name}: {do} was not done within {within_s:.0f} s"
                ) from None

    async def _asked(self, do: str, what: Mapping[str, Any]) -> Any:
        process = self._running
        assert process.stdin is not None  # noqa: S101  both are piped
        assert process.stdout is not None  # noqa: S101
        self._last_id += 1
        line = json.dumps({"id": self._last_id, "do": do, **what})
        try:
            process.stdin.write(f"{line}\n".encode())
            await process.stdin.drain()
        except ConnectionError:
            raise await self._ended() from None
        while said := await process.stdout.readline():
            answer = json.loads(said)
            if answer["id"] != self._last_id:
                continue  # the late answer to something that was given up
            if "error" in answer:
                raise DeskTrouble(f"{self.name}: {do}: {answer['error']}")
            return answer["value"]
        raise await self._ended()

    async def _ended(self) -> DeskTrouble:
        code = await self._running.wait()
        return DeskTrouble(f"{self.name}: the desktop has ended with exit code {code}")

    async def sign_in(self, person: Person) -> None:
        """Sign in through the window, and wait until all is here."""
        await self.ask(
            "sign_in", server=self.link.url, email=person.email, password=person.password
        )
        await self.ask("wait_for_sync", state="synced")

    async def watch(self, *wanted: Mapping[str, Any]) -> None:
        """Begin to look for rows and numbers."""
        await self.ask("watch", things=list(wanted))

    async def seen(self) -> int:
        """The moment at which the last of them was painted."""
        return int(await self.ask("seen"))

    async def sees(self, page: str, words: str) -> None:
        """Open a page, and wait until a row with these words is painted there."""
        await self.ask("open_page", page=page)
        await self.watch({"row": words})
        await self.seen()

    async def plan(self, title: str, person: str, start: datetime, minutes: int) -> int:
        """Plan a session in the editor; the moment of the click."""
        when = start.replace(tzinfo=None).isoformat()
        clicked = await self.ask("plan", title=title, person=person, start=when, minutes=minutes)
        return int(clicked)

    async def found(self, secrets: Sequence[str]) -> list[str]:
        """Which of these stand anywhere in the window's models and labels."""
        return list(await self.ask("look_at", what="found", secrets=list(secrets)))

    @property
    def pid(self) -> int:
        return self._running.pid

    async def wait(self) -> int:
        """Its exit code, once it has ended."""
        return await self._running.wait()

    async def kill(self) -> None:
        """End it from one moment to the next, as a power cut would."""
        self._running.kill()
        await self._running.wait()

    def fall_asleep(self) -> None:
        """Stop the program where it is, as a computer that sleeps does; POSIX only."""
        self._running.send_signal(signal.SIGSTOP)

    def wake_up(self) -> None:
        """Let it go on from there."""
        self._running.send_signal(signal.SIGCONT)

    async def close(self) -> None:
        """End the program, and take its cable away."""
        await self.quit()
        await self.link.close()

    async def quit(self) -> None:
        """Close the window; what does not end by itself is ended."""
        process = self._process
        if process is not None and process.returncode is None:
            if process.stdin is not None:
                process.stdin.close()
            try:
                async with asyncio.timeout(10):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()

    def last_words(self) -> str:
        """The end of what the program wrote on stderr, without what an unseen screen lacks."""
        if not self.log.exists():
            return ""
        lines = self.log.read_text("utf-8", "replace").splitlines()
        return "\n".join([line for line in lines if not line.startswith(UNSEEN)][-40:])

    @property
    def _running(self) -> Process:
        if self._process is None:
            raise DeskTrouble(f"{self.name}: the desktop was not started")
        return self._process

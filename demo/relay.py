"""A real relay in a process of its own, with the sample people in it."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (sys.executable, "-m", "syncserver")
ADMIN = ("host@example.org", "The Host", "a demo for one evening\n")
PATIENCE_S = 60.0
ROOT = Path(__file__).resolve().parents[1]


class CannotStart(Exception):
    """The demo cannot begin; the text says why."""


@dataclass(frozen=True)
class Person:
    """Somebody of the sample, with the password to sign in."""

    id: str
    name: str
    email: str
    password: str
    role: str


class RelayProcess:
    """The relay of the demo; it can be stopped and started again on the same port."""

    def __init__(self, folder: Path, environment: Mapping[str, str], log: Path) -> None:
        self._folder = folder
        self._environment = environment
        self._log = log
        self._process: Process | None = None
        self.port = 0
        self.people: dict[str, Person] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def found(self) -> None:
        """Make it, with the sample people.

        Raises:
            CannotStart: it could not be made.
        """
        email, name, password = ADMIN
        admin = ("--admin-email", email, "--admin-name", name, "--password-stdin")
        await self._run("init", *admin, said=password)
        lines = (await self._run("demo-data")).splitlines()
        for row in map(json.loads, lines):
            person = Person(row["userId"], row["name"], row["email"], row["password"], row["role"])
            self.people[person.email.partition("@")[0]] = person

    async def join_code(self, cohort: str) -> str:
        """The code with which a student joins this cohort."""
        for line in (await self._run("cohort", "list")).splitlines():
            row = json.loads(line)
            if row["name"] == cohort:
                return str(row["joinCode"])
        raise CannotStart(f"The sample has no cohort {cohort}.")

    async def new_cohort(self, name: str) -> str:
        """Make a cohort that nobody is in; the code with which a student joins it."""
        return str(json.loads(await self._run("cohort", "create", "--name", name))["joinCode"])

    async def invitation(self) -> str:
        """The code with which one mentor comes in."""
        return str(json.loads(await self._run("invite", "mentor"))["code"])

    async def start(self) -> None:
        """Serve, until `stop` or `kill`.

        Raises:
            CannotStart: it does not serve.
        """
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *PROGRAM, "serve", "--data", str(self._folder), "--port", str(self.port),
                stdin=DEVNULL, stdout=PIPE, stderr=log,
                env=self._environment, cwd=ROOT, start_new_session=True,
            )  # fmt: skip
        assert self._process.stdout is not None  # noqa: S101  it is piped
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                said = (await self._process.stdout.readline()).decode()
                if "listening on" in said:
                    self.port = int(said.strip().rpartition(":")[2])
                    return
        await self.stop()
        raise CannotStart(f"The relay does not serve. {self._log.read_text('utf-8')[-500:]}")

    async def stop(self) -> None:
        """Let it drain and end."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(15):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def _run(self, *words: str, said: str = "") -> str:
        """What a command of the relay prints."""
        process = await asyncio.create_subprocess_exec(
            *PROGRAM, *words, "--data", str(self._folder),
            stdin=PIPE, stdout=PIPE, stderr=PIPE, env=self._environment, cwd=ROOT,
        )  # fmt: skip
        out, err = await process.communicate(said.encode())
        if process.returncode:
            raise CannotStart(f"The relay's {words[0]} failed. {err.decode().strip()}")
        return out.decode()

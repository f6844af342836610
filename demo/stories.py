"""The stories that the demo proves: what one person does, and when the others see it."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from demo.desk import Desk, DeskTrouble
from demo.stage import NEWCOMER, Stage
from desktop.sync.client import STEADY_S

MOST_TRIES = 5
NS_IN_MS = 1_000_000


@dataclass(frozen=True)
class Secret:
    """What some must never learn: words and an id."""

    words: str
    id: str


class Story(ABC):
    """One story; `secrets` fills while it is told.

    Attributes:
        insider: a desk that learns the secrets, so that a search for them is known to find them.
        outsiders: the desks that must learn none.
        author: the desk of the only one who may know the drafts.
        drafts: what not even the insider may learn.
    """

    name: str
    insider: str
    outsiders: tuple[str, ...]
    author: str = ""

    def __init__(self) -> None:
        self.secrets: list[Secret] = []
        self.drafts: list[Secret] = []

    @abstractmethod
    async def online(self, stage: Stage, at: int) -> int:
        """Milliseconds from the click to the last painted row; `at` counts the tries from 0."""

    @abstractmethod
    async def offline(self, stage: Stage, at: int) -> int:
        """Milliseconds from the return of the links to the last painted row."""


class StudentRegisters(Story):
    """T1: every mentor's Active Students rises, and the notification stands in the inbox."""

    name = "T1"
    insider = "rafael"
    outsiders = ("amina",)
    people = (
        ("Mira Lindqvist", "Oskar Brandt"),
        ("Tariq Haddad", "Lucia Ferraro"),
        ("Sofie Janssen", "Mateus Rocha"),
        ("Kofi Mensah", "Hana Novak"),
        ("Ines Carvalho", "Daniel Okoro"),
    )

    @override
    async def online(self, stage: Stage, at: int) -> int:
        name = self.people[at][0]
        await _in_step(_expect_student(mentor, name) for mentor in stage.mentors)
        clicked = await self._register(stage, name)
        return await self._check(stage, name, clicked)

    @override
    async def offline(self, stage: Stage, at: int) -> int:
        name = self.people[at][1]
        await _in_step(_expect_student(mentor, name) for mentor in stage.mentors)
        await _cut(*stage.mentors)
        await self._register(stage, name)
        back = _give_back(*stage.mentors)
        return await self._check(stage, name, back)

    async def _register(self, stage: Stage, name: str) -> int:
        newcomer = stage.desks[NEWCOMER]
        values = {
            "server": newcomer.link.url,
            "joinCode": stage.join_code,
            "name": name,
            "email": f"{name.lower().replace(' ', '.')}@example.org",
            "password": "a window to the garden",
        }
        clicked = int(await newcomer.ask("register", values=values))
        event = await stage.listeners["rafael"].hears(name)
        self.secrets.append(Secret(name, event["data"]["subjectId"]))
        return clicked

    async def _check(self, stage: Stage, name: str, since_ns: int) -> int:
        seen = [await mentor.seen() for mentor in stage.mentors]
        await _in_step(mentor.sees("inbox", name) for mentor in stage.mentors)
        newcomer = stage.desks[NEWCOMER]
        await newcomer.ask("wait_for_sync", state="synced")
        await newcomer.ask("sign_out")
        return (max(seen) - since_ns) // NS_IN_MS


class StudentSubmits(Story):
    """T2: the mentor's entries and what waits for review rise, and the notification comes."""

    name = "T2"
    insider = "rafael"
    outsiders = ("amina", "wanjiku")
    author = "jamal"
    titles = (
        ("What a reducer is for", "Breaking a form into parts"),
        ("My first failing test", "Why the cache was stale"),
        ("Flexbox without guessing", "Reading the network tab"),
        ("A loop that never ended", "Naming what a function does"),
        ("Keys in a list", "Two ways to fetch the same thing"),
    )

    @override
    async def online(self, stage: Stage, at: int) -> int:
        title = self.titles[at][0]
        rafael = stage.desks["rafael"]
        await self._expect(rafael)
        clicked = await self._submit(stage, title)
        seen = await rafael.seen()
        await self._check(stage, title)
        if at == 0:
            await self._draft(stage)
        return (seen - clicked) // NS_IN_MS

    @override
    async def offline(self, stage: Stage, at: int) -> int:
        """The third time, the student is offline too: the entry waits on the student's disk."""
        title = self.titles[at][1]
        rafael, jamal = stage.desks["rafael"], stage.desks["jamal"]
        away = [rafael, jamal] if at == MOST_TRIES // 2 else [rafael]
        await self._expect(rafael)
        await _cut(*away)
        await self._submit(stage, title)
        if jamal not in away:
            await jamal.ask("wait_for_sync", state="synced")
        back = _give_back(*away)
        seen = await rafael.seen()
        await self._check(stage, title)
        return (seen - back) // NS_IN_MS

    async def _expect(self, rafael: Desk) -> None:
        await rafael.ask("open_page", page="today")
        numbers = await rafael.ask("look_at", what="numbers")
        await rafael.watch(
            {"tile": "waiting", "at_least": numbers["waiting"] + 1},
            {"tile": "entries", "at_least": numbers["entries"] + 1},
            {"bell": numbers["bell"] + 1},
        )

    async def _submit(self, stage: Stage, title: str) -> int:
        jamal = stage.desks["jamal"]
        body = f"Today I looked at this: {title.lower()}."
        clicked = int(await jamal.ask("write", title=title, body=body, button="submit"))
        self.secrets.append(Secret(title, await jamal.ask("look_at", what="row_id", words=title)))
        stage.submitted.append(title)
        return clicked

    async def _draft(self, stage: Stage) -> None:
        """A draft that nobody but its author may ever have."""
        jamal, title = stage.desks["jamal"], "Half a thought about closures"
        await jamal.ask("write", title=title, body="Not finished yet.", button="save")
        await jamal.ask("wait_for_sync", state="synced")
        self.drafts.append(Secret(title, await jamal.ask("look_at", what="row_id", words=title)))

    async def _check(self, stage: Stage, title: str) -> None:
        """It stands in the inbox and in the queue, too."""
        rafael = stage.desks["rafael"]
        await rafael.sees("inbox", title)
        await rafael.ask("open_page", page="entries")
        if not await rafael.ask("look_at", what="row_text", words=title):
            raise DeskTrouble(f"rafael: the queue does not show “{title}”")


class MentorReviews(Story):
    """T3: the student sees the entry's new status and the notification; both Todays show it.

    It reviews what T2 has submitted, the newest first: so it is in view.
    """

    name = "T3"
    insider = "jamal"
    outsiders = ("amina", "wanjiku")

    @override
    async def online(self, stage: Stage, at: int) -> int:
        title = _newest(stage)
        rafael, jamal = stage.desks["rafael"], stage.desks["jamal"]
        await self._expect(rafael, jamal, title)
        clicked = await self._review(stage, title)
        seen = await jamal.seen()
        await self._check(stage, title)
        return (seen - clicked) // NS_IN_MS

    @override
    async def offline(self, stage: Stage, at: int) -> int:
        """The third time, the mentor is offline too: the review waits on the mentor's disk."""
        title = _newest(stage)
        rafael, jamal = stage.desks["rafael"], stage.desks["jamal"]
        away = [jamal, rafael] if at == MOST_TRIES // 2 else [jamal]
        await self._expect(rafael, jamal, title)
        await _cut(*away)
        await self._review(stage, title)
        if rafael not in away:
            await rafael.ask("wait_for_sync", state="synced")
        back = _give_back(*away)
        seen = await jamal.seen()
        await self._check(stage, title)
        return (seen - back) // NS_IN_MS

    async def _expect(self, rafael: Desk, jamal: Desk, title: str) -> None:
        await rafael.ask("open_page", page="today")
        self._waiting = (await rafael.ask("look_at", what="numbers"))["waiting"]
        bell = (await jamal.ask("look_at", what="numbers"))["bell"]
        await jamal.ask("open_page", page="entries")
        await jamal.ask("show_entries", status="approved")
        await jamal.watch({"row": title}, {"bell": bell + 1})

    async def _review(self, stage: Stage, title: str) -> int:
        rafael = stage.desks["rafael"]
        words = f"Clear and to the point: {title.lower()} is understood."
        await rafael.ask("open_page", page="entries")
        clicked = await rafael.ask("review", title=title, words=words, decision="approved")
        self.secrets.append(Secret(words, title))
        return int(clicked)

    async def _check(self, stage: Stage, title: str) -> None:
        """It stands in the inbox too, and one less waits on the mentor's own Today."""
        rafael, jamal = stage.desks["rafael"], stage.desks["jamal"]
        await jamal.sees("inbox", title)
        await rafael.ask("open_page", page="today")
        waiting = (await rafael.ask("look_at", what="numbers"))["waiting"]
        if waiting != self._waiting - 1:
            raise DeskTrouble(f"rafael: {waiting} wait for review, and there were {self._waiting}")


class MentorPlans(Story):
    """T4: a session stands in My Schedule and on both Todays, and the notification comes."""

    name = "T4"
    insider = "jamal"
    outsiders = ("amina", "wanjiku")
    titles = (
        ("Reading a stack trace together", "What a linter is for"),
        ("Naming things that change", "A form that keeps what you typed"),
        ("Sketching the trip planner", "Small commits and good messages"),
        ("Tests that tell a story", "Colours that everybody can read"),
        ("Caching without tears", "Asking a question that gets answered"),
    )
    minutes = 15

    @override
    async def online(self, stage: Stage, at: int) -> int:
        title = self.titles[at][0]
        rafael, jamal = stage.desks["rafael"], stage.desks["jamal"]
        await self._expect(rafael, jamal, title)
        clicked = await self._plan(stage, title)
        seen = await jamal.seen()
        await self._check(stage, title)
        return (seen - clicked) // NS_IN_MS

    @override
    async def offline(self, stage: Stage, at: int) -> int:
        """The third time, the mentor is offline too: the session waits on the mentor's disk."""
        title = self.titles[at][1]
        rafael, jamal = stage.desks["rafael"], stage.desks["jamal"]
        away = [jamal, rafael] if at == MOST_TRIES // 2 else [jamal]
        await self._expect(rafael, jamal, title)
        await _cut(*away)
        await self._plan(stage, title)
        if rafael in away:
            row = await rafael.ask("look_at", what="row_text", words=title)
            if "waiting to send" not in row:
                raise DeskTrouble(f"the mentor's row does not say that it waits: {row!r}")
        else:
            await stage.listeners["rafael"].hears(title)
        back = _give_back(*away)
        seen = await jamal.seen()
        await self._check(stage, title)
        return (seen - back) // NS_IN_MS

    async def _expect(self, rafael: Desk, jamal: Desk, title: str) -> None:
        await rafael.ask("open_page", page="schedule")
        await jamal.ask("open_page", page="schedule")
        unread = (await jamal.ask("look_at", what="numbers"))["bell"]
        await jamal.watch({"row": title}, {"bell": unread + 1})

    async def _plan(self, stage: Stage, title: str) -> int:
        """Plan it through the editor, each earlier than the one before: so it is in view."""
        zone = ZoneInfo("America/Sao_Paulo")  # Rafael's, in which his editor shows times
        quarter = timedelta(minutes=self.minutes)
        now = datetime.now(UTC).astimezone(zone).replace(second=0, microsecond=0)
        next_quarter = now - timedelta(minutes=now.minute % self.minutes) + 2 * quarter
        left = 2 * MOST_TRIES - len(self.secrets)
        rafael, jamal = stage.desks["rafael"], stage.person("jamal")
        clicked = await rafael.plan(title, jamal.name, next_quarter + left * quarter, self.minutes)
        await rafael.watch({"row": title})
        await rafael.seen()
        row_id = await rafael.ask("look_at", what="row_id", words=title)
        self.secrets.append(Secret(title, row_id))
        return clicked

    async def _check(self, stage: Stage, title: str) -> None:
        """It stands everywhere else, too."""
        rafael, jamal = stage.desks["rafael"], stage.desks["jamal"]
        await jamal.sees("inbox", title)
        for desk in (jamal, rafael):
            await desk.ask("open_page", page="today")
            if not await desk.ask("look_at", what="is_on_page", words=title):
                raise DeskTrouble(f"{desk.name}: Today does not show “{title}”")


def _newest(stage: Stage) -> str:
    """The title of the newest entry that waits for a review."""
    if not stage.submitted:
        raise DeskTrouble("no entry was submitted that could be reviewed")
    return stage.submitted.pop()


STORIES: tuple[type[Story], ...] = (
    StudentRegisters,
    StudentSubmits,
    MentorReviews,
    MentorPlans,
)


async def _expect_student(mentor: Desk, name: str) -> None:
    """Open Today, and begin to look for one student more."""
    await mentor.ask("open_page", page="today")
    numbers = await mentor.ask("look_at", what="numbers")
    await mentor.watch(
        {"tile": "students", "at_least": numbers["students"] + 1},
        {"bell": numbers["bell"] + 1},
        {"row": name},
    )


async def _cut(*desks: Desk) -> None:
    """Cut cables that have held for a while, and wait until the desks know.

    After a connection that broke soon, a desktop waits ever longer before it tries again.
    """
    newest = max(desk.link.joined_at for desk in desks)
    await asyncio.sleep(max(0.0, newest + STEADY_S + 0.5 - time.monotonic()))
    for desk in desks:
        desk.link.cut()
    await _in_step(desk.ask("wait_for_sync", state="offline") for desk in desks)


def _give_back(*desks: Desk) -> int:
    """The moment before the first cable is whole again."""
    return min(desk.link.give_back() for desk in desks)


async def _in_step(deeds: Iterable[Coroutine[Any, Any, object]]) -> None:
    """Have several desks do something at the same time."""
    await asyncio.gather(*deeds)

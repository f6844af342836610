"""A desk with somebody at it: what screens are given, over a real local store.

No query of a screen may read a whole table: a seat looks at the plans of all when it is left.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from desktop import tasks
from desktop.account.administration import Administration
from desktop.account.api import ApiRefused
from desktop.account.histories import AuditRecord, Page
from desktop.account.own_account import Device
from desktop.store.database import connect_reader
from desktop.store.trouble import StoreTrouble
from desktop.ui.workspace import News, Workspace
from domain.accounts import Account
from domain.activities import Person
from domain.commands import Command
from domain.instants import moment
from tests.builders import World
from tests.desktop.account.admin_relays import AdminRelay, a_token
from tests.desktop.query_plans import whole_reads
from tests.desktop.store.desks import Desk

T = TypeVar("T")
TAKEN = "taken@example.org"  # the e-mail address of somebody else


class FakeOnline:
    """A relay that knows two devices and one password; `trouble` is raised by all it is asked.

    While `answering` is not set, whoever asks for something of the account waits.
    """

    def __init__(self) -> None:
        self.trouble: Exception | None = None
        self.answering = asyncio.Event()
        self.answering.set()
        self.password = "an old password"
        self.email = ""
        self.newest = ""
        self.there = [
            a_device("here", name="library-pc (Linux)", current=True),
            a_device("there", name="Mia's laptop (macOS)", last_seen_at="2025-11-30T17:05:00.000Z"),
        ]

    async def devices(self) -> list[Device]:
        await self.answering.wait()
        self._fail()
        return list(self.there)

    async def end_device(self, device_id: str) -> None:
        await self.answering.wait()
        self._fail()
        self.there = [device for device in self.there if device.id != device_id]

    async def change_password(self, current: str, new: str) -> None:
        await self.answering.wait()
        self._fail()
        if current != self.password:
            raise ApiRefused("credentials_wrong", "The current password is wrong.")
        if len(new) < 10:
            sentence = "Use at least 10 characters."
            raise ApiRefused("invalid", sentence, {"newPassword": sentence})
        self.password = new
        self.there = [device for device in self.there if device.current]

    async def change_email(self, current: str, new: str) -> None:
        await self.answering.wait()
        self._fail()
        if current != self.password:
            raise ApiRefused("credentials_wrong", "The current password is wrong.")
        if new == TAKEN:
            raise ApiRefused("email_taken", "There is an account with this e-mail address already.")
        self.email = new

    async def current_desktop(self) -> str:
        self._fail()
        return self.newest

    def _fail(self) -> None:
        if self.trouble:
            raise self.trouble


class FakeHistories:
    """A relay's audit log: `told` is what there is of everything, `per_page` at once.

    Attributes:
        asked: what was asked for, as (kind, id), or whether without one's own for one's own data.
        trouble: is raised by all that it is asked.
    """

    def __init__(self) -> None:
        self.told: list[AuditRecord] = []
        self.per_page = 100
        self.asked: list[tuple[str, str] | bool] = []
        self.trouble: Exception | None = None
        self.answering = asyncio.Event()
        self.answering.set()

    async def of_item(self, kind: str, item_id: str, older: str = "") -> Page:
        self.asked.append((kind, item_id))
        return await self._page(older)

    async def of_mine(self, older: str = "", *, by_others: bool = False) -> Page:
        self.asked.append(by_others)
        return await self._page(older)

    async def _page(self, older: str) -> Page:
        await self.answering.wait()
        if self.trouble:
            raise self.trouble
        begin = int(older or 0)
        end = begin + self.per_page
        return Page(self.told[begin:end], str(end) if end < len(self.told) else "")


def a_record(n: int = 1, **fields: Any) -> AuditRecord:
    """An audit record; `values` are old and new by field."""
    values = fields.get("values")
    given: dict[str, Any] = {
        "room": "student:of-tests",
        "at": "2025-12-01T10:00:00.000Z",
        "actor_id": "somebody",
        "actor_name": "Mia Stone",
        "action": "schedule.update",
        "row_type": "schedule",
        "row_id": "of-tests",
        "fields": sorted(values or ()),
    }
    return AuditRecord(n=n, **given | fields)


def a_device(device_id: str, **fields: Any) -> Device:
    given: dict[str, Any] = {
        "name": "A computer",
        "created_at": "2025-11-01T08:00:00.000Z",
        "last_seen_at": "2025-12-01T11:30:00.000Z",
    }
    return Device(id=device_id, **given | fields)


class Seat:
    """A person's workspace; what is done here reaches the relay of tests with `sync`.

    Attributes:
        opened: the paths that the screens asked for.
        said: the sentences that they told the person.
        online: what the relay does at once.
        relay: what it does for admins.
        histories: what its audit log tells.
        trouble: what the disk answers to everything, or None.
    """

    trouble: StoreTrouble | None = None

    def __init__(self, world: World, user: str) -> None:
        self.desk = Desk(world, user).settle_in()
        self.reader = connect_reader(self.desk.store.files.replica_uri)
        self.online = FakeOnline()
        self.relay = AdminRelay(self.desk.relay, self.desk.clock)
        self.histories = FakeHistories()
        self._asked: set[str] = set()
        self.reader.set_trace_callback(self._asked.add)
        self.opened: list[str] = []
        self.said: list[str] = []
        self.news = News()
        self.news.opened.connect(self.opened.append)
        self.news.said.connect(lambda text, _undo: self.said.append(text))
        account = self.desk.relay.get(Account, user)
        self.workspace = Workspace(
            me=Person(user, account.role),
            zone=ZoneInfo(account.time_zone),
            reader=self.reader,
            door=self,
            news=self.news,
            new_id=self.desk.new_id,
            online=self.online,
            administration=Administration(self.relay.api, a_token),
            histories=self.histories,
            now=self.desk.clock,
        )

    def close(self) -> None:
        self.reader.set_trace_callback(None)
        scanned = whole_reads(self.reader, self._asked)
        self.reader.close()
        self.desk.store.close()
        assert not scanned, "\n".join(scanned)

    def open_reader(self) -> sqlite3.Connection:
        """Another connection to the rows, for the caller to close."""
        return connect_reader(self.desk.store.files.replica_uri)

    def sync(self) -> None:
        """Send what waits, and take in what the others did."""
        self.desk.push()
        self.desk.receive()
        self._tell()

    def set_time(self, text: str) -> None:
        """Move the clock on the wall, and say that it has moved."""
        self.desk.clock.time = moment(text)
        self.news.minute.emit()

    async def do(self, command: Command) -> str:
        return await self.run(lambda store: store.act(command))

    async def do_later(self, command: Command, delay_s: float) -> str:
        return await self.run(lambda store: store.act(command, wait_s=delay_s))

    async def undo(self, mutation_id: str) -> bool:
        return await self.run(lambda store: store.undo(mutation_id))

    async def run(self, work: Callable[[Any], T]) -> T:
        if self.trouble:
            raise self.trouble
        try:
            return work(self.desk.store)
        finally:
            self._tell()

    def _tell(self) -> None:
        changes, self.desk.changes[:] = list(self.desk.changes), []
        for kinds in changes:
            self.news.changed.emit(kinds)


async def all_done() -> None:
    """Let everything that screens have started come to its end."""
    while running := list(tasks._running):
        await asyncio.wait(running)

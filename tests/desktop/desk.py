"""One person's desktop for tests: local rows in memory, and the oracle relay right behind them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from desktop.store.database import connect_reader, open_memory
from desktop.store.outbox import Attention
from desktop.store.tables import all_tables, table_of
from desktop.ui.workspace import News, Workspace
from domain.accounts import Account
from domain.activities import Person
from domain.commands import Command
from domain.errors import Refused
from domain.instants import instant, moment
from domain.kinds import KINDS
from domain.records import Record
from tests.builders import NOW, id_of
from tests.fakes import MemoryRelay

T = TypeVar("T")


def put_rows(db: sqlite3.Connection, rows: Iterable[Record], *, pending: int = 0) -> None:
    """Write rows as the replica stores them."""
    for row in rows:
        table = table_of(type(row))
        db.execute(table.upsert, table.values(msgspec.to_builtins(row), pending))


class Desk:
    """A workspace whose commands the relay judges at once, and the store that screens `run` on.

    Attributes:
        refused: what stands under Needs attention, as the local store keeps it.
        opened, said: the paths and sentences that the screens asked for.
    """

    def __init__(self, relay: MemoryRelay, user_id: str, *, now: str = NOW) -> None:
        self.relay = relay
        self.time = moment(now)
        self.files = open_memory()
        self.reader = connect_reader(self.files.replica_uri)
        self.refused: list[Attention] = []
        self.opened: list[str] = []
        self.said: list[str] = []
        self.done: list[Command] = []
        self._count = 0
        account = relay.get(Account, user_id)
        self.news = News()
        self.news.opened.connect(self.opened.append)
        self.news.said.connect(lambda text, _undo: self.said.append(text))
        self.workspace = Workspace(
            me=Person(user_id, account.role),
            zone=ZoneInfo(account.time_zone),
            reader=self.reader,
            door=self,
            news=self.news,
            new_id=self._new_id,
            now=lambda: self.time,
        )
        self.take_in()

    def close(self) -> None:
        self.reader.close()
        self.files.close()

    def take_in(self) -> None:
        """Make the local rows those that the relay shows this person, and say that they changed."""
        for table in all_tables():
            self.files.replica.execute(f"DELETE FROM {table.name}")  # noqa: S608
        for rows in self.relay.view_of(self.workspace.me.id).values():
            put_rows(self.files.replica, rows)
        self.news.changed.emit(frozenset(KINDS))

    def set_time(self, text: str) -> None:
        """Move the clock on the wall, and say so."""
        self.time = moment(text)
        self.news.minute.emit()

    async def do(self, command: Command) -> str:
        mutation_id = self.act(command)
        self.take_in()
        return mutation_id

    async def do_later(self, command: Command, delay_s: float) -> str:
        return await self.do(command)

    async def undo(self, mutation_id: str) -> bool:
        return False

    async def run(self, work: Callable[[Any], T]) -> T:
        before = (len(self.done), self.refused)
        result = work(self)
        if before != (len(self.done), self.refused):
            self.take_in()
            self.news.changed.emit(frozenset({"command"}))
        return result

    # As the local store: what `run` is given

    def act(self, command: Command) -> str:
        mutation_id = self._new_id()
        now = instant(self.time)
        refused = self.relay.run(
            command, self.workspace.me.id, at=now, now=now, mutation=mutation_id
        )
        if refused:
            raise refused
        self.done.append(command)
        return mutation_id

    def attention(self) -> list[Attention]:
        return list(self.refused)

    def retry(self, mutation_id: str) -> str:
        [item] = [item for item in self.refused if item.id == mutation_id]
        command = item.read()
        if command is None:
            raise Refused("unknown_command", "This program does not know what this was.")
        fresh = self.act(command)
        self.discard(mutation_id)
        return fresh

    def discard(self, mutation_id: str) -> bool:
        known = len(self.refused)
        self.refused = [item for item in self.refused if item.id != mutation_id]
        return len(self.refused) < known

    def _new_id(self) -> str:
        self._count += 1
        return id_of(f"made on the desk {self.workspace.me.id} {self._count}")

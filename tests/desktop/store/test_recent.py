"""What happened lately, read once after each change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from desktop.store.activity import UNREAD, State
from desktop.store.database import connect_reader
from desktop.store.recent import Recent
from domain.accounts import Switch, UpdateAccount
from domain.activities import Kind, Person
from domain.inbox import MarkInbox, SnoozeInbox
from domain.members import Role
from tests.builders import World, ahead
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


class Reading:
    """Ana's news, and how often they were read from the file."""

    def __init__(self, desk: Desk, world: World) -> None:
        self.desk = desk
        self.db: sqlite3.Connection = connect_reader(desk.store.files.replica_uri)
        self.recent = Recent(self.db, Person(world.ana, Role.STUDENT))
        self.count = 0
        self.db.set_trace_callback(self._note)

    def _note(self, statement: str) -> None:
        self.count += "FROM rooms" in statement  # the first of the statements of one reading


@pytest.fixture
def ana(desk_of: DeskOf, world: World) -> Iterator[Reading]:
    ana = Reading(desk_of(world.ana), world)
    yield ana
    ana.db.close()


def test_all_that_ask_share_one_reading(ana: Reading) -> None:
    unread = ana.recent.notifications(states=UNREAD)

    assert ana.recent.unread_count() == len(unread) > 0
    assert ana.recent.unread() == unread
    assert ana.recent.notifications(limit=2) == ana.recent.notifications()[:2]
    assert ana.count == 1


def test_after_a_change_it_is_read_once_more(ana: Reading) -> None:
    before = ana.recent.unread_count()

    ana.desk.do(MarkInbox(activity_id=ana.recent.unread()[0].id, state="read"))

    assert ana.recent.unread_count() == before - 1
    assert ana.recent.notifications() != []
    assert ana.count == 2


def test_a_snooze_ends_without_a_change(ana: Reading) -> None:
    snoozed = ana.recent.unread()[0].id
    ana.desk.do(SnoozeInbox(activity_id=snoozed, until=ahead(hours=3)))
    earlier, later = ahead(hours=2), ahead(hours=3)

    assert snoozed not in {one.id for one in ana.recent.unread(now=earlier)}
    assert snoozed in {one.id for one in ana.recent.unread(now=later)}
    asleep = ana.recent.notifications(states={State.SNOOZED}, now=earlier)
    assert [one.id for one in asleep] == [snoozed]
    assert ana.recent.unread_count(now=later) == ana.recent.unread_count(now=earlier) + 1
    assert ana.count == 2  # before the snooze, and after it


def test_what_is_kept_out_of_the_inbox_is_unread_all_the_same(ana: Reading) -> None:
    kind = Kind.SCHEDULE_CREATED
    before = ana.recent.unread()

    ana.desk.do(UpdateAccount(switches={kind: Switch(inbox=False)}))

    assert [one.id for one in ana.recent.unread()] == [one.id for one in before]
    assert kind not in {one.activity.kind_ for one in ana.recent.notifications()}
    assert ana.recent.unread_count() < len(before)

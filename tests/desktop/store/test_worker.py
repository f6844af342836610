"""Tests of the store's thread and its asyncio door."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.store.local import LocalStore
from desktop.store.outbox import Counts
from desktop.store.trouble import InUse, StoreTrouble
from desktop.store.worker import StoreWorker
from domain.activities import Person
from domain.errors import Refused
from domain.inbox import MarkAllInbox
from domain.members import Role
from domain.outcomes import CancelSchedule
from domain.rooms import user_room
from tests.builders import ANA, MIA, NOW, id_of
from tests.desktop.store.desks import Clock, Counter

ROOM = user_room(MIA)
COMMAND = MarkAllInbox(through={ROOM: NOW})


class Heard:
    """What the worker called back, and on which thread."""

    def __init__(self) -> None:
        self.kinds: asyncio.Queue[frozenset[str]] = asyncio.Queue()
        self.woken = asyncio.Event()
        self.threads: set[int] = set()

    def change(self, kinds: frozenset[str]) -> None:
        self.threads.add(threading.get_ident())
        self.kinds.put_nowait(kinds)

    def wake(self) -> None:
        self.threads.add(threading.get_ident())
        self.woken.set()


def a_worker(heard: Heard, folder: Path | None = None, **options: Any) -> StoreWorker:
    given: dict[str, Any] = {
        "me": Person(MIA, Role.MENTOR),
        "now": Clock(),
        "new_id": Counter(),
    } | options
    return StoreWorker(folder, on_change=heard.change, on_pending=heard.wake, **given)


@pytest.fixture
async def heard() -> Heard:
    return Heard()


@pytest.fixture
async def worker(heard: Heard) -> AsyncIterator[StoreWorker]:
    worker = a_worker(heard)
    await worker.start()
    await worker.run(lambda store: store.begin_copy(ROOM, 1))
    await worker.run(lambda store: store.end_copy(ROOM))
    yield worker
    await worker.close()


async def test_a_command_is_kept_and_shown(worker: StoreWorker, heard: Heard) -> None:
    mutation = await worker.do(COMMAND)

    reader = worker.open_reader()
    assert reader.execute("SELECT pending FROM read_through").fetchone()["pending"] == 1
    assert [one.id for one in await worker.run(lambda store: store.unsent())] == [mutation]
    assert await heard.kinds.get() == {"read_through", "command"}
    await heard.woken.wait()
    reader.close()


async def test_it_calls_back_on_the_thread_of_the_loop(worker: StoreWorker, heard: Heard) -> None:
    await worker.do(COMMAND)
    await heard.kinds.get()

    on_store = await worker.run(lambda _: threading.get_ident())

    assert heard.threads == {threading.get_ident()}
    assert on_store != threading.get_ident()


async def test_a_refusal_comes_back_to_who_asked(worker: StoreWorker, heard: Heard) -> None:
    with pytest.raises(Refused):
        await worker.do(CancelSchedule(id=id_of("unknown")))

    assert heard.kinds.empty()


async def test_a_command_that_can_be_undone_wakes_sync_when_it_may_go(
    worker: StoreWorker, heard: Heard
) -> None:
    await worker.do_later(COMMAND, 0.01)
    at_once = heard.woken.is_set()

    await heard.woken.wait()

    assert not at_once


async def test_what_is_undone_is_gone(worker: StoreWorker, heard: Heard) -> None:
    mutation = await worker.do_later(COMMAND, 8)
    await worker.do_later(MarkAllInbox(through={}), 9)

    assert await worker.undo(mutation)
    reader = worker.open_reader()
    assert reader.execute("SELECT count(*) FROM read_through").fetchone()[0] == 0
    reader.close()


async def test_work_is_done_in_the_order_in_which_it_is_asked_for(worker: StoreWorker) -> None:
    done: list[int] = []

    def note(number: int) -> Callable[[LocalStore], None]:
        return lambda _: done.append(number)

    await asyncio.gather(*(worker.run(note(number)) for number in range(20)))

    assert done == list(range(20))


async def test_it_opens_the_files_of_a_folder_and_closes_them(heard: Heard, tmp_path: Path) -> None:
    worker = a_worker(heard, tmp_path)
    await worker.start()
    with pytest.raises(InUse):
        await a_worker(heard, tmp_path).start()
    salvaged = worker.salvaged
    await worker.close()
    await worker.close()

    again = a_worker(heard, tmp_path, me=None)
    await again.start()

    assert salvaged is None
    await again.close()


async def test_who_is_signed_in_is_known_at_the_next_start(heard: Heard, tmp_path: Path) -> None:
    worker = a_worker(heard, tmp_path)
    await worker.start()
    await worker.run(lambda store: store.begin_copy(ROOM, 1))
    await worker.close()

    again = a_worker(heard, tmp_path, me=None)
    await again.start()

    assert await again.do(COMMAND)
    await again.close()


async def test_the_folder_of_another_account_is_not_opened(heard: Heard, tmp_path: Path) -> None:
    worker = a_worker(heard, tmp_path)
    await worker.start()
    await worker.close()

    with pytest.raises(StoreTrouble, match="another account"):
        await a_worker(heard, tmp_path, me=Person(ANA, Role.STUDENT)).start()


@pytest.mark.logs("cannot be predicted")
async def test_a_bug_while_it_predicts_at_the_start_is_told_and_stops_nothing(
    heard: Heard,
) -> None:
    def fail(point: str) -> None:
        if "replica" in point:
            raise ZeroDivisionError(point)

    worker = a_worker(heard, checkpoint=fail)
    await worker.start()

    assert await worker.run(LocalStore.counts) == Counts(0, 0)
    await worker.close()


async def test_a_closed_store_says_so(heard: Heard) -> None:
    worker = a_worker(heard)
    with pytest.raises(RuntimeError, match="not open"):
        await worker.run(LocalStore.counts)
    await worker.start()
    await worker.close()

    with pytest.raises(RuntimeError, match="not open"):
        await worker.run(LocalStore.counts)


async def test_files_are_closed_when_the_start_fails_in_the_midst(
    heard: Heard, tmp_path: Path
) -> None:
    def fail(point: str) -> None:
        raise ZeroDivisionError(point)

    with pytest.raises(ZeroDivisionError):
        await a_worker(heard, tmp_path, checkpoint=fail).start()

    worker = a_worker(heard, tmp_path)
    await worker.start()
    await worker.close()


async def test_damage_is_told_on_the_loop_and_mended_when_the_files_are_opened_again(
    heard: Heard, tmp_path: Path
) -> None:
    told = asyncio.Event()
    worker = a_worker(heard, tmp_path, on_damage=told.set)
    await worker.start()
    was_damaged = worker.was_damaged

    await worker.run(lambda store: store.report_damage())
    await told.wait()

    await worker.close()
    again = a_worker(heard, tmp_path)
    await again.start()
    assert (was_damaged, again.was_damaged) == (False, True)
    await again.close()


async def test_a_bug_while_it_closes_leaves_no_thread_behind(heard: Heard) -> None:
    before = set(threading.enumerate())
    worker = a_worker(heard)
    await worker.start()
    opened = await worker.run(lambda store: store.files)

    def fails() -> None:
        opened.close()
        raise ZeroDivisionError

    await worker.run(lambda store: setattr(store, "close", fails))
    with pytest.raises(ZeroDivisionError):
        await worker.close()

    assert set(threading.enumerate()) <= before
    await worker.close()

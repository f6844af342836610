"""Python's garbage, collected in the window's thread only."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.ui.garbage import GarbageCollection, collect_due

MANY = 20_000


class Circle:
    """Garbage that only a collection ends; it notes the thread in which it does."""

    def __init__(self, ended_in: list[str]) -> None:
        self.itself = self
        self.ended_in = ended_in

    def __del__(self) -> None:
        self.ended_in.append(threading.current_thread().name)


@pytest.fixture
def collection(qtbot: QtBot) -> Iterator[GarbageCollection]:
    parent = QObject()
    collection = GarbageCollection(parent)
    yield collection
    collection.end()
    gc.disable()  # as it is in all tests


def _allocate() -> None:
    _kept = [[number] for number in range(MANY)]


def test_no_other_thread_collects(collection: GarbageCollection, qtbot: QtBot) -> None:
    ended_in = list[str]()
    gc.collect()
    Circle(ended_in)

    thread = threading.Thread(target=_allocate, name="store")
    thread.start()
    thread.join()

    assert ended_in == []
    kept = [[number] for number in range(MANY)]  # so that a collection is due
    qtbot.waitUntil(lambda: ended_in == [threading.main_thread().name])
    assert kept


def test_python_collects_again_at_the_end(collection: GarbageCollection) -> None:
    assert not gc.isenabled()

    collection.end()

    assert gc.isenabled()


def test_what_grew_old_is_collected_in_its_turn(collection: GarbageCollection) -> None:
    ended_in = list[str]()
    gc.collect()
    old = Circle(ended_in)
    gc.collect(0)
    gc.collect(1)
    dead = weakref.ref(old)
    del old
    kept: list[list[int]] = []

    for _turn in range(200):
        kept += [[number] for number in range(1000)]
        collect_due()
        if dead() is None:
            break

    assert dead() is None
    assert kept


def test_nothing_is_collected_that_is_not_due(collection: GarbageCollection) -> None:
    ended_in = list[str]()
    gc.collect()
    Circle(ended_in)

    collect_due()

    assert ended_in == []
    gc.collect()

"""The thread that asks the keyring."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop.account.keyring_thread import KeyringThread

ROOT = Path(__file__).resolve().parents[3]
UNANSWERED = """
import asyncio, threading
from desktop.account.keyring_thread import KeyringThread
async def ask():
    asked = threading.Event()
    KeyringThread().begin(lambda: (asked.set(), threading.Event().wait()))
    await asyncio.to_thread(asked.wait)
asyncio.run(ask())
print("ended")
"""


async def test_work_is_done_in_order_and_beside_the_loop() -> None:
    thread, done = KeyringThread(), list[int]()

    first = thread.begin(lambda: done.append(1))
    second = thread.begin(lambda: done.append(2))
    where = thread.begin(threading.get_ident)
    await asyncio.gather(first, second)

    assert done == [1, 2]
    assert await where != threading.get_ident()


async def test_an_error_is_raised_where_it_is_waited_for_and_the_thread_goes_on() -> None:
    thread = KeyringThread()

    with pytest.raises(ZeroDivisionError):
        await thread.begin(lambda: 1 // 0)

    assert await thread.begin(lambda: "next") == "next"


async def test_what_nobody_waits_for_any_more_is_not_begun() -> None:
    thread, gate, done = KeyringThread(), threading.Event(), list[str]()
    first = thread.begin(gate.wait)
    given_up = thread.begin(lambda: done.append("given up"))
    given_up.cancel()
    await asyncio.sleep(0)  # the loop passes it on

    gate.set()
    await first
    await thread.begin(lambda: done.append("last"))

    assert done == ["last"]


def test_a_question_that_nobody_answers_does_not_hold_up_the_end() -> None:
    finished = subprocess.run(
        [sys.executable, "-c", UNANSWERED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (finished.stdout, finished.stderr) == ("ended\n", "")

"""The thread that asks the keyring, which may wait for its owner for as long as it likes."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")


class KeyringThread:
    """Does one piece of work after the other, in the order in which they were begun.

    The thread is a daemon: a question that nobody answers does not hold up the end of the program,
    as it would in the loop's own executor.
    """

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[Future[Any], Callable[[], Any]]] = SimpleQueue()
        self._is_started = False

    def begin(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Have it done; the future holds what it gives or raises."""
        if not self._is_started:
            self._is_started = True
            threading.Thread(target=self._run, name="keyring", daemon=True).start()
        done: Future[T] = Future()
        self._queue.put((done, work))
        return asyncio.wrap_future(done)

    def _run(self) -> None:
        while True:
            done, work = self._queue.get()
            with suppress(RuntimeError):  # the program has ended, and its loop with it
                _do(done, work)


def _do(done: Future[T], work: Callable[[], T]) -> None:
    if not done.set_running_or_notify_cancel():
        return
    try:
        result = work()
    except Exception as error:  # noqa: BLE001  it is raised where somebody waits for it
        done.set_exception(error)
    else:
        done.set_result(result)

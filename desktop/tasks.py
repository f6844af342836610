"""Background tasks that keep themselves alive and never fail in silence."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)
_running: set[asyncio.Task[Any]] = set()


def spawn(work: Coroutine[Any, Any, Any], *, name: str) -> None:
    """Start `work` in the background.

    asyncio holds tasks weakly and reports a failure only when the task is collected:
    this keeps the task until it ends and logs its error at once.
    """
    task = asyncio.get_running_loop().create_task(work, name=name)
    _running.add(task)
    task.add_done_callback(_ended)


def _ended(task: asyncio.Task[Any]) -> None:
    _running.discard(task)
    if not task.cancelled() and (error := task.exception()):
        log.error("Task %s failed", task.get_name(), exc_info=error)

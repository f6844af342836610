"""Tests of background tasks."""

import asyncio

import pytest

from desktop.tasks import spawn


async def test_a_task_runs_to_its_end_without_an_owner() -> None:
    done = asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0)
        done.set()

    spawn(work(), name="work")

    await done.wait()


@pytest.mark.logs("Task work failed")
async def test_a_failure_is_logged_at_once(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        raise ZeroDivisionError

    spawn(work(), name="work")
    await settled()

    assert "Task work failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text


async def test_a_cancelled_task_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    async def work() -> None:
        await asyncio.Event().wait()

    spawn(work(), name="work")
    await asyncio.sleep(0)
    (task,) = [one for one in asyncio.all_tasks() if one.get_name() == "work"]
    task.cancel()
    await settled()

    assert caplog.text == ""


async def settled() -> None:
    """Let the loop run until what is ready has run."""
    for _ in range(3):
        await asyncio.sleep(0)

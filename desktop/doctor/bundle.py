"""Gathers what a diagnostics bundle holds, and has it written on a thread of its own."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from desktop.diagnostics import Parts, write_bundle
from desktop.paths import log_folder
from desktop.settings import Settings
from desktop.store.counts import counts, people
from desktop.store.worker import StoreWorker


async def save_bundle(
    file: Path,
    doctor: str,
    *,
    about: str,
    settings: Settings,
    reports: Sequence[Path],
    worker: StoreWorker | None,
) -> None:
    """Write what the doctor found, with all around it; without a worker nobody is signed in.

    Raises:
        OSError: nothing was written.
    """
    outbox = await worker.run(lambda store: store.counts()) if worker else None
    waiting = {"waiting": outbox.waiting, "attention": outbox.attention} if outbox else {}

    def gather_and_write() -> None:
        rows, names = _of_the_store(worker)
        write_bundle(
            file,
            Parts(
                about=about,
                settings=_told(settings),
                doctor=doctor,
                counts={**rows, **waiting},
                logs=sorted(log_folder(settings.data).glob("*.log*")),
                crashes=reports,
                names=names,
            ),
        )

    await asyncio.to_thread(gather_and_write)


def _of_the_store(worker: StoreWorker | None) -> tuple[dict[str, int], set[str]]:
    if worker is None:
        return {}, set()
    with closing(worker.open_reader()) as reader:
        return counts(reader), people(reader)


def _told(settings: Settings) -> dict[str, object]:
    return {
        "data": str(settings.data),
        "server": settings.server,
        "isMinimized": settings.is_minimized,
        "caFile": str(settings.ca_file) if settings.ca_file else None,
    }

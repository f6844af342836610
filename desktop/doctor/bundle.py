"""Gathers what a diagnostics bundle holds, and has it written on a thread of its own."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from desktop.diagnostics import Parts, write_bundle
from desktop.paths import log_folder
from desktop.settings import Settings
from desktop.store.counts import counts, people
from desktop.store.trouble import StoreTrouble, plainly
from desktop.store.worker import StoreWorker

UNREADABLE = (StoreTrouble, RuntimeError)  # damaged, or closed meanwhile


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
    told = [doctor]
    waiting: dict[str, int] = {}
    try:
        waiting = await _waiting(worker)
    except UNREADABLE as trouble:
        told.append(f"The outbox cannot be read: {trouble}\n")

    def gather_and_write() -> None:
        rows: dict[str, int] = {}
        names: set[str] = set()
        try:
            rows, names = _of_the_store(worker)
        except UNREADABLE as trouble:
            told.append(
                f"The copy of the relay's rows cannot be read: {trouble}\n"
                "So nothing is counted, and names of people are not known to be hidden.\n"
            )
        write_bundle(
            file,
            Parts(
                about=about,
                settings=_told(settings),
                doctor="".join(told),
                counts={**rows, **waiting},
                logs=sorted(log_folder(settings.data).glob("*.log*")),
                crashes=reports,
                names=names,
            ),
        )

    await asyncio.to_thread(gather_and_write)


async def _waiting(worker: StoreWorker | None) -> dict[str, int]:
    if worker is None:
        return {}
    with plainly():
        counted = await worker.run(lambda store: store.counts())
    return {"waiting": counted.waiting, "attention": counted.attention}


def _of_the_store(worker: StoreWorker | None) -> tuple[dict[str, int], set[str]]:
    if worker is None:
        return {}, set()
    with plainly(), closing(worker.open_reader()) as reader:
        return counts(reader), people(reader)


def _told(settings: Settings) -> dict[str, object]:
    return {
        "data": str(settings.data),
        "server": settings.server,
        "isMinimized": settings.is_minimized,
        "caFile": str(settings.ca_file) if settings.ca_file else None,
    }

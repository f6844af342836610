"""A bundle of a real store."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from desktop.doctor.bundle import save_bundle
from desktop.paths import log_folder
from desktop.settings import Settings
from desktop.store.ids import new_id
from desktop.store.worker import StoreWorker
from domain.activities import Person
from domain.members import Role

ME = "01890000-0000-7000-8000-000000000001"


async def saved(tmp_path: Path, worker: StoreWorker | None) -> dict[str, str]:
    settings = Settings(data=tmp_path, server="https://tandem.example.org")
    log_folder(tmp_path).mkdir()
    (log_folder(tmp_path) / "tandem.log").write_text("a line\n")
    (log_folder(tmp_path) / "tandem.log.1").write_text("an older line\n")
    file = tmp_path / "bundle.zip"
    await save_bundle(
        file, "All is well.\n", about="Tandem 1", settings=settings, reports=[], worker=worker
    )
    with zipfile.ZipFile(file) as bundle:
        return {name: bundle.read(name).decode() for name in bundle.namelist()}


def a_worker(tmp_path: Path) -> StoreWorker:
    return StoreWorker(
        tmp_path / "mine",
        me=Person(ME, Role.MENTOR),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
        on_change=lambda kinds: None,
        on_pending=lambda: None,
    )


async def test_for_somebody_who_is_signed_in_it_counts_rows_and_what_waits(tmp_path: Path) -> None:
    worker = a_worker(tmp_path)
    await worker.start()

    texts = await saved(tmp_path, worker)

    await worker.close()
    told = json.loads(texts["counts.json"])
    assert (told["schedules"], told["waiting"], told["attention"]) == (0, 0, 0)
    assert {"logs/tandem.log", "logs/tandem.log.1"} <= texts.keys()
    assert texts["doctor.txt"] == "All is well.\n"


async def test_before_anybody_is_signed_in_there_is_nothing_to_count(tmp_path: Path) -> None:
    texts = await saved(tmp_path, None)

    assert json.loads(texts["counts.json"]) == {}
    assert json.loads(texts["settings.json"])["server"] == "https://tandem.example.org"


async def test_a_damaged_copy_is_told_in_the_bundle_which_has_all_else(tmp_path: Path) -> None:
    worker = a_worker(tmp_path)
    await worker.start()
    await worker.run(lambda store: store.files.replica.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
    (tmp_path / "mine" / "replica.sqlite").write_bytes(b"no database" * 5000)

    texts = await saved(tmp_path, worker)

    await worker.close()
    assert json.loads(texts["counts.json"]) == {"waiting": 0, "attention": 0}
    assert "cannot be read" in texts["doctor.txt"]
    assert texts["logs/tandem.log"] == "a line\n"


async def test_a_store_that_is_closed_meanwhile_is_told_likewise(tmp_path: Path) -> None:
    texts = await saved(tmp_path, a_worker(tmp_path))

    assert texts["doctor.txt"].count("cannot be read: The store is not open.") == 2

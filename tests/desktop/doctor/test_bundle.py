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


async def test_for_somebody_who_is_signed_in_it_counts_rows_and_what_waits(tmp_path: Path) -> None:
    worker = StoreWorker(
        tmp_path / "mine",
        me=Person(ME, Role.MENTOR),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
        on_change=lambda kinds: None,
        on_pending=lambda: None,
    )
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

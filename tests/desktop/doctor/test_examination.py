"""What the examination tells when the files here cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.account.api import Api
from desktop.doctor.examination import Examination, SignedIn, at_home
from desktop.doctor.findings import Finding, Step, Verdict
from desktop.store.ids import new_id
from desktop.store.trouble import StoreTrouble
from desktop.store.worker import StoreWorker
from desktop.trust import Trust
from domain.activities import Person
from domain.members import Role
from tests.builders import MIA

NOT_NEEDED = cast("Any", None)


def a_worker(folder: Path) -> StoreWorker:
    return StoreWorker(
        folder,
        me=Person(MIA, Role.MENTOR),
        now=lambda: datetime.now(UTC),
        new_id=new_id,
        on_change=lambda kinds: None,
        on_pending=lambda: None,
    )


async def found_at_home(mine: SignedIn) -> list[Finding]:
    examination = Examination("", cast("Api", None), Trust(), mine)
    return [one async for one in examination._at_home(mine)]


async def test_files_that_are_closed_meanwhile_are_told(tmp_path: Path) -> None:
    (found,) = await found_at_home(at_home(a_worker(tmp_path), NOT_NEEDED, NOT_NEEDED))

    assert (found.step, found.verdict, found.code) == (Step.CONTENTS, Verdict.BAD, "unreadable")
    assert found.facts["why"] == "The store is not open."


async def test_a_damaged_copy_is_trouble_in_a_sentence(tmp_path: Path) -> None:
    worker = a_worker(tmp_path)
    await worker.start()
    await worker.run(lambda store: store.files.replica.execute("PRAGMA wal_checkpoint(TRUNCATE)"))
    (tmp_path / "replica.sqlite").write_bytes(b"no database" * 5000)

    with pytest.raises(StoreTrouble, match="damaged"):
        await at_home(worker, NOT_NEEDED, NOT_NEEDED).contents()

    await worker.close()

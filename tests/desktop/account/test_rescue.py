"""Backing up and restoring without a window."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desktop.account import rescue
from desktop.account.sign_in import LAST_ACCOUNT, Account
from desktop.store.backups import NO_BACKUP
from desktop.store.database import open_files
from desktop.store.ids import new_id
from desktop.store.outbox import Outbox
from domain.members import Role
from tests.desktop.store.desks import Clock

ANA = "0191f7c0-0000-7000-8000-000000000001"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder in which somebody was in, and has left a draft."""
    data = tmp_path / "data"
    account = Account(
        server="https://relay.example.org", user_id=ANA, name="Ana", email="ana@example.org",
        role=Role.STUDENT, time_zone="UTC",
    )  # fmt: skip
    files = open_files(data / "accounts" / account.key)
    outbox = Outbox(files.outbox, Clock(), new_id)
    outbox.become(ANA, Role.STUDENT, "relay-1")
    outbox.put_draft("entry.new", "Half a thought")
    files.close()
    (data / LAST_ACCOUNT).write_bytes(msgspec.json.encode(account))
    return data


@pytest.mark.logs("restored")
def test_a_backup_comes_back_after_the_files_are_lost(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ana.backup"
    assert rescue.back_up(data, file) == 0
    assert str(file) in capsys.readouterr().out
    [folder] = (data / "accounts").iterdir()
    (folder / "outbox.sqlite").unlink()

    assert rescue.restore(data, file) == 0

    assert "next time" in capsys.readouterr().out
    files = open_files(folder)
    assert Outbox(files.outbox, Clock(), new_id).get_draft("entry.new") == "Half a thought"
    files.close()


def test_what_is_no_backup_is_said(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("A list of what to buy.")

    assert rescue.restore(data, tmp_path / "notes.txt") == 1

    assert capsys.readouterr().err.strip() == NO_BACKUP


def test_where_nobody_was_in_there_is_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rescue.back_up(tmp_path, tmp_path / "file") == 1

    assert capsys.readouterr().err.strip() == rescue.NOBODY


def test_while_tandem_is_open_it_says_so(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [folder] = (data / "accounts").iterdir()
    files = open_files(folder)

    assert rescue.back_up(data, tmp_path / "file") == 1

    assert "open already" in capsys.readouterr().err
    files.close()


@pytest.mark.logs("damaged")
def test_files_that_are_found_damaged_are_told_with_the_backup(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [folder] = (data / "accounts").iterdir()
    for name in ("outbox.sqlite", "replica.sqlite"):
        (folder / name).write_bytes(b"no database" * 500)

    assert rescue.back_up(data, tmp_path / "ana.backup") == 0

    said = capsys.readouterr().out
    assert rescue.DAMAGED in said
    assert rescue.SALVAGED.format(0) in said


@pytest.mark.logs("restored")
def test_a_backup_that_was_taken_in_meanwhile_is_told(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rescue.back_up(data, tmp_path / "first.backup")
    rescue.restore(data, tmp_path / "first.backup")

    assert rescue.back_up(data, tmp_path / "second.backup") == 0

    assert rescue.RESTORED in capsys.readouterr().out

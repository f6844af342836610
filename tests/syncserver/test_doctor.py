"""What the doctor finds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from syncserver.doctor import examine
from syncserver.settings import Settings
from syncserver.storage.ledger import FILE, Ledger


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Ledger.open(tmp_path / "relay", create=True).close()
    return tmp_path / "relay"


def complaints(folder: Path, **options: object) -> list[str]:
    settings = Settings.load(folder, {}, options)
    return [one.sentence for one in examine(settings) if not one.is_good]


def test_a_relay_without_people_lacks_an_admin_and_nothing_else(folder: Path) -> None:
    assert complaints(folder) == ["There is no admin who can sign in."]


def test_what_others_can_read_is_named(folder: Path) -> None:
    (folder / FILE).chmod(0o644)

    assert complaints(folder)[0] == f"Others on this machine can look into {FILE}."


def test_a_relay_that_is_open_without_tls_is_named(folder: Path) -> None:
    assert "10.0.0.1 is open to others, and without TLS." in complaints(folder, host="10.0.0.1")


def test_a_folder_without_a_relay_is_named(tmp_path: Path) -> None:
    assert complaints(tmp_path)[-1].startswith("There is no relay in ")


def test_open_registration_is_said(folder: Path) -> None:
    settings = Settings.load(folder, {"TANDEM_OPEN_REGISTRATION": "1"})

    assert "Anybody who reaches this relay can register as a student." in [
        one.sentence for one in examine(settings)
    ]


def test_a_changed_audit_log_is_named(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as file, file:
        file.execute("INSERT INTO rooms VALUES ('mentors', 1, '0000000000000000', 1, 'abc', 0, 0)")

    assert "The audit log of mentors was changed at record 1." in complaints(folder)

"""What the doctor finds."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syncserver.doctor import examine
from syncserver.settings import Settings
from syncserver.storage.ledger import FILE, Ledger
from tests.builders import a_world
from tests.relays import LedgerRelay
from tests.spoiling import lose_rows, spoil

TLS = Path(__file__).parents[1] / "contract" / "tls"
OLD_FILE = Path(__file__).parent / "storage" / "first_schema"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Ledger.open(tmp_path / "relay", create=True).close()
    return tmp_path / "relay"


@pytest.fixture
def filled(folder: Path) -> Path:
    with closing(Ledger.open(folder)) as ledger:
        a_world(LedgerRelay(ledger, []))
    return folder


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


def test_a_certificate_is_told_with_its_names_and_its_end(folder: Path) -> None:
    settings = Settings.load(
        folder, {}, {"tls_cert": str(TLS / "cert.pem"), "tls_key": str(TLS / "key.pem")}
    )

    sentences = [one.sentence for one in examine(settings)]

    assert (
        "The certificate for localhost, 127.0.0.1 fits its key and holds until 29 October 2126."
        in sentences
    )


def test_a_certificate_that_ends_soon_is_named(folder: Path) -> None:
    settings = Settings.load(
        folder, {}, {"tls_cert": str(TLS / "cert.pem"), "tls_key": str(TLS / "key.pem")}
    )
    shortly_before = datetime(2126, 10, 20, tzinfo=UTC)

    found = [one.sentence for one in examine(settings, lambda: shortly_before) if not one.is_good]

    assert found[0] == "The certificate ends on 29 October 2126: renew it and restart the relay."


def test_files_that_are_no_certificate_are_named(folder: Path) -> None:
    nothing = str(folder / FILE)

    found = complaints(folder, tls_cert=nothing, tls_key=nothing)

    assert found[0].endswith("are no certificate with its key: renew it and restart the relay.")


def test_a_clock_that_was_later_once_is_named(filled: Path) -> None:
    settings = Settings.load(filled, {})
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)

    found = [one.sentence for one in examine(settings, lambda: long_ago) if not one.is_good]

    assert "which is before the newest change" in found[-1]


def test_an_older_file_is_named_and_left_as_it_is(folder: Path) -> None:
    (folder / FILE).unlink()
    with closing(sqlite3.connect(folder / FILE)) as file:
        file.executescript(next(OLD_FILE.glob("*.sql")).read_text("utf-8"))
    (folder / FILE).chmod(0o600)

    found = complaints(folder)

    assert found == [
        "The file has an older form; restart the relay, which renews it, then look again."
    ]
    assert not Ledger.is_current(folder)


def test_a_newer_file_is_named(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = 'r9999'")

    assert complaints(folder) == [
        next(one for one in complaints(folder) if "This relay's file has schema r9999" in one)
    ]


def test_a_file_that_is_no_database_is_named(folder: Path) -> None:
    (folder / FILE).write_bytes(b"no database" * 999)

    assert complaints(folder)[-1].startswith(f"{FILE} is damaged, or no relay's file: ")


@pytest.mark.parametrize("spoilt", ["audit_logs", "ix_audit_logs_room_n", "rooms"])
def test_a_damaged_file_is_named_and_not_read_any_further(filled: Path, spoilt: str) -> None:
    spoil(filled / FILE, spoilt)

    assert complaints(filled)[-1].startswith("The file is damaged: ")


def test_damage_that_only_the_reading_meets_is_named(filled: Path) -> None:
    lose_rows(filled / FILE, "DELETE FROM audit_logs WHERE id = 3", "ix_audit_logs_room_n")
    found = [one.sentence for one in examine(Settings.load(filled, {}))]

    assert found[-2] == "The file is sound."
    assert found[-1].startswith(f"{FILE} is damaged, or no relay's file: ")


def test_settings_that_no_file_gives_are_named(folder: Path) -> None:
    plain = [one.sentence for one in examine(Settings.load(folder, {}))]
    given = Settings.load(folder, {"TANDEM_LOG_FORMAT": "text"}, {"port": "9000"})

    assert "All settings are default." in plain
    assert "There is no relay.toml; given otherwise: port, log_format. The rest is default." in [
        one.sentence for one in examine(given)
    ]

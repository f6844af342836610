"""What `tandem-relay doctor` looks at: one plain sentence a check."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from domain.accounts import AccountState
from domain.members import Role
from syncserver.settings import FILE as SETTINGS_FILE
from syncserver.settings import Settings
from syncserver.storage.ledger import FILE, Busy, Ledger, NoLedger
from syncserver.storage.listings import damage, mentors
from syncserver.storage.migrations import NewerLedger
from syncserver.storage.reading import Reading

LITTLE_SPACE = 512 * 1024 * 1024


class Finding(NamedTuple):
    """One check's outcome, as a sentence."""

    is_good: bool
    sentence: str


def examine(settings: Settings) -> Iterator[Finding]:
    """All checks, in the order in which they are of use; those of the file end with the first ill.

    Nothing is changed.
    """
    yield _folder(settings.data)
    yield _settings_file(settings.data)
    yield _space(settings.data)
    yield _reach(settings)
    try:
        ledger = Ledger.open(settings.data)
    except (NoLedger, NewerLedger, Busy) as trouble:
        yield Finding(False, str(trouble))
        return
    try:
        for check in (_file, _audit, _admins):
            yield check(ledger)
    finally:
        ledger.close()


def _folder(folder: Path) -> Finding:
    open_ones = [
        path.name
        for path in (folder, folder / FILE)
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_ones:
        return Finding(False, f"Others on this machine can look into {' and '.join(open_ones)}.")
    return Finding(True, "Nobody else on this machine can look into the folder.")


def _settings_file(folder: Path) -> Finding:
    known = (folder / SETTINGS_FILE).exists()
    return Finding(
        True, f"The settings of {SETTINGS_FILE} are good." if known else "All settings are default."
    )


def _space(folder: Path) -> Finding:
    if not folder.exists():
        return Finding(False, f"There is no folder {folder}.")
    free = shutil.disk_usage(folder).free
    shown = f"{free / 1024**3:.1f} GiB are free on its disk."
    return Finding(free >= LITTLE_SPACE, shown if free >= LITTLE_SPACE else f"Only {shown}")


def _reach(settings: Settings) -> Finding:
    if not settings.is_private:
        return Finding(False, f"{settings.host} is open to others, and without TLS.")
    if settings.open_registration:
        return Finding(True, "Anybody who reaches this relay can register as a student.")
    return Finding(True, "Students need a join code, and mentors an invitation.")


def _file(ledger: Ledger) -> Finding:
    trouble = ledger.read(damage)
    return Finding(
        trouble is None, f"The file is damaged: {trouble}." if trouble else "The file is sound."
    )


def _audit(ledger: Ledger) -> Finding:
    verdict = ledger.verify_audit()
    if verdict.ok:
        return Finding(True, f"The audit log is whole: {verdict.records} records.")
    return Finding(False, f"The audit log of {verdict.room} was changed at record {verdict.n}.")


def _admins(ledger: Ledger) -> Finding:
    def count(reading: Reading) -> int:
        return sum(
            one.role is Role.ADMIN and one.state is AccountState.ACTIVE for one in mentors(reading)
        )

    found = ledger.read(count)
    if not found:
        return Finding(False, "There is no admin who can sign in.")
    return Finding(
        True, f"{found} admin can sign in." if found == 1 else f"{found} admins can sign in."
    )

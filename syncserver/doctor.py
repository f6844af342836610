"""What `tandem-relay doctor` looks at: one plain sentence a check."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from domain.accounts import AccountState
from domain.members import Role
from syncserver.certificates import Unfit, certificate
from syncserver.settings import FILE as SETTINGS_FILE
from syncserver.settings import Settings
from syncserver.storage.ledger import FILE, Busy, Damaged, Ledger, NoLedger
from syncserver.storage.listings import damage, last_change, mentors
from syncserver.storage.migrations import NewerLedger
from syncserver.storage.reading import Reading

LITTLE_SPACE = 512 * 1024 * 1024
SOON = timedelta(days=14)
SLACK = timedelta(minutes=1)
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # no relay has been running before


OLDER = "The file has an older form; restart the relay, which renews it, then look again."


class Finding(NamedTuple):
    """One check's outcome, as a sentence."""

    is_good: bool
    sentence: str


def examine(
    settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Finding]:
    """All checks, in the order in which they are of use; those of the file end with the first ill.

    Nothing is changed.
    """
    yield _folder(settings.data)
    yield _owner(settings.data)
    yield _settings_file(settings)
    yield _space(settings.data)
    yield _reach(settings)
    yield _certificate(settings, now())
    try:
        if not Ledger.is_current(settings.data):
            yield Finding(False, OLDER)
            return
        ledger = Ledger.open(settings.data)
    except (NoLedger, NewerLedger, Busy, Damaged) as trouble:
        yield Finding(False, str(trouble))
        return
    yield Finding(True, "The file has the form that this program writes.")
    try:
        yield from _content(ledger, now())
    except (Busy, Damaged) as trouble:
        yield Finding(False, str(trouble))
    finally:
        ledger.close()


def _content(ledger: Ledger, now: datetime) -> Iterator[Finding]:
    """What the file holds: a damaged one is not read any further."""
    yield (found := _file(ledger))
    if found.is_good:
        yield _audit(ledger)
        yield _admins(ledger)
        yield _clock(ledger, now)


def _folder(folder: Path) -> Finding:
    open_ones = [
        path.name
        for path in (folder, folder / FILE)
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_ones:
        return Finding(False, f"Others on this machine can look into {' and '.join(open_ones)}.")
    return Finding(True, "Nobody else on this machine can look into the folder.")


def _owner(folder: Path) -> Finding:
    """Whether the one whose folder it is has all of it: root leaves files that the relay lacks."""
    if not folder.exists():
        return Finding(False, f"There is no folder {folder}.")
    owner = folder.stat().st_uid
    foreign = [path.name for path in sorted(folder.iterdir()) if path.stat().st_uid != owner]
    if foreign:
        return Finding(
            False,
            f"The folder's owner does not own {' and '.join(foreign)}: chown gives them back.",
        )
    if not os.access(folder, os.W_OK):
        return Finding(False, "Who runs this may not write into the folder: run it as its owner.")
    return Finding(True, "The folder and all in it belong to the same user, who may write there.")


def _settings_file(settings: Settings) -> Finding:
    if (settings.data / SETTINGS_FILE).exists():
        return Finding(True, f"The settings of {SETTINGS_FILE} are good.")
    default = Settings(data=settings.data)
    given = [
        name
        for name in Settings.__struct_fields__
        if getattr(settings, name) != getattr(default, name)
    ]
    if not given:
        return Finding(True, "All settings are default.")
    return Finding(
        True,
        f"There is no {SETTINGS_FILE}; given otherwise: {', '.join(given)}. The rest is default.",
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


def _certificate(settings: Settings, now: datetime) -> Finding:
    if settings.tls_cert is None or settings.tls_key is None:
        by_whom = "a proxy does TLS" if settings.behind_proxy else "it is for this machine alone"
        return Finding(True, f"No certificate is set: {by_whom}.")
    try:
        found = certificate(settings.tls_cert, settings.tls_key)
    except Unfit as unfit:
        return Finding(False, f"{unfit}: renew it and restart the relay.")
    until = f"{found.ends:%d %B %Y}"
    if found.ends - now < SOON:
        return Finding(False, f"The certificate ends on {until}: renew it and restart the relay.")
    return Finding(
        True, f"The certificate for {', '.join(found.names)} fits its key and holds until {until}."
    )


def _clock(ledger: Ledger, now: datetime) -> Finding:
    """What a clock alone cannot hide: that it was later once."""
    last = ledger.read(last_change)
    newest = max(EARLIEST, datetime.fromisoformat(last)) if last else EARLIEST
    if now < newest - SLACK:
        return Finding(
            False,
            f"The clock says {now:%d %B %Y, %H:%M} UTC, which is before the newest change "
            f"({newest:%d %B %Y, %H:%M}): set it right.",
        )
    return Finding(True, f"The clock says {now:%d %B %Y, %H:%M} UTC, later than every change.")


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

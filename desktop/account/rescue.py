"""Backs up and restores from the command line, for a window that cannot be opened."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from desktop.account.credentials import Credentials
from desktop.account.sign_in import SignIn
from desktop.store import backups
from desktop.store.backups import Owner, Unfit
from desktop.store.database import Files, open_files
from desktop.store.ids import new_id
from desktop.store.local import LocalStore
from desktop.store.trouble import StoreTrouble
from domain.instants import instant

NOBODY = "Nobody is signed in with this data folder: sign in first."
WRITTEN = "{} holds all that is on this computer; keep it as safe as the computer itself."
DAMAGED = "The copy of the relay's rows was damaged; it comes anew at the next start."
SALVAGED = "The file of unsent work was damaged; {} changes were saved from it into the backup."
RESTORED = "A backup that lay ready was taken in before."
READY = "The backup is checked, and is taken in when Tandem is started the next time."


def back_up(data: Path, file: Path) -> int:
    """Write a backup of whoever was in last; the exit code. Tandem must not be open meanwhile."""
    return _told(lambda: _back_up(data, file))


def restore(data: Path, file: Path) -> int:
    """Check a backup, and lay it ready for the next start; the exit code."""
    return _told(lambda: _restore(data, file))


def _told(work: Callable[[], str]) -> int:
    try:
        sentence = work()
    except (StoreTrouble, Unfit) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    sys.stdout.write(f"{sentence}\n")
    return 0


def _back_up(data: Path, file: Path) -> str:
    _, folder = _last(data)
    files = open_files(folder)
    store = LocalStore(
        files,
        me=None,
        now=_now,
        new_id=new_id,
        on_change=lambda kinds: None,
        on_pending=lambda: None,
        checkpoint=lambda point: None,
    )
    try:
        taken = store.contents(instant(_now()))
    finally:
        store.close()
    backups.write(taken, file)
    return "\n".join([WRITTEN.format(file), *_found(files)])


def _found(files: Files) -> list[str]:
    """What the next start will not find again, and so not tell."""
    found = [RESTORED] if files.was_restored else []
    found += [DAMAGED] if files.was_damaged else []
    found += [] if files.salvaged is None else [SALVAGED.format(files.salvaged)]
    return found


def _restore(data: Path, file: Path) -> str:
    user_id, folder = _last(data)
    # The files here may be what cannot be opened: the person alone says whose they are.
    backups.lay_ready(backups.read(file, Owner(user_id)), folder)
    return READY


def _last(data: Path) -> tuple[str, Path]:
    """The id and the folder of whoever was in last."""
    sign_in = SignIn(data, Credentials())
    account = sign_in.last()
    if account is None:
        raise StoreTrouble(NOBODY)
    return account.user_id, sign_in.folder(account)


def _now() -> datetime:
    return datetime.now(UTC)

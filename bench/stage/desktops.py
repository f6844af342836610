"""A desktop's data folder with somebody signed in and many rows in the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bench.stage.crowd import Crowd, write_into
from desktop.account.sign_in import LAST_ACCOUNT, Account
from desktop.store.database import open_files
from domain.instants import instant
from domain.members import Role

NOWHERE = "http://127.0.0.1:9"


def make_desktop(data: Path, *, activities: int, sessions: int) -> None:
    """Fill the folder with what a mentor of this history has."""
    crowd = Crowd(activities=activities, sessions=sessions, now=instant(datetime.now(UTC)))
    account = Account(
        server=NOWHERE,
        user_id=crowd.mentor,
        name="Mia Stone",
        email="mia@example.org",
        role=Role.MENTOR,
        time_zone="Europe/Berlin",
    )
    data.mkdir(parents=True)
    (data / LAST_ACCOUNT).write_bytes(msgspec.json.encode(account))
    files = open_files(data / "accounts" / account.key)
    write_into(files.replica, crowd.rows())
    files.close()

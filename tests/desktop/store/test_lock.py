"""Tests of the lock on a data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store.lock import FolderLock
from desktop.store.trouble import InUse

TAKE = """
import sys
from pathlib import Path
from desktop.store.lock import FolderLock
FolderLock.take(Path(sys.argv[1]))
print("taken", flush=True)
sys.stdin.read()
"""


def test_a_folder_is_locked_once(tmp_path: Path) -> None:
    lock = FolderLock.take(tmp_path)

    with pytest.raises(InUse):
        FolderLock.take(tmp_path)

    lock.release()
    FolderLock.take(tmp_path).release()


def test_it_knows_whether_the_last_one_ended_well(tmp_path: Path) -> None:
    first = FolderLock.take(tmp_path)
    first.abandon()
    second = FolderLock.take(tmp_path)
    second.release()
    third = FolderLock.take(tmp_path)

    assert (first.ended_badly, second.ended_badly, third.ended_badly) == (False, True, False)
    third.release()


def test_a_process_that_is_killed_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TAKE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"taken"
        with pytest.raises(InUse):
            FolderLock.take(tmp_path)
        process.kill()
        process.wait()

    lock = FolderLock.take(tmp_path)

    assert lock.ended_badly
    lock.release()

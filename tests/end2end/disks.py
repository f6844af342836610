"""Disks on which a desktop's data lie, and which can be full or closed for writing."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SIZE = "24m"
BLOCK = bytes(4096)


class Disk:
    """A folder that is a small disk of its own, where this machine lets one be mounted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700)
        mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tandem-test"]
        self._is_mounted = _ran(*mounting, str(folder))

    def fill(self, pid: int) -> None:
        """Leave no room for another byte; `pid` is whose writing ends, where nothing is mounted."""
        if not self._is_mounted:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
            return
        filler = os.open(self.folder / "filler", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            while os.write(filler, BLOCK):
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
        finally:
            os.close(filler)

    def free(self, pid: int) -> None:
        """Make room again."""
        if self._is_mounted:
            (self.folder / "filler").unlink()
        else:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)

    def close_for_writing(self) -> bool:
        """Let nobody write; false where this machine has no way to keep this user out."""
        if self._is_mounted:
            return _ran("mount", "-o", "remount,ro", str(self.folder))
        for folder, _folders, _files in os.walk(self.folder):
            Path(folder).chmod(0o500)
        return not os.access(self.folder, os.W_OK)

    def open_for_writing(self) -> None:
        if self._is_mounted:
            _ran("mount", "-o", "remount,rw", str(self.folder))
            return
        for folder, _folders, _files in os.walk(self.folder):
            Path(folder).chmod(0o700)

    def remove(self) -> None:
        self.open_for_writing()
        if self._is_mounted:
            assert _ran("umount", "--lazy", str(self.folder))


@contextmanager
def a_disk(folder: Path) -> Iterator[Disk]:
    disk = Disk(folder)
    try:
        yield disk
    finally:
        disk.remove()


def _ran(*command: str) -> bool:
    with suppress(FileNotFoundError):
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    return False

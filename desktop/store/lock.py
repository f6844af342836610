"""One instance for each data folder, and whether the last one ended well."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from desktop.store.trouble import InUse

NAME = "tandem.lock"
OPEN, CLOSED = b"open  ", b"closed"


@dataclass
class FolderLock:
    """A lock on a folder that ends with its process, however that ends.

    Attributes:
        ended_badly: the instance before did not close its files.
    """

    descriptor: int
    ended_badly: bool

    @classmethod
    def take(cls, folder: Path) -> "FolderLock":
        """Lock the folder.

        Raises:
            InUse: another instance has it.
        """
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise InUse("Tandem is open already with this data folder.") from error
        ended_badly = os.read(descriptor, len(OPEN)) == OPEN
        _write(descriptor, OPEN)
        return cls(descriptor, ended_badly)

    def release(self) -> None:
        """End it; the file stays, so that no two can lock different files of one name."""
        _write(self.descriptor, CLOSED)
        os.close(self.descriptor)

    def abandon(self) -> None:
        """End it as a crash does: the files were not closed."""
        os.close(self.descriptor)


def _write(descriptor: int, word: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, word)


if sys.platform == "win32":
    import msvcrt

    FAR = 1 << 20  # beyond the content, so that the word can be read and written

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

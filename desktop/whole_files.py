"""Files that take the place of an older one only when they are whole and safe on the disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written(file: Path) -> Iterator[Path]:
    """A file beside it, for its owner alone, that takes its place once it is safe on the disk.

    Raises:
        OSError: what was at `file` is as it was.
    """
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)  # one that was left behind may be open to others
    try:
        part.touch(mode=0o600, exist_ok=False)
        yield part
        with part.open("rb+") as whole:
            os.fsync(whole.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)

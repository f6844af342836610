"""Audit chains as those see them who do not keep the log: what another head than theirs means."""

from enum import StrEnum
from typing import NamedTuple


class Known(NamedTuple):
    """Where a room's chain stood when it was last seen: the audit head at a version of the room."""

    version: int
    head: str


class Finding(StrEnum):
    """What became of the past that one has seen."""

    SAME = "same"
    RESTORED = "restored"  # the relay went back to a backup, and says so
    CHANGED = "changed"  # a record was changed or taken out
    CUT = "cut"  # records are missing at the end


def judged(known: Known, head: str | None, reaches: int, *, is_restored: bool) -> Finding:
    """What it means that the relay names this head at the known version, None for no answer.

    `reaches` is the version that the room has at the relay. A head stands for all records before
    it, so that one head is enough to tell whether anything before it is another.
    """
    if head is None or head == known.head:
        return Finding.SAME
    if is_restored:
        return Finding.RESTORED
    return Finding.CUT if reaches < known.version else Finding.CHANGED

"""The rooms: whether all are here, in the relay's versions, and with the relay's rows."""

from collections.abc import Mapping

from desktop.doctor.findings import Finding, RoomFinding, Step, Verdict, bad
from desktop.store.contents import Held

Heads = Mapping[str, tuple[int, str]]


def versions(held: Mapping[str, Held], heads: Heads) -> Finding:
    """Which rooms are missing here, behind, or no longer the person's."""
    off = [
        RoomFinding(room, held[room].version if room in held else None, _version(heads, room))
        for room in sorted(held.keys() | heads.keys())
        if room not in held or room not in heads or held[room].version != heads[room][0]
    ]
    facts = {"rooms": str(len(heads)), "off": str(len(off))}
    if off:
        return Finding(Step.ROOMS, Verdict.NOTE, "behind", facts, tuple(off))
    return Finding(Step.ROOMS, Verdict.GOOD, "in_step", facts)


def compared(held: Mapping[str, Held], heads: Heads) -> Finding:
    """Which rooms hold other rows than they should.

    The rows are counted anew: at the same version they must give the relay's checksum, and at any
    version the one that was kept as they came.
    """
    other = [
        RoomFinding(room, mine.version, _version(heads, room), differs=True)
        for room, mine in sorted(held.items())
        if room in heads and _differs(mine, heads[room])
    ]
    facts = {"rooms": str(len(held)), "off": str(len(other))}
    if other:
        return Finding(Step.CONTENTS, Verdict.BAD, "differ", facts, tuple(other))
    return Finding(Step.CONTENTS, Verdict.GOOD, "same", facts)


def unreadable(why: str) -> Finding:
    """What is here cannot be compared."""
    return bad(Step.CONTENTS, "unreadable", why=why)


def _differs(mine: Held, theirs: tuple[int, str]) -> bool:
    if mine.counted != mine.checksum:
        return True
    return mine.version == theirs[0] and mine.counted != theirs[1]


def _version(heads: Heads, room: str) -> int | None:
    return heads[room][0] if room in heads else None

"""What differs between two texts: lines and, within lines that were rewritten, words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

CONTEXT = 2  # unchanged lines that stay to be seen around a change
LEAST_FOLD = 2  # fewer lines than this are not worth a fold
ALIKE = 0.4  # from here on two lines count as one line rewritten
MOST_LINES = 1_000  # of either text; beyond, what lies between equal ends counts as rewritten
MOST_WORDS = 1_500  # of either line; beyond, the line counts as rewritten as a whole

WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")
SAME, ADDED, REMOVED = " ", "+", "-"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line; `is_marked` are the words that differ."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its sign: `SAME`, `ADDED` or `REMOVED`."""

    sign: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Fold:
    """Unchanged lines that are not shown until somebody asks."""

    lines: tuple[Line, ...]


@lru_cache(maxsize=64)
def difference(before: str, after: str) -> tuple[Line, ...]:
    """All lines of both texts in order; what was removed stands before what replaced it."""
    old, new = before.split("\n"), after.split("\n")
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = _changed(old[head : len(old) - tail], new[head : len(new) - tail])
    same = (_plain(SAME, text) for text in old[:head])
    rest = (_plain(SAME, text) for text in old[len(old) - tail :])
    return (*same, *middle, *rest)


def folded(lines: Sequence[Line]) -> list[Line | Fold]:
    """The changes with a little around them; the other unchanged lines in folds."""
    near: set[int] = set()
    for at, line in enumerate(lines):
        if line.sign != SAME:
            near.update(range(at - CONTEXT, at + CONTEXT + 1))
    shown: list[Line | Fold] = []
    for is_near, run in groupby(enumerate(lines), lambda pair: pair[0] in near):
        found = [line for _at, line in run]
        if is_near or len(found) < LEAST_FOLD:
            shown += found
        else:
            shown.append(Fold(tuple(found)))
    return shown


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines are equal at the beginning."""
    count = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        count += 1
    return count


def _changed(old: list[str], new: list[str]) -> Iterator[Line]:
    if max(len(old), len(new)) > MOST_LINES:
        yield from _rewritten(old, new)
        return
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            yield from (_plain(SAME, text) for text in old[i1:i2])
        else:
            yield from _rewritten(old[i1:i2], new[j1:j2])


def _rewritten(old: list[str], new: list[str]) -> Iterator[Line]:
    """The old lines and then the new ones; those that are alike with their words marked."""
    pairs = [_words(left, right) for left, right in zip(old, new, strict=False)]
    for at, text in enumerate(old):
        pair = pairs[at] if at < len(pairs) else None
        yield Line(REMOVED, pair[0]) if pair else _plain(REMOVED, text)
    for at, text in enumerate(new):
        pair = pairs[at] if at < len(pairs) else None
        yield Line(ADDED, pair[1]) if pair else _plain(ADDED, text)


def _words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]] | None:
    """Both lines in pieces, or None where they have too little in common."""
    left, right = WORDS.findall(old), WORDS.findall(new)
    if not left or not right or max(len(left), len(right)) > MOST_WORDS:
        return None
    matcher = SequenceMatcher(None, left, right)
    if matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return None
    gone: list[Piece] = []
    come: list[Piece] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        is_marked = kind != "equal"
        if i1 < i2:
            gone.append(Piece("".join(left[i1:i2]), is_marked))
        if j1 < j2:
            come.append(Piece("".join(right[j1:j2]), is_marked))
    return tuple(gone), tuple(come)


def _plain(sign: str, text: str) -> Line:
    return Line(sign, (Piece(text),))

"""Noticing that the same request is made again and again without getting anywhere."""

from dataclasses import dataclass, field

LOOP_AFTER = 5


@dataclass(slots=True)
class Repeats:
    """Counts, for each sort of request, how often in a row it was made with the same content.

    It outlives connections: a message that breaks the line is asked for again on the next one.
    """

    _last: dict[str, tuple[object, int]] = field(default_factory=dict)

    def is_loop(self, sort: str, content: object) -> bool:
        """Count this request; True from the fifth in a row on."""
        last, count = self._last.get(sort, (None, 0))
        count = count + 1 if last == content else 1
        self._last[sort] = (content, count)
        return count >= LOOP_AFTER

    def forget(self, sort: str) -> None:
        """Begin to count anew: it came to a good end, or the loop was dealt with."""
        self._last.pop(sort, None)

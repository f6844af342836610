"""Values of fields in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.ui.attention.values import DASH, value_words
from tests.builders import World
from tests.desktop.ui.seats import Seat

pytestmark = pytest.mark.usefixtures("british")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("deadline", "2025-12-05T16:00:00.000Z", "Fri 5 Dec, 17:00"),
        ("dndUntil", "2025-12-01T16:00:00.000Z", "Today, 17:00"),
        ("startsOn", "2025-12-05", "Friday 5 December"),
        ("days", ["2025-12-05", None], f"Friday 5 December {DASH} {DASH}"),
        ("status", "needs_work", "Needs work"),
        ("status", "canceled", "Canceled"),
        ("status", "of tomorrow", "of tomorrow"),
        ("mark", "late", "Late"),
        ("reminderMinutes", [], "None"),
        ("reminderMinutes", [10, 60], "1 h and 10 min before"),
        ("tags", ["a", "b"], "a, b"),
        ("tags", [], DASH),
        ("minutes", 0, "0"),
        ("minutes", None, DASH),
        ("scheduleId", "x", "A session that is no longer here"),
        ("scheduleId", None, DASH),
        ("scheduleId", "known", "Weekly talk"),
        ("studentId", "x", ""),
        ("place", "Library", "Library"),
    ],
)
def test_it_reads_as_one_says_it(
    seat_of: Callable[[str], Seat], world: World, field: str, value: Any, words: str
) -> None:
    workspace = seat_of(world.mia).workspace

    assert value_words(field, value, workspace, {"known": "Weekly talk"}) == words

"""Sessions as the rows of a list: a heading for each day, then its sessions."""

from collections.abc import Iterable
from datetime import date

from desktop.store.schedules import Session
from desktop.ui.record_list_model import Heading
from desktop.ui.times import day_words
from desktop.ui.workspace import Workspace


def by_day(
    sessions: Iterable[Session], workspace: Workspace, *, prefix: str = "day"
) -> list[Session | Heading]:
    """The sessions in the order given, under the days of the person's own zone."""
    rows: list[Session | Heading] = []
    day: date | None = None
    for session in sessions:
        start = workspace.local(session.schedule.start_time).date()
        if start != day:
            day = start
            rows.append(Heading(f"{prefix}:{day}", day_words(day, workspace)))
        rows.append(session)
    return rows

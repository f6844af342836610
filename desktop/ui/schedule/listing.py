"""Sessions as the rows of a list: a heading for each day, then its sessions."""

from collections.abc import Iterable

from desktop.store.schedules import Session
from desktop.ui.day_headings import under_days
from desktop.ui.record_list_model import Heading
from desktop.ui.workspace import Workspace


def by_day(
    sessions: Iterable[Session], workspace: Workspace, *, prefix: str = "day"
) -> list[Session | Heading]:
    """The sessions in the order given, under the days of the person's own zone."""
    return under_days(
        sessions,
        lambda one: workspace.local(one.schedule.start_time).date(),
        workspace,
        prefix=prefix,
    )

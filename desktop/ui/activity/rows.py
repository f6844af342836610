"""The rows of the feed: days, runs of like deeds, and the line above which all is new."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from PySide6.QtCore import QCoreApplication

from desktop.store.feed import Happening
from desktop.ui.activity.looks import Row
from desktop.ui.activity.runs import Part, Run, in_runs
from desktop.ui.record_list_model import Heading
from desktop.ui.times import day_words
from desktop.ui.workspace import Workspace

LINE = "new"


def feed_rows(
    happened: Iterable[Happening], workspace: Workspace, unfolded: Collection[str], seen: str
) -> list[Row | Heading]:
    """What happened, newest first, under its days.

    `unfolded` holds ids of happenings whose runs are shown one by one. `seen` is the `recorded_at`
    up to which the person had seen everything before this visit, "" where that is not known.
    """

    def day_of(one: Happening) -> date:
        return workspace.local(one.activity.recorded_at).date()

    rows: list[Row | Heading] = []
    shown: date | None = None
    is_news_above = False
    for parts in in_runs(happened, day_of):
        if seen and not _is_new(parts[0], seen):
            if is_news_above:
                rows.append(Heading(LINE, _tr("Above: new since your last visit"), is_line=True))
            seen = ""
        is_news_above = is_news_above or parts[0].activity.actor_id != workspace.me.id
        if (day := day_of(parts[0])) != shown:
            shown = day
            rows.append(Heading(f"day:{day}", day_words(day, workspace)))
        rows += _told(parts, unfolded)
    return rows


def _told(parts: tuple[Happening, ...], unfolded: Collection[str]) -> Iterator[Row]:
    if len(parts) == 1:
        yield parts[0]
        return
    is_unfolded = any(one.id in unfolded for one in parts)
    yield Run(parts, is_unfolded)
    if is_unfolded:
        yield from map(Part, parts)


def _is_new(happening: Happening, seen: str) -> bool:
    return happening.is_pending or happening.activity.recorded_at > seen


def _tr(text: str) -> str:
    return QCoreApplication.translate("Activity", text)

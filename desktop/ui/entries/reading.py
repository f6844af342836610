"""What the reader shows of one entry, and whether it is still what the entry says."""

from PySide6.QtCore import QCoreApplication

from desktop.store.reviews import ReviewItem, revisions
from desktop.store.schedules import session
from desktop.ui.entries.difference import difference
from desktop.ui.entries.difference_view import Part
from desktop.ui.entries.iterations import version_words
from desktop.ui.entries.looks import status_look
from desktop.ui.entries.reader import EntryLook
from desktop.ui.times import moment_words
from desktop.ui.workspace import Workspace
from domain.entries import Entry, EntryRevision, text_hash


def entry_look(
    item: ReviewItem, workspace: Workspace, *, facts: str, student: str = ""
) -> EntryLook:
    """The entry as the reader shows it, beside its earlier versions; `facts` stand below the title.

    `student` is its author's name, "" for an entry of one's own.
    """
    entry = item.entry
    earlier = [
        one for one in workspace.query(revisions, item.id) if one.iteration < entry.iteration
    ]
    return EntryLook(
        student=student,
        title=entry.title,
        facts=facts,
        chip=status_look(entry.status),
        body=entry.body,
        tags=tuple(entry.tags),
        links=tuple(entry.resources),
        session=_session_words(entry, workspace),
        changes=tuple(_changes(earlier[0], entry)) if earlier else (),
        earlier=tuple((version_words(one.iteration), one.title, one.body) for one in earlier),
    )


def is_same(seen: Entry, now: Entry) -> bool:
    """Whether a mentor who has read `seen` has read `now`: what a review names is the same."""
    return _named(seen) == _named(now)


def _named(entry: Entry) -> tuple[int, str, str]:
    return entry.iteration, text_hash(entry), entry.status


def _changes(before: EntryRevision, now: Entry) -> list[Part]:
    parts: list[Part] = []
    for heading, old, new in (
        (_tr("Title"), before.title, now.title),
        (_tr("Text"), before.body, now.body),
        (_tr("Tags"), "\n".join(before.tags), "\n".join(now.tags)),
        (_tr("Links"), "\n".join(before.resources), "\n".join(now.resources)),
    ):
        if old != new:
            parts.append((heading, difference(old, new)))
    return parts


def _session_words(entry: Entry, workspace: Workspace) -> str:
    if not entry.schedule_id:
        return ""
    found = workspace.query(session, workspace.me, entry.schedule_id)
    if found is None:
        return ""
    when = moment_words(workspace.local(found.schedule.start_time), workspace)
    title = found.schedule.title
    short = title if len(title) <= 40 else f"{title[:40]}\N{HORIZONTAL ELLIPSIS}"
    return f"{short}, {when}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reviews", text)

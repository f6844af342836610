"""How the moments of a student's timeline look: sessions, entries, reviews, comments, the rest."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.store.dashboard import Deed
from desktop.store.reviews import ReviewItem
from desktop.store.schedules import Session
from desktop.store.timelines import Moment
from desktop.ui.activity.paths import path_of
from desktop.ui.activity.sentences import detail, sentence
from desktop.ui.entries.iterations import version_words
from desktop.ui.entries.looks import status_look
from desktop.ui.schedule.looks import session_row, session_text, time_for
from desktop.ui.times import clock_words, moment_words
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus

EXCERPT = 160  # characters of a comment that a row shows
BARS = {
    EntryStatus.PENDING: "pending",
    EntryStatus.REVIEWED: "scheduled",
    EntryStatus.NEEDS_WORK: "canceled",
    EntryStatus.APPROVED: "completed",
}


def moment_row(moment: Moment, student_name: str, workspace: Workspace) -> RowLook:
    """A moment as a row: when it was stands in front, under the heading of its day."""
    match moment.what:
        case Session():
            return _session_row(moment.what, student_name, workspace)
        case ReviewItem():
            return _entry_row(moment.what, workspace)
        case Deed():
            return _deed_row(moment.what, moment.said, workspace)


def moment_text(moment: Moment, workspace: Workspace) -> str:
    """The same in one line, for a screen reader, with its day."""
    if isinstance(moment.what, Session):
        return session_text(moment.what, workspace)
    look = moment_row(moment, "", workspace)
    when = moment_words(workspace.local(moment.at), workspace)
    chip = look.chip.text if look.chip else ""
    parts = (when, look.title, look.subtitle, chip, look.pending)
    return ", ".join(part for part in parts if part)


def moment_path(moment: Moment, workspace: Workspace) -> str:
    """Where in the window one sees all about it."""
    match moment.what:
        case Session():
            return f"/mentor/schedules/{moment.id}"
        case ReviewItem():
            return f"/mentor/entries/{moment.id}"
        case Deed():
            return path_of(moment.what.activity, workspace.me)


def _session_row(session: Session, student_name: str, workspace: Workspace) -> RowLook:
    there = ""
    if session.other_zone:
        start = session.schedule.start_time
        there = time_for(start, session.other_zone, student_name, workspace)
    look = session_row(replace(session, other_zone=""), workspace)
    subtitle = " · ".join(part for part in (look.subtitle, there) if part)
    return replace(look, subtitle=subtitle)


def _entry_row(item: ReviewItem, workspace: Workspace) -> RowLook:
    entry = item.entry
    version = version_words(entry.iteration) if entry.iteration > 1 else ""
    parts = (_tr("Entry"), version, ", ".join(entry.tags))
    return RowLook(
        title=entry.title,
        subtitle=" · ".join(part for part in parts if part),
        lead=clock_words(workspace.local(entry.submitted_at or entry.created_at)),
        bar=BARS.get(entry.status, "pending"),
        chip=status_look(entry.status),
        pending=_tr("waiting to send") if item.is_pending else "",
    )


def _deed_row(deed: Deed, said: str, workspace: Workspace) -> RowLook:
    activity = deed.activity
    start = activity.params.get("startTime")
    when = moment_words(workspace.local(start), workspace) if isinstance(start, str) else ""
    parts = (when, detail(activity), _excerpt(said))
    return RowLook(
        title=sentence(activity, deed.actor_name, workspace.me),
        subtitle=" · ".join(part for part in parts if part),
        lead=clock_words(workspace.local(activity.recorded_at)),
        bar="border",
        is_dimmed=True,
    )


def _excerpt(said: str) -> str:
    """The beginning of a comment, on one line."""
    words = " ".join(said.split())
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT]}\N{HORIZONTAL ELLIPSIS}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Students", text)

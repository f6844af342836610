"""Entries as rows of the mentor's queue, and in words."""

from PySide6.QtCore import QCoreApplication

from desktop.store.reviews import ReviewItem
from desktop.ui.entries.iterations import ordinal_words, version_words
from desktop.ui.entries.looks import status_look
from desktop.ui.times import ago_words
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus


def review_row(item: ReviewItem, workspace: Workspace, *, with_status: bool) -> RowLook:
    """The row of an entry in the queue."""
    entry = item.entry
    version = ordinal_words(entry.iteration) if entry.iteration > 1 else ""
    parts = (item.student_name, submitted_words(item, workspace), version)
    return RowLook(
        title=entry.title,
        subtitle=" · ".join(part for part in parts if part),
        avatar=item.student_name,
        chip=status_look(entry.status) if with_status else None,
        pending=_tr("Waiting to send") if item.is_pending else "",
    )


def review_text(item: ReviewItem, workspace: Workspace) -> str:
    """The row as a screen reader says it."""
    entry = item.entry
    parts = (
        entry.title,
        item.student_name,
        status_look(entry.status).text,
        submitted_words(item, workspace),
        version_words(entry.iteration) if entry.iteration > 1 else "",
        _tr("Waiting to send") if item.is_pending else "",
    )
    return ", ".join(part for part in parts if part)


def submitted_words(item: ReviewItem, workspace: Workspace) -> str:
    """`2 days ago`."""
    at = item.entry.submitted_at
    return ago_words(workspace.local(at), workspace) if at else ""


def facts(item: ReviewItem, workspace: Workspace) -> str:
    """Who wrote it and when, how long it took, and who reviewed it last."""
    entry = item.entry
    when = _tr("submitted %1").replace("%1", submitted_words(item, workspace))
    parts = [item.student_name, when]
    if entry.minutes:
        parts.append(_tr("%1 min").replace("%1", str(entry.minutes)))
    if entry.iteration > 1:
        parts.append(version_words(entry.iteration))
    if entry.reviewed_at and entry.status is not EntryStatus.PENDING:
        name = item.reviewer_name or _tr("somebody")
        ago = ago_words(workspace.local(entry.reviewed_at), workspace)
        parts.append(_tr("reviewed by %1 %2").replace("%2", ago).replace("%1", name))
    return " · ".join(part for part in parts if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reviews", text)

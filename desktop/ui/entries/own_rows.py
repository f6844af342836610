"""A student's own entries as rows and in words."""

from PySide6.QtCore import QCoreApplication

from desktop.store.reviews import ReviewItem
from desktop.ui.entries.iterations import ordinal_words, version_words
from desktop.ui.entries.looks import status_look
from desktop.ui.entries.writing import draft_of
from desktop.ui.times import ago_words
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus


def own_row(item: ReviewItem, workspace: Workspace, *, with_status: bool) -> RowLook:
    """The row of an entry in its author's list."""
    entry = item.entry
    version = ordinal_words(entry.iteration) if entry.iteration > 1 else ""
    parts = (unsent_words(item, workspace), when_words(item, workspace), version)
    return RowLook(
        title=entry.title,
        subtitle=" · ".join(part for part in parts if part),
        chip=status_look(entry.status) if with_status else None,
        pending=_tr("Waiting to send") if item.is_pending else "",
    )


def own_text(item: ReviewItem, workspace: Workspace) -> str:
    """The row as a screen reader says it."""
    entry = item.entry
    parts = (
        entry.title,
        status_look(entry.status).text,
        unsent_words(item, workspace),
        when_words(item, workspace),
        version_words(entry.iteration) if entry.iteration > 1 else "",
        _tr("Waiting to send") if item.is_pending else "",
    )
    return ", ".join(part for part in parts if part)


def own_facts(item: ReviewItem, workspace: Workspace) -> str:
    """When it was written, how long it took, and who has read it."""
    entry = item.entry
    parts = [when_words(item, workspace)]
    if entry.minutes:
        parts.append(_tr("%1 min").replace("%1", str(entry.minutes)))
    if entry.iteration > 1:
        parts.append(version_words(entry.iteration))
    if entry.reviewed_at and entry.status is not EntryStatus.PENDING:
        name = item.reviewer_name or _tr("your mentor")
        ago = ago_words(workspace.local(entry.reviewed_at), workspace)
        parts.append(_tr("reviewed by %1 %2").replace("%2", ago).replace("%1", name))
    return " · ".join(parts)


def unsent_words(item: ReviewItem, workspace: Workspace) -> str:
    """`Unsent changes`, where something was typed that is kept on this computer only."""
    return _tr("Unsent changes") if draft_of(item.id) in workspace.drafts else ""


def when_words(item: ReviewItem, workspace: Workspace) -> str:
    """`submitted 2 days ago`, or of a draft when it was changed last."""
    entry = item.entry
    at, words = entry.submitted_at, _tr("submitted %1")
    if at is None:
        at, words = entry.updated_at, _tr("changed %1")
    return words.replace("%1", ago_words(workspace.local(at), workspace))


def _tr(text: str) -> str:
    return QCoreApplication.translate("OwnEntries", text)

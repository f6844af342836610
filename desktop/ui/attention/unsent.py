"""What was typed for something that is gone: it can be copied, or let go."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.store.outbox import Draft
from desktop.store.standing import is_whole, standing
from desktop.ui.attention.cards import RefusedItem
from desktop.ui.times import moment_words
from desktop.ui.workspace import Workspace
from domain.comments import Comment
from domain.entries import Entry, EntryStatus
from domain.records import Record
from domain.schedules import Schedule, Status

# By the beginning of its key: what a draft belongs to, and what it is called.
SUBJECTS: dict[str, tuple[type[Record], object]] = {
    "entry.edit": (Entry, QT_TRANSLATE_NOOP("Attention", "Unsent changes of an entry")),
    "entry.review": (Entry, QT_TRANSLATE_NOOP("Attention", "Unsent feedback on an entry")),
    "comment.new": (Entry, QT_TRANSLATE_NOOP("Attention", "An unsent comment on an entry")),
    "comment.edit": (Comment, QT_TRANSLATE_NOOP("Attention", "Unsent changes of a comment")),
    "schedule.edit": (Schedule, QT_TRANSLATE_NOOP("Attention", "Unsent changes of a session")),
}
GONE = QT_TRANSLATE_NOOP(
    "Attention",
    "This is no longer here: it was deleted or taken back, or you no longer have access to it. "
    "What you typed was not sent.",
)
APPROVED = QT_TRANSLATE_NOOP(
    "Attention", "The entry is approved by now. What you typed was not sent."
)
CANCELED = QT_TRANSLATE_NOOP(
    "Attention", "The session is canceled by now. What you typed was not sent."
)
LABELS = {
    "title": QT_TRANSLATE_NOOP("Attention", "Title"),
    "body": QT_TRANSLATE_NOOP("Attention", "Text"),
    "tags": QT_TRANSLATE_NOOP("Attention", "Tags"),
    "resources": QT_TRANSLATE_NOOP("Attention", "Links"),
    "focus_stack": QT_TRANSLATE_NOOP("Attention", "Focus"),
    "description": QT_TRANSLATE_NOOP("Attention", "Description"),
    "agenda": QT_TRANSLATE_NOOP("Attention", "Agenda"),
    "place": QT_TRANSLATE_NOOP("Attention", "Where"),
    "meeting_url": QT_TRANSLATE_NOOP("Attention", "Link"),
}


def stranded(drafts: Sequence[Draft], workspace: Workspace) -> list[RefusedItem]:
    """A card for each draft whose place is gone; none while rows are still to come."""
    if not workspace.query(is_whole):
        return []
    return [item for draft in drafts if (item := _item(draft, workspace)) is not None]


def _item(draft: Draft, workspace: Workspace) -> RefusedItem | None:
    start, _colon, row_id = draft.key.partition(":")
    if start not in SUBJECTS:
        return None
    kind, title = SUBJECTS[start]
    row = workspace.query(standing, kind, row_id)
    reason = GONE if row is None else _closed(start, row)
    facts = _facts(draft.body)
    if not reason or not facts:
        return None
    when = moment_words(workspace.local(draft.updated_at), workspace)
    named = f": “{row.title}”" if isinstance(row, Entry | Schedule) else ""
    return RefusedItem(
        id=draft.key,
        title=_tr(title) + named,
        reason=_tr(reason),
        when=_tr("Typed: %1").replace("%1", when),
        facts=facts,
    )


def _closed(start: str, row: Record) -> object:
    """Why the row takes no such changes any more; "" where it does."""
    if start == "entry.edit" and isinstance(row, Entry) and row.status is EntryStatus.APPROVED:
        return APPROVED
    if isinstance(row, Schedule) and row.status is Status.CANCELED:
        return CANCELED
    return ""


def _facts(body: Any) -> tuple[tuple[str, str], ...]:
    """What was typed, as (label, words)."""
    if isinstance(body, str):
        return ((_tr(LABELS["body"]), body),) if body.strip() else ()
    typed = body.get("essay", body) if isinstance(body, dict) else {}
    found = [
        (_tr(label), str(typed[name]))
        for name, label in LABELS.items()
        if isinstance(typed, dict) and str(typed.get(name) or "").strip()
    ]
    return tuple(found)


def _tr(text: object) -> str:
    return QCoreApplication.translate("Attention", str(text))

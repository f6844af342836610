"""Between the feedback's field and the commands that it leads to."""

from desktop.ui.reviews.feedback import NEEDS_WORK
from desktop.ui.workspace import Workspace
from domain.comments import AddComment
from domain.entries import Entry, EntryStatus, text_hash
from domain.reviews import ReopenEntry, ReviewEntry


def draft_key(entry_id: str) -> str:
    """Under which the feedback on an entry is kept until it is sent."""
    return f"entry.review:{entry_id}"


def is_lacking(key: str, words: str) -> bool:
    """Whether this decision needs words and has none."""
    return key == NEEDS_WORK and not words


def decision(key: str, entry: Entry, words: str, workspace: Workspace) -> ReviewEntry | ReopenEntry:
    """The command of a decision on an entry as it was read. Raises `Invalid` for too long words."""
    if entry.status is EntryStatus.APPROVED:
        return ReopenEntry(id=entry.id, comment_id=workspace.new_id(), reason=words)
    return ReviewEntry(
        id=entry.id,
        status=key,  # type: ignore[arg-type]  # the keys of the buttons are the statuses
        iteration=entry.iteration,
        text=text_hash(entry),
        seen=entry.status,
        comment_id=workspace.new_id() if words else None,
        comment=words or None,
    )


def remark(entry: Entry, words: str, workspace: Workspace) -> AddComment:
    """The command of feedback that decides nothing. Raises `Invalid` for too long words."""
    return AddComment(
        id=workspace.new_id(), entry_id=entry.id, body=words, iteration=entry.iteration
    )

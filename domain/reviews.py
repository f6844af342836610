"""Reviews: what a mentor says to an entry, and with it what becomes of the entry."""

from typing import Literal

from domain.activities import Kind
from domain.commands import Act, Command, changed
from domain.comments import put_comment
from domain.entries import (
    EntryStatus,
    Iteration,
    announce_entry,
    check_status,
    mentored_entry,
    text_hash,
)
from domain.errors import Invalid, Refused
from domain.fields import CommentText
from domain.ids import Id
from domain.records import Transaction

OPEN = (EntryStatus.PENDING, EntryStatus.REVIEWED, EntryStatus.NEEDS_WORK)


class ReviewEntry(Command, frozen=True, kw_only=True, tag="entry.review"):
    """Say what becomes of an entry, with a comment or without; it names what the mentor saw.

    `text` is the `text_hash` that was on the screen and `seen` the status beside it: nobody
    approves a text unseen or overwrites a colleague.
    """

    id: Id
    status: Literal["reviewed", "needs_work", "approved"]
    iteration: Iteration
    text: str
    seen: EntryStatus
    comment_id: Id | None = None
    comment: CommentText | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_pair(self.comment, self.comment_id)

    def apply(self, tx: Transaction, act: Act) -> None:
        entry = mentored_entry(tx, act, self.id)
        seen = (self.iteration, self.text, self.seen)
        if seen != (entry.iteration, text_hash(entry), entry.status):
            raise Refused("entry_changed", "The entry has changed since you read it.")
        if self.status == "needs_work" and not self.comment:
            raise Refused("comment_required", "Say what needs work.")
        check_status(entry, OPEN, "An approved entry is opened again first.")
        row = changed(
            entry,
            act,
            status=EntryStatus(self.status),
            reviewed_by=act.actor,
            reviewed_at=act.at,
        )
        tx.put(row)
        if self.comment and self.comment_id:
            put_comment(tx, act, row, self.comment_id, self.comment)
        announce_entry(
            tx,
            act,
            Kind.ENTRY_STATUS_CHANGED,
            row,
            status=row.status,
            before=entry.status,
            commentId=self.comment_id,
        )


class ReopenEntry(Command, frozen=True, kw_only=True, tag="entry.reopen"):
    """Ask for more work on an entry that was approved already; the reason becomes a comment."""

    id: Id
    comment_id: Id
    reason: CommentText

    def apply(self, tx: Transaction, act: Act) -> None:
        entry = mentored_entry(tx, act, self.id)
        check_status(entry, (EntryStatus.APPROVED,), "Only an approved entry is opened again.")
        row = changed(
            entry,
            act,
            status=EntryStatus.NEEDS_WORK,
            reviewed_by=act.actor,
            reviewed_at=act.at,
        )
        tx.put(row)
        put_comment(tx, act, row, self.comment_id, self.reason)
        announce_entry(
            tx,
            act,
            Kind.ENTRY_STATUS_CHANGED,
            row,
            status=row.status,
            before=entry.status,
            commentId=self.comment_id,
        )


def _check_pair(comment: str | None, comment_id: str | None) -> None:
    """Raise `Invalid` for a comment without an id, or an id without a comment."""
    if (comment is None) != (comment_id is None):
        raise Invalid("commentId", "required", "A comment comes with its id.")

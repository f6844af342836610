"""What students and mentors do with entries, chosen from what they see."""

from __future__ import annotations

from typing import Literal

from domain.activities import Activity
from domain.comments import AddComment, Comment, DeleteComment, EditComment, ResolveComment
from domain.conflicts import base_of
from domain.entries import Entry, EntryStatus, text_hash
from domain.inbox import SnoozeInbox
from domain.reviews import ReopenEntry, ReviewEntry
from domain.writing import (
    CreateEntry,
    DeleteEntry,
    SubmitEntry,
    UpdateEntry,
    WithdrawEntry,
)
from tests.builders import ahead, an_essay, id_of
from tests.sync.choosing import Chooser

Verdict = Literal["reviewed", "needs_work", "approved"]
VERDICTS: tuple[Verdict, ...] = ("reviewed", "needs_work", "approved")


def create(choose: Chooser) -> CreateEntry:
    status = ("draft", "pending")[choose.number(2)]
    return an_essay(choose.new_id("entry"), title=choose.word(), status=status)


def update(choose: Chooser) -> UpdateEntry | None:
    row = choose.row(Entry)
    if row is None:
        return None
    base = base_of(row) if choose.number(2) else {"title": "0" * 16, "body": "0" * 16}
    if choose.number(2):
        return UpdateEntry(id=row.id, body=choose.word(), base=base)
    return UpdateEntry(id=row.id, title=choose.word(), base=base)


def submit(choose: Chooser) -> SubmitEntry | None:
    row = choose.row(Entry)
    if row is None:
        return None
    return SubmitEntry(id=row.id, body=choose.word(), base=base_of(row))


def review(choose: Chooser) -> ReviewEntry | None:
    row = choose.row(Entry)
    if row is None:
        return None
    comment = choose.word() if choose.number(2) else None
    return ReviewEntry(
        id=row.id,
        status=VERDICTS[choose.number(3)],
        iteration=row.iteration,
        text=text_hash(row),
        seen=row.status,
        comment=comment,
        comment_id=choose.new_id("comment") if comment else None,
    )


def with_status(choose: Chooser, status: EntryStatus) -> str:
    """The id of an entry that is shown with this status, or of nothing."""
    row = choose.one([row for row in choose.device.shown(Entry) if row.status is status])
    return row.id if row else id_of("nothing")


def reopen(choose: Chooser) -> ReopenEntry:
    return ReopenEntry(
        id=with_status(choose, EntryStatus.APPROVED),
        comment_id=choose.new_id("comment"),
        reason=choose.word(),
    )


def comment(choose: Chooser) -> AddComment:
    return AddComment(id=choose.new_id("comment"), entry_id=choose.id_of(Entry), body=choose.word())


def edit_comment(choose: Chooser) -> EditComment | None:
    row = choose.row(Comment)
    if row is None:
        return None
    return EditComment(id=row.id, body=choose.word(), base=base_of(row))


def snooze(choose: Chooser) -> SnoozeInbox:
    hours = (1, 24, -1)[choose.number(3)]
    return SnoozeInbox(activity_id=choose.id_of(Activity), until=ahead(hours=hours))


ENTRY_DEEDS = {
    "comment.add": comment,
    "comment.delete": lambda c: DeleteComment(id=c.id_of(Comment)),
    "comment.edit": edit_comment,
    "comment.resolve": lambda c: ResolveComment(id=c.id_of(Comment), resolved=bool(c.number(2))),
    "entry.create": create,
    "entry.delete": lambda c: DeleteEntry(id=c.id_of(Entry)),
    "entry.reopen": reopen,
    "entry.review": review,
    "entry.submit": submit,
    "entry.update": update,
    "entry.withdraw": lambda c: WithdrawEntry(id=with_status(c, EntryStatus.PENDING)),
    "inbox.snooze": snooze,
}

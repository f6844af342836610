"""Comments: what student and mentors say to each other about an entry."""

from msgspec import UNSET, UnsetType

from domain.activities import Kind
from domain.commands import Act, Command, changed, create
from domain.conflicts import Base, edited
from domain.entries import Entry, EntryStatus, Iteration, announce_entry, visible_entry
from domain.errors import Invalid, Refused, forbidden, not_found
from domain.fields import CommentText
from domain.ids import Id
from domain.records import Record, Transaction

EXCERPT = 200  # characters of a comment that its activity carries


class Comment(Record, frozen=True, kw_only=True, tag="comment"):
    """What one person said to one iteration of an entry; plain text."""

    table = "comments"
    lookups = (("entry_id",),)
    editable = (("body", ("body",)),)

    entry_id: Id
    iteration: Iteration
    author_id: Id
    body: CommentText
    resolved: bool = False


class AddComment(Command, frozen=True, kw_only=True, tag="comment.add"):
    """Say something to a submitted entry; `iteration` is the one that was read, or the newest."""

    id: Id
    entry_id: Id
    body: CommentText
    iteration: Iteration | None = None

    def apply(self, tx: Transaction, act: Act) -> None:
        entry = visible_entry(tx, self.entry_id)
        if entry.status is EntryStatus.DRAFT:
            raise Refused("transition_not_allowed", "A draft is commented on once it is submitted.")
        if self.iteration is not None and self.iteration > entry.iteration:
            raise Invalid("iteration", "out_of_range", "There is no such iteration yet.")
        put_comment(tx, act, entry, self.id, self.body, self.iteration)
        announce_entry(
            tx,
            act,
            Kind.COMMENT_ADDED,
            entry,
            subject=("comment", self.id),
            entryId=entry.id,
            excerpt=self.body[:EXCERPT],
        )


class EditComment(Command, frozen=True, kw_only=True, tag="comment.edit"):
    """Change what one has said."""

    id: Id
    body: CommentText | UnsetType = UNSET
    base: Base = {}

    def apply(self, tx: Transaction, act: Act) -> None:
        comment = _own_comment(tx, act, self.id)
        row, names = edited(tx, act, comment, self)
        if names:
            tx.put(row)


class DeleteComment(Command, frozen=True, kw_only=True, tag="comment.delete"):
    """Take back what one has said."""

    id: Id

    def apply(self, tx: Transaction, act: Act) -> None:
        tx.remove(_own_comment(tx, act, self.id))


class ResolveComment(Command, frozen=True, kw_only=True, tag="comment.resolve"):
    """Mark a comment as settled, or as open again: either side may."""

    id: Id
    resolved: bool = True

    def apply(self, tx: Transaction, act: Act) -> None:
        comment = _visible_comment(tx, self.id)
        if comment.resolved is not self.resolved:
            tx.put(changed(comment, act, resolved=self.resolved))


def put_comment(
    tx: Transaction,
    act: Act,
    entry: Entry,
    comment_id: str,
    body: str,
    iteration: int | None = None,
) -> None:
    """Write a new comment of the actor's. Raises `id_taken`."""
    create(
        tx,
        Comment(
            id=comment_id,
            room=entry.room,
            created_at=act.at,
            updated_at=act.at,
            entry_id=entry.id,
            iteration=iteration or entry.iteration,
            author_id=act.actor,
            body=body,
        ),
    )


def _visible_comment(tx: Transaction, comment_id: str) -> Comment:
    comment = tx.find(Comment, comment_id)
    if comment is None:
        raise not_found("comment")
    return comment


def _own_comment(tx: Transaction, act: Act, comment_id: str) -> Comment:
    comment = _visible_comment(tx, comment_id)
    if comment.author_id != act.actor:
        raise forbidden("Only the author of this comment can do this.")
    return comment

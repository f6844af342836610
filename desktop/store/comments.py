"""Queries for comments: what was said about one entry, by whom."""

import sqlite3
from dataclasses import dataclass

from desktop.store.rows import record_of
from domain.comments import Comment

SAID = """
    SELECT comments.*, COALESCE(members.name, '') AS author_name
    FROM comments
    LEFT JOIN members ON members.user_id = comments.author_id AND members.room = comments.room
    WHERE comments.entry_id = ?
    ORDER BY comments.created_at, comments.id
"""


@dataclass(frozen=True, slots=True)
class Said:
    """A comment with what its place in a thread shows.

    Attributes:
        author_name: empty when the author is not known here.
        is_pending: it holds a change that waits to be sent.
    """

    comment: Comment
    author_name: str
    is_pending: bool

    @property
    def id(self) -> str:
        return self.comment.id


def comments_on(db: sqlite3.Connection, entry_id: str) -> list[Said]:
    """What was said about an entry, the earliest first."""
    found = ((record_of(Comment, row), row) for row in db.execute(SAID, [entry_id]))
    return [
        Said(comment, row["author_name"], bool(row["pending"]))
        for comment, row in found
        if comment is not None
    ]

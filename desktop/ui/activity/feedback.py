"""Whoever reads an entry has read what was said about it."""

from desktop.store.activity import UNREAD, notifications
from desktop.store.dashboard import reviewed_entry
from desktop.ui.workspace import Workspace
from domain.inbox import MarkInbox
from domain.instants import instant


def read_feedback(workspace: Workspace, entry_id: str) -> None:
    """Mark the notifications of reviews of this entry, and of comments on it, as read."""
    now = instant(workspace.now())
    for one in workspace.query(notifications, workspace.me, states=UNREAD, now=now):
        if reviewed_entry(one.activity) == entry_id:
            workspace.do(MarkInbox(activity_id=one.id, state="read"))

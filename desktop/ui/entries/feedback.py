"""Whoever reads an entry has read what was said about it."""

from desktop.store.dashboard import reviewed_entry
from desktop.ui.workspace import Workspace
from domain.inbox import MarkInbox
from domain.instants import instant


def read_feedback(workspace: Workspace, entry_id: str) -> None:
    """Mark the notifications of reviews of this entry, and of comments on it, as read."""
    for one in workspace.recent.unread(now=instant(workspace.now())):
        if reviewed_entry(one.activity) == entry_id:
            workspace.do(MarkInbox(activity_id=one.id, state="read"))

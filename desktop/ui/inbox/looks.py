"""How a notification looks, on the inbox page and in the panel of the bell."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from desktop.store.activity import Notification, State
from desktop.ui.activity.about import about, when_words
from desktop.ui.activity.sentences import face, sentence
from desktop.ui.times import clock_words, moment_words
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Workspace


def notification_row(notification: Notification, workspace: Workspace) -> RowLook:
    """Under the heading of its day, so that only the time stands behind it."""
    activity = notification.activity
    back = notification.snoozed_until if notification.state is State.SNOOZED else None
    until = ""
    if back:
        until = _tr("Back %1").replace("%1", moment_words(workspace.local(back), workspace))
    return RowLook(
        title=sentence(
            activity,
            notification.actor_name,
            workspace.me,
            student_name=notification.student_name,
        ),
        subtitle=" · ".join(part for part in (until, about(activity, workspace)) if part),
        avatar=face(activity, notification.actor_name, workspace.me),
        trailing=clock_words(workspace.local(activity.recorded_at)),
        actions=actions_for(notification.state),
        is_unread=notification.is_unread,
        is_dimmed=not notification.is_unread,
    )


def panel_row(notification: Notification, workspace: Workspace) -> RowLook:
    """In a list without days: what happened before today has its day behind it, and no time."""
    look = notification_row(notification, workspace)
    return replace(look, trailing=when_words(notification.activity, workspace))


def notification_text(notification: Notification, workspace: Workspace) -> str:
    """What a screen reader says."""
    look = notification_row(notification, workspace)
    state = _tr("Unread") if notification.is_unread else ""
    return ", ".join(part for part in (state, look.title, look.subtitle, look.trailing) if part)


def actions_for(state: State) -> tuple[RowAction, ...]:
    """What can become of a notification in this state."""
    read = RowAction("read", _tr("Mark as read"), "check")
    unread = RowAction("unread", _tr("Mark as unread"), "bell")
    snooze = RowAction("snooze", _tr("Snooze…"), "clock")
    archive = RowAction("archived", _tr("Archive"), "archive")
    match state:
        case State.UNREAD:
            return (read, snooze, archive)
        case State.READ:
            return (unread, snooze, archive)
        case State.SNOOZED:
            return (unread, archive)
        case _:
            return (unread,)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inbox", text)

"""How Today words what it shows: the next session, sessions to confirm, news, the tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication

from desktop.store.activity import Notification
from desktop.store.dashboard import SessionFigures, StudentFigures
from desktop.store.reviews import ReviewItem
from desktop.store.schedules import Session
from desktop.ui.activity.sentences import detail, sentence
from desktop.ui.links import host_of
from desktop.ui.schedule.looks import other_time, session_row
from desktop.ui.times import (
    ago_words,
    clock_words,
    countdown_words,
    day_words,
    moment_words,
    range_words,
    short_day_words,
    today,
)
from desktop.ui.today.next_session import NextLook
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus
from domain.members import Role

JOIN_BEFORE = timedelta(minutes=10)


def next_look(session: Session, workspace: Workspace) -> NextLook:
    """The card of the next session."""
    schedule, now = session.schedule, workspace.now()
    start, end = workspace.local(schedule.start_time), workspace.local(schedule.end_time)
    host = host_of(schedule.meeting_url)
    is_open = start - JOIN_BEFORE <= now < end
    link = host
    if host and not is_open:
        link = _tr("%1 · opens 10 min before").replace("%1", host)
    return NextLook(
        session_id=session.id,
        title=schedule.title,
        with_name=session.with_name,
        with_words=_with_words(session, workspace),
        when=f"{day_words(start.date(), workspace)}, {range_words(start, end)}",
        there=other_time(session, workspace),
        place=schedule.place,
        link=link,
        countdown=_countdown(session, workspace),
        can_join=bool(host) and is_open,
        pending=_tr("waiting to send") if session.is_pending else "",
    )


def confirm_row(session: Session, workspace: Workspace) -> RowLook:
    """A session that has ended and is still on, with both answers."""
    schedule = session.schedule
    start, end = workspace.local(schedule.start_time), workspace.local(schedule.end_time)
    when = f"{short_day_words(start.date(), workspace)}, {range_words(start, end)}"
    parts = (when, _with_words(session, workspace), _doubt(session, workspace))
    return replace(
        session_row(session, workspace, confirm_actions(session, workspace)),
        subtitle=" · ".join(part for part in parts if part),
        lead="",
        bar="pending",
        chip=None,
    )


def confirm_actions(session: Session, workspace: Workspace) -> tuple[RowAction, ...]:
    """Yes, and no where this person can still say it."""
    yes = RowAction("complete", _tr("Complete"), "check-circle", in_words=True)
    if workspace.me.role is not Role.STUDENT:
        return (yes, RowAction("cancel", _tr("Did not"), "x-circle", in_words=True))
    if session.schedule.is_group_session or session.cannot:
        return (yes,)
    return (yes, RowAction("did_not", _tr("Did not"), "x-circle", in_words=True))


def _doubt(session: Session, workspace: Workspace) -> str:
    """What a student has said against it."""
    if not session.cannot:
        return ""
    if workspace.me.role is Role.STUDENT:
        return _tr("your mentor was told")
    if session.schedule.is_group_session:
        return _tr("a student could not make it")
    return _tr("%1 says it did not work out").replace("%1", session.with_name.split(" ")[0])


def news_row(notification: Notification, workspace: Workspace) -> RowLook:
    """What somebody did, as one of the latest news."""
    activity = notification.activity
    at = workspace.local(activity.recorded_at)
    start = activity.params.get("startTime")
    when = moment_words(workspace.local(start), workspace) if isinstance(start, str) else ""
    is_today = at.date() == today(workspace)
    return RowLook(
        title=sentence(activity, notification.actor_name, workspace.me),
        subtitle=" · ".join(part for part in (when, detail(activity)) if part),
        avatar=notification.actor_name or str(activity.params.get("studentName", "")),
        trailing=clock_words(at) if is_today else short_day_words(at.date(), workspace),
        is_unread=notification.is_unread,
        is_dimmed=not notification.is_unread,
    )


def news_text(notification: Notification, workspace: Workspace) -> str:
    """The same in one line, for a screen reader."""
    look = news_row(notification, workspace)
    state = _tr("Unread") if notification.is_unread else ""
    return ", ".join(part for part in (state, look.title, look.subtitle, look.trailing) if part)


def students_words(figures: StudentFigures) -> str:
    """The second line of *Active students*."""
    if not figures.mine:
        return _tr("none of them is yours yet")
    return _n("%n of yours active this week", figures.mine_active)


def sessions_words(figures: SessionFigures) -> str:
    """The second line of *Sessions this week*."""
    if not figures.total:
        return _tr("nothing planned")
    parts = [
        _n("%n completed", figures.completed) if figures.completed else "",
        _n("%n to confirm", figures.to_confirm) if figures.to_confirm else "",
        _n("%n left", figures.left),
    ]
    return " · ".join(part for part in parts if part)


def waiting_words(queue: Sequence[ReviewItem], workspace: Workspace) -> str:
    """The second line of *Waiting for review*; `queue` begins with what waits longest."""
    at = queue[0].entry.submitted_at if queue else None
    if at is None:
        return _tr("nothing waits")
    return _tr("the first %1").replace("%1", ago_words(workspace.local(at), workspace))


def entries_words(counts: Mapping[EntryStatus, int]) -> str:
    """The second line of *Entries*: what is not settled."""
    parts = [
        _n("%n approved", counts[EntryStatus.APPROVED]),
        _n("%n need work", counts[EntryStatus.NEEDS_WORK])
        if counts[EntryStatus.NEEDS_WORK]
        else "",
        _drafts(counts.get(EntryStatus.DRAFT, 0)),
    ]
    return " · ".join(part for part in parts if part)


def _drafts(count: int) -> str:
    if not count:
        return ""
    return _tr("1 draft") if count == 1 else _n("%n drafts", count)


def _countdown(session: Session, workspace: Workspace) -> ChipLook:
    start = workspace.local(session.schedule.start_time)
    end = workspace.local(session.schedule.end_time)
    words = countdown_words(start, end, workspace)
    if start <= workspace.now():
        return ChipLook(words, "play", "completed")
    is_soon = start - JOIN_BEFORE <= workspace.now()
    return ChipLook(words, "clock", "pending" if is_soon else "scheduled")


def _with_words(session: Session, workspace: Workspace) -> str:
    """With whom: a student reads the mentor's name, of a group too."""
    if not session.with_name:
        return ""
    is_led = session.schedule.is_group_session and workspace.me.role is not Role.STUDENT
    template = _tr("Group: %1") if is_led else _tr("with %1")
    return template.replace("%1", session.with_name)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Today", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)

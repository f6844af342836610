"""How Today words what it shows: the next session, sessions to confirm, bars, the tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.store.dashboard import SessionFigures, StudentFigures
from desktop.store.entries import STATUSES
from desktop.store.reviews import ReviewItem
from desktop.store.schedules import Session
from desktop.ui.links import host_of
from desktop.ui.schedule.looks import other_time, session_row
from desktop.ui.schedule.regret_words import regret_line
from desktop.ui.times import (
    ago_words,
    countdown_words,
    day_words,
    range_words,
    short_day_words,
    today,
)
from desktop.ui.today.next_session import NextLook
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.widgets.week_bars import BarLook
from desktop.ui.workspace import Workspace
from domain.entries import EntryStatus
from domain.members import Role
from domain.schedules import Status

JOIN_BEFORE = timedelta(minutes=10)


def next_look(session: Session, workspace: Workspace) -> NextLook:
    """The card of the next session."""
    schedule, now = session.schedule, workspace.now()
    start, end = workspace.local(schedule.start_time), workspace.local(schedule.end_time)
    host = host_of(schedule.meeting_url)
    is_open = start - JOIN_BEFORE <= now < end
    with_words = (_with_words(session, workspace), regret_line(session, workspace))
    link = host
    if host and not is_open:
        link = _tr("%1 · opens 10 min before").replace("%1", host)
    return NextLook(
        session_id=session.id,
        title=schedule.title,
        with_name=session.with_name,
        with_words=" · ".join(part for part in with_words if part),
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
    parts = (when, _with_words(session, workspace), regret_line(session, workspace))
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


def bar_looks(sessions: Sequence[Session], first: date, workspace: Workspace) -> list[BarLook]:
    """The seven days from `first` on: what took place, and what is still on."""
    return [_bar(first + timedelta(days=at), sessions, workspace) for at in range(7)]


def students_words(figures: StudentFigures) -> str:
    """The second line of *Active students*."""
    if not figures.mine:
        return _tr("none of them is yours yet")
    if not figures.mine_active:
        return _tr("nothing from yours this week")
    return _n("%n of yours active this week", figures.mine_active)


def sessions_words(figures: SessionFigures) -> str:
    """The second line of *Sessions this week*."""
    if not figures.total:
        return _tr("nothing planned")
    parts = [
        _n("%n completed", figures.completed) if figures.completed else "",
        _n("%n to confirm", figures.to_confirm) if figures.to_confirm else "",
        _n("%n left", figures.left) if figures.left else "",
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
    if not any(counts.values()):
        return _tr("none submitted yet")
    parts = [
        _n("%n approved", counts[EntryStatus.APPROVED]) if counts[EntryStatus.APPROVED] else "",
        _n("%n need work", counts[EntryStatus.NEEDS_WORK])
        if counts[EntryStatus.NEEDS_WORK]
        else "",
    ]
    return " · ".join(part for part in parts if part)


def status_words(counts: Mapping[EntryStatus, int]) -> str:
    """The second line of a student's *Entries*: how many there are of each status."""
    known = [(status, counts.get(status, 0)) for status in STATUSES]
    parts = [_status(status, count) for status, count in known if count]
    return " · ".join(parts) or _tr("nothing written yet")


def _status(status: EntryStatus, count: int) -> str:
    match status:
        case EntryStatus.DRAFT:
            return _drafts(count)
        case EntryStatus.PENDING:
            return _n("%n waiting", count)
        case EntryStatus.NEEDS_WORK:
            return _tr("1 needs work") if count == 1 else _n("%n need work", count)
        case EntryStatus.REVIEWED:
            return _n("%n reviewed", count)
        case _:
            return _n("%n approved", count)


def _drafts(count: int) -> str:
    return _tr("1 draft") if count == 1 else _n("%n drafts", count)


def _bar(day: date, sessions: Sequence[Session], workspace: Workspace) -> BarLook:
    own = [one for one in sessions if workspace.local(one.schedule.start_time).date() == day]
    done = sum(one.schedule.status is Status.COMPLETED for one in own)
    planned = sum(one.schedule.status is Status.SCHEDULED for one in own)
    parts = [
        _n("%n done", done) if done else "",
        _n("%n planned", planned) if planned else "",
        "" if done or planned else _tr("no sessions"),
    ]
    shown = QDate(day.year, day.month, day.day)
    return BarLook(
        label=QLocale().toString(shown, "ddd"),
        done=done,
        planned=planned,
        words=f"{day_words(day, workspace)}: " + ", ".join(part for part in parts if part),
        is_today=day == today(workspace),
    )


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

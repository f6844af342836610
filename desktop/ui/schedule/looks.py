"""How a session looks: its status as a chip, its row in a list, its times in both zones."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from desktop.store.schedules import Session
from desktop.ui.schedule.regret_words import regret_line
from desktop.ui.times import clock_words, range_words, short_day_words
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.workspace import Workspace
from domain.instants import moment
from domain.members import Role
from domain.schedules import Mark, Status

BARS = {Status.SCHEDULED: "scheduled", Status.COMPLETED: "completed", Status.CANCELED: "canceled"}


def status_chip(session: Session, now: datetime) -> ChipLook:
    """The session's status as word, icon and colour; a past one that is still on is open."""
    schedule = session.schedule
    if session.mark is not None:
        return mark_chip(session.mark)
    match schedule.status:
        case Status.COMPLETED:
            return ChipLook(_tr("Completed"), "check-circle", "completed")
        case Status.CANCELED:
            return ChipLook(_tr("Canceled"), "x-circle", "canceled")
        case _ if moment(schedule.end_time) <= now:
            return ChipLook(_tr("To confirm"), "help", "pending")
        case _ if session.cannot:
            return ChipLook(_tr("Can't make it"), "warning", "pending")
        case _:
            return ChipLook(_tr("Scheduled"), "calendar", "scheduled")


def status_words(status: Status) -> str:
    """The status by itself, whatever the time is."""
    match status:
        case Status.COMPLETED:
            return _tr("Completed")
        case Status.CANCELED:
            return _tr("Canceled")
        case _:
            return _tr("Scheduled")


def mark_chip(mark: Mark | None) -> ChipLook:
    """A student's attendance of a group session."""
    match mark:
        case Mark.ATTENDED:
            return ChipLook(_tr("Attended"), "check-circle", "completed")
        case Mark.LATE:
            return ChipLook(_tr("Late"), "clock", "pending")
        case Mark.ABSENT:
            return ChipLook(_tr("Absent"), "x-circle", "canceled")
        case Mark.EXCUSED:
            return ChipLook(_tr("Excused"), "info", "neutral")
        case _:
            return ChipLook(_tr("Not marked"), "minus", "neutral")


def session_row(
    session: Session, workspace: Workspace, actions: tuple[RowAction, ...] = ()
) -> RowLook:
    """A session as a row of a list by day."""
    schedule = session.schedule
    start, end = workspace.local(schedule.start_time), workspace.local(schedule.end_time)
    is_over = schedule.status is not Status.SCHEDULED
    chip = status_chip(session, workspace.now())
    subtitle = [regret_line(session, workspace), _with_words(session, workspace)]
    if there := other_time(session, workspace):
        subtitle.append(there)
    if schedule.status is Status.CANCELED and schedule.status_reason:
        subtitle = [schedule.status_reason, *subtitle]
    return RowLook(
        title=schedule.title,
        subtitle=" · ".join(part for part in subtitle if part),
        lead=f"{clock_words(start)}\n{clock_words(end)}",
        bar=chip.tone if chip.tone != "neutral" else BARS[schedule.status],
        chip=chip,
        pending=_tr("waiting to send") if session.is_pending else "",
        actions=actions,
        is_dimmed=is_over,
        is_struck=schedule.status is Status.CANCELED,
    )


def session_text(session: Session, workspace: Workspace) -> str:
    """The same in one line, for a screen reader."""
    look = session_row(session, workspace)
    day = short_day_words(workspace.local(session.schedule.start_time).date(), workspace)
    times = range_words(
        workspace.local(session.schedule.start_time), workspace.local(session.schedule.end_time)
    )
    status = look.chip.text if look.chip else ""
    parts = (day, times, look.title, look.subtitle, status, look.pending)
    return ", ".join(part for part in parts if part)


def other_time(session: Session, workspace: Workspace) -> str:
    """`18:00 for Amina`, with the day when it is another one; nothing in the same zone."""
    if not session.other_zone:
        return ""
    return time_for(session.schedule.start_time, session.other_zone, session.with_name, workspace)


def time_for(start: str, zone: str, name: str, workspace: Workspace) -> str:
    """When an instant is for somebody in another zone; nothing where the clocks agree."""
    here = workspace.local(start)
    there = moment(start).astimezone(ZoneInfo(zone))
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return ""
    words = clock_words(there)
    if there.date() != here.date():
        words = f"{short_day_words(there.date(), workspace)}, {words}"
    first = name.split(" ")[0] if name else _tr("the other")
    return _tr("%1 for %2").replace("%1", words).replace("%2", first)


def _with_words(session: Session, workspace: Workspace) -> str:
    """Whom one meets: for a student the mentor, for the mentor the student or the cohort."""
    if not session.with_name:
        return ""
    template = _tr("with %1")
    if session.schedule.is_group_session:
        is_student = workspace.me.role is Role.STUDENT
        template = _tr("Group, with %1") if is_student else _tr("Group: %1")
    return template.replace("%1", session.with_name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sessions", text)

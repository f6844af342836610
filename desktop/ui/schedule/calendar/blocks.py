"""How a session looks in a week or a month: a block with its words, status and times."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.store.schedules import Session
from desktop.ui.schedule.calendar.spans import Span
from desktop.ui.schedule.looks import session_row, session_text, status_chip
from desktop.ui.times import clock_words, range_words
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.row_look import RowAction
from desktop.ui.workspace import Workspace
from domain.schedules import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A session as it is drawn; `tip` is all of it in lines, `span` its wall-clock times."""

    title: str
    subtitle: str
    begins: str
    times: str
    tip: str
    span: Span
    chip: ChipLook
    actions: tuple[RowAction, ...] = ()
    can_move: bool = False
    is_dimmed: bool = False
    is_struck: bool = False
    is_pending: bool = False


def block_of(session: Session, workspace: Workspace, actions: tuple[RowAction, ...] = ()) -> Block:
    """The session as its mentor sees it; only one that is still on can be moved."""
    row = session_row(session, workspace)
    schedule = session.schedule
    start = workspace.local(schedule.start_time).replace(tzinfo=None)
    end = workspace.local(schedule.end_time).replace(tzinfo=None)
    chip = status_chip(session, workspace.now())
    times = range_words(start, end)
    lines = [row.title, times, chip.text, row.subtitle, row.pending]
    return Block(
        title=row.title,
        subtitle=row.subtitle,
        begins=clock_words(start),
        times=times,
        tip="\n".join(line for line in lines if line),
        span=Span(start, end),
        chip=chip,
        actions=actions,
        can_move=schedule.status is Status.SCHEDULED,
        is_dimmed=row.is_dimmed,
        is_struck=row.is_struck,
        is_pending=session.is_pending,
    )


def block_text(session: Session, workspace: Workspace) -> str:
    """The same in one line, for a screen reader; it ends with what one can do by keyboard."""
    words = session_text(session, workspace)
    if session.schedule.status is not Status.SCHEDULED:
        return words
    hint = QCoreApplication.translate("Calendar", "Alt and an arrow key moves it")
    return f"{words}. {hint}"

"""Gives a session the times that were dragged in a week, after the questions that this needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from desktop.store.schedules import session
from desktop.ui.schedule.calendar.proposals import Drag, Proposal
from desktop.ui.schedule.drafts import instant_of
from desktop.ui.schedule.overlaps import overlap_words, overlaps, people_in
from desktop.ui.schedule.undo import SessionChanges
from desktop.ui.times import moment_words, range_words
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Workspace
from domain.conflicts import base_of
from domain.instants import later, moment, second
from domain.planning import UpdateSchedule
from domain.schedules import ConfirmOverlap, Schedule


@dataclass(frozen=True, slots=True)
class Times:
    """A start and an end, UTC text in whole seconds."""

    start: str
    end: str


class Booking:
    """Gives sessions other times; `parent` is what its questions belong to."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        self._workspace = workspace
        self._parent = parent
        self._changes = SessionChanges(workspace, parent)

    def warning(self, proposal: Proposal) -> str:
        """What stands in the way of a proposal, in words; "" for nothing."""
        times, others = self._overlapped(proposal)
        if words := overlap_words(others, self._workspace):
            return words
        is_past = times.start < second(self._workspace.now())
        return _tr("It starts in the past.") if is_past and self._starts_anew(proposal) else ""

    def move(self, proposal: Proposal) -> None:
        """Give the session these times; a double booking and a past start are asked about first."""
        before = self._schedule(proposal.id)
        if before is None:
            self._workspace.say(_tr("This session is no longer there."))
            return
        times, others = self._overlapped(proposal)
        if times == Times(before.start_time, before.end_time):
            return
        seen = [other.id for other in others]
        if warning := self.warning(proposal):
            label = _tr("Book anyway") if seen else _tr("Move it")
            title = _tr("Move “%1”?").replace("%1", before.title)
            ask(self._parent, title, warning, label, self._mover(before, times, seen))
        else:
            self._move(before, times, False)

    def _mover(self, before: Schedule, times: Times, seen: list[str]) -> Callable[[], None]:
        return lambda: self._move(before, times, seen or False)

    def _move(self, before: Schedule, times: Times, confirmed: ConfirmOverlap) -> None:
        command = UpdateSchedule(
            id=before.id,
            start_time=times.start,
            end_time=times.end,
            time_zone=self._workspace.zone.key,
            base={"time": base_of(before)["time"]},
            confirm_overlap=confirmed,
        )
        self._changes.book(command, _tr("Move it?"), self._said(before, times), before)

    def _said(self, before: Schedule, times: Times) -> str:
        start, end = self._workspace.local(times.start), self._workspace.local(times.end)
        day = moment_words(start, self._workspace).rpartition(", ")[0]
        words = _tr("“%1” is now %2, %3")
        if times.start == before.start_time:
            words = _tr("“%1” now lasts until %4 (%2, %3)")
        words = words.replace("%4", range_words(end, end).partition("\N{EN DASH}")[0])
        words = words.replace("%2", day).replace("%3", range_words(start, end))
        return words.replace("%1", before.title)

    def _starts_anew(self, proposal: Proposal) -> bool:
        return proposal.span.start != proposal.was.start or proposal.drag is Drag.NEW

    def _overlapped(self, proposal: Proposal) -> tuple[Times, list[Schedule]]:
        before = self._schedule(proposal.id) if proposal.id else None
        times = self._times(proposal, before)
        people = people_in(self._workspace, before) if before else {self._workspace.me.id}
        found = overlaps(self._workspace, people, times.start, times.end, besides=proposal.id)
        return times, found

    def _times(self, proposal: Proposal, before: Schedule | None) -> Times:
        """The instants that are meant.

        What is moved keeps its true length, over a clock change too; an edge that was not touched
        stays exactly where it was.
        """
        start = self._instant(proposal.span.start)
        end = self._instant(proposal.span.end)
        if before is None:
            return Times(start, end)
        match proposal.drag:
            case Drag.WHOLE:
                length = moment(before.end_time) - moment(before.start_time)
                if proposal.span.start == proposal.was.start:
                    start = before.start_time
                return Times(start, later(start, length))
            case Drag.START:
                return Times(_not_after(start, before.end_time), before.end_time)
            case _:
                return Times(before.start_time, _not_before(end, before.start_time))

    def _instant(self, wall: datetime) -> str:
        return instant_of(wall, self._workspace.zone)

    def _schedule(self, schedule_id: str) -> Schedule | None:
        shown = self._workspace.query(session, self._workspace.me, schedule_id)
        return shown.schedule if shown else None


QUARTER = timedelta(minutes=15)


def _not_after(start: str, end: str) -> str:
    """`start`, or a quarter of an hour before the end where a clock change put it after."""
    return min(start, later(end, -QUARTER))


def _not_before(end: str, start: str) -> str:
    return max(end, later(start, QUARTER))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)

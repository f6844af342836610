"""The keyboard in a week's grid: arrows go, with Alt they move a session, plus and minus resize."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.ui.schedule.calendar.cursor import Cursor
from desktop.ui.schedule.calendar.proposals import Drag, Proposal
from desktop.ui.schedule.calendar.spans import STEP, STEP_MIN, minute_of

if TYPE_CHECKING:
    from desktop.ui.schedule.calendar.week_grid import WeekGrid

Key = Qt.Key
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1)}
AGREE = {Key.Key_Return, Key.Key_Enter}
LONGER, SHORTER = {Key.Key_Plus, Key.Key_Equal}, {Key.Key_Minus, Key.Key_Underscore}
DAY = timedelta(days=1)


class WeekKeys:
    """What each key does; what is proposed by keys stands until Enter or Escape."""

    def __init__(self, grid: WeekGrid) -> None:
        self._grid = grid

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key means here; false leaves it to the window."""
        key = Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._grid.proposal is not None and key in {*AGREE, Key.Key_Escape}:
            return self._end_proposal(is_agreed=key in AGREE)
        if key in ARROWS:
            return self._on_arrow(key, held)
        if key in LONGER | SHORTER and not held & Qt.KeyboardModifier.ControlModifier:
            return self._propose(Drag.END, STEP if key in LONGER else -STEP)
        if held:
            return False
        return self._on_plain(key)

    def _on_plain(self, key: Key) -> bool:
        grid = self._grid
        index = grid.currentIndex()
        match key:
            case Key.Key_Return | Key.Key_Enter | Key.Key_Space if index.isValid():
                grid.opened.emit(grid.current_id())
            case Key.Key_Return | Key.Key_Enter | Key.Key_Space | Key.Key_N:
                grid.new_asked.emit(grid.cursor_at.span)
            case Key.Key_T:
                grid.today_asked.emit()
            case Key.Key_PageUp | Key.Key_PageDown:
                grid.weeks_asked.emit(1 if key == Key.Key_PageDown else -1)
            case Key.Key_Home | Key.Key_End:
                day = grid.days[0 if key == Key.Key_Home else -1]
                self._go(Cursor(day, grid.cursor_at.minute))
            case _:
                return False
        return True

    def _on_arrow(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        days, steps = ARROWS[key]
        if self._grid.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            days = -days
        if held == Qt.KeyboardModifier.AltModifier:
            return self._propose(Drag.WHOLE, days * DAY + steps * STEP)
        if held == Qt.KeyboardModifier.ControlModifier and steps:
            return self._to_neighbour(steps)
        if held:
            return False
        if self._grid.proposal is not None:
            self._grid.drop_proposal()
        self._go(self._stepped(days, steps))
        return True

    def _stepped(self, days: int, steps: int) -> Cursor:
        """The next place; a session is left at its own edge."""
        grid = self._grid
        block = grid.block_at(grid.currentIndex())
        if block is None or not steps:
            return self._place().stepped(days=days, steps=steps)
        here = block.span.start.date()
        if steps < 0:
            return Cursor.at(block.span.start).stepped(steps=-1)
        if block.span.end.date() != here:
            return Cursor(here, minute_of(block.span.start)).stepped(steps=24 * 60 // STEP_MIN)
        before_end = max(block.span.end - STEP, block.span.start)
        return Cursor.at(before_end).stepped(steps=1)

    def _place(self) -> Cursor:
        """Where the keyboard stands; one that a session has been moved away from goes with it."""
        here = self._grid.cursor_at
        block = self._grid.block_at(self._grid.currentIndex())
        if block is None:
            return here
        start = Cursor.at(block.span.start)
        return here if start.wall <= here.wall < block.span.end else start

    def _go(self, cursor: Cursor) -> None:
        self._grid.cursor_at = cursor
        if cursor.day not in self._grid.days:
            self._grid.day_asked.emit(cursor.day)
        self._grid.land()

    def _to_neighbour(self, by: int) -> bool:
        """The session before or after this one by its start, those side by side one by one."""
        grid = self._grid
        rows = [grid.block_at(grid.model().index(row, 0)) for row in grid.placing.rects]
        known = sorted(
            (block.span.start, row)
            for row, block in zip(grid.placing.rects, rows, strict=True)
            if block is not None
        )
        index = grid.currentIndex()
        block = grid.block_at(index)
        here = (block.span.start, index.row()) if block else (grid.cursor_at.wall, -1)
        ahead = [one for one in known if (one > here if by > 0 else one < here)]
        if ahead:
            start, row = ahead[0 if by > 0 else -1]
            grid.cursor_at = Cursor.at(start)
            grid.setCurrentIndex(grid.model().index(row, 0))
            grid.viewport().update()
            grid.say_place()
        return True

    def _propose(self, drag: Drag, by: timedelta) -> bool:
        """Move or resize the current session, as a proposal that goes on from the last key."""
        grid = self._grid
        block = grid.block_at(grid.currentIndex())
        proposal = grid.proposal
        if proposal is None:
            if block is None or not block.can_move:
                return False
            proposal = Proposal(drag=drag, was=block.span, span=block.span, id=grid.current_id())
        if proposal.drag is not drag:  # moved and made longer are two steps
            return True
        wanted = proposal.nudged(by)
        grid.propose(wanted)
        if wanted.span.start.date() not in grid.days:
            grid.day_asked.emit(wanted.span.start.date())
        return True

    def _end_proposal(self, *, is_agreed: bool) -> bool:
        grid = self._grid
        grid.pointing.let_go()
        if is_agreed:
            grid.settle()
        elif proposal := grid.proposal:
            grid.drop_proposal()
            self._go_back_to(proposal)
            grid.say_place()
        return True

    def _go_back_to(self, proposal: Proposal) -> None:
        """Stand on the session where it still is, in another week too."""
        if not proposal.id:
            return
        self._grid.stand_on(proposal.id, proposal.was.start)
        if (day := proposal.was.start.date()) not in self._grid.days:
            self._grid.day_asked.emit(day)

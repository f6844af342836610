"""A week of hours in which sessions are made, moved and made longer, by pointer or keyboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from desktop.store.schedules import Session
from desktop.ui.record_list_model import RecordListModel, Role
from desktop.ui.schedule.calendar.blocks import Block
from desktop.ui.schedule.calendar.cursor import Cursor
from desktop.ui.schedule.calendar.grid_view import GridView
from desktop.ui.schedule.calendar.pointing import Pointing
from desktop.ui.schedule.calendar.proposals import Drag, Proposal
from desktop.ui.schedule.calendar.scale import HOUR_PX
from desktop.ui.schedule.calendar.spans import pieces
from desktop.ui.schedule.calendar.week_keys import WeekKeys
from desktop.ui.schedule.calendar.week_painting import Face, Hours, WeekPainter, new_block_title
from desktop.ui.theme import Theme
from desktop.ui.times import range_words
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.chip import ChipLook
from desktop.ui.widgets.menu_key import open_menu

FIRST_HOUR = 8


@dataclass(frozen=True, slots=True)
class WeekWords:
    """What the grid asks its owner: a time in words, and the warning that a proposal earns."""

    time: Callable[[datetime], str]
    warning: Callable[[Proposal], str]


class WeekGrid(GridView):
    """Shows a model whose looks are `Block`s; it proposes times and changes none.

    Attributes:
        cursor_at: where the keyboard stands.
        awaited: the id of a session that becomes the current one as soon as it is shown.

    Signals:
        opened: the id of the session to look at.
        action_asked: the key of a deed from the menu, and the session's id.
        new_asked: the `Span` of a session to plan.
        proposed: a `Proposal` that the person let go of, or agreed to with Enter.
        day_asked: a day of another week, which the keyboard has come to.
        weeks_asked: so many weeks on.
        today_asked: back to the present.
    """

    opened = Signal(str)
    action_asked = Signal(str, str)
    new_asked = Signal(object)
    proposed = Signal(object)
    day_asked = Signal(object)
    weeks_asked = Signal(int)
    today_asked = Signal()

    def __init__(
        self,
        theme: Theme,
        model: RecordListModel[Session],
        words: WeekWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, model, parent)
        self._words = words
        self._now = datetime.min  # noqa: DTZ901  a wall clock, without a zone
        self._hours: Sequence[Hours] = [()] * 7
        self._warning = ""
        self._held: Block | None = None
        self.cursor_at = Cursor(date.min, FIRST_HOUR * 60)
        self.awaited = ""
        self.proposal: Proposal | None = None
        self.pointing = Pointing(self)
        self.keys = WeekKeys(self)
        self.setAccessibleName(self.tr("Week"))
        model.rowsInserted.connect(self._on_rows_inserted)

    def show_days(self, days: Sequence[date], now: datetime, hours: Sequence[Hours]) -> None:
        """Show these days; `now` is on the wall clock, `hours` are of work, for each day."""
        is_first = not self.days
        self._now, self._hours = now, hours
        self.header.show_days(days, now.date())
        if list(days) != list(self.days):
            self.setCurrentIndex(QModelIndex())
            self.days = list(days)
            if self.cursor_at.day not in self.days:
                day = now.date() if now.date() in days else days[0]
                self.cursor_at = replace(self.cursor_at, day=day)
        self.forget_places()
        if is_first:
            begins = [first for ranges in hours for first, _last in ranges]
            hour = min(begins, default=FIRST_HOUR * 60) // 60
            self.cursor_at = replace(self.cursor_at, minute=hour * 60)
            self.updateGeometries()
            self.verticalScrollBar().setValue(max(0, hour * HOUR_PX - HOUR_PX // 4))

    def block_at(self, index: QModelIndex) -> Block | None:
        block = index.data(Role.LOOK) if index.isValid() else None
        return block if isinstance(block, Block) else None

    def propose(self, proposal: Proposal) -> None:
        """Show what would be, with its warning; nothing is asked for yet."""
        is_new = self.proposal is None or proposal.span != self.proposal.span
        if self.proposal is None:
            self._held = self._block_of(proposal.id)
        self.proposal = proposal
        if is_new:
            self._warning = self._words.warning(proposal)
            self.viewport().update()
            self.say(", ".join(one for one in (self._span_words(), self._warning) if one))
            rect = self.scale.rect_of(pieces(proposal.span)[0])
            if rect and not self.pointing.is_held:
                self._scroll_to(rect)

    def settle(self) -> None:
        """Ask for what is proposed, unless it is what is there."""
        proposal = self.proposal
        self.drop_proposal()
        if proposal is None:
            return
        if proposal.drag is Drag.NEW:
            self.new_asked.emit(proposal.span)
        elif proposal.is_changed:
            self.stand_on(proposal.id, proposal.span.start)
            self.proposed.emit(proposal)

    def drop_proposal(self) -> None:
        """Leave everything as it is."""
        self.proposal = None
        self._warning = ""
        self.viewport().update()

    def stand_on(self, schedule_id: str, start: datetime) -> None:
        """Put the keyboard on a session, or where it will be until its week shows it there."""
        self.cursor_at = Cursor.at(start)
        self.awaited = schedule_id
        self._on_rows_inserted()

    def land(self) -> None:
        """Make the session under the keyboard's place the current one, and say where one is."""
        row = self._row_under_cursor()
        self.setCurrentIndex(self.model().index(row, 0) if row >= 0 else QModelIndex())
        if row < 0:
            self._scroll_to(self.cursor_rect())
        self.viewport().update()
        self.say_place()

    def say_place(self) -> None:
        """Tell a screen reader what the keyboard is on."""
        index = self.currentIndex()
        if index.isValid():
            self.say(str(index.data()))
        else:
            free = self.tr("%1, free").replace("%1", self._words.time(self.cursor_at.wall))
            self.say(free)

    def say(self, words: str) -> None:
        """Make it the grid's description, and have it read."""
        self.setAccessibleDescription(words)
        announce(self, words)

    def cursor_rect(self) -> QRectF:
        """Where the new session at the keyboard's place would be, from midnight on."""
        return self.scale.rect_of(pieces(self.cursor_at.span)[0]) or QRectF()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.awaited = ""
        if not open_menu(self, event) and not self.keys.press(event):
            event.ignore()  # the base class would search for what one types

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.pointing.show_menu(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.say_place()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.proposal and not self.pointing.is_held:
            self.drop_proposal()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.translate(0, -self.verticalOffset())
        week = WeekPainter(painter, self.theme, self.scale)
        today = self._now.date()
        at = self.days.index(today) if today in self.days else -1
        week.paint_ground(self._hours, today=at)
        is_between = self.hasFocus() and not self.currentIndex().isValid()
        if is_between and self.proposal is None:
            week.paint_cursor(self.cursor_rect())
        for row, rect in self.placing:
            index = self.model().index(row, 0)
            if block := self.block_at(index):
                week.paint_block(rect, block, self._face(index))
        self._paint_proposal(week)
        week.paint_now(self._now)
        painter.end()

    def _on_rows_inserted(self, *_: object) -> None:
        """Make the session that was waited for the current one, once it is here."""
        model = self.model()
        row = model.row_of(self.awaited) if isinstance(model, RecordListModel) else -1
        if row >= 0:
            self.setCurrentIndex(model.index(row, 0))
            self.awaited = ""

    def _face(self, index: QModelIndex) -> Face:
        is_current = index == self.currentIndex() and self.hasFocus()
        held = self.proposal.id if self.proposal else ""
        return Face(
            has_focus=is_current and self.proposal is None,
            is_left_behind=bool(held) and held == index.data(Role.RECORD_ID),
        )

    def _paint_proposal(self, week: WeekPainter) -> None:
        if self.proposal is None:
            return
        face = Face(has_focus=True, is_ghost=True, is_warned=bool(self._warning))
        for piece in pieces(self.proposal.span):
            if rect := self.scale.rect_of(piece):
                week.paint_block(rect, self._ghost(self.proposal), face)
                if self._warning:
                    week.paint_warning(rect, self._warning)

    def _ghost(self, proposal: Proposal) -> Block:
        """The block as it would look; its week may no longer be shown."""
        times = range_words(proposal.span.start, proposal.span.end)
        if self._held is None:
            words = new_block_title()
            look = ChipLook("", "plus", "scheduled")
            return Block(
                title=words,
                subtitle="",
                begins=times,
                times=times,
                tip="",
                span=proposal.span,
                chip=look,
            )
        return replace(self._held, span=proposal.span, times=times, begins=times)

    def _block_of(self, schedule_id: str) -> Block | None:
        model = self.model()
        row = model.row_of(schedule_id) if isinstance(model, RecordListModel) else -1
        return self.block_at(model.index(row, 0)) if row >= 0 else None

    def _span_words(self) -> str:
        if self.proposal is None:
            return ""
        span = self.proposal.span
        words = self.tr("%1 until %2").replace("%1", self._words.time(span.start))
        return words.replace("%2", range_words(span.end, span.end).partition("\N{EN DASH}")[0])

    def _row_under_cursor(self) -> int:
        day = self.scale.rect_of(pieces(self.cursor_at.span)[0])
        if day is None:
            return -1
        y = self.scale.y_of(self.cursor_at.minute) + 2
        under = QRectF(day.left(), y, day.width(), 1)
        return next((row for row, rect in self.placing if rect.intersects(under)), -1)

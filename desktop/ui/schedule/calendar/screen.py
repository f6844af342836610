"""Joins the calendar to the workspace: its days, its sessions, and what is dragged there."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QWidget

from desktop.store.people import account
from desktop.store.schedules import Session, SessionFilter, session, sessions
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.schedule.calendar.bar import month_words, week_words
from desktop.ui.schedule.calendar.blocks import Block, block_of, block_text
from desktop.ui.schedule.calendar.booking import Booking
from desktop.ui.schedule.calendar.days import WEEK_DAYS, month_page, months_later, week_of
from desktop.ui.schedule.calendar.month_grid import day_text
from desktop.ui.schedule.calendar.month_model import DayLook, MonthModel
from desktop.ui.schedule.calendar.spans import Span, at_minute, pieces
from desktop.ui.schedule.calendar.view import CalendarView
from desktop.ui.schedule.calendar.week_grid import WeekWords
from desktop.ui.schedule.calendar.week_painting import Hours
from desktop.ui.schedule.deeds import mentor_actions
from desktop.ui.theme import Theme
from desktop.ui.times import day_words, midnight, moment_words, today
from desktop.ui.workspace import Workspace
from domain.instants import later
from domain.schedules import LONGEST

MOST = 2000  # sessions of six weeks
NEW_AT_MIN = 9 * 60


class CalendarScreen:
    """Shows the sessions of the chosen week or month, and carries out what is asked there."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        page: QWidget,
        plan: Callable[[Span], object],
        refresh: Callable[[], object],
    ) -> None:
        """Ask `plan` to open the editor for a new session, and `refresh` for other days."""
        self._workspace = workspace
        self._refresh = refresh
        self.day = today(workspace)
        self.sessions: RecordListModel[Session] = RecordListModel(self._text, self._block)
        self.days = MonthModel(self._day_text)
        self.booking = Booking(workspace, page)
        words = WeekWords(lambda wall: moment_words(wall, self._workspace), self.booking.warning)
        self.view = CalendarView(theme, self.sessions, self.days, words)
        bar, week, month = self.view.bar, self.view.week, self.view.month
        for source in (bar, week, month):
            source.today_asked.connect(self._on_today)
            source.day_asked.connect(self.go_to)
        bar.step_asked.connect(self._on_step)
        week.weeks_asked.connect(self._on_step)
        week.new_asked.connect(plan)
        week.proposed.connect(self.booking.move)
        month.new_asked.connect(lambda day: plan(_hour_on(day)))
        month.day_opened.connect(self.open_week)
        self.on_week_opened: Callable[[], object] = lambda: None

    def refresh(self, wanted: SessionFilter) -> None:
        """Read the sessions of the days that are shown; `wanted` says of whom and which."""
        first_weekday = QLocale().firstDayOfWeek().value
        if self.view.shows_month:
            self._show_month(month_page(self.day, first_weekday), wanted)
        else:
            self._show_week(week_of(self.day, first_weekday), wanted)

    def go_to(self, day: date) -> None:
        """Show the week or the month of `day`."""
        self.day = day
        self._refresh()
        if self.view.shows_month:
            self.view.month.go_to(day)

    def open_week(self, day: date) -> None:
        """Show the hours of `day`, with the keyboard on it."""
        self.view.show_week()
        self.on_week_opened()
        self.go_to(day)
        week = self.view.week
        week.cursor_at = replace(week.cursor_at, day=day)
        week.setFocus()
        week.land()

    def select(self, schedule_id: str) -> None:
        """Show the week or the month of a session and put the keyboard on it."""
        shown = self._workspace.query(session, self._workspace.me, schedule_id)
        if shown is None:
            return
        start = self._workspace.local(shown.schedule.start_time).replace(tzinfo=None)
        if self.view.shows_month:
            self.go_to(start.date())
            return
        week = self.view.week
        week.stand_on(schedule_id, start)
        if start.date() not in week.days:
            self.go_to(start.date())

    def _show_week(self, days: list[date], wanted: SessionFilter) -> None:
        now = self._workspace.now().astimezone(self._workspace.zone).replace(tzinfo=None)
        self.view.week.show_days(days, now, self._hours(days))
        self.sessions.show(self._found(days, wanted))
        steps = (_tr("Previous week"), _tr("Next week"))
        self.view.bar.show_period(week_words(days[0], days[-1]), self.day, steps)

    def _show_month(self, days: list[date], wanted: SessionFilter) -> None:
        by_day: defaultdict[date, list[tuple[str, Block]]] = defaultdict(list)
        for one in self._found(days, wanted):
            block = self._block(one)
            for piece in pieces(block.span):
                by_day[piece.day].append((one.id, block))
        now = today(self._workspace)
        looks = [
            DayLook(
                day=day,
                blocks=tuple(by_day[day]),
                is_today=day == now,
                is_outside=day.month != self.day.month,
            )
            for day in days
        ]
        self.days.show(looks)
        if self.view.month.current_day() is None:
            self.view.month.go_to(self.day)
        steps = (_tr("Previous month"), _tr("Next month"))
        self.view.bar.show_period(month_words(self.day), self.day, steps)

    def _found(self, days: list[date], wanted: SessionFilter) -> list[Session]:
        """All that touches these days, earliest first."""
        start = midnight(days[0], self._workspace)
        end = midnight(days[-1] + timedelta(days=1), self._workspace)
        inside = replace(wanted, start=later(start, -LONGEST), end=end, limit=MOST)
        found = self._workspace.query(sessions, self._workspace.me, inside)
        return [one for one in found if one.schedule.end_time > start]

    def _hours(self, days: list[date]) -> list[Hours]:
        """The person's working hours on each of the days, in minutes."""
        mine = self._workspace.query(account, self._workspace.me.id)
        if mine is None or not mine.working_hours:
            return [()] * len(days)
        return [
            [(_minute(first), _minute(last)) for first, last in mine.working_hours[day.weekday()]]
            for day in days
        ]

    def _block(self, session: Session) -> Block:
        actions = mentor_actions(session, self._workspace)
        return block_of(session, self._workspace, actions)

    def _text(self, session: Session) -> str:
        return block_text(session, self._workspace)

    def _day_text(self, look: DayLook) -> str:
        return day_text(look, day_words(look.day, self._workspace))

    def _on_today(self) -> None:
        self.go_to(today(self._workspace))
        if not self.view.shows_month:
            week = self.view.week
            week.cursor_at = replace(week.cursor_at, day=self.day)
            week.land()

    def _on_step(self, by: int) -> None:
        if self.view.shows_month:
            self.go_to(months_later(self.day, by))
            return
        days = timedelta(days=by * WEEK_DAYS)
        week = self.view.week
        week.cursor_at = replace(week.cursor_at, day=week.cursor_at.day + days)
        self.go_to(self.day + days)
        if week.hasFocus():
            week.land()


def _hour_on(day: date) -> Span:
    start: datetime = at_minute(day, NEW_AT_MIN)
    return Span(start, start + timedelta(hours=1))


def _minute(clock: str) -> int:
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calendar", text)

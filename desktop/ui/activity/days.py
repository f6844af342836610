"""Days to choose: presets, or from one day to another."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QDate, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QMenu, QWidget

from desktop.ui.theme import Theme
from desktop.ui.times import Clock, month_start, short_day_words, today
from desktop.ui.widgets.buttons import PushButton
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.date_time_field import DayEdit
from domain.instants import instant

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both of them with it; None leaves that side open."""

    first: date | None = None
    last: date | None = None

    def bounds(self, clock: Clock) -> tuple[str, str]:
        """The instant at which they begin and the one at which they are over, "" for open."""
        start = _midnight(self.first, clock) if self.first else ""
        return start, _midnight(self.last + A_DAY, clock) if self.last else ""


ANY = Days()


def presets(clock: Clock) -> list[tuple[str, Days]]:
    """Words, and the days that they mean today."""
    now = today(clock)
    return [
        (_tr("Any time"), ANY),
        (_tr("Today"), Days(now, now)),
        (_tr("Yesterday"), Days(now - A_DAY, now - A_DAY)),
        (_tr("Last 7 days"), Days(now - 6 * A_DAY, now)),
        (_tr("Last 30 days"), Days(now - 29 * A_DAY, now)),
        (_tr("This month"), Days(month_start(clock), now)),
    ]


def days_words(days: Days, clock: Clock) -> str:
    """The preset's words, or the days themselves."""
    for words, preset in presets(clock):
        if preset == days:
            return words
    first = short_day_words(days.first, clock) if days.first else ""
    last = short_day_words(days.last, clock) if days.last else ""
    if first == last:
        return first
    return f"{first} \N{EN DASH} {last}"


class DaysButton(PushButton):
    """Shows the days that are chosen; its menu offers others.

    Signals:
        chosen: the person chose other days.
    """

    chosen = Signal()

    def __init__(self, theme: Theme, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.days = ANY
        self.setAutoDefault(False)
        theme.dress(self, "calendar")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.choose(ANY)

    def choose(self, days: Days) -> None:
        """Show these days without asking for anything."""
        self.days = days
        words = days_words(days, self._clock)
        self.setText(words)
        self.setAccessibleName(self.tr("Days: %1").replace("%1", words))
        self.updateGeometry()

    def ask(self) -> "DaysDialog":
        """Open the question for days of one's own."""
        dialog = DaysDialog(self.window(), self._clock, self.days, self._on_chosen)
        dialog.open()
        return dialog

    def _fill(self) -> None:
        self._menu.clear()
        for words, days in presets(self._clock):
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(days == self.days)
            action.triggered.connect(partial(self._on_chosen, days))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("Choose days…")).triggered.connect(self.ask)

    def _on_chosen(self, days: Days, _checked: bool = False) -> None:
        if days != self.days:
            self.choose(days)
            self.chosen.emit()


class DaysDialog(ConfirmDialog):
    """Asks for the first and the last day."""

    def __init__(
        self, parent: QWidget, clock: Clock, days: Days, then: Callable[[Days], object]
    ) -> None:
        super().__init__(
            parent, _tr("Choose days"), _tr("Both days are included."), _tr("Show these days")
        )
        now = today(clock)
        self.first, self.last = DayEdit(), DayEdit()
        form = QFormLayout()
        for words, field, day in (
            (_tr("From"), self.first, days.first or now - 6 * A_DAY),
            (_tr("To"), self.last, days.last or now),
        ):
            field.setAccessibleName(words)
            field.setDate(QDate(day.year, day.month, day.day))
            label = QLabel(words)
            label.setBuddy(field)
            form.addRow(label, field)
        self.column.insertLayout(2, form)
        self.begin_at(self.first, self.last)
        self.accepted.connect(lambda: then(self._days()))

    def _days(self) -> Days:
        """In order, whichever stands in which field."""
        shown = (self.first.date(), self.last.date())
        first, last = sorted(date(day.year(), day.month(), day.day()) for day in shown)
        return Days(first, last)


def _midnight(day: date, clock: Clock) -> str:
    """With three decimals, as `recorded_at` has them."""
    return instant(datetime.combine(day, time(), clock.zone))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Days", text)

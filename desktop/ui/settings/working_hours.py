"""When a mentor works: the hours that the week shades around."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.settings.day_hours import DayHours
from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.week_days import DAYS, day_name, days_in_order, working_days
from domain.accounts import ClockRange, WorkingHours


class WorkingHoursSection(Section):
    """Says which hours were entered; it saves nothing. What does not fit is said at its day.

    Signals:
        hours_changed: a list of ranges for each weekday, Monday first; empty without any hours.
    """

    hours_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("Working hours"),
            _tr("The week in Schedule stays light in these hours. Only you see them."),
            parent,
        )
        self._saved: list[list[ClockRange]] = [[] for _ in range(DAYS)]
        self.days = {day: DayHours(theme, day_name(day)) for day in days_in_order()}
        for day, row in self.days.items():
            row.entered.connect(self._on_entered)
            row.copy_asked.connect(lambda day=day: self._on_copy(day))
            self.body.addWidget(row)
        self.body.setSpacing(8)

    def show_hours(self, hours: Sequence[Sequence[ClockRange]]) -> None:
        """Show what is saved; a day that somebody types in, or that does not fit, stays."""
        self._saved = [[(first, last) for first, last in ranges] for ranges in hours]
        self._saved = self._saved or [[] for _ in range(DAYS)]
        focused = QApplication.focusWidget()
        for day, row in self.days.items():
            is_typed_in = focused is not None and row.isAncestorOf(focused)
            if not row.has_error and (not is_typed_in or len(row.ranges) != len(self._saved[day])):
                row.show_hours(self._saved[day])

    def hours(self) -> WorkingHours:
        """What is entered, with what was saved before for a day that does not fit."""
        hours = [
            self._saved[day] if self.days[day].has_error else self.days[day].hours()
            for day in range(DAYS)
        ]
        return hours if any(hours) else []

    def _on_entered(self) -> None:
        if (hours := self.hours()) != (self._saved if any(self._saved) else []):
            self.hours_changed.emit(hours)

    def _on_copy(self, day: int) -> None:
        source = self.days[day]
        if source.has_error:
            return
        for other in working_days() - {day}:
            self.days[other].show_hours(source.hours())
        self._on_entered()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)

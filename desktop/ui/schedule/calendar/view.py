"""The calendar: a line with what is shown and the ways to other days, and a week or a month."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.store.schedules import Session
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.schedule.calendar.bar import CalendarBar
from desktop.ui.schedule.calendar.month_grid import MonthGrid
from desktop.ui.schedule.calendar.month_model import MonthModel
from desktop.ui.schedule.calendar.week_grid import WeekGrid, WeekWords
from desktop.ui.theme import Theme


class CalendarView(QWidget):
    """Holds both grids and shows one of them."""

    def __init__(
        self,
        theme: Theme,
        sessions: RecordListModel[Session],
        days: MonthModel,
        words: WeekWords,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.bar = CalendarBar(theme)
        self.week = WeekGrid(theme, sessions, words)
        self.month = MonthGrid(theme, days)
        self._layers = QStackedWidget()
        self._layers.addWidget(self.week)
        self._layers.addWidget(self.month)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar)
        column.addWidget(self._layers, 1)

    @property
    def shows_month(self) -> bool:
        return self._layers.currentWidget() is self.month

    def show_week(self) -> None:
        self._layers.setCurrentWidget(self.week)

    def show_month(self) -> None:
        self._layers.setCurrentWidget(self.month)

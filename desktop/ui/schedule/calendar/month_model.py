"""The days of a month as a Qt table: weeks of seven days, each day with its sessions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from desktop.ui.record_list_model import ROOT, Role
from desktop.ui.schedule.calendar.blocks import Block
from desktop.ui.schedule.calendar.days import WEEK_DAYS
from desktop.ui.widgets.literal import tip

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLook:
    """One day: its sessions by their start, each with its id."""

    day: date
    blocks: tuple[tuple[str, Block], ...] = ()
    is_today: bool = False
    is_outside: bool = False


class MonthModel(QAbstractTableModel):
    """Row and column are week and weekday; `text` gives what a screen reader says of a day."""

    def __init__(self, text: Callable[[DayLook], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._days: list[DayLook] = []

    def show(self, days: Sequence[DayLook]) -> None:
        """Show these days, whole weeks of them, and draw anew only those that differ."""
        before = self._days
        if len(before) != len(days):
            self.beginResetModel()
            self._days = list(days)
            self.endResetModel()
            return
        self._days = list(days)
        if before[0].day != days[0].day:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, WEEK_DAYS - 1)
        for at, (old, new) in enumerate(zip(before, self._days, strict=True)):
            if old != new:
                index = self.index(*divmod(at, WEEK_DAYS))
                self.dataChanged.emit(index, index)

    def look_at(self, index: Index) -> DayLook | None:
        at = index.row() * WEEK_DAYS + index.column()
        return self._days[at] if index.isValid() and at < len(self._days) else None

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; not valid for one that is not shown."""
        places = {look.day: at for at, look in enumerate(self._days)}
        return self.index(*divmod(places[day], WEEK_DAYS)) if day in places else QModelIndex()

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._days) // WEEK_DAYS

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or not self._days else WEEK_DAYS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        look = self.look_at(index)
        if look is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(look)
            case Qt.ItemDataRole.ToolTipRole:
                lines = [f"{one.times}  {one.title}" for _id, one in look.blocks]
                return tip("\n".join(lines)) or None
            case Role.LOOK:
                return look
            case _:
                return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._days):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            day = self._days[section].day
            return QLocale().toString(QDate(day.year, day.month, day.day), "ddd")
        return None

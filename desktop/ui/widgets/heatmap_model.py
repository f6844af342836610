"""The days of a year as a Qt table: a row for each weekday, a column for each week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from typing_extensions import override

from desktop.ui.record_list_model import ROOT, Role

Index = QModelIndex | QPersistentModelIndex

WEEK_DAYS = 7
NONE = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class HeatDay:
    """One day and its number; `words` are what one reads or hears of it.

    `is_off` draws it hollow while its number is 0: nothing was expected.
    """

    day: date
    count: int
    words: str
    is_off: bool = False


class HeatmapModel(QAbstractTableModel):
    """Shows days in a row, from the first day of a week on; what follows the last one is empty."""

    def __init__(self) -> None:
        super().__init__()
        self._days: list[HeatDay] = []

    def show(self, days: Sequence[HeatDay]) -> None:
        """Show these days, and draw anew only those that differ."""
        before = self._days
        is_other = not before or not days or before[0].day != days[0].day
        if is_other or len(before) != len(days):
            self.beginResetModel()
            self._days = list(days)
            self.endResetModel()
            return
        self._days = list(days)
        for at, (old, new) in enumerate(zip(before, self._days, strict=True)):
            if old != new:
                index = self.index(at % WEEK_DAYS, at // WEEK_DAYS)
                self.dataChanged.emit(index, index)

    @property
    def days(self) -> Sequence[HeatDay]:
        return self._days

    def look_at(self, index: Index) -> HeatDay | None:
        at = index.column() * WEEK_DAYS + index.row()
        return self._days[at] if index.isValid() and at < len(self._days) else None

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; not valid for one that is not shown."""
        at = (day - self._days[0].day).days if self._days else -1
        if not 0 <= at < len(self._days):
            return QModelIndex()
        return self.index(at % WEEK_DAYS, at // WEEK_DAYS)

    @override
    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() or not self._days else WEEK_DAYS

    @override
    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else -(-len(self._days) // WEEK_DAYS)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        is_day = self.look_at(index) is not None
        return super().flags(index) if is_day else Qt.ItemFlag.NoItemFlags

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        look = self.look_at(index)
        if look is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return QLocale().toString(look.count) if look.count else NONE
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return look.words
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
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
        is_week = orientation is Qt.Orientation.Horizontal
        at = section * WEEK_DAYS if is_week else section
        if role != Qt.ItemDataRole.DisplayRole or at >= len(self._days):
            return None
        day = self._days[at].day
        return QLocale().toString(QDate(day.year, day.month, day.day), self._pattern(is_week))

    def _pattern(self, is_week: bool) -> str:
        return self.tr("d MMM yyyy") if is_week else "ddd"

"""The days of a heatmap as a table of numbers: a row for each week, a column for each weekday."""

from PySide6.QtCore import Qt, QTransposeProxyModel
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from desktop.ui.widgets.heatmap_model import HeatmapModel

ROW_PX = 26
ROWS_IN_SIGHT = 9


class HeatmapTable(QTableView):
    """Shows what the heatmap shows, the last week at the foot, where it opens."""

    def __init__(self, model: HeatmapModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._days = model
        turned = QTransposeProxyModel(self)
        turned.setSourceModel(model)
        self.setModel(turned)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        weekdays, weeks = self.horizontalHeader(), self.verticalHeader()
        weekdays.setAccessibleName(self.tr("Weekdays"))
        weeks.setAccessibleName(self.tr("Weeks"))
        for header in (weekdays, weeks):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setMinimumSectionSize(24)
        weekdays.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        weeks.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        weeks.setDefaultSectionSize(ROW_PX)
        weeks.setDefaultAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight((ROWS_IN_SIGHT + 1) * ROW_PX)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        frame = 2 * self.frameWidth()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + ROWS_IN_SIGHT * ROW_PX + frame)  # whole rows
        self.scrollToBottom()

"""On which days of the week a student does not mean to learn."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.week_days import day_name, days_in_order
from desktop.ui.widgets.flow_row import FlowRow


class RestDaysSection(Section):
    """Says which days were ticked; it saves nothing.

    Signals:
        days_changed: weekdays in ascending order, Monday = 0.
    """

    days_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("Rest days"),
            _tr("Days on which you do not mean to learn. A streak goes on over them."),
            parent,
        )
        self.boxes = {day: QCheckBox(day_name(day)) for day in days_in_order()}
        row = FlowRow(spacing=16)
        for box in self.boxes.values():
            row.addWidget(box)
            box.clicked.connect(self._on_clicked)
        self.body.addLayout(row)

    def show_days(self, days: Sequence[int]) -> None:
        """Show what is saved."""
        for day, box in self.boxes.items():
            box.setChecked(day in days)

    def _on_clicked(self) -> None:
        self.days_changed.emit(sorted(day for day, box in self.boxes.items() if box.isChecked()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)

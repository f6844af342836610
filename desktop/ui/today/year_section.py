"""A student's year: the streak, and the days on which something was written."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.heatmap import Heatmap
from desktop.ui.widgets.heatmap_model import HeatDay, HeatmapModel
from desktop.ui.widgets.heatmap_table import HeatmapTable
from desktop.ui.widgets.labels import SectionHeading, WrapLabel


class YearSection(QWidget):
    """Shows the year as squares, or as a table of the same numbers.

    Signals:
        rest_pressed: the person wants to choose the days of rest.
    """

    rest_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HeatmapModel()
        self.heading = SectionHeading(self.tr("Your year"))
        self.rest_button = push_button("", "quiet")
        self.table_button = push_button(self.tr("Show as table"), "quiet")
        self.table_button.setCheckable(True)
        self.streak = WrapLabel(size="heading", strong=True)
        self.going_on = WrapLabel(tone="muted", size="small")
        self.heatmap = Heatmap(theme, self.model, self.tr("Entries by day"))
        self.table = HeatmapTable(self.model, self.tr("Entries by week and day"))
        self.table.hide()
        self._lay_out()

        self.rest_button.clicked.connect(self.rest_pressed)
        self.table_button.toggled.connect(self._on_table)

    def show_streak(self, streak: str, going_on: str, rest: str) -> None:
        self.streak.setText(streak)
        self.going_on.setText(going_on)
        self.rest_button.setText(rest)

    def show_days(self, days: Sequence[HeatDay], today: date) -> None:
        self.heatmap.show_days(days, today)

    def _on_table(self, is_table: bool) -> None:
        self.heatmap.setVisible(not is_table)
        self.table.setVisible(is_table)
        words = self.tr("Show as squares") if is_table else self.tr("Show as table")
        self.table_button.setText(words)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.rest_button)
        top.addWidget(self.table_button)
        card = Card()
        card.body.setSpacing(4)
        card.body.addWidget(self.streak)
        card.body.addWidget(self.going_on)
        card.body.addSpacing(8)
        card.body.addWidget(self.heatmap)
        card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(card)

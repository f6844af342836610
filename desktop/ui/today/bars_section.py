"""The sessions of this week, day by day, as bars."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import SectionHeading
from desktop.ui.widgets.week_bars import BarLook, WeekBars


class BarsSection(QWidget):
    """A heading and seven bars.

    Signals:
        opened: the place of a day in the week that the person wants to see, from 0.
    """

    opened = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = SectionHeading(self.tr("Sessions by day"))
        self.bars = WeekBars(theme, self.tr("Done"), self.tr("Planned"))
        # As high as the headings beside it, which have a link.
        self.heading.setMinimumHeight(push_button("", "quiet").sizeHint().height())
        card = Card()
        card.body.setContentsMargins(12, 12, 12, 8)
        card.body.addWidget(self.bars)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(card)

        self.bars.opened.connect(self.opened)

    def show_days(self, looks: Sequence[BarLook]) -> None:
        self.bars.show_days(looks)

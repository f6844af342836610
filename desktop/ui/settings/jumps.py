"""The sections of the settings by name, above them: a click leads to one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.stops import bring_keyboard_to_top


class Jumps(QWidget):
    """A quiet button for each section; the keyboard goes there too."""

    def __init__(self, area: ScrolledPage, sections: Sequence[Section]) -> None:
        super().__init__()
        self._area = area
        self.buttons: list[QPushButton] = []
        row = FlowRow(self, spacing=4)
        for section in sections:
            button = push_button(section.title, "quiet")
            button.clicked.connect(partial(self._go_to, section))
            self.buttons.append(button)
            row.addWidget(button)

    def _go_to(self, section: Section, _checked: bool = False) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(section.y() - self._area.column.contentsMargins().top())
        bring_keyboard_to_top(section)

"""The sections of the settings by name, above them: a click leads to one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.scrolled_page import ScrolledPage


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
        first = _first_control(section)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)


def _first_control(section: Section) -> QWidget | None:
    """The first of a section, in the order of the Tab key, that takes the keyboard."""
    widget = section.nextInFocusChain()
    while widget is not None and widget is not section:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if section.isAncestorOf(widget) and takes_tab and widget.isVisible() and widget.isEnabled():
            return widget
        widget = widget.nextInFocusChain()
    return None

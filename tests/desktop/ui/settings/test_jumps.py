"""The sections by name, above them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.settings.jumps import Jumps
from desktop.ui.settings.section import Section
from desktop.ui.theme import Theme
from desktop.ui.widgets.scrolled_page import ScrolledPage


@pytest.fixture
def sections(qtbot: QtBot) -> list[Section]:
    sections = [Section(title) for title in ("One", "Two", "Three")]
    for section in sections:
        label = QLabel(section.title)
        label.setFixedHeight(400)
        section.body.addWidget(label)
    sections[2].body.addWidget(QCheckBox("A control"))
    return sections


@pytest.fixture
def page(theme: Theme, qtbot: QtBot, sections: list[Section]) -> ScrolledPage:
    page = ScrolledPage()
    page.column.addWidget(Jumps(page, sections))
    for section in sections:
        page.column.addWidget(section)
    qtbot.addWidget(page)
    page.resize(600, 400)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    QApplication.processEvents()
    return page


def test_a_click_leads_to_the_heading_and_the_keyboard_goes_there(
    page: ScrolledPage, sections: list[Section], qtbot: QtBot
) -> None:
    [jumps] = page.findChildren(Jumps)
    assert sections[2].heading.visibleRegion().isEmpty()

    qtbot.mouseClick(jumps.buttons[2], Qt.MouseButton.LeftButton)

    assert not sections[2].heading.visibleRegion().isEmpty()
    assert page.focusWidget() is sections[2].findChild(QCheckBox)


def test_a_section_without_controls_is_shown_all_the_same(
    page: ScrolledPage, sections: list[Section], qtbot: QtBot
) -> None:
    [jumps] = page.findChildren(Jumps)

    qtbot.mouseClick(jumps.buttons[1], Qt.MouseButton.LeftButton)

    assert not sections[1].heading.visibleRegion().isEmpty()

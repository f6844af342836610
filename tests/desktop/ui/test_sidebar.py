"""The person, the pages and the state of sync at the left."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from pytestqt.qtbot import QtBot

from desktop.ui.sidebar import NARROW, WIDE, Sidebar
from desktop.ui.theme import Theme
from tests.desktop.ui.stops import stops


@pytest.fixture
def sidebar(theme: Theme, qtbot: QtBot) -> Sidebar:
    sidebar = Sidebar(theme)
    qtbot.addWidget(sidebar)
    sidebar.add_page("today", "Today", "today")
    sidebar.add_page("schedule", "Schedule", "calendar")
    sidebar.resize(WIDE, 600)
    sidebar.show()
    return sidebar


def test_asks_for_the_page_that_was_pressed(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.page_asked) as asked:
        qtbot.mouseClick(sidebar.items["schedule"], Qt.MouseButton.LeftButton)

    assert asked.args == ["schedule"]


def test_asks_for_the_page_that_assistive_technology_turned_on(
    sidebar: Sidebar, qtbot: QtBot
) -> None:
    sidebar.show_current("today")
    told = QAccessible.queryAccessibleInterface(sidebar.items["schedule"])

    with qtbot.waitSignal(sidebar.page_asked) as asked:
        told.actionInterface().doAction(QAccessibleActionInterface.toggleAction())

    assert asked.args == ["schedule"]


def test_the_program_marks_a_page_in_silence(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(sidebar.page_asked):
        sidebar.show_current("schedule")


def test_shows_who_is_signed_in(sidebar: Sidebar) -> None:
    sidebar.person.set_person("Amina Kaya", "Mentor")

    assert sidebar.person.name.text() == "Amina Kaya"
    assert sidebar.person.accessibleName() == "Amina Kaya, Mentor"


def test_a_name_from_outside_is_plain_text(sidebar: Sidebar) -> None:
    sidebar.person.set_person("<b>Amina</b>", "Mentor")

    assert sidebar.person.name.textFormat() == Qt.TextFormat.PlainText


def test_sign_out_is_in_the_menu(sidebar: Sidebar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sidebar.person.sign_out_asked):
        sidebar.person.sign_out_action.trigger()


def test_a_badge_hides_at_zero(sidebar: Sidebar) -> None:
    item = sidebar.items["schedule"]
    item.set_count(2)
    assert item.badge.isVisible()

    item.set_count(0)

    assert not item.badge.isVisible()
    assert item.accessibleName() == "Schedule"


def test_narrow_leaves_the_icons(sidebar: Sidebar) -> None:
    sidebar.set_narrow(True)

    assert sidebar.width() == NARROW
    assert not sidebar.person.words.isVisible()
    assert not sidebar.sync.words.isVisible()


def test_wide_again_shows_the_words(sidebar: Sidebar) -> None:
    sidebar.set_narrow(True)

    sidebar.set_narrow(False)

    assert sidebar.items["today"].text().strip() == "Today"
    assert sidebar.width() == WIDE


def test_a_long_name_makes_the_button_higher_instead_of_cutting_it(
    sidebar: Sidebar, qtbot: QtBot
) -> None:
    before = sidebar.person.height()

    sidebar.person.set_person("Wilhelmina Konstantinopoulou of Someplace Far", "Mentor")

    qtbot.waitUntil(lambda: sidebar.person.height() > before)


def test_a_page_that_is_not_listed_leaves_no_other_marked(qtbot: QtBot, theme: Theme) -> None:
    sidebar = Sidebar(theme)
    qtbot.addWidget(sidebar)
    sidebar.add_page("today", "Today", "today")
    sidebar.show_current("today")

    sidebar.show_current("inbox")

    assert not sidebar.items["today"].isChecked()


def test_tab_comes_to_the_page_that_is_open(sidebar: Sidebar) -> None:
    sidebar.show_current("schedule")
    sidebar.add_page("entries", "Entries", "entries")

    items = sidebar.items.items()
    tabbed = [key for key, item in items if item.focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert tabbed == ["schedule"]


def test_tab_goes_from_the_person_by_the_pages_to_the_state_of_sync(sidebar: Sidebar) -> None:
    sidebar.show_current("schedule")
    QCoreApplication.processEvents()  # what was added is shown in the next turn

    assert list(stops(sidebar)) == [sidebar.person, sidebar.items["schedule"], sidebar.sync]

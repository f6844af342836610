"""The list of devices as it is shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.settings.devices import DeviceLook, DevicesSection
from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import StatusChip
from tests.desktop.ui.stops import stops

HERE = DeviceLook("here", "library-pc (Linux)", "Last seen: Today, 12:30.", is_this=True)
THERE = DeviceLook("there", "Mia's laptop (macOS)", "Last seen: Yesterday, 18:05.", is_this=False)


@pytest.fixture
def section(theme: Theme, qtbot: QtBot) -> DevicesSection:
    section = DevicesSection(theme)
    qtbot.addWidget(section)
    section.show()
    return section


def test_before_it_is_read_it_says_so(section: DevicesSection) -> None:
    assert section.state.isVisible()
    assert not section.end_others.isVisible()
    assert section.password.isEnabled()


def test_this_device_is_marked_in_words_and_cannot_be_signed_out_there(
    section: DevicesSection,
) -> None:
    section.show_devices([HERE, THERE])

    [chip] = section.rows["here"].findChildren(StatusChip)
    assert chip.accessibleName() == "This device"
    assert list(section.ends) == ["there"]
    assert section.ends["there"].accessibleName() == "Sign out there: Mia's laptop (macOS)"
    assert not section.state.isVisible()


def test_what_is_pressed_is_asked_for(section: DevicesSection, qtbot: QtBot) -> None:
    section.show_devices([HERE, THERE])

    with qtbot.waitSignal(section.end_asked) as asked:
        section.ends["there"].click()
    assert asked.args == ["there"]
    with qtbot.waitSignal(section.end_others_asked):
        section.end_others.click()
    with qtbot.waitSignal(section.password_asked):
        section.password.click()


def test_alone_there_is_nowhere_else_to_sign_out(section: DevicesSection) -> None:
    section.show_devices([HERE, THERE])

    section.show_devices([HERE])

    assert not section.end_others.isVisible()
    assert list(section.rows) == ["here"]


def test_while_the_relay_cannot_be_reached_the_last_list_stays(
    section: DevicesSection, qtbot: QtBot
) -> None:
    section.show_devices([HERE, THERE])

    section.show_state("The list cannot be read now.", can_retry=True)

    assert section.state.isVisible()
    assert len(section.rows) == 2
    with qtbot.waitSignal(section.again_asked):
        section.again.click()


def test_tab_goes_down_the_devices_and_then_to_what_concerns_all(
    section: DevicesSection, qtbot: QtBot
) -> None:
    section.show_devices([HERE, THERE])

    qtbot.waitUntil(section.ends["there"].isVisible)
    assert list(stops(section)) == [
        section.ends["there"],
        section.end_others,
        section.password,
        section.email,
    ]

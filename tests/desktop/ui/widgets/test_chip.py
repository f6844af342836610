"""A status as icon and word; a filter with a tick."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.theme import DARK, LIGHT, Theme
from desktop.ui.widgets.chip import ChipLook, StatusChip

TONES = ("scheduled", "completed", "canceled", "pending", "neutral")


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_has_its_colours_in_both_palettes(tone: str) -> None:
    for token in ChipLook("word", "clock", tone).tokens:
        assert LIGHT.color(token).isValid()
        assert DARK.color(token).isValid()


def test_grows_with_its_word_and_says_it(theme: Theme, qtbot: QtBot) -> None:
    chip = StatusChip(theme, ChipLook("Done", "check-circle", "completed"))
    qtbot.addWidget(chip)
    narrow = chip.sizeHint().width()

    chip.show_look(ChipLook("Waiting to send", "clock", "pending"))

    assert chip.sizeHint().width() > narrow
    assert chip.accessibleName() == "Waiting to send"

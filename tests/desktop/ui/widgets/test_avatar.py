"""Initials and their colour."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar, initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Kaya", "AK"),
        ("José Ángel de la Cruz", "JC"),
        ("ola", "O"),
        ("", "?"),
        ("  ", "?"),
        ("(Zoë) Müller", "M"),
        ("!!", "!"),
    ],
)
def test_takes_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_person_keeps_the_colour(theme: Theme, qtbot: QtBot) -> None:
    one, same = Avatar(theme, "Amina Kaya"), Avatar(theme, "Amina Kaya")
    qtbot.addWidget(one)
    qtbot.addWidget(same)

    assert one.grab().toImage() == same.grab().toImage()


def test_its_name_is_for_the_screen_reader(theme: Theme, qtbot: QtBot) -> None:
    avatar = Avatar(theme)
    qtbot.addWidget(avatar)

    avatar.set_name("Kenji Watanabe")

    assert avatar.accessibleName() == "Kenji Watanabe"

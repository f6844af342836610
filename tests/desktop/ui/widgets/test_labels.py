"""Labels show every word."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.ui.theme import Theme
from desktop.ui.widgets.labels import WrapLabel


def test_a_very_long_word_does_not_widen_the_window(theme: Theme, qtbot: QtBot) -> None:
    label = WrapLabel("https://example.org/" + "a" * 400)
    qtbot.addWidget(label)

    assert label.minimumSizeHint().width() < 200


def test_a_screen_reader_gets_the_text_as_it_was(theme: Theme, qtbot: QtBot) -> None:
    label = WrapLabel("a" * 40)
    qtbot.addWidget(label)

    assert label.accessibleName() == "a" * 40


def test_markup_from_others_stays_text(theme: Theme, qtbot: QtBot) -> None:
    label = WrapLabel("<b>bold</b>")
    qtbot.addWidget(label)

    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == "<b>bold</b>"

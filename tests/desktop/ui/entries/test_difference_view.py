"""What changed between two versions, on the screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.entries.difference import difference
from desktop.ui.entries.difference_view import DifferenceView
from desktop.ui.theme import Look, Theme


@pytest.fixture
def view(theme: Theme, window: QWidget, qtbot: QtBot) -> DifferenceView:
    view = DifferenceView(theme, window)
    view.resize(500, 400)
    view.show()
    return view


def test_lines_carry_their_signs_and_a_screen_reader_says_them(view: DifferenceView) -> None:
    view.show_parts([("Text", difference("One.\nTwo.", "One.\nThree."))])

    [text] = view.texts
    assert text.toPlainText() == "  One.\n\N{MINUS SIGN} Two.\n+ Three."
    assert text.accessibleName() == "One.\nRemoved: Two.\nAdded: Three."


def test_what_has_not_changed_unfolds_when_asked(view: DifferenceView) -> None:
    same = "\n".join(f"Line {at}" for at in range(30))
    view.show_parts([("Text", difference(f"{same}\nTwo.", f"{same}\nThree."))])
    [fold] = view.folds
    assert fold.text() == "Show 28 unchanged lines"

    fold.click()

    assert view.folds == []
    assert "Line 0" in view.texts[-1].toPlainText()


def test_many_lines_are_laid_out_once(view: DifferenceView, theme: Theme) -> None:
    before, after = ("\n".join(f"{word} {at}" for at in range(300)) for word in ("old", "new"))
    view.show_parts([("Text", difference(before, after))])
    [text] = view.texts
    layouts: list[None] = []
    text.document().contentsChanged.connect(lambda: layouts.append(None))

    theme.choose(Look.DARK)

    assert len(layouts) == 1
    assert text.document().blockCount() == 600

"""What becomes of coming sessions is chosen, and not hit by a stray key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.admin.release_dialog import Release, ReleaseDialog, ReleaseWords
from desktop.ui.theme import Theme
from desktop.ui.widgets.person_picker import Choice

WORDS = ReleaseWords(
    title="Deactivate Mia?",
    sentence="They are signed out.",
    button="Deactivate",
    canceled="Their sessions are canceled.",
    handed_over="%1 gets them.",
)
OpenDialog = Callable[..., ReleaseDialog]


@pytest.fixture
def decided() -> list[Release]:
    return []


@pytest.fixture
def open_dialog(theme: Theme, qtbot: QtBot, window: QWidget, decided: list[Release]) -> OpenDialog:
    def open_dialog(*, hands_over: bool = False) -> ReleaseDialog:
        dialog = ReleaseDialog(
            theme,
            window,
            WORDS,
            [Choice("noah", "Noah Park"), Choice("otto", "Otto Lind")],
            decided.append,
            hands_over=hands_over,
        )
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return open_dialog


@pytest.mark.parametrize("hands_over", [False, True])
def test_a_stray_enter_goes_back(
    open_dialog: OpenDialog, qtbot: QtBot, decided: list[Release], hands_over: bool
) -> None:
    dialog = open_dialog(hands_over=hands_over)

    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)

    assert decided == []


def test_enter_confirms_a_way_that_was_chosen_by_key(
    open_dialog: OpenDialog, qtbot: QtBot, decided: list[Release]
) -> None:
    dialog = open_dialog()

    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)

    assert decided == [Release()]


def test_enter_confirms_a_mentor_who_was_chosen(
    open_dialog: OpenDialog, qtbot: QtBot, decided: list[Release]
) -> None:
    dialog = open_dialog(hands_over=True)

    dialog.picker.choose("otto")
    qtbot.keyClick(dialog.overlapping, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.overlapping, Qt.Key.Key_Return)

    assert decided == [Release(successor="otto", overlapping=True)]


def test_until_a_mentor_is_chosen_the_sentence_speaks_of_any(open_dialog: OpenDialog) -> None:
    dialog = open_dialog(hands_over=True)
    assert dialog.preview.accessibleName() == "The mentor gets them."

    dialog.picker.choose("otto")

    assert dialog.preview.accessibleName() == "Otto Lind gets them."

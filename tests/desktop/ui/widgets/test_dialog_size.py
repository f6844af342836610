"""How large dialogs open."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QWidget

from desktop.ui.widgets.dialog_size import MARGIN, size_within

WISHED, LEAST = QSize(640, 900), QSize(400, 280)


def test_a_dialog_is_as_large_as_it_wishes_with_some_of_the_window_around_it(
    window: QWidget,
) -> None:
    window.resize(1100, 720)

    assert size_within(window, WISHED, LEAST) == QSize(640, 720 - MARGIN)


def test_it_is_never_smaller_than_its_least_size(window: QWidget) -> None:
    window.resize(320, 200)

    assert size_within(window, WISHED, LEAST) == LEAST


def test_from_a_smaller_dialog_it_has_the_room_of_the_window(window: QWidget) -> None:
    window.resize(1100, 1100)
    dialog = QDialog(window)
    dialog.resize(300, 200)

    assert size_within(QWidget(dialog), WISHED, LEAST) == WISHED

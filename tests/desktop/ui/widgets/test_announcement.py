"""What a screen reader is told."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.announcement import announce


def test_the_words_are_told_politely(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[QAccessibleAnnouncementEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    label = QLabel()
    qtbot.addWidget(label)

    announce(label, "3 changes are waiting")

    assert [event.message() for event in told] == ["3 changes are waiting"]
    assert told[0].politeness() is QAccessible.AnnouncementPoliteness.Polite

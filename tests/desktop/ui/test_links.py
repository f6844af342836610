"""Links of others: what may be opened, and what is shown before."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.links import ask_to_open, host_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://meet.example.org/room?a=1", "meet.example.org"),
        ("https://meet.example.org:443/room", "meet.example.org"),
        ("https://meet.example.org:8443/room", "meet.example.org:8443"),
        ("https://bank.example@evil.example/", "evil.example"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://b\u00fccher.example/", "xn--bcher-kva.example"),
        ("http://meet.example.org/", ""),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("https:///nowhere", ""),
        ("https://meet.example.org:port/", ""),
        ("", ""),
    ],
)
def test_only_https_links_have_a_host_to_show(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_link_that_may_not_be_opened_is_not_even_asked_about(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    assert ask_to_open(window, "Join?", "file:///etc/passwd", lambda _url: None) is None


def test_going_back_opens_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    visited: list[str] = []

    asked = ask_to_open(window, "Join?", "https://meet.example.org/", visited.append)
    assert asked is not None
    asked.reject()

    assert visited == []

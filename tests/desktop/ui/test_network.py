"""The computer's own word on its network."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from desktop.ui.network import Network

Reachability = QNetworkInformation.Reachability


@pytest.mark.parametrize(
    ("reachability", "count"),
    [
        (Reachability.Online, 1),
        (Reachability.Local, 1),
        (Reachability.Unknown, 1),
        (Reachability.Disconnected, 0),
    ],
)
def test_it_tells_when_there_is_a_network_again(
    qtbot: QtBot, reachability: Reachability, count: int
) -> None:
    holder = QObject()
    network, told = Network(holder), list[int]()
    network.back.connect(lambda: told.append(1))

    network._on_changed(reachability)

    assert len(told) == count

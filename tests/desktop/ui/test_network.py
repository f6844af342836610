"""The operating system's word on the network."""

from __future__ import annotations

from PySide6.QtNetwork import QNetworkInformation
from pytestqt.qtbot import QtBot

from desktop.ui.network import Network

Reachability = QNetworkInformation.Reachability


def test_a_network_that_comes_back_is_told(qtbot: QtBot) -> None:
    network = Network()

    with qtbot.waitSignal(network.back):
        network._on_changed(Reachability.Online)


def test_a_network_that_goes_is_not(qtbot: QtBot) -> None:
    network = Network()

    with qtbot.assertNotEmitted(network.back):
        network._on_changed(Reachability.Disconnected)

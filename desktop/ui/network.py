"""Tells when the network of this computer comes back."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class Network(QObject):
    """Watches the operating system's word on reachability, where it gives one.

    Signals:
        back: there is a network again, where there was none or another one.
    """

    back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._on_changed)

    def _on_changed(self, reachability: QNetworkInformation.Reachability) -> None:
        if reachability is not QNetworkInformation.Reachability.Disconnected:
            self.back.emit()

"""What closing the window means: to the tray, to the task bar, or the end."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from desktop.ui.main_window import MainWindow, Rest
from desktop.ui.tray import Tray

HINTED = "traysHintShown"
WITHOUT_DESKTOP = frozenset({"offscreen", "minimal", "vnc"})


class Resting(QObject):
    """Keeps the window reachable: where no tray is, it is minimised and never hidden."""

    def __init__(self, window: MainWindow, tray: Tray) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        window.rests_in = self.place
        window.hidden.connect(self._on_hidden)
        tray.went.connect(self._on_tray_gone)

    def place(self) -> Rest:
        """Where the window goes now."""
        if not self._window.stays or QGuiApplication.platformName() in WITHOUT_DESKTOP:
            return Rest.NOWHERE
        self._tray.look_for_tray()  # it may have gone a moment ago
        return Rest.TRAY if self._tray.is_there else Rest.TASKBAR

    def _on_hidden(self) -> None:
        if not self._window.recall(HINTED, default=False):
            self._window.note(HINTED, True)
            self._tray.hint(
                _tr("Tandem goes on in the tray"),
                _tr("You are told what happens. To end it, choose Quit in its menu there."),
            )

    def _on_tray_gone(self) -> None:
        if not self._window.isVisible():
            self._window.showMinimized()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Resting", text)

"""What closing the window means: to the tray, to the task bar, or the end."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from desktop.ui.main_window import MainWindow, Rest
from desktop.ui.tray import Tray
from desktop.ui.widgets.confirm_dialog import ConfirmDialog, ask

HINTED = "traysHintShown"
TOLD_WITHOUT_TRAY = "toldOfNoTray"
WITHOUT_DESKTOP = frozenset({"offscreen", "minimal", "vnc"})


class Resting(QObject):
    """Keeps the window reachable: where no tray is, it is minimised and never hidden.

    Before the first time the person is told how to find it again: some desktops show nothing of
    a minimised window, and nothing can be said beside an icon that is not there.

    Attributes:
        telling: the dialog that tells so, while it is open.
    """

    def __init__(self, window: MainWindow, tray: Tray) -> None:
        super().__init__(window)
        self._window = window
        self._tray = tray
        self.telling: ConfirmDialog | None = None
        window.rests_in = self.place
        window.hidden.connect(self._on_hidden)
        tray.went.connect(self._on_tray_gone)

    def place(self) -> Rest:
        """Where the window goes now."""
        if not self._window.stays or QGuiApplication.platformName() in WITHOUT_DESKTOP:
            return Rest.NOWHERE
        self._tray.look_for_tray()  # it may have gone a moment ago
        if self._tray.is_there:
            return Rest.TRAY
        if self._window.recall(TOLD_WITHOUT_TRAY, default=False):
            return Rest.TASKBAR
        self._tell()
        return Rest.HERE

    def _tell(self) -> None:
        """Say where the window goes; the person sends it there, or has it stay."""
        if self.telling is not None:
            return
        self.telling = ask(
            self._window,
            _tr("Tandem goes on without its window"),
            _tr(
                "This desktop has no tray, so the window is minimised, and you are told what "
                "happens. To see it again, start Tandem once more. To end Tandem, press Ctrl+Q "
                "in its window."
            ),
            _tr("Minimise"),
            self._on_told,
        )
        self.telling.finished.connect(self._forget_telling)

    def _on_told(self) -> None:
        self._window.note(TOLD_WITHOUT_TRAY, True)
        self._window.close()

    def _forget_telling(self) -> None:
        self.telling = None

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

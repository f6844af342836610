"""The choice to have Tandem start when one logs in to the computer."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.launching.at_login import AtLogin
from desktop.ui.widgets.labels import WrapLabel


class LoginChoice(QWidget):
    """A box that shows what the system does, and changes it at once."""

    def __init__(self, at_login: AtLogin, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at_login = at_login
        self.box = QCheckBox(_tr("Start when I log in to this computer"))
        self.words = WrapLabel(tone="muted", size="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addWidget(self.words)
        self.box.clicked.connect(self._on_clicked)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.box.setChecked(self._at_login.is_on())  # the system's own settings may change it
        self._say(_tr("Tandem then begins in the tray, without its window."))

    def _on_clicked(self, is_wanted: bool) -> None:
        try:
            if is_wanted:
                self._at_login.turn_on()
            else:
                self._at_login.turn_off()
        except OSError:
            self.box.setChecked(self._at_login.is_on())
            self._say(_tr("This computer does not let Tandem change that."), is_error=True)

    def _say(self, words: str, *, is_error: bool = False) -> None:
        self.words.set_tone("error" if is_error else "muted")
        self.words.setText(words)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)

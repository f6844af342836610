"""A time of the wall clock that says when somebody has come to rest in it."""

from PySide6.QtCore import QLocale, QTime, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.widgets.date_time_field import QuarterTimeEdit
from desktop.ui.widgets.labels import restyle

REST_MS = 800


class ClockEdit(QuarterTimeEdit):
    """Times as `HH:MM`.

    Signals:
        entered: another time stands there, and the field is left or nothing is typed any more.
    """

    entered = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat))
        self.setAccessibleName(name)
        self._known = self.clock()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._tell)
        self.timeChanged.connect(self._rest.start)
        self.editingFinished.connect(self._tell)

    def clock(self) -> str:
        """The time that is shown."""
        return self.time().toString("HH:mm")

    def set_clock(self, text: str) -> None:
        """Show a time without saying that somebody has entered it."""
        self.setTime(QTime.fromString(text, "HH:mm"))
        self._known = self.clock()
        self._rest.stop()

    def show_bare(self) -> None:
        """Leave the arrows away where there are many; the arrow keys stay."""
        self.setProperty("bare", True)  # with `NoButtons` a style sheet leaves no room for text
        restyle(self)

    def _tell(self) -> None:
        self._rest.stop()
        if self.clock() != self._known:
            self._known = self.clock()
            self.entered.emit()

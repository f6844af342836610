"""When to be reminded before a session: a box for each time, and how such times read."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.ui.widgets.flow_row import FlowRow

USUAL_MIN = (0, 5, 10, 30, 60, 1440)
HOUR_MIN, DAY_MIN = 60, 1440


class ReminderBoxes(QWidget):
    """The usual times, and such as somebody has set elsewhere.

    Signals:
        changed: minutes before a session, the earliest reminder first, as the person wants them.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[int, QCheckBox] = {}
        self.editors: list[QWidget] = []
        self._row = FlowRow(self, spacing=16)
        self._is_filling = False
        for minutes in USUAL_MIN:
            self._add(minutes)

    def minutes(self) -> list[int]:
        """What is ticked, the earliest reminder first."""
        ticked = [minutes for minutes, box in self.boxes.items() if box.isChecked()]
        return sorted(ticked, reverse=True)

    def show_minutes(self, wanted: Sequence[int]) -> None:
        """Tick these, without saying that something was changed."""
        self._is_filling = True
        for minutes in sorted(set(wanted) - self.boxes.keys()):
            self._add(minutes)
        for minutes, box in self.boxes.items():
            box.setChecked(minutes in wanted)
        self._is_filling = False

    def _add(self, minutes: int) -> None:
        box = QCheckBox(before_words(minutes))
        box.toggled.connect(self._on_toggled)
        self.boxes[minutes] = box
        self.editors.append(box)
        self._row.addWidget(box)

    def _on_toggled(self) -> None:
        if not self._is_filling:
            self.changed.emit(self.minutes())


def before_words(minutes: int) -> str:
    """`At the start`, `10 min`, `1 h`, `1 h 30 min`, `2 days`: how long before a session."""
    if minutes == 0:
        return _tr("At the start")
    if minutes % DAY_MIN == 0:
        return _n("%n days", minutes // DAY_MIN)
    hours, rest = divmod(minutes, HOUR_MIN)
    parts = [_n("%n h", hours) if hours else "", _n("%n min", rest) if rest else ""]
    return " ".join(part for part in parts if part)


def reminder_words(minutes: Sequence[int]) -> str:
    """`1 h and 10 min before`; `None` for an empty list."""
    if not minutes:
        return _tr("None")
    ahead = [before_words(one) for one in sorted(minutes, reverse=True) if one]
    words = _tr("%1 before").replace("%1", _and(ahead)) if ahead else ""
    if 0 not in minutes:
        return words
    return _and([words, _tr("at the start")]) if words else _tr("At the start")


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    words = _tr("%1 and %2").replace("%1", ", ".join(parts[:-1]))
    return words.replace("%2", parts[-1])


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Reminders", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reminders", text)

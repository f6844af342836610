"""What one is told of, where, and when not: kinds, quiet hours."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QTimeEdit, QWidget

from desktop.ui.settings.section import Section
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel
from domain.accounts import Switch
from domain.activities import Kind
from domain.members import Role

WAYS = ("inbox", "toast", "sound")
FIRST_QUIET = ("22:00", "07:00")


def kinds_of(role: Role) -> dict[str, str]:
    """The kinds that can be addressed to this role, each as a person would say it."""
    both: dict[str, str] = {
        Kind.SCHEDULE_CREATED: _tr("A session is planned"),
        Kind.SCHEDULE_UPDATED: _tr("A session is changed or moved"),
        Kind.SCHEDULE_CANCELED: _tr("A session is canceled"),
        Kind.SCHEDULE_CANT_MAKE_IT: _tr("Somebody can't make it"),
        Kind.SCHEDULE_STATUS_CHANGED: _tr("A session is completed, or put back on"),
        Kind.SCHEDULE_DELETED: _tr("A session is deleted"),
        Kind.SCHEDULE_ATTENDANCE_MARKED: _tr("Attendance is marked"),
        Kind.COMMENT_ADDED: _tr("Somebody comments on an entry"),
        Kind.COHORT_UPDATED: _tr("A cohort changes"),
        Kind.STUDENT_ASSIGNED: _tr("A student gets a mentor"),
        Kind.STUDENT_UNASSIGNED: _tr("A student and a mentor part"),
        Kind.CONFLICT_RAISED: _tr("Two changes met"),
    }
    if role is Role.STUDENT:
        return {Kind.ENTRY_STATUS_CHANGED: _tr("An entry of yours is reviewed"), **both}
    return {
        Kind.ENTRY_CREATED: _tr("An entry is submitted"),
        Kind.ENTRY_RESUBMITTED: _tr("An entry is submitted again"),
        Kind.ENTRY_UPDATED: _tr("An entry that waits is changed"),
        Kind.ENTRY_WITHDRAWN: _tr("An entry is taken back"),
        Kind.STUDENT_REGISTERED: _tr("A student registers"),
        **both,
    }


class TellingSection(Section):
    """Says which switch was moved, and which hours are quiet; it saves nothing.

    Signals:
        switched: the kind, "inbox", "toast" or "sound", and whether it is on.
        quiet_changed: (from, to) as `HH:MM`, or None.
        reminders_changed: minutes before a session, the earliest reminder first.
    """

    switched = Signal(str, str, bool)
    quiet_changed = Signal(object)
    reminders_changed = Signal(object)

    def __init__(self, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("Notifications"),
            _tr("You are never told what you did yourself. Do not disturb is in the tray's menu."),
            parent,
        )
        self._is_filling = False
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self.is_quiet = QCheckBox(_tr("Be quiet every day from"))
        self.quiet_from, self.quiet_to = _clock(_tr("Quiet from")), _clock(_tr("Quiet until"))
        self.reminders = {minutes: QCheckBox(words) for minutes, words in _reminders().items()}
        self._others: list[int] = []  # minutes that no box stands for
        self.body.addWidget(WrapLabel(_tr("Remind me before a session"), strong=True))
        self.body.addLayout(self._reminder_row())
        self.body.addLayout(self._quiet_row())
        self.body.addLayout(self._grid(kinds_of(role)))

        self.is_quiet.toggled.connect(self._on_quiet)
        for clock in (self.quiet_from, self.quiet_to):
            clock.editingFinished.connect(self._on_quiet)
        for box in self.reminders.values():
            box.toggled.connect(self._on_reminder)

    def show_state(
        self,
        switches: Mapping[str, Switch],
        quiet: tuple[str, str] | None,
        reminders: Sequence[int],
    ) -> None:
        """Show what is saved."""
        self._is_filling = True
        self._others = [minutes for minutes in reminders if minutes not in self.reminders]
        for minutes, box in self.reminders.items():
            box.setChecked(minutes in reminders)
        for (kind, way), box in self.boxes.items():
            box.setChecked(getattr(switches.get(kind, Switch()), way))
        self.is_quiet.setChecked(quiet is not None)
        for clock, text in zip((self.quiet_from, self.quiet_to), quiet or FIRST_QUIET, strict=True):
            clock.setEnabled(quiet is not None)
            if not clock.hasFocus():
                clock.setTime(QTime.fromString(text, "HH:mm"))
        self._is_filling = False

    def _on_quiet(self) -> None:
        if self._is_filling:
            return
        clocks = (self.quiet_from, self.quiet_to)
        hours = tuple(clock.time().toString("HH:mm") for clock in clocks)
        self.quiet_changed.emit(hours if self.is_quiet.isChecked() else None)

    def _on_reminder(self) -> None:
        if self._is_filling:
            return
        chosen = [minutes for minutes, box in self.reminders.items() if box.isChecked()]
        self.reminders_changed.emit(sorted([*chosen, *self._others], reverse=True))

    def _reminder_row(self) -> FlowRow:
        row = FlowRow(spacing=16)
        for box in self.reminders.values():
            row.addWidget(box)
        return row

    def _on_box(self, kind: str, way: str, is_on: bool) -> None:
        if not self._is_filling:
            self.switched.emit(kind, way, is_on)

    def _quiet_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.is_quiet)
        row.addWidget(self.quiet_from)
        row.addWidget(QLabel(_tr("to")))
        row.addWidget(self.quiet_to)
        row.addStretch(1)
        return row

    def _grid(self, kinds: Mapping[str, str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        names = {"inbox": _tr("Inbox"), "toast": _tr("Toast"), "sound": _tr("Sound")}
        for column, way in enumerate(WAYS, start=1):
            grid.addWidget(WrapLabel(names[way], tone="muted", size="small"), 0, column)
        for row, (kind, words) in enumerate(kinds.items(), start=1):
            grid.addWidget(WrapLabel(words), row, 0)
            for column, way in enumerate(WAYS, start=1):
                box = QCheckBox()
                box.setAccessibleName(f"{words}: {names[way]}")
                box.setToolTip(names[way])
                box.setMinimumSize(24, 24)
                box.toggled.connect(
                    lambda is_on, kind=kind, way=way: self._on_box(kind, way, is_on)
                )
                self.boxes[kind, way] = box
                grid.addWidget(box, row, column)
        return grid


def _reminders() -> dict[int, str]:
    """Minutes before the start, in words."""
    return {
        0: _tr("At the start"),
        5: _tr("5 min"),
        10: _tr("10 min"),
        30: _tr("30 min"),
        60: _tr("1 h"),
        1440: _tr("1 day"),
    }


def _clock(name: str) -> QTimeEdit:
    clock = QTimeEdit()
    clock.setDisplayFormat("HH:mm")
    clock.setAccessibleName(name)
    return clock


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)

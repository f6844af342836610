"""What one is told of, where, and when not: kinds, quiet hours, do not disturb."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from desktop.ui.reminder_boxes import ReminderBoxes
from desktop.ui.settings.section import Section
from desktop.ui.silence import HALF_AN_HOUR, NOT, silence_choices
from desktop.ui.theme import Theme
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.clock_edit import ClockEdit
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.why_not import allow
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
    of_admins: dict[str, str] = {
        Kind.MENTOR_REGISTERED: _tr("A mentor joins"),
        Kind.MENTOR_STATE_CHANGED: _tr("A mentor's account is closed, or opened again"),
    }
    return {
        Kind.ENTRY_CREATED: _tr("An entry is submitted"),
        Kind.ENTRY_RESUBMITTED: _tr("An entry is submitted again"),
        Kind.ENTRY_UPDATED: _tr("An entry that waits is changed"),
        Kind.ENTRY_WITHDRAWN: _tr("An entry is taken back"),
        Kind.STUDENT_REGISTERED: _tr("A student registers"),
        Kind.STUDENT_STATE_CHANGED: _tr("A student's account is closed, or opened again"),
        **both,
        **(of_admins if role is Role.ADMIN else {}),
    }


class TellingSection(Section):
    """Says which switch was moved, and when one is not to be disturbed; it saves nothing.

    Signals:
        switched: the kind, "inbox", "toast" or "sound", and whether it is on.
        silence_asked: a choice of *do not disturb*.
        quiet_changed: (from, to) as `HH:MM`, or None.
        reminders_changed: minutes before a session, the earliest reminder first.
    """

    switched = Signal(str, str, bool)
    silence_asked = Signal(str)
    quiet_changed = Signal(object)
    reminders_changed = Signal(object)

    def __init__(self, theme: Theme, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(
            _tr("Notifications"), _tr("You are never told what you did yourself."), parent
        )
        self._is_filling = False
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self.silence = WrapLabel()
        self.silences = {key: push_button(words) for key, words in silence_choices().items()}
        self.silences[NOT].setText(_tr("Turn off"))
        self.is_quiet = QCheckBox(_tr("Be quiet every day from"))
        self.quiet_from, self.quiet_to = ClockEdit(_tr("Quiet from")), ClockEdit(_tr("Quiet until"))
        self.reminders = ReminderBoxes()
        self.reminders_field = FormField(theme, _tr("Remind me before a session"), self.reminders)
        self.body.addWidget(WrapLabel(_tr("Do not disturb"), strong=True))
        self.body.addWidget(self.silence)
        self.body.addLayout(self._silence_row())
        self.body.addWidget(WrapLabel(_tr("Quiet hours"), strong=True))
        self.body.addLayout(self._quiet_row())
        hint = _tr("They hold back toasts of what others do, not the reminders of your sessions.")
        self.body.addWidget(WrapLabel(hint, tone="muted", size="small"))
        self.body.addWidget(self.reminders_field)
        self.body.addWidget(WrapLabel(_tr("What you are told of"), strong=True))
        self.body.addLayout(self._grid(kinds_of(role)))

        self.is_quiet.toggled.connect(self._on_quiet)
        for clock in (self.quiet_from, self.quiet_to):
            clock.entered.connect(self._on_quiet)
        self.reminders.changed.connect(self._on_reminders)
        self.show_silence("")

    def show_state(
        self,
        switches: Mapping[str, Switch],
        quiet: tuple[str, str] | None,
        reminders: Sequence[int],
    ) -> None:
        """Show what is saved."""
        self._is_filling = True
        if not self.reminders_field.has_error:
            self.reminders.show_minutes(reminders)
        for (kind, way), box in self.boxes.items():
            box.setChecked(getattr(switches.get(kind, Switch()), way))
        self.is_quiet.setChecked(quiet is not None)
        for clock, text in zip((self.quiet_from, self.quiet_to), quiet or FIRST_QUIET, strict=True):
            allow(clock, quiet is not None, _tr("Switch quiet hours on first."))
            if not clock.hasFocus():
                clock.set_clock(text)
        self._is_filling = False

    def show_silence(self, words: str) -> None:
        """Say until when nothing disturbs, "" for no time."""
        told = _tr("Off: toasts come as you have chosen below.")
        if words:
            told = _tr("On %1: no toasts and no reminders. All of it stands in the inbox.")
        self.silence.setText(told.replace("%1", words))
        had_focus = self.silences[NOT].hasFocus()
        self.silences[NOT].setVisible(bool(words))
        if had_focus and not words:
            self.silences[HALF_AN_HOUR].setFocus()

    def _on_quiet(self) -> None:
        if self._is_filling:
            return
        hours = (self.quiet_from.clock(), self.quiet_to.clock())
        self.quiet_changed.emit(hours if self.is_quiet.isChecked() else None)

    def _on_reminders(self, minutes: list[int]) -> None:
        self.reminders_field.set_error("")
        self.reminders_changed.emit(minutes)

    def _silence_row(self) -> FlowRow:
        row = FlowRow()
        for key, button in self.silences.items():
            button.clicked.connect(lambda _on=False, key=key: self.silence_asked.emit(key))
            row.addWidget(button)
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


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)

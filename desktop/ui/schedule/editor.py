"""The session editor: what, with whom, when, where; it warns while one types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.schedule.reminder_field import ReminderField
from desktop.ui.theme import Theme
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.date_time_field import DateTimeField
from desktop.ui.widgets.dialog_size import size_within
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import SectionHeading, WrapLabel
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from desktop.ui.widgets.plain_text import PlainText
from desktop.ui.widgets.why_not import allow
from desktop.ui.zone_picker import ZonePicker

PRESETS_MIN = (30, 45, 60)
SIZE, LEAST = QSize(560, 680), QSize(440, 400)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDraft:
    """What stands in the editor.

    Attributes:
        start, end: wall-clock times in `zone`.
        zone: an IANA name; "" for the person's own.
        reminder_minutes: None for each person's own.
    """

    title: str = ""
    is_group: bool = False
    with_id: str = ""
    start: datetime
    end: datetime
    focus_stack: str = ""
    description: str = ""
    agenda: str = ""
    place: str = ""
    meeting_url: str = ""
    zone: str = ""
    reminder_minutes: list[int] | None = None


class SessionEditor(QDialog):
    """A form for a new session or for changes of one; it checks nothing itself.

    Signals:
        edited: something was typed or chosen.
        save_asked: the person wants it; whether overlaps are meant.
        afresh_asked: what was restored is not wanted.
    """

    edited = Signal()
    save_asked = Signal(bool)
    afresh_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget, *, is_new: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.is_new = is_new
        title = self.tr("New session") if is_new else self.tr("Edit session")
        self.setWindowTitle(title)
        self.setMinimumSize(LEAST)
        self.resize(size_within(parent, SIZE, LEAST))
        self._length = timedelta(minutes=60)
        self._is_filling = False
        self._has_news = False
        self._choices: dict[bool, Sequence[Choice]] = {}
        self.heading = WrapLabel(title, size="heading", strong=True)
        self.title = QLineEdit()
        self.group = QCheckBox(self.tr("Group session, with a cohort"))
        self.picker = PersonPicker(self.tr("Type a name"))
        self.start = DateTimeField(self.tr("Start"))
        self.end = DateTimeField(self.tr("End"))
        self.presets = [push_button(self.tr("%n min", "", minutes)) for minutes in PRESETS_MIN]
        self.zone = ZonePicker()
        self.zones = WrapLabel("", tone="muted", size="small")
        self.conflict = Banner(theme)
        self.trouble = Banner(theme)
        self.restored = Banner(theme)
        self.now = PlainText("")
        self.now_heading = SectionHeading(self.tr("What the session says now"))
        self.focus = QLineEdit()
        self.focus.setPlaceholderText(self.tr("e.g. React, DSA"))
        self.meeting_url = QLineEdit()
        self.meeting_url.setPlaceholderText("https://…")
        self.place = QLineEdit()
        self.description = _text_area()
        self.agenda = _text_area()
        self.reminders = ReminderField()
        self.save = push_button(self.tr("Plan session") if is_new else self.tr("Save"), "primary")
        self.book = push_button(self.tr("Book anyway"), "primary")
        self.book.hide()
        self.back = push_button(self.tr("Cancel"))
        self.fields = self._fields(theme)
        self._lay_out()
        self._connect()
        self.show_now("")

    def show_choices(self, students: Sequence[Choice], cohorts: Sequence[Choice]) -> None:
        """Offer these students, and these cohorts for a group session."""
        self._choices = {False: students, True: cohorts}
        self.picker.show_choices(self._choices[self.group.isChecked()])
        self._show_what_stays()

    def fill(self, draft: SessionDraft) -> None:
        """Show `draft` without saying that something was edited."""
        self._is_filling = True
        self.title.setText(draft.title)
        self.group.setChecked(draft.is_group)
        self.picker.show_choices(self._choices.get(draft.is_group, ()))
        self.picker.choose(draft.with_id)
        self._length = draft.end - draft.start
        self.start.set_value(draft.start)
        self.end.set_value(draft.end)
        self.focus.setText(draft.focus_stack)
        self.description.setPlainText(draft.description)
        self.agenda.setPlainText(draft.agenda)
        self.place.setText(draft.place)
        self.meeting_url.setText(draft.meeting_url)
        self.zone.choose(draft.zone)
        self.reminders.show_minutes(draft.reminder_minutes)
        self._is_filling = False
        self._show_what_stays()
        self.title.setFocus()

    def _show_what_stays(self) -> None:
        """Offer a group to whom leads one; whom a session is with never changes."""
        is_led = bool(self._choices.get(True) or self.group.isChecked())
        stays = self._stays()
        none_led = self.tr("You lead no cohort yet.")
        allow(self.group, self.is_new and is_led, none_led if self.is_new else stays)
        allow(self.picker, self.is_new, stays)

    def _stays(self) -> str:
        return self.tr("Whom a session is with stays as it is: plan another one.")

    def draft(self) -> SessionDraft:
        """What stands in the form now."""
        return SessionDraft(
            title=self.title.text(),
            is_group=self.group.isChecked(),
            with_id=self.picker.current_id(),
            start=self.start.value(),
            end=self.end.value(),
            focus_stack=self.focus.text(),
            description=self.description.toPlainText(),
            agenda=self.agenda.toPlainText(),
            place=self.place.text(),
            meeting_url=self.meeting_url.text(),
            zone=self.zone.current_id(),
            reminder_minutes=self.reminders.minutes(),
        )

    def show_zones(self, words: str) -> None:
        """Say what the times are on the person's own wall, and on that of the other side."""
        self.zones.setText(words)
        self.zones.setVisible(bool(words))

    def show_conflict(self, sentence: str) -> None:
        """Warn beside the times, and offer *Book anyway*; "" takes the warning away."""
        is_new = bool(sentence) and self.conflict.isHidden()
        if sentence:
            self.conflict.show_message("warning", sentence)
        else:
            self.conflict.hide()
        was_on_button = self._button.hasFocus()
        self.book.setVisible(bool(sentence))
        self.save.setVisible(not sentence)
        if was_on_button:
            self._button.setFocus()
        if is_new:
            QTimer.singleShot(0, self.conflict, self._show_conflict_place)

    def show_refused(self, sentence: str) -> None:
        """Warn of what stood in the way of what was asked for, with the keyboard on the answer."""
        self.show_conflict(sentence)
        self.book.setFocus()

    def show_now(self, words: str) -> None:
        """Show what the session says by now beside what was typed before that; "" for the same."""
        self._has_news = bool(words)
        self.now.show_text(words)
        for widget in (self.now_heading, self.now):
            widget.setVisible(self._has_news)

    def show_restored(self, *, is_changed: bool = False) -> None:
        """Say that this was typed before, and offer to begin anew."""
        words = self.tr("This is what you typed last time.")
        if self._has_news:
            words = self.tr(
                "This is what you typed last time. The session was changed meanwhile: what you "
                "save takes the place of what it says now."
            )
        elif is_changed:
            words = self.tr(
                "This is what you typed last time. The session was changed meanwhile, but not in "
                "what you typed."
            )
        self.restored.show_message("info", words, [("afresh", self.tr("Start afresh"))])
        self.title.setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each sentence at its field; one that has no field stands at the top."""
        self.restored.hide()
        left = {key: words for key, words in errors.items() if key not in self.fields}
        for key, field in self.fields.items():
            field.set_error(errors.get(key, ""))
        if left:
            self.trouble.show_message("error", " ".join(left.values()))
            self._scroll.ensureWidgetVisible(self.trouble)
        else:
            self.trouble.hide()
        first = next((key for key in self.fields if key in errors), None)
        if first:
            field = self.fields[first]
            field.editor.setFocus()
            self._scroll.ensureWidgetVisible(field)

    @property
    def _button(self) -> QPushButton:
        """The one that saves, as things stand; keys press it, too."""
        return self.save if self.book.isHidden() else self.book

    def _show_conflict_place(self) -> None:
        if not self.title.hasFocus():  # whoever begins to type stays at the top
            self._scroll.ensureWidgetVisible(self.conflict, 0, 16)

    def _fields(self, theme: Theme) -> dict[str, FormField]:
        return {
            "title": FormField(theme, self.tr("Title"), self.title, is_required=True),
            "studentId": FormField(
                theme,
                self.tr("With"),
                self.picker,
                hint="" if self.is_new else self._stays(),
                is_required=True,
            ),
            "startTime": FormField(theme, self.tr("Start"), self.start, is_required=True),
            "endTime": FormField(theme, self.tr("End"), self.end, is_required=True),
            "timeZone": FormField(theme, self.tr("Time zone"), self.zone, is_required=True),
            "focusStack": FormField(
                theme, self.tr("Focus"), self.focus, hint=self.tr("Up to five topics, by comma.")
            ),
            "meetingUrl": FormField(theme, self.tr("Meeting link"), self.meeting_url),
            "place": FormField(theme, self.tr("Place"), self.place),
            "description": FormField(theme, self.tr("Description"), self.description),
            "agenda": FormField(theme, self.tr("Agenda"), self.agenda),
            "reminderMinutes": FormField(theme, self.tr("Reminders"), self.reminders),
        }

    def _connect(self) -> None:
        for edit in (self.title, self.focus, self.place, self.meeting_url):
            edit.textEdited.connect(self._on_edited)
            edit.returnPressed.connect(self._on_return)
        for area in (self.description, self.agenda):
            area.textChanged.connect(self._on_edited)
        self.picker.picked.connect(self._on_edited)
        self.zone.picked.connect(self._on_edited)
        self.reminders.changed.connect(self._on_edited)
        self.group.toggled.connect(self._on_group)
        self._forget_errors()
        self.start.changed.connect(self._on_start)
        self.end.changed.connect(self._on_end)
        for button, minutes in zip(self.presets, PRESETS_MIN, strict=True):
            button.clicked.connect(lambda _on=False, m=minutes: self._set_length(m))
        self.save.clicked.connect(lambda: self._ask_to_save(is_confirmed=False))
        self.book.clicked.connect(lambda: self._ask_to_save(is_confirmed=True))
        self.back.clicked.connect(self.reject)
        self.restored.action_asked.connect(lambda _key: self.afresh_asked.emit())
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda: self._button.click())

    def _forget_errors(self) -> None:
        """Take a complaint away as soon as something is done about it."""
        for key, changed in {
            "title": self.title.textEdited,
            "studentId": self.picker.picked,
            "startTime": self.start.changed,
            "endTime": self.end.changed,
            "timeZone": self.zone.picked,
            "focusStack": self.focus.textEdited,
            "meetingUrl": self.meeting_url.textEdited,
            "place": self.place.textEdited,
        }.items():
            changed.connect(lambda *_, field=self.fields[key]: field.set_error(""))

    def _ask_to_save(self, *, is_confirmed: bool) -> None:
        self.picker.take_typed()  # by key one comes here while the name is half typed
        self.save_asked.emit(is_confirmed)

    def _on_return(self) -> None:
        """Save, as Enter in a line of other forms does; what overlaps is asked about first."""
        if self.book.isHidden():
            self.save.click()
        else:
            self.book.setFocus()
            self._scroll.ensureWidgetVisible(self.conflict, 0, 16)

    def _on_edited(self, *_: Any) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _on_group(self, is_group: bool) -> None:
        self.picker.choose("")
        self.picker.show_choices(self._choices.get(is_group, ()))
        self._on_edited()

    def _on_start(self) -> None:
        """Move the end along: a session keeps its length when it is moved."""
        if not self._is_filling:
            self.end.set_value(self.start.value() + self._length)
        self._on_edited()

    def _on_end(self) -> None:
        if not self._is_filling:
            self._length = max(self.end.value() - self.start.value(), timedelta(0))
        self._on_edited()

    def _set_length(self, minutes: int) -> None:
        self._length = timedelta(minutes=minutes)
        self.end.set_value(self.start.value() + self._length)

    def _lay_out(self) -> None:
        presets = QHBoxLayout()
        presets.setSpacing(8)
        for button in self.presets:
            presets.addWidget(button)
        presets.addStretch(1)
        body = QWidget()
        form = QVBoxLayout(body)
        form.setContentsMargins(24, 4, 24, 16)
        form.setSpacing(12)
        form.addWidget(self.restored)
        form.addWidget(self.now_heading)
        form.addWidget(self.now)
        form.addWidget(self.trouble)
        form.addWidget(self.fields["title"])
        form.addWidget(self.fields["studentId"])
        form.addWidget(self.group)
        form.addWidget(self.fields["startTime"])
        form.addWidget(self.fields["endTime"])
        form.addLayout(presets)
        form.addWidget(self.fields["timeZone"])
        form.addWidget(self.zones)
        form.addWidget(self.conflict)
        after = ("focusStack", "meetingUrl", "place", "description", "agenda", "reminderMinutes")
        for key in after:
            form.addWidget(self.fields[key])
        form.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields bring themselves into view
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(body)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 0)
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.back, self.book, self.save):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 20, 0, 20)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 24, 0)
        head.addWidget(self.heading)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        column.addLayout(foot)


def _text_area() -> QPlainTextEdit:
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    area.setFixedHeight(88)
    return area

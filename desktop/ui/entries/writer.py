"""The form in which an entry is written, with a preview and the last feedback beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.ui.entries.essay import Essay
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.filter_bar import FilterBar
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import SectionHeading, WrapLabel
from desktop.ui.widgets.markdown_text import MarkdownText
from desktop.ui.widgets.person_picker import Choice, PersonPicker
from desktop.ui.widgets.plain_text import PlainText
from desktop.ui.widgets.scrolled_page import ScrolledPage
from desktop.ui.widgets.text_area import TextArea

WRITE, PREVIEW = "write", "preview"
SIDE_FROM = 760  # pixels of width from which the feedback stands beside the text
LONGEST_DAY_MIN = 1440


class MinutesBox(QSpinBox):
    """The time that it took; the wheel scrolls the page and changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class EntryWriter(QWidget):
    """Shows what is typed and says what is asked for; it keeps and sends nothing.

    Signals:
        edited: something was typed.
        submit_asked: hand it in.
        save_asked: keep it as a draft, or save a change.
        afresh_asked: forget what was restored.
        back_asked: leave; what was typed stays on this computer.
        link_asked: the address of a link in the preview that was pressed.
    """

    edited = Signal()
    submit_asked = Signal()
    save_asked = Signal()
    afresh_asked = Signal()
    back_asked = Signal()
    link_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_filling = False
        self._has_feedback = self._has_news = False
        self.back = push_button(self.tr("Entries"), "quiet", theme=theme, icon="chevron-left")
        self.back.setAccessibleName(self.tr("Back to the list; what you typed is kept"))
        self.heading = WrapLabel(size="heading", strong=True)
        self.kept = WrapLabel(tone="muted", size="small")
        self.restored = Banner(theme)
        self.trouble = Banner(theme)
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("What it is about"))
        self.body = TextArea(least=12, most=400)
        self.body.setPlaceholderText(
            self.tr("What did you do, what did you learn, what is still open? Markdown works.")
        )
        self.mode = FilterBar(
            self.tr("Text"), [(WRITE, self.tr("Write")), (PREVIEW, self.tr("Preview"))]
        )
        self.preview = MarkdownText(theme, self.tr("Preview"))
        self.tags = QLineEdit()
        self.tags.setPlaceholderText(self.tr("react, testing"))
        self.resources = TextArea(least=2, most=8)
        self.resources.setPlaceholderText("https://…")
        self.minutes = MinutesBox()
        self.minutes.setRange(0, LONGEST_DAY_MIN)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setSpecialValueText(self.tr("Not noted"))
        self.minutes.lineEdit().setTextMargins(8, 0, 0, 0)  # Qt ignores the style sheet's padding
        self.session = PersonPicker(self.tr("None"))
        self.submit = push_button(self.tr("Submit"), "primary")
        self.submit.setToolTip(self.tr("Ctrl+Enter"))
        self.save = push_button(self.tr("Save as draft"))
        self.save.setToolTip(self.tr("Ctrl+S"))
        self.fields = self._fields(theme)
        self.sheet = ScrolledPage()
        self.side = ScrolledPage()
        self.feedback = PlainText("")
        self.feedback_heading = SectionHeading()
        self.now = PlainText("")
        self.now_heading = SectionHeading(self.tr("What the entry says now"))
        self._lay_out()
        self._connect()

    def show_kind(self, heading: str, submit: str, save: str) -> None:
        """Name the form and its buttons; "" takes a button away."""
        self.heading.setText(heading)
        for button, words in ((self.submit, submit), (self.save, save)):
            button.setText(words)
            button.setVisible(bool(words))

    def show_sessions(self, choices: Sequence[Choice]) -> None:
        """Offer these sessions as what the entry belongs to."""
        self.session.show_choices([Choice("", self.tr("None")), *choices])
        self.fields["scheduleId"].setVisible(bool(choices))

    def show_feedback(self, heading: str, text: str) -> None:
        """Show what was said to the last version; "" for nothing."""
        self._has_feedback = bool(text)
        self.feedback_heading.setText(heading)
        self.feedback.show_text(text)
        self._arrange()

    def show_now(self, text: str) -> None:
        """Show what the entry says by now beside what was typed before that; "" for the same."""
        self._has_news = bool(text)
        self.now.show_text(text)
        self._arrange()

    def fill(self, essay: Essay) -> None:
        """Show `essay` without saying that something was edited."""
        self._is_filling = True
        self.title.setText(essay.title)
        self.body.setPlainText(essay.body)
        self.tags.setText(essay.tags)
        self.resources.setPlainText(essay.resources)
        self.minutes.setValue(essay.minutes)
        self.session.choose(essay.session_id)
        self._is_filling = False
        self.mode.choose(WRITE)
        self._show_mode(WRITE)

    def essay(self) -> Essay:
        """What stands in the form now."""
        return Essay(
            title=self.title.text(),
            body=self.body.toPlainText(),
            tags=self.tags.text(),
            resources=self.resources.toPlainText(),
            minutes=self.minutes.value(),
            session_id=self.session.current_id(),
        )

    def begin(self) -> None:
        """Put the keyboard where one begins: on the title, or behind the text."""
        if self.title.text():
            self.body.setFocus()
            self.body.end()
        else:
            self.title.setFocus()

    def show_restored(self) -> None:
        """Say that this was typed before, and offer to begin anew."""
        words = self.tr("This is what you typed last time; it has not been sent.")
        if self._has_news:
            words = self.tr(
                "This is what you typed last time; it has not been sent. The entry has changed "
                "since: what you send takes the place of what it says now."
            )
        self.restored.show_message("info", words, [("afresh", self.tr("Start afresh"))])

    def show_kept(self, words: str, *, is_trouble: bool = False) -> None:
        """Say, beside the buttons, what has become of what was typed."""
        self.kept.setText(words)
        self.kept.set_tone("error" if is_trouble else "muted")
        if is_trouble:
            announce(self, words)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """Show each sentence at its field; one that has no field stands at the top."""
        left = [words for key, words in errors.items() if key not in self.fields]
        for key, field in self.fields.items():
            field.set_error(errors.get(key, ""))
        if left:
            self.trouble.show_message("error", " ".join(left))
            self.sheet.ensureWidgetVisible(self.trouble)
        else:
            self.trouble.hide()
        first = next((key for key in self.fields if key in errors), None)
        if first is not None:
            self.mode.choose(WRITE)
            self._show_mode(WRITE)
            self.fields[first].editor.setFocus()
            self.sheet.ensureWidgetVisible(self.fields[first])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def _fields(self, theme: Theme) -> dict[str, FormField]:
        return {
            "title": FormField(theme, self.tr("Title"), self.title, is_required=True),
            "body": FormField(theme, self.tr("Text"), self.body, is_required=True),
            "tags": FormField(theme, self.tr("Tags"), self.tags, hint=self.tr("Parted by commas.")),
            "resources": FormField(
                theme, self.tr("Links"), self.resources, hint=self.tr("One on each line.")
            ),
            "minutes": FormField(theme, self.tr("Time spent"), self.minutes),
            "scheduleId": FormField(theme, self.tr("Belongs to the session"), self.session),
        }

    def _connect(self) -> None:
        for edit in (self.title, self.tags):
            edit.textEdited.connect(self._on_edited)
        for area in (self.body, self.resources):
            area.textChanged.connect(self._on_edited)
            area.send_asked.connect(self.submit.click)
            area.left.connect(self.back_asked)
        for key, area in (("body", self.body), ("resources", self.resources)):
            area.overfull.connect(lambda key=key: self.fields[key].set_error(self._overfull()))
        self.minutes.valueChanged.connect(self._on_edited)
        self.session.picked.connect(self._on_edited)
        self.mode.chosen.connect(self._show_mode)
        self.preview.link_asked.connect(self.link_asked)
        self.back.clicked.connect(self.back_asked)
        self.submit.clicked.connect(self.submit_asked)
        self.save.clicked.connect(self.save_asked)
        self.restored.action_asked.connect(lambda _key: self.afresh_asked.emit())
        for keys, button in (
            ("Ctrl+Return", self.submit),
            ("Ctrl+Enter", self.submit),
            ("Ctrl+S", self.save),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def _overfull(self) -> str:
        return self.tr("That is too long to paste here: a text has at most 20,000 characters.")

    def _on_edited(self, *_: Any) -> None:
        if not self._is_filling:
            self.edited.emit()

    def _show_mode(self, mode: str) -> None:
        is_preview = mode == PREVIEW
        if is_preview:
            self.preview.show_markdown(self.body.toPlainText() or self.tr("Nothing to show yet."))
        self.fields["body"].setVisible(not is_preview)
        self.preview.setVisible(is_preview)

    def _arrange(self) -> None:
        """The feedback beside the text where there is room, else above it."""
        is_beside = self.width() >= SIDE_FROM
        place = self.side.column if is_beside else self._above
        if self._panel.parentWidget() is not None and place.indexOf(self._panel) < 0:
            place.insertWidget(0, self._panel)
        is_shown = self._has_feedback or self._has_news
        self.side.setVisible(is_beside and is_shown)
        self._panel.setVisible(is_shown)
        for widget in (self.now_heading, self.now):
            widget.setVisible(self._has_news)
        for widget in (self.feedback_heading, self.feedback):
            widget.setVisible(self._has_feedback)

    def _lay_out(self) -> None:
        self._panel = QWidget()
        panel = QVBoxLayout(self._panel)
        panel.setContentsMargins(0, 0, 0, 0)
        panel.setSpacing(8)
        panel.addWidget(self.now_heading)
        panel.addWidget(self.now)
        panel.addWidget(self.feedback_heading)
        panel.addWidget(self.feedback)
        self.side.column.setContentsMargins(0, 4, 12, 12)
        self.side.column.addStretch(1)
        self.side.setMaximumWidth(320)
        self._above = QVBoxLayout()
        self._above.addWidget(self._panel)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.fields["minutes"], 1)
        both.addWidget(self.fields["scheduleId"], 2)
        form = self.sheet.column
        form.setContentsMargins(0, 4, 12, 12)
        form.setSpacing(12)
        form.addWidget(self.restored)
        form.addWidget(self.trouble)
        form.addLayout(self._above)
        for widget in (self.fields["title"], self.mode, self.fields["body"], self.preview):
            form.addWidget(widget)
        form.setAlignment(self.mode, Qt.AlignmentFlag.AlignLeft)
        form.addWidget(self.fields["tags"])
        form.addWidget(self.fields["resources"])
        form.addLayout(both)
        form.addStretch(1)
        self.preview.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.heading, 1)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.sheet, 2)
        middle.addWidget(self.side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(middle, 1)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 12, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.submit)
        row.addWidget(self.save)
        row.addSpacing(8)
        row.addWidget(self.kept, 1)
        return foot

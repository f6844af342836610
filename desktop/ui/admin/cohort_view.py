"""One cohort for an admin: its name, the code that lets students in, its mentors and students."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.admin.relations import Relation, relation_part
from desktop.ui.theme import Theme
from desktop.ui.today.next_session import FactLine
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card, line
from desktop.ui.widgets.copy_line import CopyLine
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import SectionHeading, WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage

EDIT, ADD_STUDENT, ADD_MENTOR = "edit", "add student", "add mentor"
MOVE, REMOVE = "move", "remove"  # of a row
MENTORS, STUDENTS = "mentors", "students"

HEADING_HEIGHT, HEADING_GAP = 32, 8  # as the parts below have them, beside whose headings links fit


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortLook:
    """The head of a cohort's page; the description is "" where it is not known here.

    `unsent` says that a change of it waits, or is "".
    """

    name: str
    description: str
    unsent: str


class CohortView(ScrolledPage):
    """Shows one cohort and says what the admin wants done; its code is shown on request only.

    Signals:
        back_asked: to the list of all.
        deed_asked: one of the buttons, by its key.
        code_asked: show the code.
        new_code_asked: make another one.
        opened: the id of a person of a row.
        relation_asked: a row's button: its key, and the row's id.
    """

    back_asked = Signal()
    deed_asked = Signal(str)
    code_asked = Signal()
    new_code_asked = Signal()
    opened = Signal(str)
    relation_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = push_button(
            _tr("All cohorts"), "quiet", theme=theme, icon="chevron-left"
        )
        self.banner = Banner(theme)
        self.name = WrapLabel("", size="title", strong=True)
        self.description = WrapLabel("", tone="muted")
        self.unsent = FactLine(theme, "clock")
        self.buttons = {
            EDIT: push_button(_tr("Edit…"), theme=theme, icon="edit"),
            ADD_STUDENT: push_button(_tr("Add a student…"), theme=theme, icon="user-plus"),
            ADD_MENTOR: push_button(_tr("Add a mentor…"), theme=theme, icon="user-plus"),
        }
        self.code_words = WrapLabel(tone="muted")
        self.show_code_button = push_button(_tr("Show the code"), theme=theme, icon="eye")
        self.new_code_button = push_button(_tr("New code…"), theme=theme, icon="retry")
        self.code = CopyLine(theme, _tr("Join code"))
        self.link = CopyLine(theme, _tr("Join link"))
        self.parts = {
            MENTORS: relation_part(theme, _tr("Mentors"), _tr("Nobody leads this cohort yet.")),
            STUDENTS: relation_part(theme, _tr("Students"), _tr("Nobody is in this cohort yet.")),
        }
        self._lay_out()
        self.hide_code()

        self.back_button.clicked.connect(self.back_asked)
        self.show_code_button.clicked.connect(self.code_asked)
        self.new_code_button.clicked.connect(self.new_code_asked)
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self.deed_asked.emit(key))
        for part in self.parts.values():
            part.opened.connect(self.opened)
            part.action_asked.connect(self.relation_asked)
        for keys in (QKeySequence(Qt.Key.Key_Escape), QKeySequence(QKeySequence.StandardKey.Back)):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.back_asked)

    def show_cohort(self, look: CohortLook, rows: dict[str, list[Relation]]) -> None:
        """Show the cohort with its mentors and students."""
        self.name.setText(look.name)
        self.description.setText(look.description)
        self.description.setVisible(bool(look.description))
        self.unsent.show_words(look.unsent, "pending", "clock")
        for key, part in self.parts.items():
            part.show_rows(rows[key])

    def hide_code(self) -> None:
        """Show no code until it is asked for."""
        self.code.show_text("")
        self.show_code_button.show()
        self.show_code_words()
        for part in (self.code, self.link, self.new_code_button):
            part.hide()

    def show_code(self, code: str, link: str) -> None:
        """Show the code and its link, or with "" that there is none yet."""
        had_focus = self.show_code_button.hasFocus()
        self.code.show_text(code)
        self.link.show_text(link)
        self.code.setVisible(bool(code))
        self.link.setVisible(bool(code))
        self.new_code_button.setText(_tr("New code…") if code else _tr("Make a code"))
        self.new_code_button.show()
        self.show_code_button.hide()
        self.show_code_words()
        if had_focus:
            (self.link.copy if code else self.new_code_button).setFocus()

    def show_code_words(self, words: str = "") -> None:
        """Say something about the code; "" says what it is for, or that there is none."""
        is_none = self.show_code_button.isHidden() and not self.code.text.text()
        what_for = _tr("With the code, or its link, students register themselves.")
        self.code_words.setText(
            words or (_tr("This cohort has no code yet.") if is_none else what_for)
        )

    def show_trouble(self, words: str) -> None:
        """Say why something was not done; "" takes it away."""
        if words:
            self.banner.show_message("error", words)
        else:
            self.banner.hide()

    def take_focus(self) -> None:
        """Give the keyboard to the way back, from which Tab goes on."""
        self.back_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        back = QHBoxLayout()
        back.addWidget(self.back_button)
        back.addStretch(1)
        buttons = FlowRow()
        for button in self.buttons.values():
            buttons.addWidget(button)
        head, codes = Card(), Card()
        head.body.addWidget(self.name)
        head.body.addWidget(self.description)
        head.body.addWidget(self.unsent)
        head.body.addWidget(line())
        head.body.addLayout(buttons)
        code_buttons = FlowRow()
        code_buttons.addWidget(self.show_code_button)
        code_buttons.addWidget(self.new_code_button)
        for part in (self.code_words, self.code, self.link):
            codes.body.addWidget(part)
        codes.body.addLayout(code_buttons)
        self.column.setContentsMargins(24, 0, 24, 24)
        self.column.setSpacing(12)
        self.column.addLayout(back)
        self.column.addWidget(self.banner)
        self.column.addWidget(head)
        self.code_heading = SectionHeading(_tr("Join code"))
        code_head = QHBoxLayout()
        code_head.addStrut(HEADING_HEIGHT)
        code_head.addWidget(self.code_heading)
        code_part = QVBoxLayout()
        code_part.setSpacing(HEADING_GAP)
        code_part.addLayout(code_head)
        code_part.addWidget(codes)
        self.column.addLayout(code_part)
        for section in self.parts.values():
            self.column.addWidget(section)
        self.column.addStretch(1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)

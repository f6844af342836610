"""One person for an admin: the account, whom they mentor or who mentors them, and their cohorts."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.admin.relations import Relation, relation_part
from desktop.ui.theme import Theme
from desktop.ui.today.next_session import FactLine
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.banner import Banner
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card, line
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.flow_row import FlowRow
from desktop.ui.widgets.labels import WrapLabel
from desktop.ui.widgets.scrolled_page import ScrolledPage

EDIT, RESET, DEACTIVATE, REACTIVATE = "edit", "reset", "deactivate", "reactivate"
ASSIGN, MOVE = "assign", "move"
UNASSIGN, HAND_OVER = "unassign", "hand over"  # of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLook:
    """The head of a person's page; empty words leave their line out, `deeds` are the buttons."""

    name: str
    chip: ChipLook | None
    facts: dict[str, str]
    deeds: frozenset[str]


class PersonView(ScrolledPage):
    """Shows one person and says what the admin wants done.

    Signals:
        back_asked: to the list of all.
        deed_asked: one of the buttons, by its key.
        opened: a person or a cohort of a row, by the part's key and the row's id.
        relation_asked: a row's button: its key, and the row's id.
    """

    back_asked = Signal()
    deed_asked = Signal(str)
    opened = Signal(str, str)
    relation_asked = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back_button = push_button(_tr("All people"), "quiet", theme=theme, icon="chevron-left")
        self.banner = Banner(theme)
        self.avatar = Avatar(theme, "", 48)
        self.name = WrapLabel("", size="title", strong=True)
        self.chip = StatusChip(theme, ChipLook("", "help"))
        icons = {"email": "inbox", "role": "key", "zone": "clock", "seen": "activity"}
        icons |= {"cohort": "users", "unsent": "clock"}
        self.facts = {key: FactLine(theme, icon) for key, icon in icons.items()}
        self.buttons = {
            EDIT: push_button(_tr("Edit…"), theme=theme, icon="edit"),
            RESET: push_button(_tr("Reset code…"), theme=theme, icon="key"),
            ASSIGN: push_button(_tr("Assign a mentor…"), theme=theme, icon="user-plus"),
            MOVE: push_button(_tr("Move to a cohort…"), theme=theme, icon="users"),
            DEACTIVATE: push_button(_tr("Deactivate…"), theme=theme, icon="x-circle"),
            REACTIVATE: push_button(_tr("Reactivate"), theme=theme, icon="undo"),
        }
        self.parts = {
            "mentors": relation_part(theme, _tr("Mentors"), _tr("Nobody mentors them yet.")),
            "students": relation_part(theme, _tr("Students"), _tr("They mentor nobody.")),
            "cohorts": relation_part(theme, _tr("Cohorts"), ""),
        }
        self.card = Card()
        self._lay_out()

        self.back_button.clicked.connect(self.back_asked)
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self.deed_asked.emit(key))
        for key, part in self.parts.items():
            part.opened.connect(lambda row_id, key=key: self.opened.emit(key, row_id))
            part.action_asked.connect(self.relation_asked)
        for keys in (QKeySequence(Qt.Key.Key_Escape), QKeySequence(QKeySequence.StandardKey.Back)):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.back_asked)

    def show_person(self, look: PersonLook) -> None:
        """Show who it is and what can be done."""
        self.name.setText(look.name)
        self.avatar.set_name(look.name)
        self.card.show()
        self.chip.setVisible(look.chip is not None)
        if look.chip is not None:
            self.chip.show_look(look.chip)
        for key, fact in self.facts.items():
            waits = ("pending", "clock") if key == "unsent" else ()
            fact.show_words(look.facts.get(key, ""), *waits)
        for key, button in self.buttons.items():
            button.setVisible(key in look.deeds)

    def show_relations(self, rows: dict[str, list[Relation]]) -> None:
        """Show these parts and no others."""
        for key, part in self.parts.items():
            part.show_rows(rows.get(key, []))
            if key not in rows:
                part.hide()

    def show_state(self, tone: str, words: str, *, can_retry: bool = False) -> None:
        """Say why what is shown is not of now, or why something was not done; "" takes it away."""
        if words:
            again = [("again", _tr("Try again"))] if can_retry else []
            self.banner.show_message(tone, words, again)
        else:
            self.banner.hide()

    def set_busy(self, is_busy: bool) -> None:
        """Take no other wish while the relay is asked."""
        for button in self.buttons.values():
            button.setEnabled(not is_busy)

    def take_focus(self) -> None:
        """Give the keyboard to the way back, from which Tab goes on."""
        self.back_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        back = QHBoxLayout()
        back.addWidget(self.back_button)
        back.addStretch(1)
        name = QHBoxLayout()
        name.setSpacing(12)
        name.addWidget(self.name, 1)
        name.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(name)
        for fact in self.facts.values():
            words.addWidget(fact)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        buttons = FlowRow()
        for button in self.buttons.values():
            buttons.addWidget(button)
        self.card.body.addLayout(head)
        self.card.body.addWidget(line())
        self.card.body.addLayout(buttons)
        self.column.setContentsMargins(24, 0, 24, 24)
        self.column.setSpacing(12)
        self.column.addLayout(back)
        self.column.addWidget(self.banner)
        self.column.addWidget(self.card)
        for part in self.parts.values():
            self.column.addWidget(part)
        self.column.addStretch(1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)

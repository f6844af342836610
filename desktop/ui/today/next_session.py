"""The card of the next session: what, with whom, when for both, where, and the way in."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.labels import IconLabel, WrapLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLook:
    """What the card says; empty words leave their line out.

    Attributes:
        there: the time for the other person, where it is another one.
        countdown: as a chip, "in 25 min".
        can_join: the way in is open.
    """

    session_id: str
    title: str
    with_name: str
    with_words: str
    when: str
    there: str
    place: str
    link: str
    countdown: ChipLook
    can_join: bool
    pending: str = ""


class FactLine(QWidget):
    """An icon and words that wrap; hidden without words."""

    def __init__(self, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = IconLabel(theme, icon)
        self.words = WrapLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def show_words(self, words: str, ink: str = "text_muted", icon: str = "") -> None:
        self.words.setText(words)
        if icon:
            self.icon.show_icon(icon, ink)
        self.setVisible(bool(words))


class NextSessionCard(Card):
    """The session that runs or comes next, or how to get one.

    Signals:
        join_asked: the person wants to go in.
        opened: the person wants to see all about it.
        new_asked: plan a session (offered where there is none).
    """

    join_asked = Signal()
    opened = Signal()
    new_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = WrapLabel(self.tr("Next session"), tone="muted", size="small", strong=True)
        self.countdown = StatusChip(theme, ChipLook("", "clock", "scheduled"))
        self.avatar = Avatar(theme, "", 48)
        self.title = WrapLabel("", size="title", strong=True)
        self.with_words = WrapLabel("", tone="muted")
        self.when = FactLine(theme, "clock")
        self.place = FactLine(theme, "pin")
        self.link = FactLine(theme, "video")
        self.pending = FactLine(theme, "clock")
        self.join_button = push_button(self.tr("Join"), "primary", theme=theme, icon="video")
        self.open_button = push_button(self.tr("Details"))
        self.new_button = push_button(self.tr("New session"), "primary", theme=theme, icon="plus")
        self._lay_out()

        self.join_button.clicked.connect(self.join_asked)
        self.open_button.clicked.connect(self.opened)
        self.new_button.clicked.connect(self.new_asked)

    def show_next(self, look: NextLook) -> None:
        """Show the session; the Join button only while one can join."""
        self._show_parts(is_session=True)
        self.new_button.hide()
        self.title.setText(look.title)
        self.with_words.setText(look.with_words)
        self.with_words.setVisible(bool(look.with_words))
        self.avatar.set_name(look.with_name)
        self.avatar.setVisible(bool(look.with_name))
        self.countdown.show_look(look.countdown)
        self.when.show_words(" · ".join(part for part in (look.when, look.there) if part))
        self.place.show_words(look.place)
        self.link.show_words(look.link)
        self.pending.show_words(look.pending, "pending", "clock")
        self.open_button.setAccessibleName(self.tr("Details of %1").replace("%1", look.title))
        self.join_button.setAccessibleName(self.tr("Join %1").replace("%1", look.title))
        self._show_join(can_join=look.can_join)

    def show_none(self, title: str, sentence: str, *, can_plan: bool) -> None:
        """Say that there is none, and how to begin."""
        self._show_parts(is_session=False)
        self.title.setText(title)
        self.with_words.setText(sentence)
        self.with_words.show()
        self.new_button.setVisible(can_plan)

    def _show_parts(self, *, is_session: bool) -> None:
        for part in (self.countdown, self.open_button):
            part.setVisible(is_session)
        if not is_session:
            for line in (self.avatar, self.when, self.place, self.link, self.pending):
                line.hide()
            self._show_join(can_join=False)

    def _show_join(self, *, can_join: bool) -> None:
        had_focus = self.join_button.hasFocus()
        self.join_button.setVisible(can_join)
        if had_focus and not can_join:
            self.open_button.setFocus()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.label, 1)
        top.addWidget(self.countdown)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.with_words)
        words.addSpacing(4)
        for line in (self.when, self.place, self.link, self.pending):
            words.addWidget(line)
        words.addStretch(1)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.join_button, self.open_button, self.new_button):
            buttons.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        middle.addLayout(words, 1)
        middle.addLayout(buttons)
        self.body.setSpacing(8)
        self.body.addLayout(top)
        self.body.addLayout(middle)

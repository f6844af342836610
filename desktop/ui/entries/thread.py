"""What was said about one entry, the earliest first, with a field to say more."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.entries.comment_card import CommentCard, CommentLook
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.into_view import bring_into_view
from desktop.ui.widgets.labels import SectionHeading, WrapLabel
from desktop.ui.widgets.steady import steady
from desktop.ui.widgets.stops import go_on
from desktop.ui.widgets.text_area import TextArea

SHOWN = 30  # comments at first; earlier ones come when they are asked for, as many at a time


class CommentThread(QWidget):
    """Shows comments and says what the person does with them; it decides and stores nothing.

    Signals:
        send_asked: the words of a new comment.
        edit_begun: the id of the comment whose field stands open.
        edit_dropped: the id of the comment that is to stay as it is after all.
        save_asked: the id of a comment, and what it should say instead.
        delete_asked: the id of the comment to take back.
        resolve_asked: the id of a comment, and whether it is to be resolved.
    """

    send_asked = Signal(str)
    edit_begun = Signal(str)
    edit_dropped = Signal(str)
    save_asked = Signal(str, str)
    delete_asked = Signal(str)
    resolve_asked = Signal(str, bool)

    def __init__(
        self, theme: Theme, *, has_composer: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks: list[CommentLook] = []
        self.cards: dict[str, CommentCard] = {}
        self.heading = SectionHeading(self.tr("Comments"))
        self.nothing = WrapLabel(self.tr("Nothing has been said yet."), tone="muted")
        self.earlier = push_button("", "quiet", theme=theme, icon="chevron-up")
        self.area = TextArea(least=2, most=10)
        self.field = FormField(theme, self.tr("Your comment"), self.area)
        self.send_button = push_button(self.tr("Comment"))
        self.send_button.setToolTip(self.tr("Send the comment (Ctrl+Enter)"))
        self.composer = self._composer()
        self.composer.setVisible(has_composer)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.nothing)
        column.addWidget(self.earlier, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._list)
        column.addWidget(self.composer)

        self.earlier.hide()
        self.earlier.clicked.connect(self._show_earlier)
        self.send_button.clicked.connect(self._send)
        self.area.send_asked.connect(self._send)
        self.area.textChanged.connect(lambda: self.field.set_error(""))
        self.area.overfull.connect(
            lambda: self.field.set_error(self.tr("That is too long to paste into a comment."))
        )

    def show_comments(self, looks: Sequence[CommentLook], *, is_first: bool = False) -> None:
        """Show these comments; what one reads stays where it is. `is_first`: of another entry."""
        known = {look.id for look in self._looks}
        self._looks = list(looks)
        # Of another entry nothing was read yet, and it is read from its top.
        holding = nullcontext() if is_first else self._steady()
        with holding:
            self._show_from(self._first_shown(is_first=is_first))
        for look in looks:
            if look.id not in known and not look.is_mine and not is_first:
                announce(self, f"{look.author}: {look.body}")

    def show_card(self, comment_id: str) -> bool:
        """Bring one comment into view, marked and with the keyboard; false where it is not."""
        at = next((at for at, look in enumerate(self._looks) if look.id == comment_id), None)
        if at is None:
            return False
        if comment_id not in self.cards:
            with self._steady():
                self._show_from(at)
        for each in self.cards.values():
            each.set_marked(each.look.id == comment_id)
        self.cards[comment_id].setFocus()
        bring_into_view(self.cards[comment_id])
        return True

    def _first_shown(self, *, is_first: bool) -> int:
        """Where what is shown begins: it stays there while more is said."""
        latest = max(0, len(self._looks) - SHOWN)
        if is_first:
            return latest
        shown = (at for at, look in enumerate(self._looks) if look.id in self.cards)
        return min(latest, next(shown, latest))

    def _steady(self) -> AbstractContextManager[None]:
        return steady(self, lambda: [*self.cards.values(), self.composer])

    def _show_from(self, first: int) -> None:
        looks = self._looks[first:]
        self._remove_others({look.id for look in looks})
        known = set(self.cards)
        for at, look in enumerate(looks):
            self._show(at, look)
        if known != set(self.cards):
            go_on(self.earlier, *(self.cards[look.id] for look in looks))
        self.nothing.setVisible(not looks)
        self.earlier.setText(self.tr("Show earlier comments (%n)", "", first))
        self.earlier.setVisible(first > 0)

    def _show_earlier(self) -> None:
        """Show more of what was said before, with the keyboard on the first of it."""
        hidden = len(self._looks) - len(self.cards)
        first = max(0, hidden - SHOWN)
        with self._steady():
            self._show_from(first)
        self.cards[self._looks[first].id].setFocus()

    def _show(self, at: int, look: CommentLook) -> None:
        card = self.cards.get(look.id)
        if card is None:
            card = self.cards[look.id] = CommentCard(self._theme, look)
            card.edit_begun.connect(partial(self.edit_begun.emit, look.id))
            card.edit_dropped.connect(partial(self.edit_dropped.emit, look.id))
            card.save_asked.connect(partial(self.save_asked.emit, look.id))
            card.delete_asked.connect(partial(self.delete_asked.emit, look.id))
            card.resolve_asked.connect(partial(self.resolve_asked.emit, look.id))
        elif card.look != look:
            card.show_look(look)
        if self._list.indexOf(card) != at:
            self._list.insertWidget(at, card)
            card.show()  # at once, so that it has its height while things are held in place

    def _remove_others(self, wanted: set[str]) -> None:
        for comment_id in self.cards.keys() - wanted:
            card = self.cards.pop(comment_id)
            focused = QApplication.focusWidget()
            had_focus = focused is not None and (focused is card or card.isAncestorOf(focused))
            at = self._list.indexOf(card)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
            if had_focus:
                self._focus_near(at)

    def _focus_near(self, at: int) -> None:
        """Give the keyboard to what stands where a comment has gone."""
        item = self._list.itemAt(min(at, self._list.count() - 1))
        near = item.widget() if item is not None else None
        (near or self.area).setFocus()

    def _send(self) -> None:
        if not self.area.typed():
            self.field.set_error(self.tr("Write something first."))
            self.area.setFocus()
            return
        self.send_asked.emit(self.area.typed())

    def _composer(self) -> QWidget:
        composer = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.send_button)
        row.addStretch(1)
        column = QVBoxLayout(composer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(row)
        return composer

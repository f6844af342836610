"""What was said about one entry, the earliest first, with a field to say more."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.entries.comment_card import CommentCard, CommentLook
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.buttons import push_button
from desktop.ui.widgets.form_field import FormField
from desktop.ui.widgets.labels import SectionHeading, WrapLabel
from desktop.ui.widgets.steady import steady
from desktop.ui.widgets.text_area import TextArea


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
        self.cards: dict[str, CommentCard] = {}
        self.heading = SectionHeading(self.tr("Comments"))
        self.nothing = WrapLabel(self.tr("Nothing has been said yet."), tone="muted")
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
        column.addLayout(self._list)
        column.addWidget(self.composer)

        self.send_button.clicked.connect(self._send)
        self.area.send_asked.connect(self._send)
        self.area.textChanged.connect(lambda: self.field.set_error(""))
        self.area.overfull.connect(
            lambda: self.field.set_error(self.tr("That is too long to paste into a comment."))
        )

    def show_comments(self, looks: Sequence[CommentLook], *, is_first: bool = False) -> None:
        """Show these comments; what one reads stays where it is. `is_first`: of another entry."""
        known = set(self.cards)
        with steady(self, lambda: [*self.cards.values(), self.composer]):
            self._remove_others({look.id for look in looks})
            for at, look in enumerate(looks):
                self._show(at, look)
            self.nothing.setVisible(not looks)
        for look in looks:
            if look.id not in known and not look.is_mine and not is_first:
                announce(self, f"{look.author}: {look.body}")

    def show_card(self, comment_id: str) -> bool:
        """Give the keyboard to one comment, so that it comes into view."""
        card = self.cards.get(comment_id)
        if card is not None:
            card.setFocus()
        return card is not None

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

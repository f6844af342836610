"""One comment: who said what, when and to which version, and what can be done with it."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from desktop.ui.entries.comment_editor import CommentEditor
from desktop.ui.theme import Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.chip import ChipLook, StatusChip
from desktop.ui.widgets.labels import WrapLabel, restyle
from desktop.ui.widgets.plain_text import PlainText
from desktop.ui.widgets.stops import go_on

# The keyboard is back as soon as the window or the menu lets go of it.
NO_LEAVING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLook:
    """What a comment's card shows; `version` and `pending` are words, "" for none."""

    id: str
    author: str
    when: str
    version: str = ""
    body: str = ""
    pending: str = ""
    is_mine: bool = False
    is_resolved: bool = False

    @property
    def meta(self) -> str:
        return " · ".join(part for part in (self.when, self.version, self.pending) if part)


class CommentCard(QFrame):
    """Shows one comment, and turns into a field while its author changes it.

    `editor` is that field, None until somebody wants it: most cards never need one.

    Signals:
        edit_begun: the field to change it in stands open.
        edit_dropped: what was typed into it is not wanted.
        save_asked: what it should say instead.
        delete_asked: take it back.
        resolve_asked: whether it is to be resolved, or open again.
    """

    edit_begun = Signal()
    edit_dropped = Signal()
    save_asked = Signal(str)
    delete_asked = Signal()
    resolve_asked = Signal(bool)

    def __init__(self, theme: Theme, look: CommentLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("comment")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self.look = look
        self.avatar = Avatar(theme, look.author, 28)
        self.author = WrapLabel(strong=True)
        self.meta = WrapLabel(tone="muted", size="small")
        self.chip = StatusChip(theme, ChipLook(self.tr("Resolved"), "check", "completed"))
        self.resolve_button = icon_button(theme, "check", "", 16)
        self.edit_button = icon_button(theme, "edit", self.tr("Edit comment"), 16)
        self.delete_button = icon_button(theme, "trash", self.tr("Delete comment"), 16)
        self.body = PlainText()
        self.editor: CommentEditor | None = None
        self._lay_out()
        self.show_look(look)

        self.resolve_button.clicked.connect(
            lambda: self.resolve_asked.emit(not self.look.is_resolved)
        )
        self.edit_button.clicked.connect(self.edit)
        self.delete_button.clicked.connect(self.delete_asked)

    @property
    def is_edited(self) -> bool:
        """Whether the field to change it in stands open."""
        return self.editor is not None and not self.editor.isHidden()

    def show_look(self, look: CommentLook) -> None:
        """Show the comment anew; what somebody types into its field stays."""
        self.look = look
        self.avatar.set_name(look.author)
        self.author.setText(look.author)
        self.meta.setText(look.meta)
        self.body.show_text(look.body)
        self.body.setProperty("tone", "muted" if look.is_resolved else "")
        restyle(self.body)
        self.chip.setVisible(look.is_resolved)
        icon, words = ("check", self.tr("Mark as resolved"))
        if look.is_resolved:
            icon, words = ("undo", self.tr("Open again"))
        self._theme.dress(self.resolve_button, icon)
        self.resolve_button.setToolTip(words)
        for button in (self.edit_button, self.delete_button):
            button.setVisible(look.is_mine and not self.is_edited)
        self._name(words)

    def set_marked(self, is_marked: bool) -> None:
        """Have it stand out from the others, as the one that a notification told of."""
        if bool(self.property("marked")) != is_marked:
            self.setProperty("marked", is_marked)
            restyle(self)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in NO_LEAVING:
            self.set_marked(False)

    def edit(self) -> None:
        """Open the field to change it in."""
        if self.editor is None:
            self.editor = self._built_editor()
        self._show_editor(self.editor, is_open=True)
        self.editor.begin(self.look.body)
        self.edit_begun.emit()

    def end_edit(self) -> None:
        """Close the field, and give the focus back."""
        if self.editor is None:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.editor.isAncestorOf(focused)
        self._show_editor(self.editor, is_open=False)
        if had_focus:
            self.edit_button.setFocus()

    def _show_editor(self, editor: CommentEditor, *, is_open: bool) -> None:
        editor.setVisible(is_open)
        self.body.setVisible(not is_open)
        for button in (self.edit_button, self.delete_button):
            button.setVisible(self.look.is_mine and not is_open)

    def _drop(self) -> None:
        self.edit_dropped.emit()
        self.end_edit()

    def _name(self, resolve_words: str) -> None:
        look = self.look
        state = self.tr("Resolved") if look.is_resolved else ""
        parts = [look.author, look.meta.replace(" · ", ", "), state]
        whose = ", ".join(part for part in parts if part)
        self.setAccessibleName(f"{whose}: {look.body}")
        for button, words in (
            (self.resolve_button, resolve_words),
            (self.edit_button, self.tr("Edit comment")),
            (self.delete_button, self.tr("Delete comment")),
        ):
            button.setAccessibleName(f"{words}, {look.author}, {look.when}")

    def _built_editor(self) -> CommentEditor:
        editor = CommentEditor(self._theme)
        editor.save_asked.connect(self.save_asked)
        editor.drop_asked.connect(self._drop)
        self._words.addWidget(editor)
        go_on(self.body, editor)
        return editor

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.author)
        names.addWidget(self.meta)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addLayout(names, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        for button in (self.resolve_button, self.edit_button, self.delete_button):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self._words.addLayout(head)
        self._words.addWidget(self.body)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words, 1)

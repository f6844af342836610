"""Joins a comment thread to the workspace, for either side."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from desktop.store.comments import Said, comments_on
from desktop.ui.entries.comment_card import CommentLook
from desktop.ui.entries.iterations import version_words
from desktop.ui.entries.thread import CommentThread
from desktop.ui.kept_text import KeptText
from desktop.ui.theme import Theme
from desktop.ui.times import moment_words
from desktop.ui.workspace import Live, Workspace
from domain.comments import AddComment, Comment, DeleteComment, EditComment, ResolveComment
from domain.conflicts import base_of
from domain.errors import DomainError, Invalid

KINDS = frozenset({"comment", "member", "command"})


class Commenting(QObject):
    """Keeps the thread of one entry in step, and carries out what is asked there."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        has_composer: bool = True,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._entry_id = ""
        self._iteration = 1
        self._is_first = True
        self._is_sending = False
        self._said: dict[str, Comment] = {}
        self._edited: dict[str, tuple[Comment, KeptText]] = {}
        self.view = CommentThread(theme, has_composer=has_composer, parent=parent)
        self._draft = KeptText(workspace, self.view.area)
        self._draft.failed.connect(self.view.field.set_error)
        self.live = Live(self.view, workspace.news, self.refresh, KINDS, by_the_minute=True)
        self.view.send_asked.connect(self.send)
        self.view.edit_begun.connect(self._on_edit_begun)
        self.view.edit_dropped.connect(self._on_edit_dropped)
        self.view.save_asked.connect(self._on_save)
        self.view.delete_asked.connect(self._on_delete)
        self.view.resolve_asked.connect(self._on_resolve)

    def show_entry(self, entry_id: str, iteration: int = 1) -> None:
        """Show what was said about an entry ("" for none), which is in this iteration."""
        self._iteration = iteration
        if entry_id != self._entry_id:
            self._entry_id = entry_id
            self._is_first = True
            for _comment, draft in self._edited.values():
                draft.keep()
            self._edited.clear()
            self._draft.show(f"comment.new:{entry_id}" if entry_id else "")
        self.refresh()

    def refresh(self) -> None:
        """Read the comments anew."""
        found = self._workspace.query(comments_on, self._entry_id) if self._entry_id else []
        self._said = {said.id: said.comment for said in found}
        self.view.show_comments([self._look(said) for said in found], is_first=self._is_first)
        self._is_first = False

    def send(self, text: str) -> None:
        """Say something to the iteration that is shown, once however often it is asked for."""
        if self._is_sending:
            return
        key = self._draft.key

        def sent() -> None:
            self._is_sending = False
            self._draft.drop(key)

        try:
            command = AddComment(
                id=self._workspace.new_id(),
                entry_id=self._entry_id,
                body=text,
                iteration=self._iteration,
            )
        except Invalid as error:
            self._on_not_sent(error)
            return
        self._is_sending = True
        self._workspace.do(command, done=sent, refused=self._on_not_sent, failed=self._on_not_sent)

    def open_comment(self, comment_id: str) -> None:
        """Bring one comment into view; it says so when the comment is gone."""
        if not self.view.show_card(comment_id):
            self._workspace.say(_tr("This comment is no longer there."))

    def _look(self, said: Said) -> CommentLook:
        comment = said.comment
        return CommentLook(
            id=comment.id,
            author=said.author_name or _tr("Someone"),
            when=moment_words(self._workspace.local(comment.created_at), self._workspace),
            version=version_words(comment.iteration) if self._iteration > 1 else "",
            body=comment.body,
            pending=_tr("Waiting to send") if said.is_pending else "",
            is_mine=comment.author_id == self._workspace.me.id,
            is_resolved=comment.resolved,
        )

    def _on_not_sent(self, problem: DomainError | str) -> None:
        self._is_sending = False
        self.view.field.set_error(str(problem))

    def _on_edit_begun(self, comment_id: str) -> None:
        comment = self._said.get(comment_id)
        card = self.view.cards.get(comment_id)
        if comment is None or card is None or card.editor is None:
            return
        editor = card.editor
        earlier = self._edited.pop(comment_id, None)
        draft = earlier[1] if earlier else KeptText(self._workspace, editor.area)
        if earlier is None:
            draft.failed.connect(editor.field.set_error)
        draft.show("")
        draft.show(f"comment.edit:{comment_id}", comment.body)
        self._edited[comment_id] = (comment, draft)

    def _on_edit_dropped(self, comment_id: str) -> None:
        if comment_id in self._edited:
            self._edited.pop(comment_id)[1].drop(f"comment.edit:{comment_id}")

    def _on_save(self, comment_id: str, text: str) -> None:
        card = self.view.cards[comment_id]
        if comment_id not in self._edited or card.editor is None or self._is_sending:
            return
        field = card.editor.field
        before, draft = self._edited[comment_id]

        def saved() -> None:
            self._is_sending = False
            draft.drop(f"comment.edit:{comment_id}")
            card.end_edit()

        def not_saved(problem: DomainError | str) -> None:
            self._is_sending = False
            field.set_error(str(problem))

        try:
            command = EditComment(id=comment_id, body=text, base=base_of(before))
        except Invalid as error:
            not_saved(error)
            return
        self._is_sending = True
        self._workspace.do(command, done=saved, refused=not_saved, failed=not_saved)

    def _on_delete(self, comment_id: str) -> None:
        self._workspace.do_later(DeleteComment(id=comment_id), _tr("Comment deleted."))

    def _on_resolve(self, comment_id: str, is_resolved: bool) -> None:
        self._workspace.do(ResolveComment(id=comment_id, resolved=is_resolved))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Commenting", text)

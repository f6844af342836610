"""Joins the form of an entry to the workspace: what is kept, what is saved, what is handed in."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from desktop.store.comments import comments_on
from desktop.store.schedules import SessionFilter, session, sessions
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.entries.essay import (
    Essay,
    Given,
    create,
    essay_of,
    given_of,
    kept,
    missing,
    restored,
    submit,
    update,
)
from desktop.ui.entries.iterations import version_words
from desktop.ui.entries.writer import EntryWriter
from desktop.ui.theme import Theme
from desktop.ui.times import moment_words
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.workspace import Workspace
from domain.commands import Command
from domain.entries import Entry, EntryStatus
from domain.errors import DomainError, Invalid
from domain.instants import second

NEW = "entry.new"
KEEP_MS = 400
SESSIONS_OFFERED = 30


def draft_of(entry_id: str) -> str:
    """Under which what was typed into the form of an entry is kept."""
    return f"entry.edit:{entry_id}"


class Writing(QObject):
    """One form, open on a new entry or on one of the person's own.

    Signals:
        left: the person is done here: the id of the entry, "" for one that does not exist.
    """

    left = Signal(str)

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        super().__init__()
        self._workspace = workspace
        self._before: Entry | None = None
        self._entry_id = ""
        self._about = ""  # the session that a new entry was asked for
        self._key = NEW
        self._given = Given()
        self._is_open = False
        self._is_typed_in = False
        self._is_kept = True
        self._is_sending = False
        self.view = EntryWriter(theme)
        self._keeper = QTimer(self.view, singleShot=True, interval=KEEP_MS)
        self._keeper.timeout.connect(self.keep)
        self.view.edited.connect(self._on_edited)
        self.view.submit_asked.connect(self._on_submit)
        self.view.save_asked.connect(self._on_save)
        self.view.afresh_asked.connect(self._on_afresh)
        self.view.back_asked.connect(self.leave)
        workspace.drafts.due.connect(self.keep)
        workspace.drafts.kept.connect(self._on_kept)
        workspace.drafts.failed.connect(self._on_not_kept)

    def open(self, entry: Entry | None, session_id: str = "", *, key: str = "") -> None:
        """Show the form for a new entry, about a session perhaps, or for this one as it stands.

        `key` is that of one of several drafts of new entries.
        """
        if self._is_open:
            self.keep()
        self._before = entry
        self._entry_id = entry.id if entry else self._workspace.new_id()
        self._about = session_id
        self._key = draft_of(entry.id) if entry else key or _new_key(session_id)
        self._given = given_of(entry) if entry else Given(Essay(session_id=session_id))
        self._is_open, self._is_typed_in, self._is_sending = True, False, False
        self._is_kept = True
        self._name_form()
        self._offer_sessions()
        self.view.restored.hide()
        self.view.show_errors({})
        self.view.show_kept("")
        self.view.fill(self._given.essay)
        self._show_feedback()
        self.view.show_now("")
        self.view.begin()
        spawn(self._restore(self._key), name="restore draft")

    def leave(self) -> None:
        """Go back; what was typed is kept on this computer."""
        self.keep()
        self._close(self._before.id if self._before else "")

    def keep(self) -> None:
        """Keep at once what was typed since the last time."""
        self._keeper.stop()
        if self._is_kept:
            return
        self._is_kept = True
        essay = self.view.essay()
        if essay == self._given.essay or (self._before is None and essay.is_empty):
            self._workspace.drafts.drop(self._key)
        else:
            self._workspace.drafts.put(self._key, kept(essay, self._given))

    def _name_form(self) -> None:
        match self._before.status if self._before else None:
            case None:
                words = (_tr("New entry"), _tr("Submit"), _tr("Save as draft"))
            case EntryStatus.DRAFT:
                words = (_tr("Draft"), _tr("Submit"), _tr("Save draft"))
            case EntryStatus.PENDING:
                words = (_tr("Change entry"), _tr("Save"), "")
            case _:
                words = (_tr("Next version"), _tr("Submit again"), "")
        self.view.show_kind(*words)

    def _show_feedback(self) -> None:
        """What the mentors said to the version that is to be written anew."""
        entry, text = self._before, ""
        if entry is not None and entry.status in (EntryStatus.NEEDS_WORK, EntryStatus.REVIEWED):
            said = self._workspace.query(comments_on, entry.id)
            text = "\n\n".join(
                f"{one.author_name or _tr('Someone')}: {one.comment.body}"
                for one in said
                if one.comment.iteration == entry.iteration
                and one.comment.author_id != self._workspace.me.id
            )
        heading = ""
        if text and entry is not None:
            heading = _tr("Feedback on the %1").replace("%1", version_words(entry.iteration))
        self.view.show_feedback(heading, text)

    def _offer_sessions(self) -> None:
        """The person's latest sessions, and the one that is linked already."""
        query, me = self._workspace.query, self._workspace.me
        until = second(self._workspace.now() + timedelta(days=1))
        wanted = SessionFilter(end=until, newest_first=True, limit=SESSIONS_OFFERED)
        found = {item.id: item for item in query(sessions, me, wanted)}
        linked = self._given.essay.session_id
        if linked and linked not in found and (item := query(session, me, linked)):
            found[linked] = item
        self.view.show_sessions(
            [
                Choice(
                    item.id,
                    item.schedule.title,
                    moment_words(self._workspace.local(item.schedule.start_time), self._workspace),
                )
                for item in found.values()
            ]
        )

    def _on_edited(self) -> None:
        self._is_typed_in = True
        self._is_kept = False
        self.view.show_kept("")
        self._keeper.start()

    def _on_save(self) -> None:
        """Keep a draft for all one's devices; what cannot be one stays on this computer."""
        status = self._before.status if self._before else EntryStatus.DRAFT
        if status is EntryStatus.DRAFT:
            self._send(_tr("Draft saved."), as_draft=True)
        elif status is EntryStatus.PENDING:
            self._on_submit()
        else:
            self._is_kept = False
            self.keep()

    def _on_submit(self) -> None:
        is_change = self._before is not None and self._before.status is EntryStatus.PENDING
        self._send(_tr("Saved.") if is_change else _tr("Submitted."), as_draft=False)

    def _send(self, said: str, *, as_draft: bool) -> None:
        if self._is_sending:
            return
        essay = self.view.essay()
        if absent := missing(essay):
            self.view.show_errors({name: _tr("Fill in this field.") for name in absent})
            return
        try:
            command = self._command(essay, as_draft=as_draft)
        except Invalid as error:
            self._on_refused(error)
            return
        if command is None:
            self._on_done("")
            return
        self._is_sending = True
        self._workspace.do(
            command,
            done=lambda: self._on_done(said),
            refused=self._on_refused,
            failed=lambda sentence: self._on_not_sent({"": sentence}),
        )

    def _command(self, essay: Essay, *, as_draft: bool) -> Command | None:
        before = self._before
        if before is None:
            return create(essay, self._entry_id, self._workspace, as_draft=as_draft)
        if as_draft or before.status is EntryStatus.PENDING:
            return update(essay, self._given, before.id)
        return submit(essay, self._given, before.id, self._workspace)

    def _on_done(self, said: str) -> None:
        self._is_sending = False
        self._keeper.stop()
        self._is_kept = True
        self._workspace.drafts.drop(self._key)
        if said:
            self._workspace.say(said)
        self._close(self._entry_id)

    def _on_refused(self, error: DomainError) -> None:
        field = error.field if isinstance(error, Invalid) else ""
        self._on_not_sent({field: str(error)})

    def _on_not_sent(self, errors: dict[str, str]) -> None:
        self._is_sending = False
        if self._is_open:
            self.view.show_errors(errors)
        else:
            self._workspace.say(" ".join(errors.values()))

    def _on_afresh(self) -> None:
        self._keeper.stop()
        self._is_kept = True
        self._workspace.drafts.drop(self._key)
        self._key = draft_of(self._before.id) if self._before else _new_key(self._about)
        self._given = (
            given_of(self._before) if self._before else Given(Essay(session_id=self._about))
        )
        self.view.restored.hide()
        self.view.show_now("")
        self.view.show_kept("")
        self.view.fill(self._given.essay)
        self.view.begin()

    def _close(self, entry_id: str) -> None:
        self._is_open = False
        self.left.emit(entry_id)

    def _on_kept(self, key: str) -> None:
        if key == self._key and self._is_open and self._is_kept:
            self.view.show_kept(_tr("Kept on this computer"))

    def _on_not_kept(self, key: str, sentence: str) -> None:
        """Say that the disk did not take it, at the form or, once that is closed, at the foot."""
        if key != self._key:
            return
        if self._is_open:
            self.view.show_kept(sentence, is_trouble=True)
        else:
            self._workspace.say(sentence)

    async def _restore(self, key: str) -> None:
        """Show what was typed before a crash or an Escape."""
        try:
            kept_key, body = await self._found(key)
        except StoreTrouble as trouble:
            self._on_not_kept(key, str(trouble))
            return
        if key != self._key or self._is_typed_in or not self._is_open:
            return
        found = restored(body, self._before) if body else None
        if found is None:
            return
        self._key, self._given = kept_key, found.given
        self._offer_sessions()
        self.view.fill(found.essay)
        self.view.show_now(self._now_words(found.overtaken))
        self.view.begin()
        self.view.show_restored()

    async def _found(self, key: str) -> tuple[str, object]:
        """The draft under a key; for a new entry about nothing the one begun last, if any."""
        body = await self._workspace.drafts.get(key)
        if body is None and key == NEW:
            begun = await self._workspace.drafts.all()
            mine = (one for one in reversed(begun) if one.key.startswith(f"{NEW}:"))
            newest = next(mine, None)
            if newest is not None:
                return newest.key, newest.body
        return key, body

    def _now_words(self, overtaken: tuple[str, ...]) -> str:
        """What the entry says by now, where it is not what the person began to change."""
        if self._before is None:
            return ""
        now = essay_of(self._before)
        names = ("title", "body", "tags", "resources")
        return "\n\n".join(str(getattr(now, name)) for name in names if name in overtaken)


def _new_key(session_id: str) -> str:
    return f"{NEW}:{session_id}" if session_id else NEW


def _tr(text: str) -> str:
    return QCoreApplication.translate("Writing", text)

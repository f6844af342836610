"""Joins the session editor to the workspace: choices, warnings, drafts and commands."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop.store.people import roster
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.schedule.choices import cohort_choices, student_choices
from desktop.ui.schedule.drafts import (
    Restored,
    check_length,
    create_command,
    has_words,
    instant_of,
    is_skipped,
    kept,
    missing,
    now_words,
    restored,
    update_command,
    zone_of,
)
from desktop.ui.schedule.editor import SessionDraft, SessionEditor
from desktop.ui.schedule.looks import time_for
from desktop.ui.schedule.overlaps import overlap_words, overlaps, people_with
from desktop.ui.schedule.undo import SessionChanges
from desktop.ui.theme import Theme
from desktop.ui.times import moment_words
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.workspace import Workspace
from domain.commands import Command
from domain.errors import DomainError, Invalid, Refused
from domain.instants import second
from domain.rooms import student_room
from domain.schedules import ConfirmOverlap, Schedule

KEEP_DRAFT_MS = 400
NEW = "schedule.new"


class Editing(QObject):
    """One open editor: a new session, or changes of `before`."""

    def __init__(
        self,
        workspace: Workspace,
        theme: Theme,
        parent: QWidget,
        draft: SessionDraft,
        before: Schedule | None = None,
        saved: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._changes = SessionChanges(workspace, parent)
        self._before = before
        self._saved = saved
        self._schedule_id = before.id if before else workspace.new_id()
        # What is typed takes the place of no other draft: a new session has a key of its own.
        self._key = f"schedule.edit:{before.id}" if before else f"{NEW}:{self._schedule_id}"
        self._given = draft
        self._overlapped: list[str] = []
        self._is_open = True
        self._is_typed_in = False
        self._is_saving = False
        self._names: dict[str, str] = {}
        self.editor = SessionEditor(theme, parent, is_new=before is None)
        self._offer_choices()
        self._keeper = QTimer(self, singleShot=True, interval=KEEP_DRAFT_MS)
        self._keeper.timeout.connect(self._keep_draft)
        self.editor.fill(draft)
        self.editor.edited.connect(self._on_edited)
        self.editor.save_asked.connect(self._on_save)
        self.editor.afresh_asked.connect(self._on_afresh)
        self.editor.finished.connect(self._on_finished)
        workspace.drafts.due.connect(self._on_due)
        workspace.drafts.failed.connect(self._on_not_kept)
        self._check()
        if before or not draft.title:
            spawn(self._restore(), name="restore draft")
        self.editor.open()

    def _offer_choices(self) -> None:
        students, groups = student_choices(self._workspace), cohort_choices(self._workspace)
        self._names = {choice.id: choice.name for choice in students + groups}
        if self._before:  # the person of an old session may have left since
            with_id = self._before.cohort_id or self._before.student_id or ""
            if with_id not in self._names:
                gone = Choice(with_id, _tr("No longer yours"))
                (groups if self._before.is_group_session else students).append(gone)
        self.editor.show_choices(students, groups)

    def _on_edited(self) -> None:
        self._is_typed_in = True
        self._keeper.start()
        self._check()

    def _check(self) -> None:
        """Warn of overlaps and say the times of the other side, while one types."""
        draft = self.editor.draft()
        self.editor.show_zones(self._zone_words(draft))
        sentence = ""
        self._overlapped = []
        if draft.end > draft.start:
            others = overlaps(
                self._workspace,
                people_with(self._workspace, draft.with_id, is_group=draft.is_group),
                *self._instants(draft),
                besides=self._schedule_id,
            )
            self._overlapped = [other.id for other in others]
            sentence = overlap_words(others, self._workspace)
        self.editor.show_conflict(sentence if self._moves(draft) else "")

    def _moves(self, draft: SessionDraft) -> bool:
        """Whether the draft books a time; an edit that keeps the old times does not."""
        before = self._before
        if before is None:
            return True
        return self._instants(draft) != (before.start_time, before.end_time)

    def _instants(self, draft: SessionDraft) -> tuple[str, str]:
        zone = zone_of(draft, self._workspace)
        return instant_of(draft.start, zone), instant_of(draft.end, zone)

    def _zone_words(self, draft: SessionDraft) -> str:
        workspace = self._workspace
        zone = zone_of(draft, workspace)
        if is_skipped(draft.start, zone):
            return _tr("The clocks change then: this time does not exist on that day.")
        start, _end = self._instants(draft)
        parts = []
        if zone.key != workspace.zone.key:
            mine = moment_words(workspace.local(start), workspace)
            parts.append(_tr("For you it starts %1.").replace("%1", mine))
        if draft.with_id and not draft.is_group:
            name = self._names.get(draft.with_id, "")
            there = workspace.query(roster, student_room(draft.with_id), "student")
            other = there.zone(draft.with_id)
            if other and (words := time_for(start, other, name, workspace)):
                parts.append(_tr("It starts at %1.").replace("%1", words))
        return " ".join(parts)

    def _on_save(self, is_confirmed: bool) -> None:
        if self._is_saving:
            return
        draft = self.editor.draft()
        if errors := missing(draft):
            self.editor.show_errors({field: _tr("Fill in this field.") for field in errors})
            return
        start, _end = self._instants(draft)
        if start < second(self._workspace.now()) and self._moves(draft):
            when = moment_words(self._workspace.local(start), self._workspace)
            ask(
                self.editor,
                _tr("Plan a session in the past?"),
                _tr("It starts %1, which is over already.").replace("%1", when),
                _tr("Plan it"),
                partial(self._save, draft, is_confirmed=is_confirmed),
            )
            return
        self._save(draft, is_confirmed=is_confirmed)

    def _save(self, draft: SessionDraft, *, is_confirmed: bool) -> None:
        confirmed: ConfirmOverlap = list(self._overlapped) if is_confirmed else False
        try:
            check_length(draft)
            command = self._command(draft, confirmed)
        except Invalid as error:
            self._on_refused(error)
            return
        if command is None:
            self._on_done()
        else:
            self._is_saving = True
            said = _tr("“%1” is planned") if self._before is None else _tr("“%1” is changed")
            self._changes.do(
                command,
                said.replace("%1", draft.title.strip()),
                self._before,
                done=self._on_done,
                refused=self._on_refused,
                failed=self._on_failed,
            )

    def _command(self, draft: SessionDraft, confirmed: ConfirmOverlap) -> Command | None:
        """What saving means; None when nothing changed."""
        if self._before is None:
            return create_command(draft, self._workspace, self._schedule_id, confirmed)
        return update_command(draft, self._before, self._workspace, confirmed)

    def _on_done(self) -> None:
        self._keeper.stop()
        self._workspace.drafts.drop(self._key)
        if self._is_open:
            self.editor.accept()
        if self._saved:
            self._saved(self._schedule_id)

    def _on_refused(self, error: DomainError) -> None:
        self._is_saving = False
        if not self._is_open:
            self._workspace.say(str(error))
        elif isinstance(error, Refused) and error.code == "overlap":
            self._overlapped = [one["id"] for one in error.data.get("overlaps", [])]
            self.editor.show_refused(str(error))
        elif isinstance(error, Invalid):
            self.editor.show_errors({error.field: str(error)})
        else:
            self.editor.show_errors({"": str(error)})

    def _on_failed(self, sentence: str) -> None:
        self._is_saving = False
        if self._is_open:
            self.editor.show_errors({"": sentence})
        else:
            self._workspace.say(sentence)

    def _on_afresh(self) -> None:
        self._keeper.stop()
        self.editor.restored.hide()
        self.editor.show_now("")
        self.editor.fill(self._given)
        self._check()
        self._workspace.drafts.drop(self._key)

    def _on_finished(self) -> None:
        self._is_open = False
        if self._keeper.isActive():
            self._keep_draft()
        self.deleteLater()

    def _keep_draft(self) -> None:
        self._keeper.stop()
        draft = self.editor.draft()
        if has_words(draft, self._given):
            body = kept(draft, self._given, self._before)
            self._workspace.drafts.put(self._key, body)
        else:
            self._workspace.drafts.drop(self._key)

    def _on_due(self) -> None:
        if self._is_open and self._keeper.isActive():
            self._keep_draft()

    def _on_not_kept(self, key: str, sentence: str) -> None:
        if key == self._key:
            self._on_failed(sentence)

    async def _restore(self) -> None:
        """Show what was typed before a crash or an Escape, and how the session stands by now."""
        try:
            drafts = await self._drafts()
        except StoreTrouble as trouble:
            self._on_not_kept(self._key, str(trouble))
            return
        if self._is_typed_in or not self._is_open:
            return
        for key, body in drafts:
            found = restored(body, self._given, self._before)
            if found is not None and self._is_wanted(found.draft):
                self._key = key
                self._show_restored(found)
                return

    async def _drafts(self) -> list[tuple[str, object]]:
        """What may be taken up here, by key: for a new session all that was begun, newest first."""
        if self._before:
            return [(self._key, await self._workspace.drafts.get(self._key))]
        return await self._workspace.drafts.newest(NEW)

    def _is_wanted(self, draft: SessionDraft) -> bool:
        """Whether it says something, and to whom this editor was opened for."""
        return self._given.with_id in ("", draft.with_id) and has_words(draft, self._given)

    def _show_restored(self, found: Restored) -> None:
        zone = zone_of(found.draft, self._workspace).key  # drafts of an older Tandem name none
        self.editor.fill(replace(found.draft, zone=zone))
        self._check()
        self.editor.show_now(now_words(self._given, found.overtaken, self._workspace))
        self.editor.show_restored(is_changed=found.is_changed)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Editing", text)

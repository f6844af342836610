"""Joins a student's entries to the workspace: the list, what is read, and what is written."""

from PySide6.QtCore import QCoreApplication

from desktop.store.comments import comments_on
from desktop.store.entries import STATUSES, own_counts, own_entries, own_tags
from desktop.store.reviews import COUNTED, ReviewItem, review_item
from desktop.ui.entries.actions import DELETE, SUBMIT, WITHDRAW, WRITE, EntryActions
from desktop.ui.entries.commenting import Commenting
from desktop.ui.entries.feedback import SeenNews, read_news
from desktop.ui.entries.own_rows import own_facts, own_row, own_text
from desktop.ui.entries.page import EntriesPage
from desktop.ui.entries.reader import EntryReader
from desktop.ui.entries.reading import entry_look
from desktop.ui.entries.writing import NEW, Writing, draft_of
from desktop.ui.links import ask_to_open
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Live, Workspace
from domain.entries import EntryStatus
from domain.writing import DeleteEntry, SubmitEntry, WithdrawEntry

KINDS = frozenset({"entry", "entry_revision", "comment", "member", "schedule", "command"})
STEP = 200


class EntriesScreen:
    """Keeps the student's entries in step, and carries out what is asked there."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._limit = STEP
        self._rows: list[ReviewItem] = []
        self._read: ReviewItem | None = None
        self.commenting = Commenting(workspace, theme)
        self.actions = EntryActions(theme)
        self.reader = EntryReader(theme, self.commenting.view, self.actions)
        self.writing = Writing(workspace, theme)
        self.page = EntriesPage(
            theme, RecordListModel(self._text, self._look), self.reader, self.writing.view
        )
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.panes.model],
        )
        self.seen = SeenNews(workspace, self.reader.body, self._seen_id)
        self._show_none()
        page, reader = self.page, self.reader
        page.filter_changed.connect(self._on_filter)
        panes = page.panes
        panes.more_asked.connect(self._on_more)
        panes.current_changed.connect(self._on_chosen)
        panes.opened.connect(self.open_item)
        panes.step_asked.connect(self._on_step)
        page.new_asked.connect(self.write_new)
        reader.new_asked.connect(self._on_unsent)
        reader.link_asked.connect(self._on_link)
        reader.session_asked.connect(self._on_session)
        reader.history_asked.connect(self._on_history)
        self.writing.view.link_asked.connect(self._on_link)
        self.writing.left.connect(self._on_written)
        self.actions.asked.connect(self._on_action)
        workspace.drafts.changed.connect(self._on_drafts)
        workspace.drafts.load()

    def refresh(self) -> None:
        """Read the entries anew; what is read stays where it is."""
        self.page.show_tags(self._workspace.query(own_tags, self._workspace.me.id))
        self._show_counts()
        chosen = self.page.status.current
        self._rows = self._workspace.query(
            own_entries,
            self._workspace.me.id,
            status=EntryStatus(chosen) if chosen else None,
            tag=self.page.tags.current_id() or None,
            limit=self._limit,
        )
        self.page.show_rows(self._rows, self._read.id if self._read else "")
        if self._read is not None:
            self._read_again(self._read.id)
        elif self._rows and not self.page.panes.is_narrow:
            self._read_entry(self._rows[0].id)
        self._show_place()

    def open_item(self, entry_id: str, comment_id: str = "") -> None:
        """Open one entry to read, perhaps at a comment; it says so when the entry is gone."""
        if self.page.is_writing:
            self.writing.leave()
        if self._workspace.query(review_item, entry_id) is None:
            self._workspace.say(_tr("This entry is no longer there."))
            return
        self._on_chosen(entry_id)
        self.page.panes.show_reader()
        self.reader.body.setFocus()
        if comment_id:
            self.commenting.open_comment(comment_id)

    def write_new(self, session_id: str = "", draft: str = "") -> None:
        """Open the form for a new entry, perhaps about a session, or on one of several drafts."""
        self.page.show_writer()
        self.writing.open(None, session_id, key=draft if draft.startswith(f"{NEW}:") else "")

    def write_on(self, entry_id: str) -> None:
        """Open an entry and, where it can be changed, its form."""
        self.open_item(entry_id)
        if self._read is not None and self._read.id == entry_id and self.actions.can(WRITE):
            self._on_action(WRITE)

    def _on_action(self, key: str) -> None:
        item = self._read
        if item is None:
            return
        title = item.entry.title
        match key:
            case _ if key == WRITE or (key == SUBMIT and self._has_unsent(item)):
                # Nobody hands in a text that is not the one they typed last.
                self.page.show_writer()
                self.writing.open(item.entry)
            case _ if key == SUBMIT:
                command = SubmitEntry(id=item.id, zone=self._workspace.zone.key)
                said = _tr("“%1” is submitted.").replace("%1", title)
                self._workspace.do(command, done=lambda: self._workspace.say(said))
            case _ if key == WITHDRAW:
                self._ask_to_withdraw(item)
            case _ if key == DELETE:
                self._ask_to_delete(item)

    def _ask_to_withdraw(self, item: ReviewItem) -> None:
        said = _tr("“%1” is a draft again.").replace("%1", item.entry.title)
        ask(
            self.page.window(),
            _tr("Withdraw this entry?"),
            _tr("It becomes a draft that only you see. You can submit it again."),
            _tr("Withdraw"),
            lambda: self._workspace.do(
                WithdrawEntry(id=item.id), done=lambda: self._workspace.say(said)
            ),
        )

    def _ask_to_delete(self, item: ReviewItem) -> None:
        said = _tr("“%1” is deleted.").replace("%1", item.entry.title)
        ask(
            self.page.window(),
            _tr("Delete this entry?"),
            _tr("“%1” disappears for you and your mentors.").replace("%1", item.entry.title),
            _tr("Delete"),
            lambda: self._workspace.do_later(DeleteEntry(id=item.id), said),
            danger=True,
        )

    def _on_written(self, entry_id: str) -> None:
        self.page.end_writing()
        self.refresh()
        if entry_id and self._workspace.query(review_item, entry_id) is not None:
            self._read_entry(entry_id)
            self.page.panes.show_reader()
            self.reader.body.setFocus()
        else:
            self.page.panes.show_list()

    def _on_step(self, by: int) -> None:
        at = self._place() + by
        if self._rows and 0 <= at < len(self._rows):
            self._on_chosen(self._rows[at].id)
            self.page.panes.show_reader()
            place = self.reader.place.accessibleName()
            announce(self.reader, f"{place}: {self._text(self._rows[at])}")

    def _on_chosen(self, entry_id: str) -> None:
        """Show the entry that the person wants to read, with all that was said about it."""
        self._read_entry(entry_id)
        read_news(self._workspace, entry_id)

    def _read_entry(self, entry_id: str) -> None:
        self._read_again(entry_id)
        self.page.panes.select(entry_id)
        self._show_place()

    def _read_again(self, entry_id: str) -> None:
        """Show the entry as it stands now; one that has gone is no longer read."""
        item = self._workspace.query(review_item, entry_id)
        if item is None:
            self._read = None
            self.commenting.show_entry("")
            self._show_none()
            if self.page.panes.is_narrow and not self.page.is_writing:
                self.page.panes.show_list()
            return
        is_other = self._read is None or self._read.id != entry_id
        self._read = item
        if is_other:
            self.seen.look()
        look = entry_look(item, self._workspace, facts=own_facts(item, self._workspace))
        self.reader.show_entry(look, is_other=is_other)
        is_draft = item.entry.status is EntryStatus.DRAFT
        self.commenting.view.setVisible(not is_draft)
        self.commenting.show_entry(entry_id, item.entry.iteration)
        said = self._workspace.query(comments_on, entry_id)
        is_answered = bool(said) or item.entry.reviewed_at is not None
        self.actions.show_status(item.entry.status, is_answered=is_answered)
        self._show_unsent(item)

    def _seen_id(self) -> str:
        return self._read.id if self._read else ""

    def _has_unsent(self, item: ReviewItem) -> bool:
        return draft_of(item.id) in self._workspace.drafts

    def _show_unsent(self, item: ReviewItem) -> None:
        """Say that what is read is not what was typed last, and where that is."""
        if not self._has_unsent(item):
            self.reader.banner.hide()
        elif self.actions.can(WRITE):
            sentence = _tr("You have typed changes here that are not sent.")
            self.reader.show_changed(sentence, _tr("Show them"))
        else:
            sentence = _tr("You have typed changes here that can no longer be sent.")
            self.reader.show_changed(sentence, _tr("Show them"))

    def _on_unsent(self) -> None:
        if self.actions.can(WRITE):
            self._on_action(WRITE)
        elif self._read is not None:
            self._workspace.news.opened.emit(f"/attention/{draft_of(self._read.id)}")

    def _on_drafts(self) -> None:
        self.page.panes.model.refresh()
        if self._read is not None:
            self._show_unsent(self._read)

    def _place(self) -> int:
        """Where the entry that is read stands in the list; -1 when it does not."""
        read = self._read.id if self._read else ""
        return next((at for at, item in enumerate(self._rows) if item.id == read), -1)

    def _show_place(self) -> None:
        at, last = self._place(), len(self._rows) - 1
        words = ""
        if at >= 0:
            words = _tr("%1 of %2").replace("%1", str(at + 1)).replace("%2", str(len(self._rows)))
        self.reader.show_place(words, has_previous=at > 0, has_next=at < last)

    def _show_none(self) -> None:
        self.actions.show_status(None, is_answered=False)
        self.reader.show_nothing(_tr("Nothing open"), _tr("Choose an entry at the left."))

    def _show_counts(self) -> None:
        tag = self.page.tags.current_id() or None
        counts = self._workspace.query(own_counts, self._workspace.me.id, tag)
        for status in STATUSES:
            self.page.status.show_count(status, counts[status] or None, most=COUNTED)

    def _on_filter(self) -> None:
        self._limit = STEP
        self.page.panes.model.refresh()  # a row shows its status only among rows of several
        self.refresh()

    def _on_more(self) -> None:
        if len(self._rows) == self._limit:
            self._limit += STEP
            self.refresh()

    def _on_link(self, url: str) -> None:
        if ask_to_open(self.page.window(), _tr("Open this link?"), url) is None:
            self._workspace.say(_tr("Only links that begin with https can be opened."))

    def _on_history(self) -> None:
        if (item := self._read) is not None:
            asked = self._workspace.news.history_asked
            asked.emit(self.page.window(), item.entry.kind(), item.id, item.entry.title)

    def _on_session(self) -> None:
        if self._read and self._read.entry.schedule_id:
            self._workspace.news.opened.emit(f"/student/schedule/{self._read.entry.schedule_id}")

    def _text(self, item: ReviewItem) -> str:
        return own_text(item, self._workspace)

    def _look(self, item: ReviewItem) -> object:
        return own_row(item, self._workspace, with_status=not self.page.status.current)


def _tr(text: str) -> str:
    return QCoreApplication.translate("OwnEntries", text)

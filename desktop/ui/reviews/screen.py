"""Joins the mentor's queue and its reader to the workspace."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer

from desktop.store.people import students_of
from desktop.store.reviews import (
    COUNTED,
    ReviewFilter,
    ReviewItem,
    review_counts,
    review_item,
    review_queue,
    tags_in_use,
)
from desktop.ui.entries.commenting import Commenting
from desktop.ui.entries.feedback import SeenNews
from desktop.ui.entries.looks import status_look
from desktop.ui.entries.reading import entry_look, is_same
from desktop.ui.kept_text import KeptText
from desktop.ui.links import ask_to_open
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.reviews.deciding import decision, draft_key, is_lacking, remark
from desktop.ui.reviews.looks import facts, review_row, review_text
from desktop.ui.reviews.page import ReviewsPage
from desktop.ui.reviews.reader import Reader
from desktop.ui.schedule.choices import student_choices
from desktop.ui.theme import Theme
from desktop.ui.widgets.announcement import announce
from desktop.ui.widgets.person_picker import Choice
from desktop.ui.workspace import Live, Workspace
from domain.commands import Command
from domain.entries import EntryStatus
from domain.errors import DomainError, Invalid

KINDS = frozenset({"entry", "entry_revision", "student_card", "member", "schedule", "command"})
COUNTED_STATUSES = (
    EntryStatus.PENDING,
    EntryStatus.NEEDS_WORK,
    EntryStatus.REVIEWED,
    EntryStatus.APPROVED,
)
STEP = 200
UNREAD_MS = 500  # so long an entry that opened by itself takes no decision by key


class ReviewsScreen:
    """Keeps the queue in step, holds still what is read, and sends what the mentor decides."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._limit = STEP
        self._rows: list[ReviewItem] = []
        self._read: ReviewItem | None = None  # as it stands in the reader
        self._at = 0  # where it stood in the list
        self._is_sending = False
        self.commenting = Commenting(workspace, theme, has_composer=False)
        self.reader = Reader(theme, self.commenting.view)
        self.page = ReviewsPage(theme, RecordListModel(self._text, self._look), self.reader)
        self.draft = KeptText(workspace, self.reader.feedback.area)
        self.draft.failed.connect(self.reader.feedback.field.set_error)
        self.unread = QTimer(self.page, singleShot=True, interval=UNREAD_MS)
        self.live = Live(
            self.page,
            workspace.news,
            self.refresh,
            KINDS,
            by_the_minute=True,
            aging=[self.page.model],
        )
        self.seen = SeenNews(workspace, self.reader.body, self._seen_id)
        self._show_none()
        page, reader = self.page, self.reader
        page.filter_changed.connect(self._on_filter)
        page.more_asked.connect(self._on_more)
        page.current_changed.connect(self._read_entry)
        page.opened.connect(self._on_opened)
        page.step_asked.connect(self._on_step)
        page.decide_asked.connect(self.decide)
        page.key_pressed.connect(self._on_key)
        reader.new_asked.connect(self._on_new_asked)
        reader.link_asked.connect(self._on_link)
        reader.session_asked.connect(self._on_session)
        reader.history_asked.connect(self._on_history)
        reader.feedback.comment_asked.connect(self._on_comment)

    def refresh(self) -> None:
        """Read the queue anew; what is read stays as it is until it is asked for anew."""
        tags = [Choice(tag, tag) for tag in self._workspace.query(tags_in_use)]
        self.page.show_choices(student_choices(self._workspace), tags)
        self._show_counts()
        self._rows = self._workspace.query(review_queue, self._filter())
        self.page.show_rows(self._rows, self._read.id if self._read else "")
        if self._read is None and self._rows and not self.page.is_narrow:
            self._read_entry(self._rows[0].id)
        self._check()
        self._show_place()

    def open_item(self, entry_id: str, comment_id: str = "") -> None:
        """Open one entry, whatever the filter shows, perhaps at a comment.

        It says so when the entry is gone.
        """
        if self._workspace.query(review_item, entry_id) is None:
            self._workspace.say(_tr("This entry is no longer there."))
            return
        self._read_entry(entry_id)
        self.page.show_reader()
        self.reader.body.setFocus()
        if comment_id:
            self.commenting.open_comment(comment_id)

    def decide(self, key: str) -> None:
        """Send the decision with what was written; then the next one that waits opens."""
        item, feedback = self._read, self.reader.feedback
        if item is None or self._is_sending:
            return
        words = feedback.area.typed()
        if is_lacking(key, words):
            name = item.student_name or _tr("the student")
            feedback.complain(_tr("Tell %1 what needs work first.").replace("%1", name))
            return
        said = _said(key).replace("%1", item.entry.title)
        next_id = self._next_waiting()

        def done() -> None:
            self._workspace.say(said)
            self._go_on(next_id)

        self._send(item, lambda: decision(key, item.entry, words, self._workspace), done)

    def _on_key(self, key: str) -> None:
        """A key that was meant for the last entry decides nothing about the next."""
        if not self.unread.isActive():
            self.decide(key)

    def _on_comment(self) -> None:
        item, feedback = self._read, self.reader.feedback
        if item is None or self._is_sending or not feedback.comment.isEnabled():
            return
        words = feedback.area.typed()
        if not words:
            feedback.complain(_tr("Write something first."))
            return
        self._send(item, lambda: remark(item.entry, words, self._workspace), lambda: None)

    def _send(
        self, item: ReviewItem, command: Callable[[], Command], done: Callable[[], object]
    ) -> None:
        """Send what was written to `item`; wherever it cannot be, the words stay in the field."""

        def sent() -> None:
            self._is_sending = False
            self.draft.drop(draft_key(item.id))
            done()

        def not_sent(problem: DomainError | str) -> None:
            self._is_sending = False
            self.reader.feedback.complain(str(problem))
            self._check()

        try:
            made = command()
        except Invalid as error:
            not_sent(error)
            return
        self._is_sending = True
        self._workspace.do(made, done=sent, refused=not_sent, failed=not_sent)

    def _go_on(self, next_id: str) -> None:
        """Open the next one that waits; without one, say so."""
        if next_id:
            self._read_entry(next_id)
            self.unread.start()
            self.reader.body.setFocus()
            self._tell()
            return
        self._read = None
        self.draft.show("")
        self.commenting.show_entry("")
        self._show_none()
        self.page.show_list()
        announce(self.page, _tr("Nothing waits for you."))

    def _next_waiting(self) -> str:
        """The next entry that waits, in the order of the list; "" when there is none."""
        read = self._read.id if self._read else ""
        at = self._place()
        around = [*self._rows[at + 1 :], *self._rows[:at]]
        everywhere = self._workspace.query(review_queue, ReviewFilter(status=EntryStatus.PENDING))
        for item in (*around, *everywhere):
            if item.id != read and item.entry.status is EntryStatus.PENDING:
                return item.id
        return ""

    def _on_opened(self, entry_id: str) -> None:
        self.unread.stop()  # the person chose this one
        self._read_entry(entry_id)
        self.page.show_reader()
        self.reader.body.setFocus()

    def _on_step(self, by: int) -> None:
        """Go to the next or the previous row; where the present one has gone, its place counts."""
        if not self._rows:
            return
        here = self._rows[self._at : self._at + 1]
        is_there = bool(here) and self._read is not None and here[0].id == self._read.id
        at = self._at + by if is_there or by < 0 else self._at
        if self._read is None:
            at = 0
        if not 0 <= at < len(self._rows):
            return
        self._read_entry(self._rows[at].id)
        self.page.show_reader()
        self._tell()

    def _read_entry(self, entry_id: str) -> None:
        """Show an entry in the reader as it stands now."""
        item = self._workspace.query(review_item, entry_id)
        if item is None:
            return
        is_other = self._read is None or self._read.id != entry_id
        self._read = item
        if is_other:
            self.seen.look()
        look = entry_look(
            item,
            self._workspace,
            facts=facts(item, self._workspace),
            student=item.student_name,
        )
        self.reader.show_entry(look, is_other=is_other)
        self.reader.feedback.show_status(item.entry.status)
        if is_other:
            self.reader.feedback.field.set_error("")
            self.draft.show(draft_key(entry_id))
        self.commenting.show_entry(entry_id, item.entry.iteration)
        self.page.select(entry_id)
        self._show_place()

    def _check(self) -> None:
        """Say when the entry is no longer the one that is read; show what else is news."""
        read = self._read
        if read is None:
            return
        now = self._workspace.query(review_item, read.id)
        if now is None:
            sentence = _tr("%1 has taken this entry back.")
            if not self._is_mine(read.entry.student_id):
                sentence = _tr("%1 is no longer your student.")
            sentence = sentence.replace("%1", read.student_name or _tr("The student"))
            self.reader.show_changed(sentence, "")
            self.reader.feedback.show_status(None)
        elif self._is_sending:
            return  # it is I who changes it
        elif is_same(read.entry, now.entry):
            self._read_entry(read.id)
            self.reader.banner.hide()
        elif now.entry.status is not read.entry.status and now.reviewer_name:
            words = _tr("%1 has reviewed this entry meanwhile: %2.")
            chip = status_look(now.entry.status).text
            sentence = words.replace("%2", chip).replace("%1", now.reviewer_name)
            self.reader.show_changed(sentence, _tr("Show it"))
        else:
            self.reader.show_changed(_tr("This entry has changed."), _tr("Show the new text"))

    def _seen_id(self) -> str:
        return self._read.id if self._read else ""

    def _is_mine(self, student_id: str) -> bool:
        own = self._workspace.query(students_of, self._workspace.me.id)
        return any(card.id == student_id for card in own)

    def _on_new_asked(self) -> None:
        if self._read is not None:
            self.reader.banner.hide()
            self.reader.feedback.field.set_error("")
            self._read_entry(self._read.id)
            self.reader.body.setFocus()

    def _place(self) -> int:
        """Where the entry that is read stands in the list, or stood."""
        read = self._read.id if self._read else ""
        found = next((at for at, item in enumerate(self._rows) if item.id == read), None)
        self._at = min(self._at, len(self._rows)) if found is None else found
        return self._at

    def _show_place(self) -> None:
        at = self._place()
        is_there = self._read is not None and self._is_listed()
        words = ""
        if is_there:
            words = _tr("%1 of %2").replace("%1", str(at + 1)).replace("%2", str(len(self._rows)))
        last = len(self._rows) - 1
        self.reader.show_place(
            words, has_previous=at > 0, has_next=at < last if is_there else at <= last
        )

    def _is_listed(self) -> bool:
        return any(self._read is not None and item.id == self._read.id for item in self._rows)

    def _tell(self) -> None:
        """Say which entry it is now, wherever the keyboard is."""
        if self._read is not None:
            place = self.reader.place.accessibleName()
            announce(self.reader, f"{place}: {review_text(self._read, self._workspace)}")

    def _show_none(self) -> None:
        self.reader.show_nothing(
            _tr("Nothing open"), _tr("Choose an entry at the left, or wait for the next one.")
        )

    def _show_counts(self) -> None:
        page = self.page
        student, tag = page.students.current_id(), page.tags.current_id()
        counts = self._workspace.query(
            review_counts, COUNTED_STATUSES, student or None, tag or None
        )
        for status, count in counts.items():
            page.status.show_count(status, count, most=COUNTED)
        page.status.show_count("", sum(counts.values()), most=COUNTED)

    def _filter(self) -> ReviewFilter:
        page = self.page
        return ReviewFilter(
            status=EntryStatus(page.status.current) if page.status.current else None,
            student_id=page.students.current_id() or None,
            tag=page.tags.current_id() or None,
            limit=self._limit,
        )

    def _on_filter(self) -> None:
        self._limit = STEP
        self.page.model.refresh()  # a row shows its status only among rows of several
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
            self._workspace.news.opened.emit(f"/mentor/schedules/{self._read.entry.schedule_id}")

    def _text(self, item: ReviewItem) -> str:
        return review_text(item, self._workspace)

    def _look(self, item: ReviewItem) -> object:
        return review_row(item, self._workspace, with_status=not self.page.status.current)


def _said(key: str) -> str:
    match key:
        case "approved":
            return _tr("“%1” is approved.")
        case "needs_work":
            return _tr("You asked for more work on “%1”.")
        case _:
            return _tr("“%1” is reviewed.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reviews", text)

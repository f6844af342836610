"""The pages of one signed-in person in the window, by role, and the ways between them."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.launching.at_login import AtLogin
from desktop.settings import program_version
from desktop.store.names import names_of
from desktop.store.people import account as account_row
from desktop.store.reviews import waiting_count
from desktop.sync.states import SyncState
from desktop.ui.activity.screen import ActivityScreen
from desktop.ui.admin.screen import AdminScreen
from desktop.ui.attention.screen import AttentionScreen
from desktop.ui.entries.screen import EntriesScreen
from desktop.ui.history.showing import show_history
from desktop.ui.inbox.bell import BellPanel
from desktop.ui.inbox.screen import InboxScreen
from desktop.ui.main_window import MainWindow, PageSpec
from desktop.ui.my_schedule.screen import MyScheduleScreen
from desktop.ui.reviews.screen import ReviewsScreen
from desktop.ui.schedule.screen import ScheduleScreen
from desktop.ui.settings.screen import SettingsScreen
from desktop.ui.silence import choose_silence, silence_words
from desktop.ui.students.screen import StudentsScreen
from desktop.ui.sync_asked import SyncAsked
from desktop.ui.sync_words import sync_look
from desktop.ui.theme import Theme
from desktop.ui.today.screen import TodayScreen
from desktop.ui.update_notice import UpdateNotice
from desktop.ui.workspace import Workspace
from domain.instants import instant
from domain.members import Role
from domain.rooms import room_subject

INBOX_KINDS = frozenset({"account", "activity", "inbox_mark", "read_through"})
MINUTE_MS = 60_000
ROLES = {
    Role.STUDENT: QT_TRANSLATE_NOOP("Shell", "Student"),
    Role.MENTOR: QT_TRANSLATE_NOOP("Shell", "Mentor"),
    Role.ADMIN: QT_TRANSLATE_NOOP("Shell", "Admin"),
}


class Shell(QObject):
    """Fills the window's frame for one person and keeps badges, toasts and sync state in step.

    Signals:
        known: the account's row, whenever it has changed.
    """

    known = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        workspace: Workspace,
        theme: Theme,
        name: str,
        at_login: AtLogin | None = None,
    ) -> None:
        """`name` is who it is until the account's row is here."""
        super().__init__(window)
        self._at_login = at_login
        self._window = window
        self._workspace = workspace
        self._theme = theme
        self._sync: SyncState | None = None
        self._sync_asked = SyncAsked(workspace.say)
        self._is_closed = False
        self._waiting_attention = 0
        self._screens: list[object] = []
        self._openers: dict[str, Callable[[str], object]] = {}
        window.set_person(name, _tr(str(ROLES[workspace.me.role])))
        self._show_account()
        self._add_pages()
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self._on_minute)
        self._await_minute()
        news = workspace.news
        news.said.connect(lambda text, undo: window.toast(text, undo))
        news.acted.connect(window.forget_undo)
        news.settled.connect(window.settle)
        news.opened.connect(self.open)
        news.history_asked.connect(self._on_history)
        news.sync.connect(self._on_sync)
        news.changed.connect(self._on_changed)
        news.woken.connect(self._on_minute)
        news.zone.connect(self._show_sync)
        self._update = UpdateNotice(workspace, program_version(), self)
        self.bell = BellPanel(workspace, theme, window.topbar.bell)
        window.page_changed.connect(self._on_page)
        self.bell.panel.undo_asked.connect(window.undo_last)
        window.inbox_asked.connect(self._on_inbox)
        window.sync_now_asked.connect(self._on_sync_now)
        window.silence_asked.connect(self._on_silence)
        self._show_unread()

    def open(self, path: str) -> bool:
        """Open a place such as "/mentor/schedules/ID" or "/student/entries/ID?comment=ID"."""
        parts = urlsplit(path)
        if not self._window.show_path(parts.path):
            return False
        key = self._window.current_key
        item = parts.path.removeprefix(self._window.pages[key].path).strip("/")
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if item == "new":
            self._open_new(given)
        elif item and key == "entries" and "comment" in given:
            self._open_comment(item, given["comment"])
        elif item and key == "entries" and "write" in given and self._is_student:
            self.entries.write_on(item)
        elif item and key in self._openers:
            self._openers[key](item)
        elif not item:
            self._window.focus_page()
        return True

    def room_name(self, room: str) -> str:
        """The name of the person or cohort that a room belongs to, "" where it is not known."""
        subject = room_subject(room)
        return self._workspace.query(names_of, [subject]).get(subject, "")

    def close(self) -> None:
        """Take the pages away, for somebody else."""
        if self._is_closed:
            return
        self._is_closed = True
        self._minute.stop()
        self._window.page_changed.disconnect(self._on_page)
        self._window.inbox_asked.disconnect(self._on_inbox)
        self._window.sync_now_asked.disconnect(self._on_sync_now)
        self.bell.close()
        self.activity.close()
        self._window.remove_pages()
        self.deleteLater()

    def _add_pages(self) -> None:
        today = TodayScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="today", title=_tr("Today"), icon="today", widget=today.page, path="/today"
            )
        )
        self._screens.append(today)
        if self._workspace.me.role is Role.STUDENT:
            self._add_student_pages()
        else:
            self._add_mentor_pages()
        self._add_activity_page()
        inbox = InboxScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="inbox",
                title=_tr("Inbox"),
                icon="inbox",
                widget=inbox.page,
                path="/inbox",
                in_sidebar=False,
                keys=tuple(inbox.page.shortcuts()),
            )
        )
        settings = SettingsScreen(
            self._workspace, self._theme, self._window, at_login=self._at_login
        )
        self._add(
            PageSpec(
                key="settings",
                title=_tr("Settings"),
                icon="settings",
                widget=settings.page,
                path="/settings",
            )
        )
        if self._workspace.me.role is Role.ADMIN:
            self._add_admin_page()
        attention = AttentionScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="attention",
                title=_tr("Needs attention"),
                icon="warning",
                widget=attention.page,
                path="/attention",
            ),
            attention.open_item,
        )
        attention.count.connect(self._on_attention)
        self._window.set_page_visible("attention", False)
        self._screens += [inbox, settings, attention]

    def _add_student_pages(self) -> None:
        schedule = MyScheduleScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="schedule",
                title=_tr("My Schedule"),
                icon="calendar",
                widget=schedule.page,
                path="/student/schedule",
            ),
            schedule.open_item,
        )
        self.entries = EntriesScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="entries",
                title=_tr("Entries"),
                icon="entries",
                widget=self.entries.page,
                path="/student/entries",
                primary_action=self.entries.page.new_action,
                keys=tuple(self.entries.page.shortcuts()),
            ),
            self.entries.open_item,
        )
        self._screens += [schedule, self.entries]

    def _add_mentor_pages(self) -> None:
        self.schedule = ScheduleScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="schedule",
                title=_tr("Schedule"),
                icon="calendar",
                widget=self.schedule.page,
                path="/mentor/schedules",
                primary_action=self.schedule.page.new_action,
                keys=tuple((keys, words) for keys, _deed, words in self.schedule.page.shortcuts()),
            ),
            self.schedule.open_item,
        )
        self.reviews = ReviewsScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="entries",
                title=_tr("Entries"),
                icon="entries",
                widget=self.reviews.page,
                path="/mentor/entries",
                keys=tuple(self.reviews.page.shortcuts()),
            ),
            self.reviews.open_item,
        )
        self._show_waiting()
        students = StudentsScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="students",
                title=_tr("Students"),
                icon="users",
                widget=students.page,
                path="/mentor/students",
                primary_action=students.page.primary_action,
            ),
            students.page.open_item,
        )
        self._screens += [self.schedule, self.reviews, students]

    def _add_admin_page(self) -> None:
        admin = AdminScreen(self._workspace, self._theme)
        self._add(
            PageSpec(
                key="admin",
                title=_tr("Administration"),
                icon="key",
                widget=admin.page,
                path="/admin",
                in_sidebar=False,
                under="settings",
                primary_action=admin.page.primary_action,
            ),
            admin.open_item,
        )
        self._screens.append(admin)

    def _add_activity_page(self) -> None:
        self.activity = ActivityScreen(self._workspace, self._theme)
        side = "student" if self._workspace.me.role is Role.STUDENT else "mentor"
        self._add(
            PageSpec(
                key="activity",
                title=_tr("Activity"),
                icon="activity",
                widget=self.activity.page,
                path=f"/{side}/activity",
                keys=tuple(self.activity.page.shortcuts()),
            )
        )

    def _add(self, page: PageSpec, opener: Callable[[str], object] | None = None) -> None:
        page.widget.setObjectName(page.widget.objectName() or "page")
        self._window.add_page(page)
        if opener:
            self._openers[page.key] = opener

    def _open_new(self, given: dict[str, str]) -> None:
        if self._workspace.me.role is not Role.STUDENT:
            self.schedule.new(given.get("student", ""))
        elif self._window.current_key == "entries":
            self.entries.write_new(given.get("session", ""), given.get("draft", ""))

    @property
    def _is_student(self) -> bool:
        return self._workspace.me.role is Role.STUDENT

    def _open_comment(self, entry_id: str, comment_id: str) -> None:
        if self._is_student:
            self.entries.open_item(entry_id, comment_id)
        else:
            self.reviews.open_item(entry_id, comment_id)

    def _on_attention(self, count: int) -> None:
        """Show how many wait; who has decided the last one stays, and reads that nothing does."""
        self._waiting_attention = count
        is_open = self._window.current_key == "attention"
        self._window.set_page_visible("attention", count > 0 or is_open)
        self._window.set_badge("attention", count)

    def _on_page(self, key: str) -> None:
        if key != "attention" and "attention" in self._window.pages:
            self._window.set_page_visible("attention", self._waiting_attention > 0)

    def _on_history(self, parent: QWidget, kind: str, item_id: str, title: str) -> None:
        show_history(self._workspace, self._theme, parent, kind, item_id, title)

    def _on_inbox(self) -> None:
        self.bell.open()

    def _on_silence(self, choice: str) -> None:
        choose_silence(self._workspace, choice)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if "account" in kinds:
            self._show_account()
        if kinds & INBOX_KINDS:
            self._show_unread()
        if "entry" in kinds and self._workspace.me.role is not Role.STUDENT:
            self._show_waiting()

    def _show_account(self) -> None:
        """Follow what the person has set, here or on another device: name, zone, silence."""
        row = self._workspace.query(account_row, self._workspace.me.id)
        if row is not None:
            self._window.set_person(row.name, _tr(str(ROLES[self._workspace.me.role])))
            self._workspace.live_in(ZoneInfo(row.time_zone))
            self.known.emit(row)
        self._show_silence()

    def _show_silence(self) -> None:
        self._window.set_silence(silence_words(self._workspace))

    def _show_waiting(self) -> None:
        self._window.set_badge("entries", self._workspace.query(waiting_count))

    def _show_unread(self) -> None:
        now = instant(self._workspace.now())
        self._window.set_unread(self._workspace.recent.unread_count(now=now))

    def _on_sync_now(self) -> None:
        self._sync_asked.begin()

    def _on_sync(self, state: SyncState) -> None:
        self._sync = state
        self._sync_asked.take(state)
        self._show_sync()

    def _show_sync(self) -> None:
        if self._sync:
            self._window.set_sync_state(sync_look(self._sync, self._workspace))

    def _await_minute(self) -> None:
        """Be called when the clock on the wall shows the next minute."""
        now = self._workspace.now()
        self._minute.start(MINUTE_MS - now.second * 1000 - now.microsecond // 1000)

    def _on_minute(self) -> None:
        self._await_minute()
        self._show_unread()  # a snooze may be over
        self._show_silence()  # it may be over
        self._workspace.news.minute.emit()
        self._show_sync()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Shell", text)

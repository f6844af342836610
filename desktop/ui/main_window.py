"""The window: its frame, its pages, and what it remembers."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.ui import icons
from desktop.ui.shortcuts_dialog import ShortcutsDialog
from desktop.ui.sidebar import Sidebar
from desktop.ui.sync_state import SyncLook
from desktop.ui.theme import Look, Theme
from desktop.ui.topbar import Topbar
from desktop.ui.widgets.literal import revealed
from desktop.ui.widgets.stops import bring_keyboard
from desktop.ui.widgets.toast import Toast, ToastStack

SMALLEST = (720, 520)
FIRST = (1100, 720)
NARROW_BELOW = 820
STAYS = "staysWhenClosed"


class Remembered(Protocol):
    """Where the window keeps its place from one start to the next; values fit JSON."""

    def load(self) -> dict[str, Any]: ...

    def save(self, values: dict[str, Any]) -> None: ...


class Rest(Enum):
    """Where the window goes when it is closed."""

    NOWHERE = auto()  # the program ends
    TRAY = auto()
    TASKBAR = auto()
    HERE = auto()  # it stays open: the person is asked first


@dataclass(frozen=True, kw_only=True)
class PageSpec:
    """A page of the window, and how one comes to it.

    `path` is its deep link without the scheme, for instance "/mentor/schedules". A page that is
    not `in_sidebar` is reached by the program only, or from the page with the key `under`, whose
    place in the sidebar is its own. `keys` are its own shortcuts, with their words.
    """

    key: str
    title: str
    icon: str
    widget: QWidget
    primary_action: QAction | None = None
    path: str = ""
    in_sidebar: bool = True
    under: str = ""
    keys: tuple[tuple[str, str], ...] = ()


class MainWindow(QMainWindow):
    """The frame around the pages; it shows and asks, and decides nothing.

    Signals:
        page_changed: the key of the page that is open now.
        inbox_asked: the bell was pressed, or its key.
        sync_now_asked: try to sync at once.
        pause_asked: whether sync is to stand still.
        sign_in_asked: the person wants to sign in again.
        doctor_asked: look at the way to this relay; "" is the one that the person is signed in at.
        sign_out_asked: the person wants to leave.
        reopening_asked: the local files are to be closed and opened again.
        deletion_asked: the person leaves and has confirmed that the local copy goes.
        silence_asked: a choice of *do not disturb*, see `desktop.ui.silence`.
        closing: the program is asked to end.
        hidden: the window was closed and stays in the tray.
    """

    page_changed = Signal(str)
    inbox_asked = Signal()
    sync_now_asked = Signal()
    pause_asked = Signal(bool)
    sign_in_asked = Signal()
    doctor_asked = Signal(str)
    sign_out_asked = Signal()
    reopening_asked = Signal()
    deletion_asked = Signal()
    silence_asked = Signal(str)
    closing = Signal()
    hidden = Signal()

    def __init__(self, theme: Theme, remembered: Remembered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remembered = remembered
        self._memory = remembered.load()
        self.pages: dict[str, PageSpec] = {}
        self.current_key = ""
        self._undos: list[tuple[Callable[[], object], Toast]] = []  # the last can be taken back
        self.rests_in: Callable[[], Rest] = lambda: Rest.NOWHERE
        self._person = ""
        self.setWindowIcon(icons.app_icon())
        self.setMinimumSize(*SMALLEST)
        self.sidebar = Sidebar(theme)
        self.topbar = Topbar(theme)
        self.stack = QStackedWidget()
        self.frame = self._built_frame()
        self.outer = QStackedWidget()
        self.outer.addWidget(self.frame)
        self.setCentralWidget(self.outer)
        self._show_title()
        self.toasts = ToastStack(theme, self.outer)
        self._add_shortcuts()
        self._restore()

        self.sidebar.page_asked.connect(self.show_page)
        self.sidebar.person.look_asked.connect(self.choose_look)
        self.sidebar.person.resting_asked.connect(self.set_stays)
        self.sidebar.person.rest_action.setChecked(self.stays)
        self.sidebar.person.silence_asked.connect(self.silence_asked)
        self.sidebar.person.sign_out_asked.connect(self.sign_out_asked)
        self.sidebar.person.doctor_asked.connect(lambda: self.doctor_asked.emit(""))
        self.sidebar.person.quit_asked.connect(self.end)
        popup = self.sidebar.sync.popup
        popup.sync_now_asked.connect(self.sync_now_asked)
        popup.pause_asked.connect(self.pause_asked)
        popup.sign_in_asked.connect(self.sign_in_asked)
        popup.doctor_asked.connect(lambda: self.doctor_asked.emit(""))
        self.topbar.inbox_asked.connect(self.inbox_asked)

    def add_page(self, page: PageSpec) -> None:
        """Add a page below the others; the page that was open last time opens by itself."""
        self.pages[page.key] = page
        self.stack.addWidget(page.widget)
        if page.in_sidebar:
            self.sidebar.add_page(page.key, page.title, page.icon)
        if page.in_sidebar and (not self.current_key or page.key == self._memory.get("page")):
            self._open(page.key)

    def remove_pages(self) -> None:
        """Take all pages away, for another person; the window's memory of the page stays."""
        # The open one last: else each of the others would be shown, and begin to read, in its turn.
        for page in sorted(self.pages.values(), key=lambda page: page.key == self.current_key):
            self.stack.removeWidget(page.widget)
            page.widget.deleteLater()
        self.pages.clear()
        self._undos.clear()
        self.toasts.dismiss_notices()
        self.current_key = ""
        self.sidebar.remove_pages()
        self.topbar.show_page("", None)
        self._person = ""
        self._show_title()

    def show_page(self, key: str) -> None:
        """Open a page and remember it; an unknown key is ignored."""
        if key in self.pages and key != self.current_key:
            self._open(key)
            if self.pages[key].in_sidebar:
                self._memory["page"] = key
                self.remember()

    def focus_page(self) -> None:
        """Give the keyboard to the page that is open, to its list where it shows one."""
        bring_keyboard(self.pages[self.current_key].widget)

    def show_path(self, path: str) -> bool:
        """Open the page of a deep link; false when no page has this path."""
        for page in self.pages.values():
            if page.path and (path == page.path or path.startswith(f"{page.path}/")):
                self.show_page(page.key)
                return True
        return False

    def set_page_visible(self, key: str, is_visible: bool) -> None:
        """Show or hide a page in the sidebar; a hidden one that is open gives way to the first."""
        self.sidebar.items[key].setVisible(is_visible)
        if not is_visible and key == self.current_key:
            self.show_page(next(iter(self.pages)))

    def set_badge(self, key: str, count: int) -> None:
        """Show how many wait on a page."""
        self.sidebar.items[key].set_count(count)

    def set_unread(self, count: int) -> None:
        """Show how many notifications are unread at the bell."""
        self.topbar.set_unread(count)

    def set_person(self, name: str, role: str) -> None:
        """Show who is signed in; `role` is a word the person reads."""
        self.sidebar.person.set_person(name, role)
        self._person = name
        self._show_title()

    def set_silence(self, words: str) -> None:
        """Show until when nothing disturbs the person, "" for no time."""
        self.sidebar.person.show_silence(words)

    def set_sync_state(self, look: SyncLook) -> None:
        self.sidebar.sync.show_look(look)

    def toast(self, text: str, undo: Callable[[], object] | None = None) -> Toast:
        """Say `text` at the foot of the window, with Undo where it can be taken back.

        Ctrl+Z takes the last such change back also when its message has gone, but only once.
        """
        if undo is None:
            return self.toasts.show_message(text)
        toast = self.toasts.show_message(text, self.tr("Undo"), lambda: self._take_back(undo))
        standing = [each for each in self._undos if each[1] in self.toasts.toasts]
        self._undos = [*standing, (undo, toast)]
        return toast

    def notice(self, text: str) -> None:
        """Say something that stands until it is dismissed: the person may be away for now."""
        self.toasts.show_message(text, stays=True)

    def take_away(self, toast: Toast | None) -> None:
        """Take a message away before its time: what it says is over."""
        if toast in self.toasts.toasts:
            toast.gone.emit()

    def undo_last(self) -> None:
        """Take the person's last change back, or say that there is none."""
        if not self._undos:
            self.toast(self.tr("There is nothing to undo."))
            return
        undo, toast = self._undos[-1]
        if toast in self.toasts.toasts:
            toast.action_button.click()  # and the message goes
        else:
            self._take_back(undo)

    def settle(self, undo: Callable[[], object]) -> None:
        """Offer this no more: it would come too late."""
        for each, toast in self._undos:
            if each is undo and toast in self.toasts.toasts:
                toast.gone.emit()
        self._undos = [each for each in self._undos if each[0] is not undo]

    def forget_undo(self) -> None:
        """Let Ctrl+Z take nothing back that was done by now: something else was done since."""
        self._undos.clear()

    def _take_back(self, undo: Callable[[], object]) -> None:
        self._undos = [each for each in self._undos if each[0] is not undo]
        undo()

    def show_full_page(self, widget: QWidget) -> None:
        """Show `widget` alone, without the frame, for instance to sign in."""
        widget.setObjectName(widget.objectName() or "fullPage")
        if self.outer.indexOf(widget) < 0:
            self.outer.addWidget(widget)
        self.outer.setCurrentWidget(widget)
        self.toasts.raise_()
        self._show_title()

    def show_frame(self) -> None:
        """Come back from a full page to the frame."""
        self.outer.setCurrentWidget(self.frame)
        self.toasts.raise_()
        self._show_title()

    @property
    def is_framed(self) -> bool:
        return self.outer.currentWidget() is self.frame

    def remember(self) -> None:
        """Keep the window's place for the next start."""
        self._memory["geometry"] = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._memory["look"] = self._theme.look.value
        self._remembered.save(dict(self._memory))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW_BELOW
        if is_narrow != self.sidebar.is_narrow:
            self.sidebar.set_narrow(is_narrow)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        item = self.sidebar.items.get(self.current_key)
        if item is not None and self.is_framed and self.focusWidget() is None:
            item.setFocus()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.remember()
        app = QGuiApplication.instance()
        ends = isinstance(app, QGuiApplication) and app.isSavingSession()
        rest = Rest.NOWHERE if ends else self.rests_in()
        if rest is Rest.NOWHERE:
            self.closing.emit()
            super().closeEvent(event)
            return
        event.ignore()
        if rest is Rest.TRAY:
            self.hide()
            self.hidden.emit()
        elif rest is Rest.TASKBAR:
            self.showMinimized()

    def end(self) -> None:
        """End the program, wherever closing the window would lead."""
        self.remember()
        self.closing.emit()

    def come_forward(self) -> None:
        """Show the window, from the tray or from behind others, as large as it was."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @property
    def stays(self) -> bool:
        """Whether the person wants Tandem to go on when the window is closed."""
        return bool(self.recall(STAYS, default=True))

    def set_stays(self, stays: bool) -> None:
        self.note(STAYS, stays)
        self.sidebar.person.rest_action.setChecked(stays)

    def choose_look(self, look: Look) -> None:
        """Follow the system, or stay light or dark, from now on."""
        self._theme.choose(look)
        self.sidebar.person.show_look(look)
        self.remember()

    def recall(self, key: str, default: Any = None) -> Any:
        """What this computer remembers under a name of the window's."""
        return self._memory.get(key, default)

    def note(self, key: str, value: Any) -> None:
        """Remember it for the next start."""
        self._memory[key] = value
        self.remember()

    def _built_frame(self) -> QWidget:
        frame = QWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.topbar)
        right.addWidget(self.stack, 1)
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addLayout(right, 1)
        return frame

    def _add_shortcuts(self) -> None:
        for number in range(1, 10):
            self._shortcut(f"Ctrl+{number}", partial(self._open_nth, number))
        self._shortcut("Ctrl+N", self._do_primary)
        self._shortcut("Ctrl+I", self._ask_for_inbox)
        self._shortcut("Ctrl+Z", self.undo_last)
        self._shortcut("Ctrl+Q", self.end)
        self._shortcut("F6", self.toasts.take_focus)
        self._shortcut("F1", self.show_shortcuts)

    def _shortcut(self, keys: str, then: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(lambda: then())

    def show_shortcuts(self) -> None:
        """Open the dialog that lists every shortcut."""
        titles = [self.pages[key].title for key in self._visible_keys()]
        own = [(page.title, page.keys) for page in self.pages.values() if page.keys]
        ShortcutsDialog(self, titles, own).open()

    def _visible_keys(self) -> list[str]:
        return [key for key, item in self.sidebar.items.items() if not item.isHidden()]

    def _open_nth(self, number: int) -> None:
        keys = self._visible_keys()
        if self.is_framed and number <= len(keys):
            self.show_page(keys[number - 1])
            self.focus_page()

    def _ask_for_inbox(self) -> None:
        if self.is_framed and self.pages:
            self.inbox_asked.emit()

    def _do_primary(self) -> None:
        page = self.pages.get(self.current_key)
        if self.is_framed and page and page.primary_action and page.primary_action.isEnabled():
            page.primary_action.trigger()

    def _open(self, key: str) -> None:
        page = self.pages[key]
        self.current_key = key
        self.stack.setCurrentWidget(page.widget)
        self.topbar.show_page(page.title, page.primary_action)
        self.sidebar.show_current(page.under or key)
        self._show_title()
        QTimer.singleShot(0, self.toasts, self.toasts.place)  # once the page is laid out
        self.page_changed.emit(key)

    def _show_title(self) -> None:
        """Name the page and the person, by whom one tells two windows apart."""
        parts = [QApplication.applicationDisplayName() or "Tandem"]
        if self.current_key and self.is_framed:
            parts = [self.pages[self.current_key].title, revealed(self._person), *parts]
        title = " \N{EN DASH} ".join(part for part in parts if part)
        self.setWindowTitle(title.replace("[*]", "[*][*]"))  # which Qt would leave out

    def _restore(self) -> None:
        look = self._memory.get("look")
        if look in set(Look):
            self._theme.choose(Look(look))
            self.sidebar.person.show_look(self._theme.look)
        geometry = self._memory.get("geometry")
        self.resize(*FIRST)
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))

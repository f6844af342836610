"""What a person does in a window: clicks and keys into its own controls, and nothing else."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDateTimeEdit,
    QDialog,
    QLineEdit,
    QWidget,
)

from desktop.ui.admin.page import AdminPage
from desktop.ui.entries.page import EntriesPage
from desktop.ui.entries.writer import PREVIEW, WRITE
from desktop.ui.history.dialog import HistoryDialog
from desktop.ui.inbox.panel import InboxPanel
from desktop.ui.main_window import MainWindow
from desktop.ui.record_list_model import Role
from desktop.ui.reviews.page import ReviewsPage
from desktop.ui.schedule.details import SessionDetails
from desktop.ui.schedule.editor import SessionEditor
from desktop.ui.schedule.page import SchedulePage
from desktop.ui.settings.profile import ProfileSection
from desktop.ui.sign_in.page import SignInPage
from desktop.ui.students.page import StudentsPage
from desktop.ui.sync_state import SyncState
from desktop.ui.theme import Look
from desktop.ui.tray import Tray
from desktop.ui.widgets.confirm_dialog import ConfirmDialog
from desktop.ui.widgets.date_time_field import DateTimeField
from desktop.ui.widgets.row_list import RowList

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
PATIENCE_S = 25.0
LOOK_AGAIN_S = 0.005
SHOT = (1100, 720)
MOST_STOPS = 150  # of Tab, around the whole window
TITLE_BAR = 40  # what a window manager may put around a window
STEP = 60
ICON_PX, GAP_PX = 48, 16
VEIL = Qt.GlobalColor.black


class Hands:
    """Acts in one window as a person would."""

    def __init__(self, window: MainWindow, tray: Tray, follow: Callable[[str], object]) -> None:
        """Act in `window`; `follow` is what happens when a `tandem://` link is clicked."""
        self._window = window
        self._tray = tray
        self._follow = follow

    async def sign_in(self, server: str, email: str, password: str) -> None:
        page = await self._sign_in_page()
        form = page.forms["sign_in"]
        await self._press(page.ways.buttons["sign_in"])
        values = {"server": server, "email": email, "password": password}
        for key, text in values.items():
            await self._type(form.edit(key), text)
        await self._press(form.button)
        await self._entered(page)

    async def sign_in_again(self, password: str) -> None:
        """Follow what the foot of the sidebar asks for once a sign-in has ended."""
        await self.wait_for_sync(SyncState.SIGNED_OUT)
        foot = self._window.sidebar.sync
        await self._press(foot)
        await self._press(foot.popup.sign_in_button)
        page = await self._sign_in_page()
        await self._type(page.form.edit("password"), password)
        await self._press(page.form.button)
        await self._entered(page)

    async def register(self, values: Mapping[str, str], role: str) -> int:
        """Fill in the form of a new student or mentor and send it; the moment of the click."""
        page = await self._sign_in_page()
        await self._press(page.ways.buttons[role])
        form = page.forms[role]
        for key, text in values.items():
            await self._type(form.edit(key), text)
        clicked = time.monotonic_ns()
        await self._press(form.button)
        await self._entered(page)
        return clicked

    async def show_way(self, way: str) -> None:
        """Turn the page before one is in to "sign_in", "student" or "mentor"."""
        page = await self._sign_in_page()
        await self._press(page.ways.buttons[way])

    async def sign_out(self) -> None:
        """Leave, and take the local copy along."""
        self._window.sidebar.person.sign_out_action.trigger()
        dialog = await self._dialog(ConfirmDialog)
        box = dialog.findChild(QCheckBox)
        assert box is not None  # noqa: S101  the dialog is built with it
        # A box takes the click at its tick, not in the middle of its width.
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
        await self._press(dialog.confirm_button)
        await self._sign_in_page()

    async def open_page(self, key: str) -> None:
        """Press a page's item, or go by the bell's panel; a hidden page has only its link."""
        item = self._window.sidebar.items.get(key)
        if item is None and key == "inbox":
            bell = self._window.topbar.bell
            await self._press(bell)
            *_earlier, panel = bell.findChildren(InboxPanel)
            await self._press(panel.open_inbox)
        elif item is None or item.isHidden():
            self._follow(f"tandem:/{self._window.pages[key].path}")
        else:
            await self._press(item)
        await _until(lambda: self._window.current_key == key, f"the page {key} opens")

    async def plan(self, title: str, person: str, start: datetime, minutes: int) -> int:
        """Plan a session in the editor; the moment of the click that saves it."""
        editor = await self.open_editor()
        await self._type(editor.title, title)
        await self._choose(editor, person)
        await self._set_time(editor.start, start)
        await self._set_time(editor.end, start + timedelta(minutes=minutes))
        draft = editor.draft()
        if draft.start != start or draft.end - draft.start != timedelta(minutes=minutes):
            raise ValueError(f"The editor shows {draft.start} to {draft.end}, and not {start}.")
        button = editor.book if editor.book.isVisible() else editor.save
        clicked = time.monotonic_ns()
        await self._press(button)
        await _until(lambda: not self._open(SessionEditor), "the editor closes")
        return clicked

    async def write(self, title: str, body: str, button: str) -> int:
        """Write an entry and press "submit" or "save"; the moment of the click."""
        await self.begin_entry(title, body)
        page = self._page_of(EntriesPage)
        clicked = time.monotonic_ns()
        await self._press(page.writer.submit if button == "submit" else page.writer.save)
        await _until(lambda: not page.is_writing, "the form closes")
        await self.show_entries("")
        await _until(lambda: self._row(title), f"the list shows {title}")
        return clicked

    async def begin_entry(self, title: str, body: str) -> None:
        """Type an entry, and leave it at that."""
        await self.open_writer()
        page = self._page_of(EntriesPage)
        await self._type(page.writer.title, title)
        QTest.mouseClick(page.writer.body.viewport(), Qt.MouseButton.LeftButton)
        QTest.keyClicks(page.writer.body, body)

    async def open_writer(self) -> None:
        """Begin a new entry."""
        await self.open_page("entries")
        page = self._page_of(EntriesPage)
        await self._press(self._window.topbar.primary_button)
        await _until(lambda: page.is_writing, "the form opens")

    async def leave_writer(self) -> None:
        """Press the way back from the form to the list."""
        page = self._page_of(EntriesPage)
        await self._press(page.writer.back)
        await _until(lambda: not page.is_writing, "the form closes")

    async def show_schedule(self, view: str) -> None:
        """Choose list, week or month."""
        await self._press(self._page_of(SchedulePage).views.buttons[view])

    async def show_entries(self, status: str) -> None:
        """Choose which of the own entries are listed."""
        await self._press(self._page_of(EntriesPage).status.buttons[status])

    async def review(self, title: str, words: str, decision: str) -> int:
        """Open an entry of the queue, write feedback and decide; the moment of the click."""
        page = self._page_of(ReviewsPage)
        view, row = await _until(lambda: self._row(title), f"the queue shows {title}")
        index = view.model().index(row, 0)
        view.scrollTo(index)
        place = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        reader = page.reader
        await _until(lambda: reader.title.accessibleName() == title, f"{title} is open")
        QTest.mouseClick(page.feedback.area.viewport(), Qt.MouseButton.LeftButton)
        QTest.keyClicks(page.feedback.area, words)
        clicked = time.monotonic_ns()
        await self._press(page.feedback.buttons[decision])

        def is_gone() -> bool:
            if complaint := page.feedback.field.error.accessibleName():
                raise ValueError(complaint)
            return self._row(title) is None

        await _until(is_gone, f"{title} leaves the queue")
        return clicked

    async def open_editor(self) -> SessionEditor:
        await self._press(self._window.topbar.primary_button)
        return await self._dialog(SessionEditor)

    async def open_first_row(self) -> None:
        """Open the first row of the page with the keyboard; of a session its details."""
        page = self._window.pages[self._window.current_key].widget
        views = [view for view in page.findChildren(RowList) if view.isVisible()]
        view = views[0]
        view.setFocus(Qt.FocusReason.TabFocusReason)
        if not view.current_id():
            QTest.keyClick(view, Qt.Key.Key_Down)
        QTest.keyClick(view, Qt.Key.Key_Return)
        await asyncio.sleep(0)

    async def leave_student(self) -> None:
        """Press the way back from a student's page to the roster."""
        page = self._window.pages["students"].widget
        assert isinstance(page, StudentsPage)  # noqa: S101  the shell puts it there
        await self._press(page.student.back_button)
        await _until(lambda: page.shows_roster, "the roster is shown")

    async def press_in_row(self, words: str) -> None:
        """Press the most likely button of the row with these words, by the keyboard."""
        view, row = await _until(lambda: self._row(words), f"a row says {words}")
        view.setFocus(Qt.FocusReason.TabFocusReason)
        view.select(str(view.model().index(row, 0).data(Role.RECORD_ID)))
        likely, *others = view.model().index(row, 0).data(Role.LOOK).actions
        for _ in (likely, *others):
            if view.rows.current_action != likely.key:
                QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Return)
        await asyncio.sleep(0)

    async def open_details(self) -> None:
        await self.open_first_row()
        await self._dialog(SessionDetails)

    async def open_history(self) -> None:
        """Press *History* in the details that are open, and wait for the relay's answer."""
        await self.press_button("History")
        dialog = await self._dialog(HistoryDialog)
        await _until(lambda: bool(dialog.entries), "the history comes")

    async def close_dialog(self) -> None:
        """Press Escape in the dialog that is open, if one is."""
        dialog = self._top_dialog()
        if dialog is not None:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            await _until(lambda: self._top_dialog() is not dialog, "the dialog closes")

    async def press_button(self, words: str) -> None:
        """Press the button with these words, in the dialog that is open or in what is shown."""

        def button() -> QAbstractButton | None:
            top = self._top_dialog() or self._shown()
            found = (one for one in top.findChildren(QAbstractButton) if one.text() == words)
            return next((one for one in found if one.isVisible() and one.isEnabled()), None)

        await self._press(await _until(button, f"a button says {words}"))

    async def go_to(self, name: str) -> None:
        """Press Tab until the control with this name, or these words, has the keyboard."""

        def is_there(widget: QWidget) -> bool:
            return name in {widget.accessibleName(), words_of(widget)}

        await self._tab_until(is_there, f"the keyboard is on {name}")

    async def go_to_part(self, name: str) -> None:
        """Go to a part of the administration: by Tab to its parts, then with the arrow keys."""
        page = self._page_of(AdminPage)
        buttons = list(page.tabs.buttons.values())
        await self._tab_until(lambda widget: widget in buttons, "the keyboard is on the parts")
        for _ in buttons:
            if words_of(self._focused()) != name:
                QTest.keyClick(self._focused(), Qt.Key.Key_Right)
        for _ in buttons:
            if words_of(self._focused()) != name:
                QTest.keyClick(self._focused(), Qt.Key.Key_Left)
        await _until(lambda: page.tabs.buttons[page.current].text() == name, f"{name} opens")

    async def press_key(self, key: str) -> None:
        """Press a key where the keyboard is; a dialog that runs a loop of its own may open."""
        stroke = Qt.Key[f"Key_{key}"]
        focused = self._focused()
        QTimer.singleShot(0, lambda: QTest.keyClick(focused, stroke))
        await _painted()

    async def type_keys(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self._focused(), text)
        await asyncio.sleep(0)

    def _focused(self) -> QWidget:
        """Where the keyboard is, or will be once the window is the active one."""
        top = self._top_dialog() or self._window
        top.activateWindow()
        widget = QApplication.focusWidget() or top.focusWidget()
        if widget is None:
            raise ValueError("The keyboard is nowhere.")
        return widget

    async def _tab_until(self, is_there: Callable[[QWidget], bool], what: str) -> None:
        for _ in range(MOST_STOPS):
            widget = self._focused()
            if is_there(widget):
                return
            QTest.keyClick(widget, Qt.Key.Key_Tab)
            await asyncio.sleep(0)
        raise TimeoutError(f"Tab never comes so far that {what}.")

    async def change_name(self, name: str) -> None:
        """Type another name into the settings, and leave the field with Enter."""
        await self.open_page("settings")
        [profile] = self._window.pages["settings"].widget.findChildren(ProfileSection)
        await self._type(profile.name, name)
        QTest.keyClick(profile.name, Qt.Key.Key_Return)
        shown = self._window.sidebar.person.name
        await _until(lambda: shown.text() == name, f"the sidebar says {name}")

    async def choose_look(self, look: str) -> None:
        """Choose light or dark in the menu of the person."""
        self._window.sidebar.person.look_actions[Look(look)].trigger()
        await _painted()

    async def wait_for_sync(self, state: str) -> None:
        """Wait until the foot of the sidebar says that sync stands so."""
        wanted = SyncState(state)
        await _until(
            lambda: self._window.is_framed and self._window.sidebar.sync.look.state is wanted,
            f"sync is {state}",
        )

    async def stand_beside(self, place: int, places: int) -> None:
        """Take one of so many places side by side; stepped, where the screen is too narrow."""
        room = self._window.screen().availableGeometry()
        width = room.width() // places
        if width >= self._window.minimumWidth():
            left = room.left() + place * width
            self._window.setGeometry(
                left, room.top() + TITLE_BAR, min(width, SHOT[0]), min(room.height(), 800) - STEP
            )
        else:
            self._window.move(room.left() + place * STEP, room.top() + place * STEP)
        await _painted()

    async def wait_until_normal(self) -> None:
        """Wait until the window is on the screen, and not minimized."""
        window = self._window
        await _until(lambda: window.isVisible() and not window.isMinimized(), "the window is back")

    async def type_body(self, text: str) -> None:
        """Replace what stands in the form of an entry."""
        body = self._page_of(EntriesPage).writer.body
        QTest.mouseClick(body.viewport(), Qt.MouseButton.LeftButton)
        body.selectAll()
        QTest.keyClick(body, Qt.Key.Key_Delete)
        for number, line in enumerate(text.split("\n")):
            if number:
                QTest.keyClick(body, Qt.Key.Key_Return)
            QTest.keyClicks(body, line)
        await asyncio.sleep(0)

    async def show_preview(self, is_on: bool) -> None:
        """Turn the form of an entry to what others will read, or back."""
        buttons = self._page_of(EntriesPage).writer.mode.buttons
        await self._press(buttons[PREVIEW if is_on else WRITE])

    async def shoot_tray(self, path: str) -> None:
        """Save the icon beside the clock as an image, with its menu and the one within it."""
        menus = (self._tray.menu, self._tray.silence_menu)
        pictures = [self._tray.icon.icon().pixmap(ICON_PX, ICON_PX)]
        for menu in menus:
            menu.popup(QPoint(0, 0))
            await _painted()
            pictures.append(menu.grab())
            menu.hide()
        ground = self._window.palette().color(QPalette.ColorRole.Window)
        _save(_side_by_side(pictures, ground), path)

    async def shoot(self, path: str, width: int, height: int) -> None:
        """Save what a window of this size shows, with the dialog that is open in it."""
        self._window.resize(width, height)
        await _painted()
        picture = self._window.grab()
        dialog = self._top_dialog()
        if dialog is not None:
            _draw_on(picture, dialog)
        _save(picture, path)

    def _row(self, words: str) -> tuple[RowList, int] | None:
        page = self._window.pages[self._window.current_key].widget
        for view in page.findChildren(RowList):
            for row in range(view.model().rowCount()):
                if view.isVisible() and words in str(view.model().index(row, 0).data()):
                    return view, row
        return None

    def _shown(self) -> QWidget:
        """The page that is open, or what fills the window instead of the frame."""
        if self._window.is_framed:
            return self._window.pages[self._window.current_key].widget
        return self._window.outer.currentWidget() or self._window

    def _page_of(self, kind: type[W]) -> W:
        """The page that is open, which must be of this kind."""
        page = self._window.pages[self._window.current_key].widget
        if not isinstance(page, kind):
            raise TypeError(f"The page that is open is no {kind.__name__}.")
        return page

    async def _sign_in_page(self) -> SignInPage:
        def shown() -> SignInPage | None:
            page = self._window.outer.currentWidget()
            return page if isinstance(page, SignInPage) else None

        return await _until(shown, "the sign-in page is shown")

    async def _entered(self, page: SignInPage) -> None:
        """Wait until one is in; what the page complains of is an error."""

        def is_in() -> bool:
            if self._window.is_framed:  # then the page may be gone already
                return bool(self._window.pages)
            if page.form.button.isEnabled() and (words := _complaint(page)):
                raise ValueError(words)
            return False

        await _until(is_in, "somebody is signed in")

    async def _type(self, edit: QLineEdit, text: str) -> None:
        """Click into a field, and replace what stands there."""
        QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
        edit.selectAll()
        QTest.keyClicks(edit, text)
        if edit.text() != text:
            raise ValueError(f"A field shows {edit.text()!r} after {text!r} was typed.")
        await asyncio.sleep(0)

    async def _choose(self, editor: SessionEditor, person: str) -> None:
        line = editor.picker.lineEdit()
        assert line is not None  # noqa: S101  the picker is editable
        await self._type(line, person)
        completer = editor.picker.completer()
        names = completer.popup() if completer is not None else None
        if names is not None and names.isVisible():
            QTest.keyClick(names, Qt.Key.Key_Escape)
        await _until(lambda: editor.picker.current_id(), f"{person} can be chosen")

    async def _set_time(self, field: DateTimeField, wall: datetime) -> None:
        """Type the parts of a day and a time, each in its section."""
        sections = QDateTimeEdit.Section
        parts = [
            (field.day, sections.YearSection, f"{wall:%Y}"),
            (field.day, sections.MonthSection, f"{wall:%m}"),
            (field.day, sections.DaySection, f"{wall:%d}"),
            (field.clock, sections.HourSection, f"{wall:%H}"),
            (field.clock, sections.MinuteSection, f"{wall:%M}"),
        ]
        for edit, section, digits in parts:
            edit.setFocus(Qt.FocusReason.MouseFocusReason)
            # The name of the weekday is a section of the day too, before the one with digits.
            places = [at for at in range(edit.sectionCount()) if edit.sectionAt(at) == section]
            edit.setCurrentSectionIndex(places[-1])
            edit.setSelectedSection(section)
            QTest.keyClicks(edit, digits)
        await asyncio.sleep(0)

    async def _press(self, button: QAbstractButton) -> None:
        """Click a button that can be clicked."""
        await _until(lambda: button.isVisible() and button.isEnabled(), "a button can be pressed")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        await asyncio.sleep(0)

    async def _dialog(self, kind: type[W]) -> W:
        return await _until(lambda: self._open(kind), f"{kind.__name__} opens")

    def _open(self, kind: type[W]) -> W | None:
        shown = (each for each in self._window.findChildren(kind) if each.isVisible())
        return next(shown, None)

    def _top_dialog(self) -> QDialog | None:
        """The one that was opened last, for instance over another one."""
        shown = [each for each in self._window.findChildren(QDialog) if each.isVisible()]
        return shown[-1] if shown else None


def words_of(widget: QWidget) -> str:
    """What stands on a button, "" for anything else."""
    return widget.text() if isinstance(widget, QAbstractButton) else ""


async def _until(found: Callable[[], T | None], what: str) -> T:
    """Look again and again until something is found.

    Raises:
        TimeoutError: it was not found in time; the message says what.
    """
    end = time.monotonic() + PATIENCE_S
    while not (value := found()):
        if time.monotonic() > end:
            raise TimeoutError(f"Waited {PATIENCE_S:.0f} s in vain until {what}.")
        await asyncio.sleep(LOOK_AGAIN_S)
    return value


async def _painted() -> None:
    """Let the layouts settle and the window paint itself.

    Qt's events come with the loop's turns. Processed in here, they would enter other tasks from
    within this one.
    """
    for _turn in range(5):
        await asyncio.sleep(0.02)


def _complaint(page: SignInPage) -> str:
    at_fields = [field.error.accessibleName() for field in page.form.fields.values()]
    words = [text for text in at_fields if text]
    if not page.banner.isHidden():
        words.append(page.banner.text.accessibleName())
    return " ".join(words)


def _draw_on(picture: QPixmap, dialog: QDialog) -> None:
    """Draw a dialog over the middle of its window, which is a little darker meanwhile."""
    ratio = picture.devicePixelRatio()
    painter = QPainter(picture)
    painter.setOpacity(0.35)
    painter.fillRect(picture.rect(), VEIL)
    painter.setOpacity(1.0)
    left = (picture.width() / ratio - dialog.width()) / 2
    top = (picture.height() / ratio - dialog.height()) / 2
    painter.drawPixmap(round(left), round(top), dialog.grab())
    painter.end()


def _side_by_side(pictures: Sequence[QPixmap], ground: QColor) -> QPixmap:
    """All of them in a row, on a ground."""
    sizes = [picture.deviceIndependentSize().toSize() for picture in pictures]
    width = sum(size.width() + GAP_PX for size in sizes) + GAP_PX
    height = max(size.height() for size in sizes) + 2 * GAP_PX
    row = QPixmap(width, height)
    row.fill(ground)
    painter = QPainter(row)
    left = GAP_PX
    for picture, size in zip(pictures, sizes, strict=True):
        painter.drawPixmap(left, GAP_PX, picture)
        left += size.width() + GAP_PX
    painter.end()
    return row


def _save(picture: QPixmap, path: str) -> None:
    if not picture.save(path):
        raise OSError(f"{path} could not be written.")

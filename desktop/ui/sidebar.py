"""The left side of the frame: the person, the pages, and how sync stands."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from desktop.ui.silence import NOT, silence_choices
from desktop.ui.sync_state import SyncButton
from desktop.ui.theme import Look, Theme
from desktop.ui.widgets.avatar import Avatar
from desktop.ui.widgets.badge import Badge
from desktop.ui.widgets.buttons import PushButton, give_tab_to
from desktop.ui.widgets.labels import restyle
from desktop.ui.widgets.literal import tip

WIDE = 216
NARROW = 64


class NavItem(PushButton):
    """One page in the list; narrow, it shows its icon and says its name in the tooltip."""

    def __init__(self, theme: Theme, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navItem")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setIconSize(QSize(20, 20))
        self.title = title
        self._is_narrow = False
        theme.dress(self, icon, "text_muted", "accent_text")
        self.badge = Badge(theme, self)
        self.set_count(0)
        self.set_narrow(False)

    def set_count(self, count: int) -> None:
        self.badge.set_count(count)
        named = self.tr("%1, %n waiting", "", count).replace("%1", self.title)
        self.setAccessibleName(named if count else self.title)
        self._place_badge()

    def set_narrow(self, is_narrow: bool) -> None:
        self._is_narrow = is_narrow
        self.setText("" if is_narrow else f"  {self.title}")
        self.setToolTip(self.title if is_narrow else "")
        self.setProperty("collapsed", is_narrow)
        restyle(self)
        self._place_badge()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_badge()

    def _place_badge(self) -> None:
        size = self.badge.size()
        inset = 0 if self._is_narrow else 8
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = inset if is_mirrored else self.width() - size.width() - inset
        top = 0 if self._is_narrow else (self.height() - size.height()) // 2
        self.badge.move(left, top)


class PersonButton(PushButton):
    """Who is signed in; opens the menu with the appearance and *Sign out*.

    Signals:
        look_asked: another appearance, a `Look`.
        resting_asked: whether closing the window keeps Tandem running.
        silence_asked: a choice of *do not disturb*.
        doctor_asked: the person wants to know how the connection is.
        sign_out_asked: the person wants to leave.
        quit_asked: end the program.
    """

    look_asked = Signal(object)
    resting_asked = Signal(bool)
    silence_asked = Signal(str)
    doctor_asked = Signal()
    sign_out_asked = Signal()
    quit_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("personButton")
        self.setAutoDefault(False)
        self.avatar = Avatar(theme, "", 32)
        self.name = QLabel()
        self.role = QLabel()
        self.name.setProperty("strong", True)
        self.role.setProperty("tone", "muted")
        self.role.setProperty("textSize", "small")
        self.words = QWidget()
        column = QVBoxLayout(self.words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.name, self.role):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(self.avatar)
        row.addWidget(self.words, 1)
        for child in (self.avatar, self.words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMenu(self._built_menu(theme))

        self._theme_shown = theme
        theme.changed.connect(self._on_theme_changed)  # a method: it ends with this widget

    def set_person(self, name: str, role: str) -> None:
        self.avatar.set_name(name)
        self.name.setText(name)
        self.role.setText(role)
        self.setAccessibleName(self.tr("%1, %2").replace("%1", name).replace("%2", role))
        self.setToolTip(tip(self.accessibleName()))
        self.updateGeometry()

    def set_narrow(self, is_narrow: bool) -> None:
        self.words.setVisible(not is_narrow)

    def _on_theme_changed(self) -> None:
        self.show_look(self._theme_shown.look)

    def show_silence(self, words: str) -> None:
        """Say until when nothing disturbs, "" for no time."""
        title = self.tr("Do not disturb")
        self.silence_menu.setTitle(f"{title} ({words})" if words else title)
        self.silences[NOT].setEnabled(bool(words))

    def show_look(self, look: Look) -> None:
        self.look_actions[look].setChecked(True)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return max(48, layout.heightForWidth(width) if layout else 0)

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(self.width()))

    def _built_menu(self, theme: Theme) -> QMenu:
        menu = QMenu(self)
        looks = menu.addMenu(self.tr("Appearance"))
        theme.dress(looks.menuAction(), "contrast")
        group = QActionGroup(looks)
        self.look_actions: dict[Look, QAction] = {}
        for look, words in (
            (Look.SYSTEM, self.tr("Like the system")),
            (Look.LIGHT, self.tr("Light")),
            (Look.DARK, self.tr("Dark")),
        ):
            action = looks.addAction(words)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, look=look: self.look_asked.emit(look))
            self.look_actions[look] = action
        self.show_look(theme.look)
        menu.addMenu(self._built_silences(theme, menu))
        self.rest_action = menu.addAction(self.tr("Keep running when closed"))
        self.rest_action.setCheckable(True)
        self.rest_action.triggered.connect(self.resting_asked)
        self.doctor_action = menu.addAction(self.tr("Connection doctor…"))
        theme.dress(self.doctor_action, "help")
        self.doctor_action.triggered.connect(self.doctor_asked)
        menu.addSeparator()
        self.sign_out_action = menu.addAction(self.tr("Sign out"))
        theme.dress(self.sign_out_action, "sign-out")
        self.sign_out_action.triggered.connect(self.sign_out_asked)
        self.quit_action = menu.addAction(self.tr("Quit Tandem"))
        theme.dress(self.quit_action, "x")
        self.quit_action.triggered.connect(self.quit_asked)
        return menu

    def _built_silences(self, theme: Theme, menu: QMenu) -> QMenu:
        self.silence_menu = QMenu(menu)
        theme.dress(self.silence_menu.menuAction(), "moon")
        self.silences: dict[str, QAction] = {}
        for key, words in silence_choices().items():
            action = self.silence_menu.addAction(words)
            action.triggered.connect(lambda _on=False, key=key: self.silence_asked.emit(key))
            self.silences[key] = action
        self.show_silence("")
        return self.silence_menu


class Sidebar(QFrame):
    """The person, one item for each page, and the state of sync.

    Signals:
        page_asked: the key of a page.
    """

    page_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._theme = theme
        self.items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        self.person = PersonButton(theme)
        self.sync = SyncButton(theme)
        self._current = ""
        self._pages = QVBoxLayout()
        self._pages.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(12)
        column.addWidget(self.person)
        column.addLayout(self._pages)
        column.addStretch(1)
        column.addWidget(self.sync)
        self.set_narrow(False)

    def add_page(self, key: str, title: str, icon: str) -> None:
        item = NavItem(self._theme, title, icon)
        item.set_narrow(self.is_narrow)
        item.clicked.connect(lambda: self.page_asked.emit(key))
        item.toggled.connect(lambda is_on: self._on_toggled(key, is_on))
        self._group.addButton(item)
        self._pages.addWidget(item)
        before = list(self.items.values())
        QWidget.setTabOrder(before[-1] if before else self.person, item)
        self.items[key] = item
        self._bring_tab()

    def show_current(self, key: str) -> None:
        """Mark the page that is open; a page that is not listed here leaves none marked."""
        self._current = key
        self._group.setExclusive(False)
        for item_key, item in self.items.items():
            item.setChecked(item_key == key)
        self._group.setExclusive(True)
        self._bring_tab()

    def _bring_tab(self) -> None:
        """Let Tab come to the page that is open, or to all where that is not among them."""
        if current := self.items.get(self._current):
            give_tab_to(current, self.items.values())

    def _on_toggled(self, key: str, is_on: bool) -> None:
        """Assistive technology turns a page on without a click."""
        if is_on and key != self._current:
            self.page_asked.emit(key)

    def remove_pages(self) -> None:
        """Forget all pages, for another person."""
        self._current = ""
        for item in self.items.values():
            self._group.removeButton(item)
            item.hide()
            item.deleteLater()
        self.items.clear()

    def set_narrow(self, is_narrow: bool) -> None:
        """Shrink to icons, or show the words again."""
        self.is_narrow = is_narrow
        self.setFixedWidth(NARROW if is_narrow else WIDE)
        self.person.set_narrow(is_narrow)
        self.sync.set_narrow(is_narrow)
        for item in self.items.values():
            item.set_narrow(is_narrow)

"""Tandem beside the clock: how sync stands, what is unread, and the shortest ways in."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop.ui import icons
from desktop.ui.silence import NOT, silence_choices
from desktop.ui.sync_state import SyncState
from desktop.ui.theme import Theme

LOOK_FOR_MS = 3_000  # how often it is looked whether a tray has come or gone
HINT_MS = 10_000
SIZES = (16, 22, 24, 32, 48)

# The sign at the icon's foot, so that no state is told by its colour alone.
SIGNS = {
    SyncState.SYNCED: ("check", "#1A6B3C"),
    SyncState.SYNCING: ("sync", "#1B5BB8"),
    SyncState.OFFLINE: ("offline", "#565E6C"),
    SyncState.PAUSED: ("pause", "#565E6C"),
    SyncState.ATTENTION: ("warning", "#8A4B00"),
    SyncState.SIGNED_OUT: ("sign-in", "#B3261E"),
}
SILENT = ("moon", "#5A35A8")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayLook:
    """What the tray says.

    Attributes:
        line: how sync stands, in words.
        attention: how many changes stand under Needs attention.
        next_words: the next session, "" for none; `next_path` is its place.
        silence: which choice of *do not disturb* is on, `NOT` for none.
        new_words: what is begun by *New …*, "" while nobody is signed in.
    """

    state: SyncState = SyncState.SIGNED_OUT
    line: str = ""
    attention: int = 0
    unread: int = 0
    next_words: str = ""
    next_path: str = ""
    silence: str = NOT
    new_words: str = ""
    is_paused: bool = False


class Tray(QObject):
    """Shows a `TrayLook` and asks for what is chosen in its menu; it decides nothing.

    Signals:
        open_asked: bring the window, at this place or, with "", where it was.
        new_asked: begin a session, or an entry.
        silence_asked: "30m", "1h", "tomorrow", or "" to be disturbed again.
        pause_asked: whether sync is to stand still.
        quit_asked: end the program.
        came, went: a tray is there, or is no longer.
        message_clicked: what was said beside the icon was clicked.
        hinted: the title of what was said beside the icon.
    """

    open_asked = Signal(str)
    new_asked = Signal()
    silence_asked = Signal(str)
    pause_asked = Signal(bool)
    quit_asked = Signal()
    came = Signal()
    went = Signal()
    message_clicked = Signal()
    hinted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        parent: QObject | None = None,
        *,
        is_available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(parent)
        self._is_available = is_available
        self._look = TrayLook()
        self.menu = QMenu()
        self.open = self._action(self.tr("Open Tandem"), lambda: self.open_asked.emit(""))
        self.new = self._action("", self.new_asked.emit)
        self.next = self._action("", lambda: self.open_asked.emit(self._look.next_path))
        self.menu.addSeparator()
        self.silences = self._add_silences()
        self.pause = self._action(self.tr("Pause sync"), self._on_pause)
        self.pause.setCheckable(True)
        self.menu.addSeparator()
        self.quit = self._action(self.tr("Quit"), self.quit_asked.emit)
        self.icon = self._made_icon()
        self.show_look(self._look)
        self._is_there = is_available()
        self.icon.setVisible(self._is_there)
        self._watch = QTimer(self, interval=LOOK_FOR_MS)
        self._watch.timeout.connect(self.look_for_tray)
        self._watch.start()
        theme.changed.connect(lambda: self.show_look(self._look))

    @property
    def is_there(self) -> bool:
        """Whether there is a tray in which a person can find the window again."""
        return self._is_there

    def look_for_tray(self) -> None:
        """Notice a tray that has come, as at the start of a session, or gone."""
        is_there = self._is_available()
        if is_there == self._is_there:
            return
        self._is_there = is_there
        if is_there:
            self._renew_icon()
        else:
            self.icon.hide()
        (self.came if is_there else self.went).emit()

    def show_look(self, look: TrayLook) -> None:
        """Show how things stand now."""
        self._look = look
        self.icon.setIcon(tray_icon(look))
        self.icon.setToolTip("\n".join(self._tool_tip(look)))
        self.new.setText(look.new_words)
        self.new.setVisible(bool(look.new_words))
        self.next.setText(self.tr("Next: %1").replace("%1", look.next_words.replace("&", "&&")))
        self.next.setVisible(bool(look.next_words))
        self.silences[look.silence].setChecked(True)
        is_in = bool(look.new_words)
        self.silence_menu.menuAction().setVisible(is_in)
        self.pause.setVisible(is_in)
        self.pause.setChecked(look.is_paused)

    def hint(self, title: str, sentence: str) -> None:
        """Say something beside the icon."""
        self.icon.showMessage(title, sentence, self.icon.icon(), HINT_MS)
        self.hinted.emit(title)

    def close(self) -> None:
        """Leave the tray."""
        self._watch.stop()
        self.icon.hide()
        self.menu.deleteLater()

    def _made_icon(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(self)
        icon.setContextMenu(self.menu)
        icon.activated.connect(self._on_activated)
        icon.messageClicked.connect(self.message_clicked)
        return icon

    def _renew_icon(self) -> None:
        """Put another icon in the place of the one that was made before this tray was there.

        Qt decides how an icon is shown when it is made. One that is older than the watcher of
        status notifiers says that it is visible, and is registered nowhere (Qt 6.11).
        """
        old, self.icon = self.icon, self._made_icon()
        old.hide()
        old.deleteLater()
        self.show_look(self._look)
        self.icon.show()

    def _tool_tip(self, look: TrayLook) -> list[str]:
        lines = [f"Tandem: {look.line}" if look.line else "Tandem"]
        if look.attention == 1:
            lines.append(self.tr("1 change needs your attention"))
        elif look.attention:
            lines.append(self.tr("%n changes need your attention", "", look.attention))
        if look.silence:
            lines.append(self.tr("Do not disturb"))
        if look.unread:
            lines.append(self.tr("%n unread", "", look.unread))
        if look.next_words:
            lines.append(self.tr("Next: %1").replace("%1", look.next_words))
        return lines

    def _action(self, words: str, then: Callable[[], object]) -> QAction:
        action = self.menu.addAction(words)
        action.triggered.connect(lambda: then())
        return action

    def _add_silences(self) -> dict[str, QAction]:
        self.silence_menu = self.menu.addMenu(self.tr("Do not disturb"))
        group = QActionGroup(self)
        actions = {}
        for key, words in silence_choices().items():
            action = self.silence_menu.addAction(words)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, key=key: self.silence_asked.emit(key))
            actions[key] = action
        return actions

    def _on_pause(self) -> None:
        self.pause_asked.emit(self.pause.isChecked())

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.open_asked.emit("")


def tray_icon(look: TrayLook) -> QIcon:
    """Tandem's sign with the state at its foot and, where something is unread, a dot above."""
    shown = QIcon()
    for size in SIZES:
        shown.addPixmap(_picture(look, size))
    return shown


def _picture(look: TrayLook, size: int) -> QPixmap:
    sign, ink = SILENT if look.silence else SIGNS[look.state]
    picture = QPixmap(size, size)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # A light ground: panels are dark or light, and do not say which.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFFFFF"))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size / 5, size / 5)
    mark = round(size * 0.62)
    painter.drawPixmap(QPointF(size * 0.04, size * 0.04), icons.pixmap("tandem", "#4B55C4", mark))
    foot = round(size * 0.56)
    at = QRectF(size - foot, size - foot, foot, foot)
    painter.setBrush(QColor(ink))
    painter.setPen(QPen(QColor("#FFFFFF"), max(1.0, size / 24)))
    painter.drawEllipse(at)
    inner = round(foot * 0.72)
    offset = (foot - inner) / 2
    painter.drawPixmap(
        QPointF(at.x() + offset, at.y() + offset), icons.pixmap(sign, "#FFFFFF", inner)
    )
    if look.unread:
        dot = size * 0.3
        painter.setBrush(QColor("#C0322A"))
        painter.drawEllipse(QRectF(size - dot - 1, 1, dot, dot))
    painter.end()
    return picture

"""Colours, sizes and motion of the window, light and dark, following the system live."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontInfo,
    QGuiApplication,
    QIcon,
    QPalette,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QStyle

from desktop.ui import icons

STYLE = Path(__file__).parents[2] / "resources" / "style.qss"
SMALLEST_BODY_PX = 13


class Look(StrEnum):
    """Which palette the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Every colour of the window by its task; text on any surface has a contrast of 4.5 or more."""

    is_dark: bool
    window: str
    surface: str
    sidebar: str
    hover: str
    pressed: str
    selected: str
    border: str
    field_border: str
    text: str
    text_muted: str
    text_faint: str
    accent: str
    accent_hover: str
    accent_text: str
    on_accent: str
    focus: str
    scheduled: str
    scheduled_tint: str
    completed: str
    completed_tint: str
    canceled: str
    canceled_tint: str
    pending: str
    pending_tint: str
    danger: str
    danger_hover: str
    on_danger: str
    tooltip: str
    on_tooltip: str
    tooltip_action: str
    avatars: tuple[tuple[str, str], ...]

    def color(self, token: str) -> QColor:
        """The colour with this name; `AttributeError` when there is none."""
        return QColor(getattr(self, token))


LIGHT = Palette(
    is_dark=False,
    window="#F7F8FA",
    surface="#FFFFFF",
    sidebar="#F0F1F4",
    hover="#ECEEF2",
    pressed="#E2E5EB",
    selected="#E7EAFB",
    border="#DFE2E8",
    field_border="#828A98",
    text="#1B1F27",
    text_muted="#565E6C",
    text_faint="#5F6775",
    accent="#4B55C4",
    accent_hover="#4149AE",
    accent_text="#4549B0",
    on_accent="#FFFFFF",
    focus="#4B55C4",
    scheduled="#1B5BB8",
    scheduled_tint="#E4EEFC",
    completed="#1A6B3C",
    completed_tint="#E1F3E7",
    canceled="#B3261E",
    canceled_tint="#FCE8E6",
    pending="#8A4B00",
    pending_tint="#FDF0D9",
    danger="#C0322A",
    danger_hover="#A32820",
    on_danger="#FFFFFF",
    tooltip="#262B35",
    on_tooltip="#F3F4F7",
    tooltip_action="#BCC2FF",
    avatars=(
        ("#DCE8FB", "#1B4F9C"),
        ("#DBF1E3", "#1A6038"),
        ("#FBE3E1", "#9C2720"),
        ("#FBEBCF", "#7A4300"),
        ("#E9E2FB", "#5A35A8"),
        ("#D6F0F0", "#0F5C63"),
        ("#FBE0EE", "#952A68"),
        ("#E4E7EC", "#444C5A"),
    ),
)

DARK = Palette(
    is_dark=True,
    window="#16181D",
    surface="#1D2026",
    sidebar="#121418",
    hover="#262A32",
    pressed="#2F343D",
    selected="#292D4A",
    border="#2E333C",
    field_border="#6E7787",
    text="#ECEEF2",
    text_muted="#A4ABB8",
    text_faint="#9AA2B0",
    accent="#5B65D6",
    accent_hover="#4F59C9",
    accent_text="#B4BAFF",
    on_accent="#FFFFFF",
    focus="#8F98FF",
    scheduled="#8BB8F8",
    scheduled_tint="#1B2C45",
    completed="#7FD29B",
    completed_tint="#17321F",
    canceled="#F5A39B",
    canceled_tint="#43201E",
    pending="#F0BE6B",
    pending_tint="#3B2C12",
    danger="#C0322A",
    danger_hover="#A92B24",
    on_danger="#FFFFFF",
    tooltip="#343A45",
    on_tooltip="#F3F4F7",
    tooltip_action="#C3C8FF",
    avatars=(
        ("#22385A", "#A9CBFB"),
        ("#1D3D29", "#9BDDB1"),
        ("#4B2724", "#F8B6AF"),
        ("#443315", "#F2CB88"),
        ("#382C5C", "#CDBBFA"),
        ("#163C40", "#93DADF"),
        ("#47233A", "#F3B0D6"),
        ("#343A45", "#CDD2DB"),
    ),
)


class Theme(QObject):
    """Dresses the whole application and keeps it dressed when the system turns dark or light.

    Signals:
        changed: another palette is in force.
    """

    changed = Signal()

    def __init__(self, app: QApplication, look: Look = Look.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._hints = app.styleHints()
        self._system_is_dark = _looks_dark(app)
        self._body_px = max(SMALLEST_BODY_PX, QFontInfo(app.font()).pixelSize())
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self.look = look
        self.palette = self._wanted()
        app.setStyle("Fusion")
        self._dress()
        self._hints.colorSchemeChanged.connect(self._on_system_changed)

    def choose(self, look: Look) -> None:
        """Follow the system, or stay light or dark whatever it does."""
        self.look = look
        match look:
            case Look.SYSTEM:
                self._hints.unsetColorScheme()
            case Look.LIGHT:
                self._hints.setColorScheme(Qt.ColorScheme.Light)
            case Look.DARK:
                self._hints.setColorScheme(Qt.ColorScheme.Dark)
        self._follow()

    def color(self, token: str) -> QColor:
        return self.palette.color(token)

    def font(self, size: str = "body", *, strong: bool = False) -> QFont:
        """The application's font as `small`, `body`, `heading` or `title`; copy it to change it."""
        if (size, strong) not in self._fonts:
            font = QFont(self._app.font())
            font.setPixelSize(self.sizes[size])
            font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            self._fonts[size, strong] = font
        return self._fonts[size, strong]

    @property
    def sizes(self) -> dict[str, int]:
        """The four sizes of text in pixels; they grow with the system's font."""
        body = self._body_px
        return {"small": body - 1, "body": body, "heading": body + 3, "title": body + 8}

    @property
    def reduces_motion(self) -> bool:
        """Whether the person asked the system for less motion."""
        style = self._app.style()
        return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0

    def pixmap(self, name: str, token: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
        return icons.pixmap(name, getattr(self.palette, token), size, ratio)

    def icon(self, name: str, ink: str = "text_muted", checked_ink: str = "") -> QIcon:
        """An icon in the present colours; `dress` keeps one up to date."""
        palette = self.palette
        checked = getattr(palette, checked_ink or ink)
        return icons.icon(name, getattr(palette, ink), checked, palette.text_faint)

    def dress(
        self,
        target: QAbstractButton | QAction,
        name: str,
        ink: str = "text_muted",
        checked_ink: str = "",
    ) -> None:
        """Give `target` an icon that changes with the theme; a second call replaces the first."""
        for earlier in target.findChildren(_Dressed):
            earlier.setParent(None)
            earlier.deleteLater()
        _Dressed(self, target, name, ink, checked_ink)

    def _on_system_changed(self, scheme: Qt.ColorScheme) -> None:
        if self.look is Look.SYSTEM and scheme != Qt.ColorScheme.Unknown:
            self._system_is_dark = scheme == Qt.ColorScheme.Dark
        self._follow()

    def _wanted(self) -> Palette:
        is_dark = self._system_is_dark if self.look is Look.SYSTEM else self.look is Look.DARK
        return DARK if is_dark else LIGHT

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is not self.palette:
            self.palette = wanted
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        self._app.setPalette(qt_palette(self.palette))
        sheet = style_sheet(self.palette, self.sizes)
        if sheet != self._app.styleSheet():
            self._app.setStyleSheet(sheet)


class _Dressed(QObject):
    """Keeps one icon in the colours of the theme for as long as its owner lives."""

    def __init__(
        self,
        theme: Theme,
        target: QAbstractButton | QAction,
        name: str,
        ink: str,
        checked_ink: str,
    ) -> None:
        super().__init__(target)
        self._theme, self._target = theme, target
        self._wish = (name, ink, checked_ink)
        self._apply()
        theme.changed.connect(self._apply)

    def _apply(self) -> None:
        self._target.setIcon(self._theme.icon(*self._wish))


def style_sheet(palette: Palette, sizes: dict[str, int]) -> str:
    """The style sheet with the colours and sizes filled in."""
    values: dict[str, Any] = asdict(palette) | {f"{name}_px": px for name, px in sizes.items()}
    values["icons"] = icons.ICONS.as_posix()
    return Template(STYLE.read_text(encoding="utf-8")).substitute(values)


def qt_palette(palette: Palette) -> QPalette:
    """The same colours for whatever Qt draws without the style sheet."""
    shown = QPalette()
    role = QPalette.ColorRole
    for token, roles in {
        "window": (role.Window,),
        "surface": (role.Base, role.Button, role.Light),
        "hover": (role.AlternateBase, role.Midlight),
        "text": (role.WindowText, role.Text, role.ButtonText),
        "accent": (role.Highlight, role.Accent),
        "on_accent": (role.HighlightedText, role.BrightText),
        "accent_text": (role.Link, role.LinkVisited),
        "text_faint": (role.PlaceholderText,),
        "tooltip": (role.ToolTipBase,),
        "on_tooltip": (role.ToolTipText,),
        "border": (role.Mid, role.Dark),
    }.items():
        for each in roles:
            shown.setColor(each, palette.color(token))
    for each in (role.WindowText, role.Text, role.ButtonText):
        shown.setColor(QPalette.ColorGroup.Disabled, each, palette.color("text_faint"))
    return shown


def _looks_dark(app: QGuiApplication) -> bool:
    """Whether the system is dark; where it does not say, its own window colour tells."""
    scheme = app.styleHints().colorScheme()
    if scheme != Qt.ColorScheme.Unknown:
        return scheme == Qt.ColorScheme.Dark
    return app.palette().color(QPalette.ColorRole.Window).lightnessF() < 0.5

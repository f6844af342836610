"""Draws a week: hours and their shade, sessions, the present, and what a drag would make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from desktop.ui.schedule.calendar.blocks import Block
from desktop.ui.schedule.calendar.scale import GUTTER_PX, HOUR_PX, Scale
from desktop.ui.schedule.calendar.spans import minute_of
from desktop.ui.theme import Theme
from desktop.ui.times import clock_words

INSET_PX, BAR_PX, ICON_PX, RADIUS = 6, 4, 14, 4
DOT_PX = 5
TAG_PAD_PX = 8
NARROW_PX = 56  # under it, words and icon do not stand side by side
NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001  a wall clock at midnight, to write hours with

Hours = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How one block is to be drawn just now."""

    has_focus: bool = False
    is_ghost: bool = False
    is_left_behind: bool = False
    is_warned: bool = False


class WeekPainter:
    """Draws onto a grid whose y counts from midnight; hours of work are minutes of the day."""

    def __init__(self, painter: QPainter, theme: Theme, scale: Scale) -> None:
        self._painter = painter
        self._theme = theme
        self._scale = scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        direction = Qt.LayoutDirection
        painter.setLayoutDirection(
            direction.RightToLeft if scale.is_mirrored else direction.LeftToRight
        )

    def paint_ground(self, hours: Sequence[Hours], *, today: int) -> None:
        """The columns of the days; what is no working hour is shaded, where any are set."""
        painter, scale = self._painter, self._scale
        all_days = QRectF(0, 0, scale.width, scale.height)
        painter.fillRect(all_days, self._theme.color("surface"))
        for at in range(len(scale.days)):
            rect = scale.day_rect(at)
            if any(hours):
                painter.fillRect(rect, self._theme.color("sidebar"))
                for first, last in hours[at]:
                    top, foot = scale.y_of(first), scale.y_of(last)
                    free = QRectF(rect.left(), top, rect.width(), foot - top)
                    painter.fillRect(free, self._theme.color("surface"))
            if at == today:
                tint = QColor(self._theme.color("selected"))
                tint.setAlphaF(0.35)
                painter.fillRect(rect, tint)
        self._paint_lines()

    def paint_block(self, rect: QRectF, block: Block, face: Face) -> None:
        """One session; its colour never stands alone: an icon or a line says the same."""
        painter = self._painter
        ink, ground = block.chip.tokens
        if face.is_warned:
            ink, ground = "pending", "pending_tint"
        painter.save()
        if face.is_left_behind:
            painter.setOpacity(0.45)
        painter.setPen(QPen(self._theme.color(ink), 1, _line(block, face)))
        painter.setBrush(self._theme.color(ground))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ink))
        bar_left = rect.right() - BAR_PX if self._scale.is_mirrored else rect.left()
        painter.drawRoundedRect(QRectF(bar_left, rect.top(), BAR_PX, rect.height()), 2, 2)
        self._paint_words(rect, block, face, ink)
        if face.has_focus:
            self._paint_ring(rect)
        painter.restore()

    def paint_warning(self, beside: QRectF, words: str) -> None:
        """A whole sentence under a block, or above it at the foot of the day."""
        painter, scale = self._painter, self._scale
        font = self._theme.font("small")
        width = min(QFontMetrics(font).horizontalAdvance(words) + 2 * TAG_PAD_PX, scale.width - 8)
        height = QFontMetrics(font).height() + TAG_PAD_PX
        left = min(max(4.0, beside.left()), scale.width - width - 4)
        is_low = beside.bottom() + height + 4 > scale.height
        top = beside.top() - height - 2 if is_low else beside.bottom() + 3
        place = QRectF(left, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("tooltip"))
        painter.drawRoundedRect(place, RADIUS, RADIUS)
        painter.setPen(self._theme.color("on_tooltip"))
        painter.setFont(font)
        inside = place.adjusted(TAG_PAD_PX, 0, -TAG_PAD_PX, 0)
        shown = QFontMetrics(font).elidedText(
            words, Qt.TextElideMode.ElideRight, int(inside.width()) + 1
        )
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, shown)

    def paint_cursor(self, rect: QRectF) -> None:
        """Where the keyboard stands between sessions."""
        tint = QColor(self._theme.color("selected"))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(tint)
        self._painter.drawRoundedRect(rect, RADIUS, RADIUS)
        self._paint_ring(rect)

    def paint_now(self, wall: datetime) -> None:
        """The line of the present, with a dot in the column of today."""
        if wall.date() not in self._scale.days:
            return
        day = self._scale.day_rect(list(self._scale.days).index(wall.date()))
        y = self._scale.y_of(minute_of(wall))
        ink = self._theme.color("danger")
        self._painter.setPen(QPen(ink, 2))
        self._painter.drawLine(QPointF(day.left(), y), QPointF(day.right(), y))
        self._painter.setBrush(ink)
        edge = day.right() if self._scale.is_mirrored else day.left()
        self._painter.drawEllipse(QPointF(edge, y), DOT_PX, DOT_PX)

    def _paint_lines(self) -> None:
        painter, scale = self._painter, self._scale
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        gutter_left = scale.width - GUTTER_PX if scale.is_mirrored else 0
        painter.setFont(self._theme.font("small"))
        for hour in range(24):
            y = hour * HOUR_PX
            painter.setPen(self._theme.color("border"))
            days_left = 0 if scale.is_mirrored else GUTTER_PX - 6
            painter.drawLine(days_left, y, days_left + scale.width - GUTTER_PX + 6, y)
            painter.setPen(self._theme.color("text_faint"))
            place = QRectF(gutter_left, y - 10, GUTTER_PX - 10, 20)
            if scale.is_mirrored:
                place.translate(10, 0)
            words = clock_words(NO_TIME.replace(hour=hour))
            if hour:
                painter.drawText(
                    place, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter, words
                )
        painter.setPen(self._theme.color("border"))
        for at in range(len(scale.days)):
            rect = scale.day_rect(at)
            x = int(rect.right() if scale.is_mirrored else rect.left())
            painter.drawLine(x, 0, x, scale.height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_words(self, rect: QRectF, block: Block, face: Face, ink: str) -> None:
        painter, theme = self._painter, self._theme
        inside = rect.adjusted(INSET_PX + BAR_PX, 2, -INSET_PX, -2)
        if self._scale.is_mirrored:
            inside = rect.adjusted(INSET_PX, 2, -INSET_PX - BAR_PX, -2)
        painter.setClipRect(rect)
        line = QFontMetrics(theme.font("small", strong=True)).height()
        room = max(1, int((inside.height() + 2) // line))
        self._paint_icon(inside, block, face, ink, line)
        lines = [block.times, block.subtitle, block.chip.text]
        if inside.width() < ICON_PX + INSET_PX:  # an icon says more than the dots of cut words
            painter.setClipping(False)
            return
        is_narrow = _is_narrow(inside, room)
        top = inside.top() + (line if is_narrow else 0)  # where there is little room, icon first
        first = block.title if room > 1 else f"{block.title}, {block.begins}"
        for at, words in enumerate([first, *lines][: room - is_narrow]):
            width = inside.width() - (0 if at or is_narrow else ICON_PX + 2)
            is_pushed = width < inside.width() and self._scale.is_mirrored
            left = inside.left() + (ICON_PX + 2 if is_pushed else 0)
            token = "text_muted" if block.is_dimmed else "text" if at == 0 else ink
            painter.setPen(theme.color(token))
            painter.setFont(_struck(theme, block) if at == 0 else theme.font("small"))
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(width))
            place = QRectF(left, top + at * line, width, line)
            side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, side, shown)
        painter.setClipping(False)

    def _paint_icon(self, inside: QRectF, block: Block, face: Face, ink: str, line: int) -> None:
        """What says the status without colour, or the warning; and that it waits to be sent."""
        icon = "warning" if face.is_warned else block.chip.icon
        is_narrow = _is_narrow(inside, max(1, int((inside.height() + 2) // line)))
        is_leading = is_narrow != self._scale.is_mirrored
        left = inside.left() if is_leading else inside.right() - ICON_PX
        top = inside.top() + max(0.0, (min(inside.height(), line + 2) - ICON_PX) / 2)
        ratio = self._painter.device().devicePixelRatio()
        picture = self._theme.pixmap(icon, ink, ICON_PX, ratio)
        self._painter.drawPixmap(QPointF(left, top), picture)
        if block.is_pending and inside.height() >= 2 * line:
            clock = self._theme.pixmap("clock", ink, ICON_PX, ratio)
            self._painter.drawPixmap(QPointF(left, inside.bottom() - ICON_PX), clock)

    def _paint_ring(self, rect: QRectF) -> None:
        self._painter.setPen(QPen(self._theme.color("focus"), 2))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _is_narrow(inside: QRectF, lines: int) -> bool:
    """Whether the icon gets a line of its own; on a single line it stays unless words have none."""
    return inside.width() < (NARROW_PX if lines > 1 else NARROW_PX - ICON_PX)


def _struck(theme: Theme, block: Block) -> QFont:
    """The font of the title, struck through for what is canceled."""
    font = QFont(theme.font("small", strong=True))
    font.setStrikeOut(block.is_struck)
    return font


def _line(block: Block, face: Face) -> Qt.PenStyle:
    """A ghost is dashed; so is what is canceled."""
    return Qt.PenStyle.DashLine if face.is_ghost or block.is_struck else Qt.PenStyle.SolidLine


def new_block_title() -> str:
    """The words in a session that is being drawn."""
    return QCoreApplication.translate("Calendar", "New session")

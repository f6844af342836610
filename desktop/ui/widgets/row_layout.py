"""Where each part of a two-line row stands."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QStyle

from desktop.ui.theme import Theme
from desktop.ui.widgets.chip import chip_size
from desktop.ui.widgets.row_look import RowAction, RowLook
from desktop.ui.widgets.wrapped_text import WrappedText, wrapped

MARGIN_X = 12
MARGIN_Y = 8
GAP = 12
TAIL_GAP = 8
LINE_GAP = 2
AVATAR_PX = 32
BAR_PX = 4
ACTION_PX = 28
SMALLEST_ROW = 48
NARROWEST_WORDS = 180


@dataclass(slots=True)
class RowLayout:
    """The parts of one row, from its top left corner, mirrored where people read so."""

    width: int
    is_right_to_left: bool = False
    height: int = SMALLEST_ROW
    lead: QRect = field(default_factory=QRect)
    bar: QRect = field(default_factory=QRect)
    avatar: QRect = field(default_factory=QRect)
    words: QRect = field(default_factory=QRect)
    chip: QRect = field(default_factory=QRect)
    trailing: QRect = field(default_factory=QRect)
    actions: list[tuple[RowAction, QRect]] = field(default_factory=list)
    title: WrappedText | None = None
    subtitle: WrappedText | None = None
    pending: WrappedText | None = None

    def mirrored(self, rect: QRect) -> QRect:
        """`rect` as it lies on the screen."""
        if not self.is_right_to_left:
            return rect
        whole = QRect(0, 0, self.width, self.height)
        return QStyle.visualRect(Qt.LayoutDirection.RightToLeft, whole, rect)


def title_font(theme: Theme, look: RowLook) -> QFont:
    font = theme.font("body", strong=look.is_unread or not look.is_dimmed)
    if look.is_struck:
        font = QFont(font)
        font.setStrikeOut(True)
    return font


def lay_out(
    theme: Theme, look: RowLook, width: int, *, is_right_to_left: bool = False
) -> RowLayout:
    """Measure a row of `width`; where it is too narrow, what stands behind goes beneath."""
    row = RowLayout(width, is_right_to_left)
    left = _put_leading(row, theme, look)
    tail = _tail_sizes(theme, look)
    tail_width = sum(size.width() + TAIL_GAP for _name, size in tail) + GAP - TAIL_GAP
    is_below = bool(tail) and width - MARGIN_X - left - tail_width < NARROWEST_WORDS
    words_width = max(40, width - MARGIN_X - left - (tail_width if tail and not is_below else 0))
    words_height = _put_words(row, theme, look, words_width)
    tail_height = max((size.height() for _name, size in tail), default=0)
    below = tail_height + 6 if is_below else 0
    content = max(words_height + below, row.lead.height(), row.avatar.height(), tail_height)
    row.height = max(SMALLEST_ROW, content + 2 * MARGIN_Y)
    top = (row.height - words_height - below) // 2
    row.words = QRect(left, top, words_width, words_height)
    for part in (row.lead, row.avatar):
        part.moveTop((row.height - part.height()) // 2)
    row.bar.setRect(row.bar.left(), MARGIN_Y, row.bar.width(), row.height - 2 * MARGIN_Y)
    if is_below:
        _put_tail(row, tail, left, top + words_height + 6, tail_height)
    else:
        _put_tail(row, tail, left + words_width + GAP, 0, row.height)
    return row


def _put_leading(row: RowLayout, theme: Theme, look: RowLook) -> int:
    """Place time, bar and avatar; returns where the words begin."""
    left = MARGIN_X
    if look.lead:
        metrics = QFontMetrics(theme.font("body", strong=True))
        lines = look.lead.split("\n")
        widest = max(metrics.horizontalAdvance(line) for line in [*lines, "00:00"])
        row.lead = QRect(left, 0, widest + 4, metrics.lineSpacing() * len(lines))
        left += row.lead.width() + GAP
    if look.bar:
        row.bar = QRect(left, 0, BAR_PX, 0)
        left += BAR_PX + GAP
    if look.avatar:
        row.avatar = QRect(left, 0, AVATAR_PX, AVATAR_PX)
        left += AVATAR_PX + GAP
    return left


def _put_words(row: RowLayout, theme: Theme, look: RowLook, width: int) -> int:
    """Lay out title, second line and pending mark; returns their height."""
    small = theme.font("small")
    is_rtl = row.is_right_to_left
    row.title = wrapped(look.title, title_font(theme, look), width, is_right_to_left=is_rtl)
    height = row.title.height
    if look.subtitle:
        row.subtitle = wrapped(look.subtitle, small, width, is_right_to_left=is_rtl)
        height += LINE_GAP + row.subtitle.height
    if look.pending:
        row.pending = wrapped(look.pending, small, width - 20, is_right_to_left=is_rtl)
        height += LINE_GAP + row.pending.height
    return height


def _tail_sizes(theme: Theme, look: RowLook) -> list[tuple[object, QSize]]:
    """What stands behind the words, with its size; icons first, so that chips stay in line."""
    shown = [action for action in look.actions if not action.only_in_menu]
    parts: list[tuple[object, QSize]] = []
    if look.trailing:
        metrics = QFontMetrics(theme.font("small"))
        width = metrics.horizontalAdvance(look.trailing) + 2
        parts.append(("trailing", QSize(width, metrics.height())))
    parts += [(each, QSize(ACTION_PX, ACTION_PX)) for each in shown if not each.in_words]
    if look.chip:
        parts.append(("chip", chip_size(theme, look.chip)))
    metrics = QFontMetrics(theme.font("small", strong=True))
    for each in shown:
        if each.in_words:
            parts.append((each, QSize(metrics.horizontalAdvance(each.text) + 40, ACTION_PX)))
    return parts


def _put_tail(
    row: RowLayout, tail: list[tuple[object, QSize]], left: int, top: int, height: int
) -> None:
    for part, size in tail:
        rect = QRect(left, top + (height - size.height()) // 2, size.width(), size.height())
        if isinstance(part, RowAction):
            row.actions.append((part, rect))
        elif part == "chip":
            row.chip = rect
        else:
            row.trailing = rect
        left += size.width() + TAIL_GAP

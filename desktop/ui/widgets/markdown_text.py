"""Markdown to read: without HTML, pictures from elsewhere or links that open by themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget
from typing_extensions import override

from desktop.ui.theme import Theme
from desktop.ui.widgets.literal import revealed

FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
GAP_PX = 8  # between paragraphs
CODE_PX = 8  # around a block of code
RING_PX = 2  # around the whole, seen while the keyboard is on it
# Beyond these Markdown is shown as it was typed: to set it would stall the window.
LONGEST = 60_000  # characters
MOST_PARTS = 2_000  # paragraphs, items, lines of code and cells of tables


class MarkdownText(QTextBrowser):
    """As high as its text; each paragraph has the direction of its own letters.

    Signals:
        link_asked: the address of a link that was pressed.
    """

    link_asked = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls the text."""
        super().__init__(parent)
        self._theme = theme
        self._markdown = ""
        self.setProperty("reading", True)
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.document().setDefaultTextOption(option)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.anchorClicked.connect(lambda url: self.link_asked.emit(url.toString()))
        theme.changed.connect(self._draw)

    def show_markdown(self, markdown: str) -> None:
        """Show another text; what is selected stays when it is the same."""
        if markdown != self._markdown:
            self._markdown = markdown
            self._draw()

    @override
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        """An empty picture, or nothing: what a text names is fetched from nowhere.

        Where this gives None, the document opens the address itself, a file or a device too.
        """
        return _NO_PICTURE if type == QTextDocument.ResourceType.ImageResource.value else b""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls, not its parts

    def _draw(self) -> None:
        text = revealed(self._markdown)
        with self._at_once():
            is_set = not _is_long(text) and self._set(text)
            if not is_set:
                self._show_as_typed(text)
        self._fit()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Have the document laid out once, and not before all is in its place.

        A picture that is still in the text would be looked for, and every touch laid out anew.
        """
        cursor = QTextCursor(self.document())
        with QSignalBlocker(self.document().documentLayout()):
            cursor.beginEditBlock()
            yield
            cursor.endEditBlock()

    def _set(self, text: str) -> bool:
        """Set the Markdown; false when it falls into too many parts for that."""
        # Qt leaves out what stands between two rules at the very top, as data for programs.
        self.document().setMarkdown(f"\n{text}", FEATURES)
        if self.document().blockCount() > MOST_PARTS:
            return False
        self._name_pictures()
        self._dress()
        return True

    def _show_as_typed(self, text: str) -> None:
        self.document().setPlainText(text)
        note, plain = QTextCharFormat(), QTextCharFormat()
        note.setFontItalic(True)
        note.setForeground(self._theme.color("text_muted"))
        cursor = QTextCursor(self.document())
        cursor.insertText(self.tr("This text is too long to be set. It is shown as typed."), note)
        cursor.insertBlock(QTextBlockFormat(), plain)
        gap = QTextBlockFormat()
        gap.setBottomMargin(GAP_PX)
        QTextCursor(self.document()).mergeBlockFormat(gap)

    def _name_pictures(self) -> None:
        """Put the words that describe a picture in its place."""
        cursor = self.document().find(PICTURE)
        while not cursor.isNull():
            words = cursor.charFormat().property(QTextFormat.Property.ImageAltText)
            plain = QTextCharFormat()
            plain.setFontItalic(True)
            cursor.insertText(f"[{words or self.tr('picture')}]", plain)
            cursor = self.document().find(PICTURE, cursor)

    def _dress(self) -> None:
        """Give code its letters and its ground, and headings a size below that of the title."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            cursor.mergeBlockFormat(self._block_look(block))
            if level := block.blockFormat().headingLevel():
                size = QTextCharFormat()
                size.setProperty(QTextFormat.Property.FontSizeAdjustment, 1 if level == 1 else 0)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(size)
            self._dress_code(block)
            block = block.next()

    def _block_look(self, block: QTextBlock) -> QTextBlockFormat:
        """The space around a paragraph, and the ground of code, whose long lines wrap."""
        look, own = QTextBlockFormat(), block.blockFormat()
        if not own.hasProperty(QTextFormat.Property.BlockCodeFence):
            is_item = block.textList() is not None
            look.setTopMargin(GAP_PX if own.headingLevel() and block.blockNumber() else 0)
            look.setBottomMargin(GAP_PX // 2 if is_item or own.headingLevel() else GAP_PX)
            return look
        look.setBackground(self._theme.color("hover"))
        look.setNonBreakableLines(False)
        look.setLeftMargin(CODE_PX)
        following = block.next()
        is_last = not following.isValid() or not following.blockFormat().hasProperty(
            QTextFormat.Property.BlockCodeFence
        )
        look.setBottomMargin(GAP_PX if is_last else 0)
        return look

    def _dress_code(self, block: QTextBlock) -> None:
        look = QTextCharFormat()
        look.setFontFamilies(["monospace"])
        look.setFontStyleHint(QFont.StyleHint.Monospace)
        look.setBackground(self._theme.color("hover"))
        cursor = QTextCursor(block)
        iterator = block.begin()
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.charFormat().fontFixedPitch():
                end = fragment.position() + fragment.length()
                cursor.setPosition(fragment.position())
                cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(look)
            iterator += 1

    def _fit(self) -> None:
        height = ceil(self.document().size().height()) + 2 * RING_PX
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)


def _is_long(text: str) -> bool:
    """Whether not even trying to set it would be quick."""
    return len(text) > LONGEST or text.count("\n") + text.count("|") > MOST_PARTS


_NO_PICTURE = QImage(1, 1, QImage.Format.Format_ARGB32)

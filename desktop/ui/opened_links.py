"""The Qt application, which on macOS is handed links as events and not on its command line."""

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override


class LinkedApplication(QApplication):
    """The application of Qt, with an ear for links.

    Not an event filter on it: such a one is asked about every event of every object, and PySide
    then wraps objects of Qt's own that are about to go, which crashes sooner or later.

    Signals:
        link_opened: the text of a link that was clicked.
    """

    link_opened = Signal(str)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and not event.url().isLocalFile():
            self.link_opened.emit(event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded))
            return True
        return super().event(event)

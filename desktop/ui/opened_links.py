"""Links that macOS hands to the running program, as events and not on its command line."""

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent
from typing_extensions import override


class OpenedLinks(QObject):
    """Listens to a whole application, which is its parent.

    Signals:
        opened: the text of a link that was clicked.
    """

    opened = Signal(str)

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and not event.url().isLocalFile():
            self.opened.emit(event.url().toString(QUrl.ComponentFormattingOption.FullyEncoded))
            return True
        return super().eventFilter(watched, event)

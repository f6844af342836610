"""One entry as its mentor reads it: with the feedback beneath."""

from PySide6.QtWidgets import QWidget

from desktop.ui.entries.reader import EntryReader
from desktop.ui.entries.thread import CommentThread
from desktop.ui.reviews.feedback import Feedback
from desktop.ui.theme import Theme


class Reader(EntryReader):
    """Escape in the feedback's field leads back to the text."""

    def __init__(self, theme: Theme, thread: CommentThread, parent: QWidget | None = None) -> None:
        feedback = Feedback(theme)
        super().__init__(theme, thread, feedback, parent)
        self.feedback = feedback
        feedback.left.connect(self.body.setFocus)

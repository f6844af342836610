"""What only the relay can do: lists that it gives part by part, and deeds that it does at once."""

from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from shiboken6 import isValid

from desktop.account.administration import Part
from desktop.account.api import ApiRefused, Unreachable
from desktop.sync.relay_link import Offline, SignedOut
from desktop.tasks import spawn
from desktop.ui.record_list_model import Identified

TROUBLE = (ApiRefused, Unreachable, Offline, SignedOut)
PATIENCE_MS = 300  # so long the rows of another question stay: a quick answer does not flicker

R = TypeVar("R", bound=Identified)
T = TypeVar("T")


def trouble_words(error: Exception) -> str:
    """Why something was not done; what the relay refused is its own sentence."""
    if isinstance(error, ApiRefused):
        return str(error)
    words = _tr("This needs the relay. %1")
    return words.replace("%1", str(error))


def field_errors(error: Exception) -> dict[str, str]:
    """Sentences by the field that they are about, "" for none."""
    if isinstance(error, ApiRefused):
        if error.code == "email_taken":
            return {"email": str(error)}
        if error.fields:
            return error.fields
    return {"": trouble_words(error)}


def asks(
    owner: object,
    work: Callable[[], Awaitable[T]],
    *,
    done: Callable[[T], object],
    failed: Callable[[Exception], object],
    name: str,
) -> None:
    """Have the relay do something; the answer reaches `owner`, a widget, unless it is gone."""
    spawn(_asked(owner, work, done, failed), name=name)


async def _asked(
    owner: object,
    work: Callable[[], Awaitable[T]],
    done: Callable[[T], object],
    failed: Callable[[Exception], object],
) -> None:
    try:
        answer = await work()
    except TROUBLE as error:
        if isValid(owner):
            failed(error)
        return
    if isValid(owner):
        done(answer)


class Waiting(QObject):
    """What a part waits for before its one thing can be done again.

    Attributes:
        words: which say it, or "".

    Signals:
        changed: it waits for something else, or for nothing.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.words = ""

    def show(self, words: str) -> None:
        self.words = words
        self.changed.emit()


class RelayRows(Generic[R]):
    """The rows of a list that the relay gives part by part.

    What was asked for last is what counts: an answer that comes later to an earlier question is
    dropped. Rows stay until others are here, but for those of another question.

    Attributes:
        trouble: why they cannot be read now, or "".
        is_known: whether the relay has answered at least once.
    """

    def __init__(
        self,
        owner: QObject,
        read: Callable[[str], Awaitable[Part[R]]],
        show: Callable[[], object],
        name: str,
    ) -> None:
        """`read` gives the rows after a cursor, `show` is called when something has changed."""
        self._owner = owner
        self._read = read
        self._show = show
        self._name = name
        self._turn = 0
        self._after = ""
        self._asked = ""  # the cursor that was asked with at last
        self._patience = QTimer(owner, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._on_late)
        self.is_reading = False
        self.rows: list[R] = []
        self.trouble = ""
        self.is_known = False

    def begin(self, *, another: bool = False) -> None:
        """Read the first rows anew; with `another`, those of another question."""
        if another:
            self._after = ""
            self.is_known = self.is_known and bool(self.rows)
            self._patience.start()
        self._turn += 1
        self._ask("")

    def more(self) -> None:
        """Read the next rows, if there are any and nothing is on its way or in the way."""
        if self._after and not self.is_reading and not self.trouble:
            self._ask(self._after)

    def again(self) -> None:
        """Ask once more for what could not be read: the first rows, or the next ones."""
        self._turn += 1
        self._ask(self._asked)

    def replace(self, row: R) -> None:
        """Show another state of a row at once."""
        self.rows = [row if one.id == row.id else one for one in self.rows]
        self._show()

    def _ask(self, after: str) -> None:
        turn, self.is_reading, self._asked = self._turn, True, after
        asks(
            self._owner,
            lambda: self._read(after),
            done=lambda part: self._take(turn, after, part),
            failed=lambda error: self._fail(turn, error),
            name=self._name,
        )
        self._show()

    def _take(self, turn: int, after: str, part: Part[R]) -> None:
        if turn != self._turn:
            return
        self._patience.stop()
        known = {row.id for row in self.rows} if after else set()
        before = self.rows if after else []
        self.rows = [*before, *(row for row in part.rows if row.id not in known)]
        self._after, self.is_reading, self.is_known, self.trouble = part.after, False, True, ""
        self._show()

    def _fail(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            if self._patience.isActive():
                self._forget()
            self.is_reading, self.trouble = False, trouble_words(error)
            self._show()

    def _on_late(self) -> None:
        self._forget()
        self._show()

    def _forget(self) -> None:
        """Show no rows that answer another question."""
        self._patience.stop()
        self.rows, self.is_known = [], False


def _tr(text: str) -> str:
    return QCoreApplication.translate("Admin", text)

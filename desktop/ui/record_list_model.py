"""Records as a Qt list that stays calm while another device changes them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

ROOT = QModelIndex()


class Identified(Protocol):
    """Anything that keeps its id while its other values change."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Identified)


class Role(IntEnum):
    """What one asks the model for, besides the words."""

    RECORD_ID = Qt.ItemDataRole.UserRole
    RECORD = Qt.ItemDataRole.UserRole + 1
    LOOK = Qt.ItemDataRole.UserRole + 2
    IS_HEADING = Qt.ItemDataRole.UserRole + 3
    IS_LINE = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that only names the rows beneath it, for instance a day; its id is its own.

    With `is_line` it parts the rows above it from those beneath.
    """

    id: str
    text: str
    is_line: bool = False


class RecordListModel(QAbstractListModel, Generic[R]):
    """One row for each record or heading; `text` says what stands in it.

    `look` gives what a delegate draws. Where a record looks different without having changed (a
    clock, another zone), call `refresh`.
    """

    def __init__(
        self,
        text: Callable[[R], str],
        look: Callable[[R], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._look = look
        self._rows: list[R | Heading] = []
        self._looks: dict[str, object] = {}

    def show(self, rows: Sequence[R | Heading]) -> None:
        """Make the rows equal to `rows` and touch only those that differ.

        A reset would drop the user's selection and scroll position at every patch.

        Raises:
            ValueError: two rows have the same id; nothing was changed.
        """
        wanted = {row.id: place for place, row in enumerate(rows)}
        if len(wanted) != len(rows):
            raise ValueError("Two rows of a list have the same id.")
        self._remove_others(wanted)
        self._put_in_order(wanted)
        self._insert_new(rows)
        self._replace_changed(rows)

    def refresh(self) -> None:
        """Draw all rows anew from the same records."""
        self._looks.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, record_id: str) -> int:
        """The row of a record, or -1."""
        return next((at for at, row in enumerate(self._rows) if row.id == record_id), -1)

    def record_at(self, row: int) -> R | None:
        """The record in `row`, or `None` for a heading and outside the list."""
        if not 0 <= row < len(self._rows):
            return None
        record = self._rows[row]
        return None if isinstance(record, Heading) else record

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return super().flags(index)
        if isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren

    @override
    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return row.text if isinstance(row, Heading) else self._text(row)
            case Role.RECORD_ID:
                return row.id
            case Role.IS_HEADING:
                return isinstance(row, Heading)
            case Role.IS_LINE:
                return isinstance(row, Heading) and row.is_line
            case Role.RECORD:
                return row
            case Role.LOOK:
                return self._look_of(row)
            case _:
                return None

    def _look_of(self, row: R | Heading) -> object:
        if self._look is None or isinstance(row, Heading):
            return None
        if row.id not in self._looks:
            self._looks[row.id] = self._look(row)
        return self._looks[row.id]

    def _remove_others(self, wanted: dict[str, int]) -> None:
        gone = [at for at, row in enumerate(self._rows) if row.id not in wanted]
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(ROOT, first, last)
            for row in self._rows[first : last + 1]:
                self._looks.pop(row.id, None)
            del self._rows[first : last + 1]
            self.endRemoveRows()

    def _put_in_order(self, wanted: dict[str, int]) -> None:
        """Sort what stays in one step; selection and current row go with their records."""
        ordered = sorted(self._rows, key=lambda row: wanted[row.id])
        if all(old is new for old, new in zip(self._rows, ordered, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        kept = [(index, self._rows[index.row()].id) for index in self.persistentIndexList()]
        self._rows = ordered
        places = {row.id: at for at, row in enumerate(ordered)}
        moved = [self.index(places[row_id]) for _index, row_id in kept]
        self.changePersistentIndexList([index for index, _row_id in kept], moved)
        self.layoutChanged.emit()

    def _insert_new(self, rows: Sequence[R | Heading]) -> None:
        shown = {row.id for row in self._rows}
        fresh = [at for at, row in enumerate(rows) if row.id not in shown]
        for first, last in _runs(fresh):
            self.beginInsertRows(ROOT, first, last)
            self._rows[first:first] = rows[first : last + 1]
            self.endInsertRows()

    def _replace_changed(self, rows: Sequence[R | Heading]) -> None:
        pairs = zip(self._rows, rows, strict=True)
        changed = [at for at, (old, new) in enumerate(pairs) if old is not new and old != new]
        for first, last in _runs(changed):
            for at in range(first, last + 1):
                self._rows[at] = rows[at]
                self._looks.pop(rows[at].id, None)
            self.dataChanged.emit(self.index(first), self.index(last))


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each stretch of neighbouring `places`, which ascend."""
    first = last = -1
    for place in places:
        if first >= 0 and place == last + 1:
            last = place
            continue
        if first >= 0:
            yield first, last
        first = last = place
    if first >= 0:
        yield first, last

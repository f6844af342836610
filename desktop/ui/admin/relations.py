"""Parts of a page that list whom or what it has to do with, each row with what can be done."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.ui.admin.looks import row_text
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.today.row_section import RowSection
from desktop.ui.widgets.row_look import RowAction, RowLook


@dataclass(frozen=True, slots=True)
class Relation:
    """A row about somebody or something."""

    id: str
    look: RowLook


def relation(
    row_id: str, name: str, *actions: RowAction, detail: str = "", is_unsent: bool = False
) -> Relation:
    """A row with a name, a second line and its buttons, and whether it waits to be sent."""
    pending = unsent_words() if is_unsent else ""
    look = RowLook(title=name, subtitle=detail, avatar=name, actions=actions, pending=pending)
    return Relation(row_id, look)


def unsent_words() -> str:
    return QCoreApplication.translate("Admin", "waiting to send")


def relation_model() -> RecordListModel[Relation]:
    return RecordListModel(lambda row: row_text(row.look), lambda row: row.look)


def relation_part(theme: Theme, title: str, empty: str) -> RowSection:
    """The part; without an `empty` sentence it hides when it has no rows."""
    return RowSection(theme, title, relation_model(), empty=empty)

"""The latest activity: what happened in the rooms that one reads, one's own deeds among it."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.store.dashboard import Deed, latest_activity
from desktop.ui.activity.about import about, when_words
from desktop.ui.activity.paths import path_of
from desktop.ui.activity.sentences import face, sentence
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from desktop.ui.today.readings import Readings
from desktop.ui.today.row_section import RowSection
from desktop.ui.widgets.row_look import RowLook
from desktop.ui.workspace import Workspace
from domain.inbox import MarkInbox

MOST_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Latest:
    """A deed, and whether it is a notification that waits to be read."""

    deed: Deed
    is_unread: bool

    @property
    def id(self) -> str:
        return self.deed.id


class LatestPart:
    """Shows the newest deeds; a click opens what one is about, and so it is read."""

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self._workspace = workspace
        self._shown: dict[str, Latest] = {}
        self.model: RecordListModel[Latest] = RecordListModel(self._text, self._look)
        empty = _tr("What happens in your sessions and entries shows up here.")
        self.section = RowSection(theme, _tr("Latest activity"), self.model, empty=empty)
        self.section.opened.connect(self._on_opened)

    def show(self, readings: Readings) -> None:
        """Read the newest deeds anew."""
        found = self._workspace.query(latest_activity, limit=MOST_SHOWN)
        rows = [Latest(one, one.id in readings.unread_ids) for one in found]
        self._shown = {one.id: one for one in rows}
        self.section.show_rows(rows)
        self.section.show_link(_tr("All") if rows else "")

    def _on_opened(self, activity_id: str) -> None:
        shown = self._shown.get(activity_id)
        if shown is None:
            return
        if shown.is_unread:
            self._workspace.do(MarkInbox(activity_id=activity_id, state="read"))
        self._workspace.news.opened.emit(path_of(shown.deed.activity, self._workspace.me))

    def _look(self, shown: Latest) -> RowLook:
        deed, workspace = shown.deed, self._workspace
        return RowLook(
            title=sentence(deed.activity, deed.actor_name, workspace.me),
            subtitle=about(deed.activity, workspace),
            avatar=face(deed.activity, deed.actor_name, workspace.me),
            trailing=when_words(deed.activity, workspace),
            is_unread=shown.is_unread,
            is_dimmed=not shown.is_unread,
        )

    def _text(self, shown: Latest) -> str:
        look = self._look(shown)
        state = _tr("Unread") if shown.is_unread else ""
        return ", ".join(part for part in (state, look.title, look.subtitle, look.trailing) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)

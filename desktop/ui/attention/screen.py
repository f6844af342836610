"""Joins Needs attention to the workspace, and counts it for the sidebar."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from desktop.store.conflicts import OpenConflict, open_conflicts
from desktop.store.names import names_of
from desktop.store.outbox import Attention
from desktop.store.trouble import StoreTrouble
from desktop.tasks import spawn
from desktop.ui.attention.cards import ConflictItem, Item, RefusedItem, Side, copy_of
from desktop.ui.attention.chains import chain_item
from desktop.ui.attention.openings import Opening, opening_of, taking_up
from desktop.ui.attention.page import AttentionPage
from desktop.ui.attention.unsent import stranded
from desktop.ui.attention.values import value_words
from desktop.ui.attention.words import (
    conflict_sentence,
    conflict_title,
    facts_of,
    ids_in,
    now_facts,
    overlap_words,
    title_of,
    vain_words,
    when_words,
)
from desktop.ui.theme import Theme
from desktop.ui.widgets.confirm_dialog import ask
from desktop.ui.workspace import Workspace
from domain.assignments import UnassignStudent
from domain.cohorts import RemoveCohortMentor
from domain.commands import Command
from domain.errors import DomainError
from domain.outcomes import ReopenSchedule
from domain.planning import CreateSchedule, UpdateSchedule
from domain.resolutions import ResolveConflict

KINDS = frozenset(
    {
        "chain",
        "command",
        "conflict",
        "schedule",
        "entry",
        "comment",
        "account",
        "cohort",
        "member",
        "student_card",
        "cohort_card",
    }
)
CHANGED_SINCE = "entry_changed"  # a review of what nobody has any more: never to be repeated
CAN_OVERLAP = (
    CreateSchedule,
    UpdateSchedule,
    ReopenSchedule,
    UnassignStudent,
    RemoveCohortMentor,
    ResolveConflict,
)


class AttentionScreen(QObject):
    """Keeps the cards in step, shown or not, and carries out what is decided.

    It is made while the event loop runs.

    Signals:
        count: how many things wait for a decision.
    """

    count = Signal(int)

    def __init__(self, workspace: Workspace, theme: Theme) -> None:
        self.page = AttentionPage(theme)
        super().__init__(self.page)
        self._workspace = workspace
        self._refused: dict[str, Attention] = {}
        self._stranded: set[str] = set()  # the keys of drafts whose place is gone
        self._wanted = ""  # the item to be opened once what waits was read
        self.page.action_asked.connect(self._on_action)
        workspace.news.changed.connect(self._on_changed)
        workspace.news.zone.connect(self.refresh)
        workspace.drafts.changed.connect(self.refresh)
        workspace.drafts.kept.connect(self._on_kept)
        self.refresh()

    def refresh(self) -> None:
        """Read anew what waits."""
        spawn(self._load(), name="attention")

    def open_item(self, item_id: str) -> None:
        """Show one card; it says so when that was decided already."""
        self._wanted = item_id
        self.refresh()

    def _on_kept(self, key: str) -> None:
        if key in self._stranded:
            self.refresh()  # somebody types on

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & KINDS:
            self.refresh()

    async def _load(self) -> None:
        try:
            refused = await self._workspace.door.run(lambda store: store.attention())
            breaks = await self._workspace.door.run(lambda store: store.witness.breaks())
            drafts = await self._workspace.drafts.all()
        except StoreTrouble:
            return  # whatever the person does next says it
        if not isValid(self.page):
            return  # somebody has signed out meanwhile
        self._refused = {item.id: item for item in refused}
        ids = [one for item in refused for one in ids_in(item.command)]
        names = self._workspace.query(names_of, ids)
        met = self._workspace.query(open_conflicts, self._workspace.me.id)
        left = stranded(drafts, self._workspace)
        self._stranded = {item.id for item in left}
        items: list[Item] = [chain_item(one, self._workspace) for one in breaks]
        items += [self._refused_item(item, names) for item in refused]
        items += [self._conflict_item(shown) for shown in met]
        items += left
        self.page.show_items(items)
        self.count.emit(len(items))
        wanted, self._wanted = self._wanted, ""
        if wanted and not self.page.show_card(wanted):
            self._workspace.say(_tr("This was decided already."))

    def _refused_item(self, item: Attention, names: dict[str, str]) -> RefusedItem:
        workspace = self._workspace
        facts = facts_of(item.command, names, workspace)
        if in_the_way := overlap_words(item.data, workspace):
            facts = [(_tr("Overlaps"), in_the_way), *facts]
        opening, vain = opening_of(item, workspace), vain_words(item, workspace)
        return RefusedItem(
            id=item.id,
            title=title_of(item.command, names),
            reason=f"{item.message} {vain}".strip(),
            when=when_words(item.at, workspace),
            facts=tuple(facts),
            now=tuple(now_facts(item.command, workspace)),
            opens=opening.words if opening else "",
            can_retry=not vain and item.code != CHANGED_SINCE,
            can_book=not vain and booking_anyway(item) is not None,
        )

    def _conflict_item(self, shown: OpenConflict) -> ConflictItem:
        kept, lost = self._side(shown, "kept"), self._side(shown, "lost")
        is_kept_mine = shown.conflict.kept_by == self._workspace.me.id
        return ConflictItem(
            id=shown.id,
            title=conflict_title(shown),
            sentence=conflict_sentence(shown, self._workspace.me.id),
            sides=(kept, lost) if is_kept_mine else (lost, kept),
            is_gone=not shown.title,
        )

    def _side(self, shown: OpenConflict, keep: str) -> Side:
        conflict, is_kept = shown.conflict, keep == "kept"
        by = conflict.kept_by if is_kept else conflict.lost_by
        name = (shown.kept_name if is_kept else shown.lost_name) or _tr("The other")
        value = conflict.kept if is_kept else conflict.lost
        who, button = name, _tr("Keep theirs")
        if by == self._workspace.me.id:
            who, button = _tr("Your version"), _tr("Keep mine")
        if conflict.kept_by == conflict.lost_by:
            who = _tr("Your later version") if is_kept else _tr("Your earlier version")
            button = _tr("Keep the later") if is_kept else _tr("Keep the earlier")
        return Side(
            keep=keep,
            who=who,
            words=value_words(conflict.field, value, self._workspace, self._names_of(value)),
            button=button,
            is_standing=is_kept,
        )

    def _names_of(self, value: Any) -> dict[str, str]:
        return self._workspace.query(names_of, [value]) if isinstance(value, str) else {}

    def _on_action(self, key: str, item_id: str) -> None:
        match key:
            case "open":
                self._take_up(item_id)
            case "retry":
                self._run(lambda store: store.retry(item_id))
            case "book":
                self._book_anyway(item_id)
            case "copy":
                self._copy(item_id)
            case "discard":
                self._ask_to_discard(item_id)
            case "seen":
                self._run(lambda store: store.witness.dismiss(item_id))
            case "kept" | "lost":
                self._workspace.do(
                    ResolveConflict(id=item_id, keep="kept" if key == "kept" else "lost")
                )

    def _book_anyway(self, item_id: str) -> None:
        item = self._refused.get(item_id)
        command = booking_anyway(item) if item else None
        if command is None:
            return

        def book(store: Any) -> None:
            store.act(command)
            store.discard(item_id)

        self._run(book)

    def _take_up(self, item_id: str) -> None:
        """Put what was typed where it belongs, and go there."""
        item = self._refused.get(item_id)
        opening = opening_of(item, self._workspace) if item else None
        if item is not None and opening is not None:
            self._workspace.drafts.due.emit()  # what stands in that field is kept first
            spawn(self._taken_up(item, opening), name="take up again")

    async def _taken_up(self, item: Attention, opening: Opening) -> None:
        if await self._ran(taking_up(item, opening)):
            drafts = self._workspace.drafts
            drafts.load()
            drafts.given.emit(opening.key)
            self._workspace.news.opened.emit(opening.path)

    def _copy(self, item_id: str) -> None:
        item = self.page.item(item_id)
        if item is not None:
            QGuiApplication.clipboard().setText(copy_of(item))
            self._workspace.say(_tr("Copied."))

    def _ask_to_discard(self, item_id: str) -> None:
        item = self.page.item(item_id)
        if item is None:
            return
        sentence = _tr("“%1” was not carried out, and what you typed is lost.")
        if item_id in self._stranded:
            sentence = _tr("“%1”: what you typed is lost.")
        ask(
            self.page,
            _tr("Discard this?"),
            sentence.replace("%1", item.title),
            _tr("Discard"),
            lambda: self._discard(item_id),
            danger=True,
        )

    def _discard(self, item_id: str) -> None:
        if item_id in self._stranded:
            self._workspace.drafts.drop(item_id)
        else:
            self._run(lambda store: store.discard(item_id))

    def _run(self, work: Callable[[Any], object]) -> None:
        spawn(self._ran(work), name="attention")

    async def _ran(self, work: Callable[[Any], object]) -> bool:
        """Have the store do it, and say why when it cannot; whether it has."""
        try:
            await self._workspace.door.run(work)
        except (DomainError, StoreTrouble) as error:
            self._workspace.say(str(error))
            return False
        finally:
            self.refresh()
        return True


def booking_anyway(item: Attention) -> Command | None:
    """The same command over the sessions that it overlaps; None where that was not the reason."""
    command = item.read()
    if item.code != "overlap" or not isinstance(command, CAN_OVERLAP):
        return None
    known = command.confirm_overlap if isinstance(command.confirm_overlap, list) else []
    others = [str(other["id"]) for other in item.data.get("overlaps", []) if other.get("id")]
    return replace(command, confirm_overlap=[*known, *others] if others else True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attention", text)

"""What every screen is given: doing things, hearing of changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop.store.people import account
from desktop.store.trouble import FULL, CopyDamaged, StoreTrouble
from desktop.ui.record_list_model import Heading, RecordListModel
from desktop.ui.workspace import LATE_S, Live, News
from domain.commands import Command
from domain.errors import DomainError
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import DeleteSchedule
from domain.schedules import Schedule, Status
from tests.builders import World, ahead
from tests.desktop.ui.rows import until
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
KINDS = frozenset({"schedule"})


class FullDisk(Seat):
    """A seat whose computer can save nothing any more."""

    async def do(self, command: Command) -> str:
        raise StoreTrouble(FULL)


@pytest.fixture
def full_disk(world: World, qapp: QApplication) -> Seat:
    return FullDisk(world, world.mia)


async def test_what_is_done_is_saved_and_then_told(world: World, seat_of: SeatOf) -> None:
    seat, done = seat_of(world.mia), list[Status]()

    def note() -> None:
        done.append(seat.desk.find(Schedule, world.past).status)

    seat.workspace.do(CompleteSchedule(id=world.past), done=note)
    await all_done()

    assert done == [Status.COMPLETED]


async def test_a_refusal_is_said_in_words(world: World, seat_of: SeatOf) -> None:
    seat, done = seat_of(world.mia), list[int]()

    seat.workspace.do(CompleteSchedule(id=world.canceled), done=lambda: done.append(1))
    await all_done()

    assert seat.said == ["This session is canceled already."]
    assert done == []


async def test_a_screen_may_take_the_refusal_itself(world: World, seat_of: SeatOf) -> None:
    seat, refused = seat_of(world.mia), list[DomainError]()

    seat.workspace.do(CompleteSchedule(id=world.canceled), refused=refused.append)
    await all_done()

    assert len(refused) == 1
    assert seat.said == []


async def test_a_full_disk_is_said_in_words(full_disk: Seat, world: World) -> None:
    failed: list[str] = []

    full_disk.workspace.do(CompleteSchedule(id=world.past))
    full_disk.workspace.do(CompleteSchedule(id=world.past), failed=failed.append)
    await all_done()
    full_disk.close()

    assert full_disk.said == [FULL]
    assert failed == [FULL]


async def test_a_damaged_copy_that_is_read_is_reported_once(
    world: World, seat_of: SeatOf, tmp_path: Path
) -> None:
    seat, told = seat_of(world.mia), list[int]()
    seat.desk.store._on_damage = lambda: told.append(1)
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(bytes(range(256)) * 64)
    seat.workspace.reader = sqlite3.connect(broken)

    for _ in range(2):
        with pytest.raises(CopyDamaged):
            seat.workspace.query(account, world.mia)
    await all_done()

    assert told == [1]
    seat.workspace.reader.close()


async def test_undo_takes_back_what_waits(world: World, seat_of: SeatOf) -> None:
    seat, offered = seat_of(world.mia), list[Callable[[], object]]()
    seat.news.said.connect(lambda _text, undo: offered.append(undo))

    seat.workspace.do_later(DeleteSchedule(id=world.session), "Deleted")
    await all_done()
    assert seat.desk.find(Schedule, world.session) is None
    offered[0]()
    await all_done()

    assert seat.desk.find(Schedule, world.session) is not None
    assert seat.said == ["Deleted"]


async def test_undo_that_comes_too_late_is_said(world: World, seat_of: SeatOf) -> None:
    seat, offered = seat_of(world.mia), list[Callable[[], object]]()
    seat.news.said.connect(lambda _text, undo: offered.append(undo))
    seat.workspace.do_later(DeleteSchedule(id=world.session), "Deleted")
    await all_done()

    seat.set_time(ahead(seconds=9))
    seat.sync()
    offered[0]()
    await all_done()

    assert seat.said[-1] == "It was sent already and cannot be taken back."


async def test_undo_is_settled_before_it_comes_too_late(world: World, seat_of: SeatOf) -> None:
    seat, offered, settled = seat_of(world.mia), list[object](), list[object]()
    seat.news.said.connect(lambda _text, undo: offered.append(undo))
    seat.news.settled.connect(settled.append)
    seat.workspace.undo_s = LATE_S

    seat.workspace.do_later(DeleteSchedule(id=world.session), "Deleted")
    await until(lambda: bool(settled))

    assert settled == offered


async def test_a_refused_deletion_offers_no_undo(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)

    seat.workspace.do_later(DeleteSchedule(id=world.past), "Deleted")
    await all_done()

    assert seat.said == ["Only a session that is still ahead can be deleted."]


def test_queries_and_times_are_the_persons_own(world: World, seat_of: SeatOf) -> None:
    workspace = seat_of(world.ana).workspace

    found = workspace.query(account, world.ana)

    assert found is not None
    assert found.name == "Ana Ruiz"
    assert workspace.local("2025-12-01T12:00:00Z").hour == 13


def test_a_widget_refreshes_only_while_it_is_seen(qtbot: QtBot) -> None:
    news, widget, calls = News(), QWidget(), list[int]()
    qtbot.addWidget(widget)
    Live(widget, news, lambda: calls.append(1), KINDS)
    news.changed.emit(KINDS)
    assert calls == []

    widget.show()
    assert len(calls) == 1
    news.changed.emit(KINDS)
    assert len(calls) == 2
    widget.hide()
    news.changed.emit(KINDS)
    assert len(calls) == 2
    widget.show()

    assert len(calls) == 3


def test_a_widget_that_missed_nothing_is_shown_as_it_is(qtbot: QtBot) -> None:
    news, widget, calls = News(), QWidget(), list[int]()
    qtbot.addWidget(widget)
    Live(widget, news, lambda: calls.append(1), KINDS)
    widget.show()

    widget.hide()
    widget.show()

    assert len(calls) == 1


def test_changes_of_other_kinds_are_let_go(qtbot: QtBot) -> None:
    news, widget, calls = News(), QWidget(), list[int]()
    qtbot.addWidget(widget)
    Live(widget, news, lambda: calls.append(1), KINDS)
    widget.show()

    news.changed.emit(frozenset({"account"}))
    news.minute.emit()

    assert len(calls) == 1


def test_by_the_minute_it_follows_the_clock(qtbot: QtBot) -> None:
    news, widget, calls = News(), QWidget(), list[int]()
    qtbot.addWidget(widget)
    Live(widget, news, lambda: calls.append(1), KINDS, by_the_minute=True)
    widget.show()

    news.minute.emit()

    assert len(calls) == 2


async def test_the_sync_client_does_not_wait_for_a_screen(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)

    seat.workspace.do(CancelSchedule(id=world.session))

    assert seat.desk.store.unsent() == []  # it is begun, and not waited for
    await all_done()
    assert len(seat.desk.store.unsent()) == 1


def test_rows_that_age_are_drawn_anew_by_the_minute_and_not_for_each_change(qtbot: QtBot) -> None:
    news, widget = News(), QWidget()
    qtbot.addWidget(widget)
    model: RecordListModel[Heading] = RecordListModel(lambda row: row.text)
    model.show([Heading("one", "One")])
    drawn: list[int] = []
    model.dataChanged.connect(lambda *_: drawn.append(1))
    Live(widget, news, lambda: None, KINDS, by_the_minute=True, aging=[model])
    widget.show()

    news.changed.emit(KINDS)
    assert drawn == []
    news.minute.emit()
    assert drawn == [1]

    widget.hide()
    news.minute.emit()
    assert drawn == [1]
    widget.show()

    assert drawn == [1, 1]


def test_another_zone_draws_all_lists_of_a_widget_anew(qtbot: QtBot) -> None:
    news, widget, calls = News(), QWidget(), list[int]()
    qtbot.addWidget(widget)
    view = QListView(widget)
    model: RecordListModel[Heading] = RecordListModel(lambda row: row.text)
    model.show([Heading("one", "One")])
    view.setModel(model)
    drawn: list[int] = []
    model.dataChanged.connect(lambda *_: drawn.append(1))
    Live(widget, news, lambda: calls.append(1), KINDS)
    widget.show()

    news.zone.emit()
    assert (len(calls), drawn) == (2, [1])

    widget.hide()
    news.zone.emit()
    assert (len(calls), drawn) == (2, [1])
    widget.show()

    assert (len(calls), drawn) == (3, [1, 1])


def test_the_same_zone_is_no_news(world: World, seat_of: SeatOf) -> None:
    seat, said = seat_of(world.mia), list[int]()
    seat.news.zone.connect(lambda: said.append(1))

    seat.workspace.live_in(ZoneInfo("Europe/Berlin"))
    assert said == []
    seat.workspace.live_in(ZoneInfo("Asia/Tokyo"))

    assert said == [1]
    assert seat.workspace.local("2025-12-01T12:00:00Z").hour == 21

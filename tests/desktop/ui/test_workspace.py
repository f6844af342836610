"""What every screen is given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.store.schedules import session
from desktop.store.trouble import StoreTrouble
from desktop.ui.workspace import Live
from domain.commands import Command
from domain.outcomes import CancelSchedule, CompleteSchedule
from domain.planning import DeleteSchedule
from domain.schedules import Status
from tests.builders import World
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


def status_of(seat: Seat, schedule_id: str) -> Status | None:
    shown = seat.workspace.query(session, seat.workspace.me, schedule_id)
    return shown.schedule.status if shown else None


async def test_what_is_done_is_saved_and_then_said_to_be(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    done: list[Status | None] = []

    seat.workspace.do(
        CancelSchedule(id=world.session), done=lambda: done.append(status_of(seat, world.session))
    )
    await all_done()

    assert done == [Status.CANCELED]


async def test_a_refusal_is_said_as_a_sentence(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.ana)

    seat.workspace.do(CompleteSchedule(id=world.canceled))
    await all_done()

    assert seat.said == ["This session is canceled already."]


async def test_a_refusal_goes_to_who_wants_to_show_it(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.ana)
    refused: list[str] = []

    seat.workspace.do(
        CompleteSchedule(id=world.canceled), refused=lambda error: refused.append(str(error))
    )
    await all_done()

    assert (refused, seat.said) == (["This session is canceled already."], [])


async def test_trouble_with_the_disk_is_said(world: World, seat_of: SeatOf) -> None:
    class Full(Seat):
        async def do(self, command: Command) -> str:
            raise StoreTrouble("The disk is full.")

    seat = Full(world, world.mia)

    seat.workspace.do(CancelSchedule(id=world.session))
    await all_done()
    seat.close()

    assert seat.said == ["The disk is full."]


async def test_a_deletion_can_be_taken_back(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    undo: list[Callable[[], object]] = []
    seat.news.said.connect(lambda _text, take_back: undo.append(take_back))
    seat.workspace.do_later(DeleteSchedule(id=world.session), "Deleted")
    await all_done()
    assert status_of(seat, world.session) is None

    undo[0]()
    await all_done()

    assert status_of(seat, world.session) is Status.SCHEDULED


async def test_an_undo_that_comes_too_late_says_so(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.mia)
    undo: list[Callable[[], object]] = []
    seat.news.said.connect(lambda _text, take_back: undo.append(take_back))
    seat.workspace.do_later(DeleteSchedule(id=world.session), "Deleted")
    await all_done()
    seat.desk.clock.pass_(seconds=9)
    seat.sync()

    undo[0]()
    await all_done()

    assert seat.said[-1] == "It was sent already and cannot be taken back."


def a_live_widget(qtbot: QtBot, seat: Seat, runs: list[int]) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    Live(widget, seat.news, lambda: runs.append(1), frozenset({"schedule"}), by_the_minute=True)
    return widget


def test_a_hidden_page_reads_nothing_until_it_is_shown(
    qtbot: QtBot, world: World, seat_of: SeatOf
) -> None:
    seat, runs = seat_of(world.mia), list[int]()
    widget = a_live_widget(qtbot, seat, runs)

    seat.news.changed.emit(frozenset({"schedule"}))
    seat.news.minute.emit()
    assert runs == []
    widget.show()

    assert runs == [1]


def test_a_shown_page_reads_anew_for_its_own_kinds_only(
    qtbot: QtBot, world: World, seat_of: SeatOf
) -> None:
    seat, runs = seat_of(world.mia), list[int]()
    a_live_widget(qtbot, seat, runs).show()

    seat.news.changed.emit(frozenset({"schedule"}))
    seat.news.changed.emit(frozenset({"member"}))
    seat.news.minute.emit()

    assert len(runs) == 3

"""What is done with notifications, wherever they are listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.store.activity import UNREAD, Notification, State, notifications
from desktop.ui.inbox.deeds import InboxDeeds
from desktop.ui.inbox.notification_list import NotificationList
from desktop.ui.record_list_model import RecordListModel
from desktop.ui.theme import Theme
from tests.builders import World, ahead, id_of
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")


class Listed:
    """Ana's unread notifications, in a list."""

    def __init__(self, seat: Seat, theme: Theme, window: QWidget) -> None:
        self.seat = seat
        self.left: list[bool] = []
        self.undos: list[Any] = []
        seat.news.said.connect(lambda _text, undo: self.undos.append(undo))
        model: RecordListModel[Notification] = RecordListModel(lambda shown: shown.actor_name)
        self.found = self.now_in(UNREAD)
        model.show(self.found)
        view = NotificationList(theme, model, "Notifications", window)
        self.deeds = InboxDeeds(
            seat.workspace, view, window, before_leaving=lambda: self.left.append(True)
        )

    def now_in(self, states: Any) -> list[Notification]:
        return self.seat.workspace.query(
            notifications, self.seat.workspace.me, states=states, now=ahead()
        )


@pytest.fixture
def listed(world: World, seat_of: SeatOf, theme: Theme, window: QWidget) -> Listed:
    return Listed(seat_of(world.ana), theme, window)


async def test_opening_reads_it_and_leaves_the_list(listed: Listed, world: World) -> None:
    listed.deeds.open(listed.found[0].id)
    await all_done()

    assert listed.seat.opened == [f"/student/schedule/{world.canceled}"]
    assert listed.left == [True]
    assert listed.found[0].id not in {one.id for one in listed.now_in(UNREAD)}


async def test_what_is_no_longer_listed_opens_nothing(listed: Listed) -> None:
    listed.deeds.open(id_of("gone"))

    assert listed.seat.opened == []
    assert listed.left == []


@pytest.mark.parametrize("how", ["archived", "snooze"])
async def test_what_was_put_away_can_be_taken_back(listed: Listed, how: str) -> None:
    gone = listed.found[0].id
    if how == "snooze":
        listed.deeds.snooze(gone, ahead(hours=2))
    else:
        listed.deeds.mark(gone, how)
    await all_done()
    state = State.SNOOZED if how == "snooze" else State.ARCHIVED
    assert [one.id for one in listed.now_in({state})] == [gone]

    listed.undos[-1]()
    await all_done()

    assert [one.id for one in listed.now_in(UNREAD)] == [one.id for one in listed.found]


async def test_all_are_read_once_and_then_there_is_nothing_to_do(listed: Listed) -> None:
    listed.deeds.mark_all()
    await all_done()
    listed.deeds.mark_all()

    assert listed.now_in(UNREAD) == []
    assert listed.seat.said == ["All are marked as read.", "Nothing is unread."]

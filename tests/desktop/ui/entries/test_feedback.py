"""What was said about an entry is read with it."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.activity import UNREAD, notifications
from desktop.ui.entries.feedback import read_feedback
from domain.comments import AddComment
from tests.builders import World, id_of
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


def unread(seat: Seat) -> int:
    return len(seat.workspace.query(notifications, seat.workspace.me, states=UNREAD))


async def test_reviews_and_comments_of_the_entry_are_read_and_no_others(
    world: World, seat_of: SeatOf
) -> None:
    said = AddComment(id=id_of("said"), entry_id=world.approved, body="Keep it.")
    world.done_by(said, world.noah)
    seat = seat_of(world.ben)
    before = unread(seat)

    read_feedback(seat.workspace, world.approved)
    await all_done()

    assert unread(seat) == before - 2


async def test_what_was_read_before_is_not_marked_again(world: World, seat_of: SeatOf) -> None:
    seat = seat_of(world.ben)
    read_feedback(seat.workspace, world.approved)
    await all_done()
    sent = seat.desk.wakes

    read_feedback(seat.workspace, world.approved)
    await all_done()

    assert seat.desk.wakes == sent

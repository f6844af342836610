"""Reminders from the local rows, each once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop.ui.notifications.toasts import OPEN, Pressed
from desktop.ui.reminders import JOIN, SNOOZE, Reminders
from domain.accounts import UpdateAccount
from domain.instants import instant, moment, second
from domain.outcomes import CancelSchedule
from domain.planning import UpdateSchedule
from tests.builders import World
from tests.desktop.ui.notifications.test_telling import Screen
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]
pytestmark = pytest.mark.usefixtures("british")
LINK = "https://meet.example.org/room"


class Reminded:
    """Somebody who is reminded on a screen; the talk of the world is in two hours."""

    def __init__(self, seat: Seat, world: World, screen: Screen | None = None) -> None:
        self.seat = seat
        self.world = world
        self.screen = screen or Screen()
        self.pressed = Pressed()
        self.joined: list[tuple[str, str]] = []
        self.reminders = Reminders(
            seat.workspace,
            self.screen,
            self.pressed,
            lambda title, url: self.joined.append((title, url)),
        )

    async def at(self, minutes: float) -> None:
        """So many minutes after the start of the talk."""
        start = moment(self.world.now) + timedelta(hours=2)
        self.seat.set_time(instant(start + timedelta(minutes=minutes)))
        await all_done()

    async def end(self) -> None:
        self.reminders.close()
        await all_done()

    @property
    def key(self) -> str:
        return f"reminder {self.world.soon}"


async def reminded_of(seat: Seat, world: World) -> Reminded:
    found = Reminded(seat, world)
    await all_done()
    return found


async def test_it_comes_ten_minutes_before_and_once(seat_of: SeatOf, world: World) -> None:
    mia = await reminded_of(seat_of(world.mia), world)
    await mia.at(-11)
    assert mia.screen.titles == []

    await mia.at(-10)
    await mia.at(-9)

    assert mia.screen.titles == ["“Weekly talk” starts in 10 min"]
    (toast,) = mia.screen.shown
    assert toast.body == "15:00\N{EN DASH}16:00 · Ana Ruiz"
    assert toast.path == f"/mentor/schedules/{world.soon}"
    assert toast.stays
    await mia.end()


async def test_each_has_reminders_of_their_own(seat_of: SeatOf, world: World) -> None:
    world.done_by(UpdateAccount(reminder_minutes=[60, 5]), world.ana)
    ana = await reminded_of(seat_of(world.ana), world)

    for minutes in (-60, -30, -5, 0):
        await ana.at(minutes)

    assert ana.screen.titles == [
        "“Weekly talk” starts in 60 min",
        "“Weekly talk” starts in 5 min",
    ]
    await ana.end()


async def test_after_sleep_it_says_that_it_has_begun(seat_of: SeatOf, world: World) -> None:
    mia = await reminded_of(seat_of(world.mia), world)

    await mia.at(5)

    assert mia.screen.titles == ["“Weekly talk” started 5 min ago"]
    await mia.end()


async def test_a_restart_says_nothing_again_and_nothing_old(seat_of: SeatOf, world: World) -> None:
    seat = seat_of(world.mia)
    mia = await reminded_of(seat, world)
    await mia.at(-10)
    await mia.end()

    again = await reminded_of(seat, world)
    await again.at(-9)
    assert again.screen.titles == []
    await again.end()
    later = await reminded_of(seat, world)
    await later.at(61)

    assert later.screen.titles == []
    await later.end()


async def test_a_canceled_session_reminds_nobody_and_takes_its_reminder_away(
    seat_of: SeatOf, world: World
) -> None:
    seat = seat_of(world.ana)
    ana = await reminded_of(seat, world)
    await ana.at(-10)
    assert list(ana.screen.standing) == [ana.key]

    world.done_by(CancelSchedule(id=world.soon, reason="Ill."), world.mia)
    seat.sync()
    await all_done()

    assert ana.screen.standing == {}
    await ana.end()


async def test_a_moved_session_takes_its_reminder_away_and_reminds_anew(
    seat_of: SeatOf, world: World
) -> None:
    seat = seat_of(world.ana)
    ana = await reminded_of(seat, world)
    await ana.at(-10)

    start = moment(world.now) + timedelta(hours=4)
    world.done_by(
        UpdateSchedule(
            id=world.soon, start_time=second(start), end_time=second(start + timedelta(hours=1))
        ),
        world.mia,
    )
    seat.sync()
    await all_done()
    assert ana.screen.standing == {}
    await ana.at(110)

    assert ana.screen.titles[-1] == "“Weekly talk” starts in 10 min"
    await ana.end()


async def test_snoozing_reminds_again_in_five_minutes(seat_of: SeatOf, world: World) -> None:
    mia = await reminded_of(seat_of(world.mia), world)
    await mia.at(-10)

    mia.pressed.action.emit(mia.key, SNOOZE)
    await mia.at(-6)
    assert len(mia.screen.shown) == 1
    assert mia.screen.standing == {}
    await mia.at(-5)

    assert mia.screen.titles[-1] == "“Weekly talk” starts in 5 min"
    await mia.end()


async def test_joining_opens_the_session_and_asks_about_its_link(
    seat_of: SeatOf, world: World
) -> None:
    world.done_by(UpdateSchedule(id=world.soon, meeting_url=LINK), world.mia)
    seat = seat_of(world.mia)
    raised: list[str] = []
    seat.news.raised.connect(raised.append)
    mia = await reminded_of(seat, world)
    await mia.at(-10)
    assert [action.key for action in mia.screen.shown[0].actions] == [JOIN, SNOOZE]

    mia.pressed.action.emit(mia.key, JOIN)

    assert raised == [f"/mentor/schedules/{world.soon}"]
    assert mia.joined == [("Weekly talk", LINK)]
    await mia.end()


async def test_a_click_opens_the_session(seat_of: SeatOf, world: World) -> None:
    seat = seat_of(world.ana)
    raised: list[str] = []
    seat.news.raised.connect(raised.append)
    ana = await reminded_of(seat, world)
    await ana.at(-10)

    ana.pressed.action.emit("entry 7", OPEN)
    assert raised == []
    ana.pressed.action.emit(ana.key, OPEN)

    assert raised == [f"/student/schedule/{world.soon}"]
    await ana.end()


async def test_what_stands_there_says_how_long_it_still_is_and_makes_no_sound(
    seat_of: SeatOf, world: World
) -> None:
    mia = await reminded_of(seat_of(world.mia), world)
    await mia.at(-10)
    assert mia.screen.shown[0].has_sound

    await mia.at(-9)
    await mia.at(1)

    assert [(toast.title, toast.has_sound) for toast in mia.screen.updated] == [
        ("“Weekly talk” starts in 9 min", False),
        ("“Weekly talk” started 1 min ago", False),
    ]
    assert len(mia.screen.shown) == 1
    await mia.end()


async def test_join_is_offered_from_ten_minutes_before_on_what_stands_there(
    seat_of: SeatOf, world: World
) -> None:
    world.done_by(UpdateSchedule(id=world.soon, meeting_url=LINK), world.mia)
    world.done_by(UpdateAccount(reminder_minutes=[60]), world.mia)
    mia = await reminded_of(seat_of(world.mia), world)

    await mia.at(-60)
    assert [action.key for action in mia.screen.standing[mia.key].actions] == [SNOOZE]
    await mia.at(-10)

    assert [action.key for action in mia.screen.standing[mia.key].actions] == [JOIN, SNOOZE]
    await mia.end()


async def test_what_has_not_changed_is_left_alone(seat_of: SeatOf, world: World) -> None:
    mia = await reminded_of(seat_of(world.mia), world)
    await mia.at(-10)

    await mia.at(-9.9)

    assert mia.screen.updated == []
    await mia.end()


async def test_a_new_title_shows_at_once_on_what_stands_there(
    seat_of: SeatOf, world: World
) -> None:
    seat = seat_of(world.ana)
    ana = await reminded_of(seat, world)
    await ana.at(-10)

    world.done_by(UpdateSchedule(id=world.soon, title="First talk"), world.mia)
    seat.sync()
    await all_done()

    assert ana.screen.standing[ana.key].title == "“First talk” starts in 10 min"
    await ana.end()


async def test_one_that_the_person_put_away_does_not_come_back(
    seat_of: SeatOf, world: World
) -> None:
    mia = await reminded_of(seat_of(world.mia), world)
    await mia.at(-10)

    mia.screen.standing.clear()
    mia.pressed.closed.emit(mia.key)
    await mia.at(-9)

    assert (mia.screen.updated, mia.screen.standing) == ([], {})
    await mia.end()


async def test_quiet_hours_hold_no_reminder_back(seat_of: SeatOf, world: World) -> None:
    seat = seat_of(world.mia)
    await seat.do(UpdateAccount(quiet_hours=("00:00", "23:59")))
    mia = await reminded_of(seat, world)

    await mia.at(-10)

    assert mia.screen.titles == ["“Weekly talk” starts in 10 min"]
    await mia.end()


async def test_do_not_disturb_is_obeyed(seat_of: SeatOf, world: World) -> None:
    seat = seat_of(world.mia)
    await seat.do(UpdateAccount(dnd_until="2030-01-01T00:00:00.000Z"))
    mia = await reminded_of(seat, world)

    await mia.at(-10)

    assert mia.screen.titles == []
    await mia.end()


async def test_where_no_screen_shows_it_the_window_says_it(seat_of: SeatOf, world: World) -> None:
    seat = seat_of(world.mia)
    mia = Reminded(seat, world, Screen(works=False))
    await all_done()

    await mia.at(-10)

    assert seat.said == ["“Weekly talk” starts in 10 min"]
    await mia.end()

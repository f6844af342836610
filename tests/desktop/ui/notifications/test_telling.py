"""What others did becomes toasts: each once, and gone when it was read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest_asyncio

from desktop.sync.states import Phase, SyncState
from desktop.ui.notifications.telling import DIGEST, MOST_ALONE, READ, TOLD, Telling
from desktop.ui.notifications.toasts import OPEN, Pressed, Toast
from domain.accounts import Switch, UpdateAccount
from domain.activities import Kind
from domain.inbox import InboxMark, MarkAllInbox, MarkInbox
from domain.rooms import student_room
from domain.writing import UpdateEntry
from tests.builders import World, a_plan, ahead, an_essay, id_of, second_ahead
from tests.desktop.ui.entries.written import reviewed, said, written
from tests.desktop.ui.rows import until
from tests.desktop.ui.seats import Seat, all_done

SeatOf = Callable[[str], Seat]


class Screen:
    """A delivery that remembers what stands on it."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.shown: list[Toast] = []
        self.updated: list[Toast] = []
        self.standing: dict[str, Toast] = {}

    async def show(self, toast: Toast) -> bool:
        if self.works:
            self.shown.append(toast)
            self.standing[toast.key] = toast
        return self.works

    async def update(self, toast: Toast) -> bool:
        if toast.key not in self.standing:
            return False
        self.updated.append(toast)
        self.standing[toast.key] = toast
        return True

    async def withdraw(self, key: str) -> None:
        self.standing.pop(key, None)

    async def close(self) -> None:
        self.standing.clear()

    @property
    def titles(self) -> list[str]:
        return [toast.title for toast in self.shown]


class Told:
    """Somebody who is told on a screen.

    Attributes:
        before: how much was unread before a test began.
    """

    before = 0

    def __init__(self, seat: Seat, screen: Screen) -> None:
        self.seat = seat
        self.screen = screen
        self.pressed = Pressed()
        self.telling = Telling(seat.workspace, screen, self.pressed)

    async def live(self, phase: Phase = Phase.LIVE) -> None:
        self.seat.news.sync.emit(SyncState(phase))
        await self.settled()

    async def sync(self) -> None:
        self.seat.sync()
        await self.settled()

    def put_away(self) -> None:
        """Close all that stands there, as the person would."""
        for key in list(self.screen.standing):
            del self.screen.standing[key]
            self.pressed.closed.emit(key)
        self.screen.shown.clear()

    async def settled(self) -> None:
        await all_done()
        await until(lambda: not self.telling._soon.isActive())
        await all_done()


@pytest_asyncio.fixture
async def mia(seat_of: SeatOf, world: World) -> AsyncIterator[Told]:
    """Mia, live, with all told that there was."""
    told = Told(seat_of(world.mia), Screen())
    await told.live()
    told.put_away()
    yield told
    told.telling.close()
    await all_done()


@pytest_asyncio.fixture
async def ana(seat_of: SeatOf, world: World) -> AsyncIterator[Told]:
    """Ana, live, with all told that there was."""
    told = Told(seat_of(world.ana), Screen())
    await told.live()
    told.put_away()
    yield told
    told.telling.close()
    await all_done()


def now_written(world: World, name: str = "new") -> str:
    """Ana submits something now."""
    entry_id = id_of(f"entry {name}")
    world.done_by(an_essay(entry_id, title=f"Entry {name}"), world.ana, now=later(world))
    return entry_id


def later(world: World) -> str:
    """A moment after all that the world began with; each is later than the one before."""
    world._count[0] += 1
    return ahead(of=world.now, seconds=world._count[0])


async def test_who_did_what_to_which_thing_is_told_at_once(mia: Told, world: World) -> None:
    entry = now_written(world)

    await mia.sync()

    (toast,) = mia.screen.shown
    assert toast.title == "Ana Ruiz submitted “Entry new”"
    assert toast.path == f"/mentor/entries/{entry}"


async def test_a_toast_says_when_the_session_is(ana: Told, world: World) -> None:
    start = second_ahead(days=1)
    plan = a_plan(id_of("told"), world.ana, start=start, title="Loops")
    world.done_by(plan, world.mia, now=later(world))
    await ana.sync()

    (toast,) = ana.screen.shown
    assert toast.title == "Mia Stone planned “Loops”"
    assert toast.body.startswith("Tomorrow, ")


async def test_nobody_is_told_what_they_did_themselves(mia: Told, world: World) -> None:
    entry = now_written(world)
    await mia.sync()
    said(world, entry, "Why?", hours=1)
    await mia.sync()

    assert len(mia.screen.shown) == 1


async def test_nothing_is_told_twice_not_even_after_a_restart(
    mia: Told, world: World, seat_of: SeatOf
) -> None:
    now_written(world)
    await mia.sync()
    await mia.sync()
    assert len(mia.screen.shown) == 1
    mia.telling.close()

    again = Told(mia.seat, Screen())
    await again.live()

    assert again.screen.shown == []
    again.telling.close()


async def test_the_first_copy_gives_one_digest(seat_of: SeatOf, world: World) -> None:
    for number in range(5):
        written(world, f"old {number}")
    told = Told(seat_of(world.mia), Screen())

    await told.settled()
    assert told.screen.shown == []
    await told.live()

    (toast,) = told.screen.shown
    assert toast.key == DIGEST
    assert toast.title.endswith(" updates while you were away")
    assert toast.path == "/inbox"
    told.telling.close()


async def test_a_time_away_gives_one_digest(mia: Told, world: World) -> None:
    await mia.live(Phase.OFFLINE)
    for name in ("a", "b", "c"):
        now_written(world, name)
    await mia.live(Phase.CATCHING_UP)
    await mia.sync()
    assert mia.screen.shown == []

    await mia.live()

    assert mia.screen.titles == ["3 updates while you were away"]


async def test_one_thing_while_away_is_told_as_what_it_is(mia: Told, world: World) -> None:
    await mia.live(Phase.OFFLINE)
    now_written(world)
    await mia.sync()

    await mia.live()

    assert mia.screen.titles == ["Ana Ruiz submitted “Entry new”"]


async def test_a_flood_is_told_as_one(mia: Told, world: World) -> None:
    for number in range(MOST_ALONE + 1):
        now_written(world, f"{number}")

    await mia.sync()

    assert mia.screen.titles == [f"{MOST_ALONE + 1} updates"]


async def test_what_is_news_about_the_same_thing_takes_the_place_of_the_old(
    mia: Told, world: World
) -> None:
    entry = now_written(world)
    await mia.sync()
    world.done_by(UpdateEntry(id=entry, title="Better"), world.ana, now=later(world))
    await mia.sync()

    assert list(mia.screen.standing) == [f"entry {entry}"]
    assert mia.screen.titles[-1] == "Ana Ruiz changed “Better”"


async def test_one_click_reads_all_that_its_toast_took_the_place_of(
    mia: Told, world: World
) -> None:
    entry = await twice_news(mia, world)

    mia.pressed.action.emit(f"entry {entry}", OPEN)
    await mia.settled()
    await mia.sync()

    assert [mark.state for mark in mia.seat.desk.relay.all_of(InboxMark)] == ["read", "read"]
    assert mia.seat.workspace.recent.unread_count(now=later(world)) == mia.before


async def test_a_toast_stays_until_all_behind_it_was_read(mia: Told, world: World) -> None:
    entry = await twice_news(mia, world)
    newer, older = (
        one.id for one in mia.seat.workspace.recent.unread() if one.activity.subject_id == entry
    )

    await mia.seat.do(MarkInbox(activity_id=newer, state="read"))
    await mia.settled()
    assert list(mia.screen.standing) == [f"entry {entry}"]
    await mia.seat.do(MarkInbox(activity_id=older, state="read"))
    await mia.settled()

    assert mia.screen.standing == {}


async def twice_news(mia: Told, world: World) -> str:
    """Two news about one entry, and one toast."""
    mia.before = mia.seat.workspace.recent.unread_count(now=later(world))
    entry = now_written(world)
    await mia.sync()
    world.done_by(UpdateEntry(id=entry, title="Better"), world.ana, now=later(world))
    await mia.sync()
    assert list(mia.screen.standing) == [f"entry {entry}"]
    return entry


async def test_a_second_digest_counts_what_the_first_one_told(mia: Told, world: World) -> None:
    for time in ("first", "second"):
        await mia.live(Phase.OFFLINE)
        for name in ("a", "b"):
            now_written(world, f"{time} {name}")
        await mia.sync()
        await mia.live()

    assert mia.screen.titles == [
        "2 updates while you were away",
        "4 updates while you were away",
    ]


async def test_what_was_read_elsewhere_is_withdrawn(mia: Told, world: World) -> None:
    now_written(world)
    await mia.sync()
    room = student_room(world.ana)

    mia.seat.desk.relay.run(
        MarkAllInbox(through={room: later(world)}),
        world.mia,
        at=later(world),
        now=later(world),
        mutation=id_of("read on the other device"),
    )
    await mia.sync()

    assert mia.screen.standing == {}


async def test_a_click_opens_the_thing_and_marks_it_read(mia: Told, world: World) -> None:
    entry = now_written(world)
    await mia.sync()
    raised: list[str] = []
    mia.seat.news.raised.connect(raised.append)

    mia.pressed.action.emit(f"entry {entry}", OPEN)
    await mia.settled()
    await mia.sync()

    assert raised == [f"/mentor/entries/{entry}"]
    assert [mark.state for mark in mia.seat.desk.relay.all_of(InboxMark)] == ["read"]
    assert mia.screen.standing == {}


async def test_its_button_marks_it_read_and_raises_nothing(mia: Told, world: World) -> None:
    entry = now_written(world)
    await mia.sync()
    raised: list[str] = []
    mia.seat.news.raised.connect(raised.append)

    mia.pressed.action.emit(f"entry {entry}", READ)
    await mia.settled()
    await mia.sync()

    assert raised == []
    assert len(mia.seat.desk.relay.all_of(InboxMark)) == 1


async def test_the_click_on_somebody_else_s_toast_does_nothing(mia: Told) -> None:
    raised: list[str] = []
    mia.seat.news.raised.connect(raised.append)

    mia.pressed.action.emit("reminder 7", OPEN)

    assert raised == []


async def test_what_no_screen_shows_stands_in_the_inbox_only(seat_of: SeatOf, world: World) -> None:
    told = Told(seat_of(world.mia), Screen(works=False))
    await told.live()

    now_written(world)
    await told.sync()

    assert told.telling._standing == {}
    told.telling.close()


async def test_the_switch_of_a_kind_is_obeyed(mia: Told, world: World) -> None:
    off = UpdateAccount(switches={Kind.ENTRY_CREATED: Switch(toast=False)})
    await mia.seat.do(off)

    entry = now_written(world)
    await mia.sync()
    assert mia.screen.shown == []
    said(world, entry, "Please look.", by=world.ana, hours=1)
    await mia.sync()

    assert mia.screen.titles == ["Ana Ruiz commented on “Entry new”"]


async def test_a_kind_that_is_kept_out_of_the_inbox_can_be_told_all_the_same(
    mia: Told, world: World
) -> None:
    kept_out = UpdateAccount(switches={Kind.ENTRY_CREATED: Switch(inbox=False, toast=True)})
    await mia.seat.do(kept_out)
    entry = now_written(world)

    await mia.sync()
    assert mia.screen.titles == ["Ana Ruiz submitted “Entry new”"]
    mia.pressed.action.emit(f"entry {entry}", READ)
    await mia.settled()
    await mia.sync()

    assert len(mia.seat.desk.relay.all_of(InboxMark)) == 1
    assert mia.screen.standing == {}


async def test_what_came_in_quiet_hours_is_not_told_afterwards(mia: Told, world: World) -> None:
    await mia.seat.do(UpdateAccount(dnd_until="2030-01-01T00:00:00.000Z"))
    now_written(world, "a")
    await mia.sync()
    await mia.seat.do(UpdateAccount(dnd_until=None))

    now_written(world, "b")
    await mia.sync()

    assert mia.screen.titles == ["Ana Ruiz submitted “Entry b”"]


async def test_the_history_of_a_room_that_is_new_here_is_no_news(mia: Told, world: World) -> None:
    reviewed(world, world.waiting, "reviewed", by=world.noah)
    world.assign(world.mia, world.ben)

    await mia.sync()

    assert [title for title in mia.screen.titles if "Loops" in title] == []


async def test_closing_takes_everything_off_the_screen(mia: Told, world: World) -> None:
    now_written(world)
    await mia.sync()

    mia.telling.close()
    await all_done()

    assert mia.screen.standing == {}


async def test_what_was_told_is_kept_by_room(mia: Told, world: World) -> None:
    now_written(world)
    await mia.sync()

    kept = await mia.seat.run(lambda store: store.get_setting(TOLD))

    newest = max(
        row.recorded_at  # type: ignore[attr-defined]
        for row in mia.seat.desk.shown().values()
        if row.kind() == "activity" and row.room == student_room(world.ana)
    )
    assert kept[student_room(world.ana)] == newest


async def test_a_notification_that_is_read_at_once_is_not_told(mia: Told, world: World) -> None:
    now_written(world)
    mia.seat.sync()
    activity = next(
        row.id
        for row in mia.seat.desk.shown().values()
        if row.kind() == "activity" and row.params.get("title") == "Entry new"  # type: ignore[attr-defined]
    )
    await mia.seat.do(MarkInbox(activity_id=activity, state="read"))
    await mia.settled()

    assert mia.screen.shown == []

"""Lists that the relay gives part by part, when it does so late or not at all."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from desktop.sync.states import Phase, SyncState
from tests.builders import World
from tests.desktop.account.admin_relays import a_record
from tests.desktop.ui.admin.conftest import OpenAdmin
from tests.desktop.ui.rows import ids, texts, until
from tests.desktop.ui.seats import Seat, all_done

pytestmark = pytest.mark.usefixtures("british")

GONE = httpx.ConnectError("Nobody there.")


def first_words(rows: list[str]) -> list[str]:
    return [words.partition(",")[0] for words in rows]


async def settle() -> None:
    """Let come what comes by itself."""
    for _ in range(100):
        QCoreApplication.processEvents()
        await asyncio.sleep(0)


async def test_rows_that_are_not_of_now_stay_and_say_so(seat: Seat, open_admin: OpenAdmin) -> None:
    people = open_admin().people.view.people
    await all_done()
    seat.relay.trouble = GONE

    for phase in (Phase.OFFLINE, Phase.LIVE):
        seat.workspace.news.sync.emit(SyncState(phase))
    await all_done()

    assert not people.banner.isHidden()
    assert len(ids(people.list)) == 8


async def test_another_filter_does_not_show_whom_the_old_one_let_through(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    view = open_admin().people.view
    await all_done()
    seat.relay.trouble = GONE

    view.filter.buttons["mentor"].click()
    await all_done()

    assert ids(view.people.list) == []
    assert view.people.empty.title.accessibleName() == "This cannot be shown now"


async def test_old_rows_do_not_wait_for_a_slow_answer_to_another_filter(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    view = open_admin().people.view
    await all_done()
    seat.relay.answering.clear()

    view.filter.buttons["mentor"].click()
    assert len(ids(view.people.list)) == 8  # a quick answer would not make the list flicker
    await until(lambda: not ids(view.people.list))
    assert view.people.empty.title.accessibleName() == "Reading the list…"
    seat.relay.answering.set()
    await all_done()

    names = first_words(texts(view.people.list))
    assert names == ["Mia Stone", "Noah Park", "Otto Lind"]


async def test_a_list_of_one_filter_does_not_go_on_with_that_of_another(
    seat: Seat, world: World, open_admin: OpenAdmin
) -> None:
    seat.relay.records = [
        a_record(100 - n, actorId=world.mia if n % 5 else world.admin) for n in range(100)
    ]
    seat.relay.page = 20
    page = open_admin("audit").audit.page
    await until(lambda: len(ids(page.records.list)) == 40)
    await all_done()
    seat.relay.trouble = GONE
    page.person.choose(world.mia)
    await all_done()

    seat.relay.trouble = None
    read = len(seat.relay.readings)
    await settle()
    assert ids(page.records.list) == []
    page.records.empty.button.click()
    await until(lambda: ids(page.records.list))
    await settle()

    assert "cursor" not in seat.relay.readings[read]
    assert seat.relay.readings[read]["actorId"] == world.mia


async def test_a_later_question_overtakes_an_earlier_one(seat: Seat, open_admin: OpenAdmin) -> None:
    view = open_admin().people.view
    seat.relay.answering.clear()

    view.filter.buttons["admin"].click()
    view.filter.buttons["student"].click()
    seat.relay.answering.set()
    await all_done()

    names = first_words(texts(view.people.list))
    assert names == ["Ana Ruiz", "Ben Hall", "Cem Aydin", "Dora Wolf"]


async def test_a_list_that_cannot_be_read_on_waits_until_one_tries_again(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    seat.relay.records = [a_record(100 - n) for n in range(60)]
    seat.relay.page = 20
    records = open_admin("audit").audit.page.records
    await until(lambda: len(ids(records.list)) == 40)
    await all_done()
    seat.relay.trouble = GONE
    tried = seat.relay.tried

    records.list.scrollToBottom()
    await until(lambda: not records.banner.isHidden())
    await settle()
    assert seat.relay.tried == tried + 1
    seat.relay.trouble = None
    records.banner.buttons["again"].click()
    await until(lambda: len(ids(records.list)) == 60)

    assert seat.relay.readings[-1]["cursor"] == "40"
    assert records.list.verticalScrollBar().value() > 0
    assert records.banner.isHidden()


async def test_a_new_try_is_answered_at_once_and_told_to_a_screen_reader(
    seat: Seat, open_admin: OpenAdmin, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[QAccessibleAnnouncementEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    seat.relay.trouble = GONE
    people = open_admin().people.view.people
    await all_done()
    told.clear()
    seat.relay.answering.clear()

    people.empty.button.setFocus()
    people.empty.button.click()
    assert people.empty.title.accessibleName() == "Reading the list…"
    assert people.empty.button.hasFocus()
    seat.relay.answering.set()
    await all_done()

    first, second = [event.message() for event in told]
    assert first == "Reading the list…"
    assert second.startswith("This cannot be shown now This needs the relay.")


async def test_a_new_try_says_so_above_rows_that_are_not_of_now(
    seat: Seat, open_admin: OpenAdmin
) -> None:
    people = open_admin().people.view.people
    await all_done()
    seat.relay.trouble = GONE
    for phase in (Phase.OFFLINE, Phase.LIVE):
        seat.workspace.news.sync.emit(SyncState(phase))
    await all_done()
    seat.relay.answering.clear()

    people.banner.buttons["again"].click()
    assert people.banner.text.accessibleName() == "Reading the list…"
    seat.relay.trouble = None
    seat.relay.answering.set()
    await all_done()

    assert people.banner.isHidden()

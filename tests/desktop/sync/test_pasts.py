"""The relay's past, held against the audit heads that were seen here."""

from __future__ import annotations

import pytest

from desktop.store.replica import Step
from desktop.sync.pasts import COPIED_ANEW, PAST_CHANGED
from desktop.sync.states import Phase
from domain.chains import Finding, Known
from domain.wire import Pulled, RoomPage
from tests.desktop.sync.fakes import OTHER, ROOM, Desk

SEEN = Known(2, "seen here")


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.hold(ROOM, 1, 2)
    return desk


def a_page(room: str, head: str, to: int) -> RoomPage:
    return RoomPage(
        room=room,
        from_=2,
        to=to,
        rows=[],
        removed=[],
        cursor=[to, None],
        more=False,
        audit_head_at_from=head,
    )


@pytest.mark.logs("audit log was changed")
async def test_the_past_of_a_room_that_is_not_here_is_asked_for_before_it_is_copied(
    desk: Desk,
) -> None:
    desk.relay.commit(OTHER, 3)
    desk.store.known = {OTHER: SEEN}
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(OTHER, "another", 3)], revoked=[])]

    async with desk:
        assert desk.store.breaks == [(OTHER, SEEN, "another", Finding.CHANGED, None)]
        assert desk.notices == [PAST_CHANGED]
        asked = [what for name, what in desk.link.asked if name == "pull"]
        assert asked[0].cursors[OTHER] == [2, None]
        assert asked[0].limit == 1
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_the_same_past_is_no_news(desk: Desk) -> None:
    desk.relay.commit(OTHER, 3)
    desk.store.known = {OTHER: SEEN}
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(OTHER, SEEN.head, 3)], revoked=[])]

    async with desk:
        assert (desk.store.breaks, desk.notices) == ([], [])
        assert desk.is_same()


@pytest.mark.logs("audit log was cut")
async def test_a_log_that_ends_sooner_was_cut(desk: Desk) -> None:
    desk.relay.commit(OTHER, 3)
    desk.store.known = {OTHER: SEEN}
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(OTHER, "another", 1)], revoked=[])]

    async with desk:
        assert desk.store.breaks == [(OTHER, SEEN, "another", Finding.CUT, None)]


@pytest.mark.logs("audit log was changed")
async def test_what_is_here_of_a_room_is_kept_and_told_of_before_it_is_copied(desk: Desk) -> None:
    desk.store.known = {ROOM: SEEN}
    desk.store.steps = [Step.AUDIT_CHANGED]
    desk.store.set_aside_at = "replica-2026.sqlite"
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(ROOM, "another", 3)], revoked=[])]

    async with desk:
        assert desk.store.breaks == [
            (ROOM, SEEN, "another", Finding.CHANGED, "replica-2026.sqlite")
        ]
        [notice] = desk.notices
        assert notice == f"{PAST_CHANGED} What was here is kept in replica-2026.sqlite."
        assert [room for room, _, _ in desk.copies.asked] == [ROOM]


async def test_a_relay_that_says_it_was_restored_is_under_no_suspicion(desk: Desk) -> None:
    desk.store.known = {ROOM: SEEN}
    desk.store.is_gone_back = True
    desk.store.steps = [Step.AUDIT_CHANGED]
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(ROOM, "another", 1)], revoked=[])]

    async with desk:
        assert desk.store.breaks == []
        assert desk.notices == [COPIED_ANEW]


@pytest.mark.logs("audit log was changed")
async def test_on_a_live_line_a_new_welcome_is_asked_first(desk: Desk) -> None:
    async with desk:
        desk.store.known = {ROOM: SEEN}
        desk.store.steps = [Step.AUDIT_CHANGED, Step.AUDIT_CHANGED]
        answer = Pulled(rooms=[a_page(ROOM, "another", 3)], revoked=[])
        desk.link.answers["pull"] = [answer]

        desk.link.tell(desk.relay.commit(ROOM, 3))
        await desk.time.advance(5.0)

        assert desk.link.requests.count("connect") == 2
        assert [finding for _, _, _, finding, _ in desk.store.breaks] == [Finding.CHANGED]
        assert desk.is_at(Phase.LIVE)


async def test_the_heads_are_kept_when_all_is_in_step(desk: Desk) -> None:
    async with desk:
        assert desk.is_at(Phase.LIVE)
        assert desk.store.kept_chains == 1

        await desk.time.advance(200.0)
        assert desk.store.kept_chains == 1  # not with every heartbeat

        await desk.time.advance(200.0)
        assert desk.store.kept_chains == 2


@pytest.mark.logs("audit log was changed")
async def test_what_was_reported_before_is_not_told_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.relay.commit(OTHER, 3)
    desk.store.known = {OTHER: SEEN}
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(OTHER, "another", 3)], revoked=[])]
    monkeypatch.setattr(desk.store, "report_break", lambda *_break: False)

    async with desk:
        assert desk.notices == []
        assert desk.is_same()

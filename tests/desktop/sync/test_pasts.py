"""The relay's past, held against the audit heads that were seen here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from desktop.store.replica import Step
from desktop.sync.exchange import COPY_FROM_VERSION
from desktop.sync.pasts import COPIED_ANEW, PAST_CHANGED
from desktop.sync.relay_link import Offline
from desktop.sync.states import Phase
from domain.chains import Finding, Known
from domain.wire import HEARTBEAT_S, Pulled, RoomPage
from tests.desktop.sync.fakes import OTHER, ROOM, Desk, Held, a_row

SEEN = Known(2, "seen here")
HERE = Known(1, "seen here")


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
    desk.store.witness.known = {OTHER: SEEN}
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(OTHER, "another", 3)], revoked=[])]

    async with desk:
        assert desk.store.witness.breaks == [(OTHER, SEEN, "another", Finding.CHANGED, None)]
        assert desk.notices == [PAST_CHANGED]
        asked = [what for name, what in desk.link.asked if name == "pull"]
        assert asked[0].cursors[OTHER] == [2, None]
        assert asked[0].limit == 1
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_the_same_past_is_no_news(desk: Desk) -> None:
    desk.relay.commit(OTHER, 3)
    desk.relay.pasts[OTHER] = HERE.head
    desk.store.witness.known = {OTHER: HERE}

    async with desk:
        assert (desk.store.witness.breaks, desk.notices) == ([], [])
        assert desk.store.witness.confirmed == [(OTHER, HERE)] * 2
        assert desk.is_same()


@pytest.mark.logs("audit log was cut")
async def test_a_log_that_ends_sooner_was_cut(desk: Desk) -> None:
    desk.relay.commit(OTHER, 3)
    desk.store.witness.known = {OTHER: SEEN}
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(OTHER, "another", 1)], revoked=[])]

    async with desk:
        assert desk.store.witness.breaks == [(OTHER, SEEN, "another", Finding.CUT, None)]


@pytest.mark.logs("audit log was changed")
async def test_what_is_here_of_a_room_is_kept_and_told_of_before_it_is_copied(desk: Desk) -> None:
    desk.store.witness.known = {ROOM: SEEN}
    desk.store.steps = [Step.AUDIT_CHANGED]
    desk.store.set_aside_at = "replica-2026.sqlite"
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(ROOM, "another", 3)], revoked=[])]

    async with desk:
        assert desk.store.witness.breaks == [
            (ROOM, SEEN, "another", Finding.CHANGED, "replica-2026.sqlite")
        ]
        [notice] = desk.notices
        assert notice == f"{PAST_CHANGED} What was here is kept in replica-2026.sqlite."
        assert [room for room, _, _ in desk.copies.asked] == [ROOM]


async def test_a_relay_that_says_it_was_restored_is_under_no_suspicion(desk: Desk) -> None:
    desk.store.witness.known = {ROOM: SEEN}
    desk.store.witness.is_gone_back = True
    desk.store.steps = [Step.AUDIT_CHANGED]
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(ROOM, "another", 1)], revoked=[])]

    async with desk:
        assert desk.store.witness.breaks == []
        assert desk.notices == [COPIED_ANEW]


@pytest.mark.logs("audit log was changed")
async def test_on_a_live_line_a_new_welcome_is_asked_first(desk: Desk) -> None:
    async with desk:
        desk.store.witness.known = {ROOM: SEEN}
        desk.store.steps = [Step.AUDIT_CHANGED, Step.AUDIT_CHANGED]
        answer = Pulled(rooms=[a_page(ROOM, "another", 3)], revoked=[])
        desk.link.answers["pull"] = [answer]

        desk.link.tell(desk.relay.commit(ROOM, 3))
        await desk.time.advance(5.0)

        assert desk.link.requests.count("connect") == 2
        assert [finding for _, _, _, finding, _ in desk.store.witness.breaks] == [Finding.CHANGED]
        assert desk.is_at(Phase.LIVE)


async def test_the_heads_are_kept_when_all_is_in_step(desk: Desk) -> None:
    async with desk:
        assert desk.is_at(Phase.LIVE)
        assert desk.store.witness.keeps == 1

        await desk.time.advance(200.0)
        assert desk.store.witness.keeps == 1  # not with every heartbeat

        await desk.time.advance(200.0)
        assert desk.store.witness.keeps == 2


@pytest.mark.logs("audit log was changed")
async def test_what_was_reported_before_is_not_told_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.relay.commit(OTHER, 3)
    desk.store.witness.known = {OTHER: SEEN}
    desk.link.answers["pull"] = [Pulled(rooms=[a_page(OTHER, "another", 3)], revoked=[])]
    report = desk.store.witness.report
    monkeypatch.setattr(desk.store.witness, "report", lambda *found: report(*found) and False)

    async with desk:
        assert desk.notices == []
        assert desk.is_same()


async def copied_again(desk: Desk) -> None:
    """The person has the doctor copy a room."""
    desk.client.copy_again(ROOM)
    await desk.time.advance(5.0)


async def another_checksum(desk: Desk) -> None:
    """The heartbeat finds other rows at the same version."""
    desk.relay.rooms[ROOM].popitem()
    await desk.time.advance(HEARTBEAT_S + 5.0)


async def a_loop(desk: Desk) -> None:
    """Pulling gets a room nowhere."""
    desk.relay.commit(ROOM, 3)
    desk.store.steps = [Step.OLD] * 5
    desk.client.network_back()
    await desk.time.advance(20.0)


WAYS = pytest.mark.parametrize("way", [copied_again, another_checksum, a_loop])
Way = Callable[[Desk], Awaitable[None]]


@WAYS
@pytest.mark.logs("audit log was changed|Copying|checksum")
async def test_a_past_that_changed_is_told_before_a_room_is_copied_anew(
    desk: Desk, way: Way
) -> None:
    desk.store.witness.known = {ROOM: HERE}
    desk.relay.pasts[ROOM] = HERE.head
    desk.store.set_aside_at = "replica-2026.sqlite"
    copied_when_told: list[int] = []

    def tell(sentence: str) -> None:
        desk.notices.append(sentence)
        copied_when_told.append(len(desk.copies.asked))

    desk.client._exchange._pasts._on_notice = tell
    async with desk:
        desk.relay.pasts[ROOM] = "another"

        await way(desk)

        assert desk.store.witness.breaks == [
            (ROOM, HERE, "another", Finding.CHANGED, "replica-2026.sqlite")
        ]
        assert desk.notices == [f"{PAST_CHANGED} What was here is kept in replica-2026.sqlite."]
        assert copied_when_told == [0]
        assert desk.link.requests.count("connect") == 2  # whether it was restored a welcome tells
        assert desk.copies.asked
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


@WAYS
@pytest.mark.parametrize("named", [HERE.head, None])
@pytest.mark.logs("Copying|checksum")
async def test_a_past_that_is_the_same_or_not_named_lets_a_room_be_copied(
    desk: Desk, way: Way, named: str | None
) -> None:
    desk.store.witness.known = {ROOM: HERE}
    if named:
        desk.relay.pasts[ROOM] = named

    async with desk:
        await way(desk)

        assert (desk.store.witness.breaks, desk.notices) == ([], [])
        assert desk.link.requests.count("connect") == 1
        assert desk.copies.asked
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


@pytest.mark.logs("audit log was changed")
async def test_a_copy_goes_on_after_its_past_was_asked_for(desk: Desk) -> None:
    desk.relay.commit(OTHER, 3)
    desk.relay.commit(OTHER, 4)
    desk.relay.pasts[OTHER] = "another"
    desk.store.rooms[OTHER] = Held(copy_until=1, copy_cursor="1 zzz", audit_head="this past")
    desk.store.witness.known = {OTHER: SEEN}
    copied: list[int] = []
    desk.link.before = lambda request: copied.append(len(desk.copies.asked))

    async with desk:
        assert [room for room, *_ in desk.store.witness.breaks] == [OTHER]
        assert desk.link.requests[:2] == ["connect", "pull"]
        assert copied[:2] == [0, 0]
        assert [room for room, _, _ in desk.copies.asked] == [OTHER]
        assert desk.is_same()


@pytest.mark.logs("audit log was changed")
async def test_rows_that_are_older_than_what_was_seen_do_not_vouch_for_the_relay(
    desk: Desk,
) -> None:
    desk.hold(ROOM, 3)
    desk.store.witness.older = {ROOM: Known(1, "long ago")}
    desk.store.witness.known = {ROOM: SEEN}
    desk.relay.pasts[ROOM] = "another"

    async with desk:
        assert desk.store.witness.breaks == [(ROOM, SEEN, "another", Finding.CHANGED, None)]
        assert desk.notices == [PAST_CHANGED]


@pytest.mark.logs("audit log was changed")
async def test_what_changes_while_a_room_is_copied_is_found_before_its_head_is_kept(
    desk: Desk,
) -> None:
    desk.relay.commit(OTHER, *range(3, 10))
    desk.store.witness.known = {OTHER: SEEN}
    desk.relay.versions[OTHER] = COPY_FROM_VERSION + 1
    desk.relay.pasts[OTHER] = SEEN.head
    desk.copies.during = lambda: desk.relay.pasts.update({OTHER: "another"})

    async with desk:
        await desk.time.advance(5.0)

        assert desk.store.witness.breaks == [(OTHER, SEEN, "another", Finding.CHANGED, None)]
        assert desk.notices == [PAST_CHANGED]
        assert desk.is_at(Phase.LIVE)


async def test_a_copy_that_the_person_wants_is_not_forgotten_with_the_connection(
    desk: Desk,
) -> None:
    desk.store.witness.known = {ROOM: SEEN}
    desk.relay.pasts[ROOM] = SEEN.head
    async with desk:
        desk.link.answers["pull"] = [Offline("The relay does not answer.")]

        await copied_again(desk)

        assert [room for room, _, _ in desk.copies.asked] == [ROOM]
        assert desk.is_at(Phase.LIVE)


async def test_a_restored_relay_is_told_of_though_no_row_is_here(desk: Desk) -> None:
    desk.relay.commit(OTHER, 3)
    desk.relay.pasts[OTHER] = "another"
    desk.store.witness.known = {OTHER: SEEN}
    desk.store.witness.is_gone_back = True

    async with desk:
        assert desk.store.witness.breaks == []
        assert desk.store.witness.let_gone == [OTHER]
        assert desk.notices == [COPIED_ANEW]
        assert desk.is_same()


def a_copy_under_way(desk: Desk) -> None:
    """Of a room of which one row is here already, from when the relay had this past."""
    desk.relay.commit(OTHER, 3)
    desk.relay.commit(OTHER, 4)
    desk.store.begin_copy(OTHER, 2, "this past")
    row = desk.relay.rooms[OTHER][a_row(4, 2)["id"]]
    desk.store.copy_rows(OTHER, [row], f"2 {row['id']}")


@pytest.mark.logs("audit log was changed")
async def test_a_past_that_changed_while_a_copy_was_broken_off_is_told_before_it_begins_anew(
    desk: Desk,
) -> None:
    a_copy_under_way(desk)
    desk.copies.audit_head = "another"

    async with desk:
        await desk.time.advance(5.0)

        known = Known(2, "this past")
        assert desk.store.witness.breaks == [(OTHER, known, "another", Finding.CHANGED, None)]
        assert desk.notices == [PAST_CHANGED]
        assert desk.link.requests.count("connect") == 2
        assert [cursor is None for _, _, cursor in desk.copies.asked] == [False, True]
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_copy_that_a_restore_has_broken_off_begins_anew(desk: Desk) -> None:
    a_copy_under_way(desk)
    desk.copies.audit_head = "another"
    desk.store.witness.is_gone_back = True

    async with desk:
        await desk.time.advance(5.0)

        assert desk.store.witness.breaks == []
        assert desk.notices == [COPIED_ANEW]
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_suspicion_about_a_room_that_was_lost_is_dropped(desk: Desk) -> None:
    desk.client._exchange._pasts.suspect(OTHER, HERE, "another")

    async with desk:
        assert (desk.store.witness.breaks, desk.notices) == ([], [])
        assert desk.is_at(Phase.LIVE)


@pytest.mark.logs("audit log was changed")
async def test_a_copy_that_is_over_by_now_is_not_begun_again(desk: Desk) -> None:
    desk.client._exchange._pasts.suspect(ROOM, HERE, "another")

    async with desk:
        assert [room for room, *_ in desk.store.witness.breaks] == [ROOM]
        assert desk.copies.asked == []

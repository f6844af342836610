"""What goes over one connection, held against a relay in memory."""

import pytest

from desktop.store.outbox import Identity
from desktop.store.replica import Step
from desktop.sync.exchange import COPY_FROM_VERSION, RESTORED, restored_words
from desktop.sync.pasts import COPIED_ANEW
from desktop.sync.relay_link import Offline, WrongAnswer
from desktop.sync.states import Phase
from domain.members import Role
from domain.wire import AccessNews, Changes, Outcome, Pulled, Push, Pushed, Result, RoomPage
from tests.desktop.sync.fakes import ME, OTHER, RELAY, ROOM, Desk, Held, a_mutation, settle


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.hold(ROOM, 1, 2)
    return desk


async def test_a_big_outbox_goes_in_pushes_of_a_hundred(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(n) for n in range(1, 251)]

    async with desk:
        pushes = [what for name, what in desk.link.asked if name == "push"]

        assert [len(push.mutations) for push in pushes] == [100, 100, 50]


async def test_a_refused_command_does_not_stop_what_follows(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(n) for n in range(1, 11)]
    results = [Result(n=n, status=Outcome.APPLIED) for n in range(1, 11)]
    results[4] = Result(n=5, status=Outcome.REFUSED, code="not_found", message="It is gone.")
    desk.link.answers["push"] = [Pushed(results=results)]

    async with desk:
        assert desk.store.settled == results
        assert not desk.store.outbox
        assert desk.is_at(Phase.LIVE)


async def test_deferred_commands_wait_and_are_no_loop(desk: Desk) -> None:
    deferred = Pushed(results=[Result(n=1, status=Outcome.DEFERRED)])
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [deferred] * 20

    async with desk:
        await desk.time.advance(200.0)

        assert desk.is_at(Phase.LIVE)
        assert desk.client.state.waiting == 1
        assert 5 < desk.link.requests.count("push") < 15


async def test_a_push_that_gets_nowhere_is_said_after_five_times(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [Offline("The relay does not answer.")] * 4

    async with desk:
        desk.link.answers["push"] += [Pushed(results=[])] * 9
        await desk.time.advance(30.0)

        assert desk.client.state.why == "The relay does not take in your changes."
        assert desk.is_at(Phase.OFFLINE)

        desk.link.answers["push"] = []
        await desk.time.advance(60.0)

        assert not desk.store.outbox
        assert desk.is_at(Phase.LIVE)


async def test_answers_without_results_are_said_after_five_times(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [Pushed(results=[])] * 9

    async with desk:
        await desk.time.advance(90.0)

        assert desk.is_at(Phase.OFFLINE)
        assert desk.client.state.why == "The relay does not take in your changes."
        assert desk.client.state.waiting == 1


async def test_a_push_that_is_answered_with_another_error_waits(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [WrongAnswer("bad_request", "This does not fit.")]

    async with desk:
        assert (desk.phase, desk.client.state.why) == (Phase.OFFLINE, "This does not fit.")


@pytest.mark.logs("number_gap")
async def test_a_number_gap_that_stays_ends_with_a_new_client_id(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(3)]
    desk.link.answers["push"] = [WrongAnswer("number_gap", "Numbers are missing.")] * 2

    async with desk:
        await desk.time.advance(5.0)

        assert desk.store.me.client_id == "client-2"
        assert not desk.store.outbox
        assert desk.is_at(Phase.LIVE)


async def test_the_first_welcome_gives_the_relay_its_name_here(desk: Desk) -> None:
    desk.store.me = Identity("client-1", None, ME, Role.MENTOR)

    async with desk:
        assert desk.store.me.relay_id == RELAY


async def test_a_file_of_nobody_takes_no_name(desk: Desk) -> None:
    desk.store.me = Identity("client-1")

    async with desk:
        assert desk.store.me.relay_id is None


async def test_another_person_is_not_let_into_these_files(desk: Desk) -> None:
    desk.store.me = Identity("client-1", RELAY, "somebody else", Role.MENTOR)

    async with desk:
        assert desk.client.state.why == "The relay took you for somebody else."
        assert desk.link.requests == ["connect"]


async def test_pages_are_pulled_until_the_head(desk: Desk) -> None:
    desk.relay.page_rows = 3
    for number in range(10, 20):
        desk.relay.commit(ROOM, number)

    async with desk:
        assert desk.link.requests == ["connect", *["pull"] * 4]
        assert desk.is_same()
        assert desk.store.ended_pulls == 1


async def test_catching_up_says_how_far_it_is(desk: Desk) -> None:
    desk.relay.page_rows = 4
    for number in range(10, 20):
        desk.relay.commit(ROOM, number)

    async with desk:
        told = [(state.done, state.total) for state in desk.states if state.total]

        assert told[:3] == [(4, 10), (8, 10), (10, 10)]
        assert desk.client.state.total == 0


async def test_a_new_room_with_a_short_history_is_pulled_from_its_beginning(desk: Desk) -> None:
    desk.relay.commit(OTHER, 7)

    async with desk:
        assert desk.is_same()
        assert not desk.copies.asked


async def test_a_page_of_a_room_that_came_since_the_welcome_is_taken(desk: Desk) -> None:
    def grant(request: str) -> None:
        if request == "pull" and OTHER not in desk.relay.rooms:
            desk.relay.commit(OTHER, 7)

    desk.link.before = grant

    async with desk:
        assert OTHER in desk.store.rooms
        assert desk.is_at(Phase.LIVE)


async def test_a_page_of_an_unknown_room_that_does_not_begin_at_its_beginning_is_asked_about(
    desk: Desk,
) -> None:
    page = RoomPage(
        room=OTHER, from_=3, to=4, rows=[], removed=[], cursor=[4], more=False, checksum="00"
    )
    desk.link.answers["pull"] = [Pulled(rooms=[page], revoked=[])]

    async with desk:
        await desk.time.advance(5.0)

        assert "check" in desk.link.requests
        assert desk.is_same()


async def test_a_page_of_a_room_that_is_being_copied_is_dropped(desk: Desk) -> None:
    for number in range(COPY_FROM_VERSION + 1):
        desk.relay.commit(OTHER, number)
    page = RoomPage(room=OTHER, from_=0, to=1, rows=[], removed=[], cursor=[1], more=True)
    desk.link.answers["pull"] = [Pulled(rooms=[page], revoked=[])]

    async with desk:
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_access_granted_while_connected_brings_the_older_rows(desk: Desk) -> None:
    async with desk:
        desk.relay.commit(OTHER, 7, 8)
        desk.link.tell(AccessNews(granted=[OTHER], revoked=[]))
        await settle()

        assert desk.is_same()
        assert desk.link.requests[2:] == ["check", "pull"]


async def test_a_frame_of_a_room_that_is_not_here_is_asked_about(desk: Desk) -> None:
    async with desk:
        desk.link.tell(desk.relay.commit(OTHER, 7))
        await settle()

        assert desk.is_same()
        assert desk.link.requests[2:] == ["check", "pull"]


async def test_revoked_rooms_are_dropped_at_once(desk: Desk) -> None:
    desk.hold(OTHER, 7)
    async with desk:
        del desk.relay.rooms[OTHER]
        desk.link.tell(AccessNews(granted=[], revoked=[OTHER]))
        await settle()

        assert desk.store.dropped == [OTHER]
        assert desk.is_at(Phase.LIVE)


async def test_access_revoked_while_offline_is_learned_after_the_push(desk: Desk) -> None:
    desk.hold(OTHER, 7)
    del desk.relay.rooms[OTHER]
    desk.store.outbox = [a_mutation(1)]
    dropped_at_push: list[list[str]] = []
    desk.link.before = lambda request: (
        dropped_at_push.append([*desk.store.dropped]) if request == "push" else None
    )

    async with desk:
        assert dropped_at_push == [[]]
        assert desk.store.dropped == [OTHER]


async def test_a_frame_that_was_too_large_to_send_is_pulled(desk: Desk) -> None:
    async with desk:
        frame = desk.relay.commit(ROOM, 3)
        desk.link.tell(Changes(room=ROOM, from_=frame.from_, to=frame.to, more=True))
        await settle()

        assert desk.is_same()


async def test_a_row_that_moves_between_rooms_is_pulled_at_once(desk: Desk) -> None:
    async with desk:
        desk.store.steps = [Step.MOVED]
        desk.relay.commit(ROOM, 3)
        desk.link.tell(desk.relay.commit(ROOM, 4))
        await settle()

        assert desk.link.requests[2:] == ["pull"]


async def test_a_frame_without_a_checksum_is_applied(desk: Desk) -> None:
    async with desk:
        frame = desk.relay.commit(ROOM, 3)
        desk.link.tell(Changes(room=ROOM, from_=frame.from_, to=frame.to, rows=frame.rows))
        await settle()

        assert desk.is_same()


@pytest.mark.logs("Copying")
async def test_a_wrong_checksum_has_that_room_copied_anew(desk: Desk) -> None:
    async with desk:
        del desk.store.rooms[ROOM].rows[min(desk.store.rooms[ROOM].rows)]
        desk.link.tell(desk.relay.commit(ROOM, 3))
        await settle()

        assert desk.store.recopied == [ROOM]
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


@pytest.mark.logs("Copying|checksum")
async def test_a_wrong_checksum_is_found_by_the_heartbeat_too(desk: Desk) -> None:
    async with desk:
        desk.store.rooms[ROOM].rows.popitem()

        await desk.time.advance(22.0)

        assert desk.is_same()


@pytest.mark.logs("Copying|checksum")
async def test_a_wrong_checksum_in_a_page_has_the_room_copied_anew(desk: Desk) -> None:
    desk.store.rooms[ROOM].rows.popitem()
    desk.relay.commit(ROOM, 3)

    async with desk:
        assert desk.store.recopied == [ROOM]
        assert desk.is_same()


@pytest.mark.logs("checksum")
async def test_a_room_is_copied_anew_at_most_once_an_hour_and_the_window_says_why(
    desk: Desk,
) -> None:
    desk.store.may_copy_anew = False
    async with desk:
        desk.store.rooms[ROOM].rows.popitem()
        await desk.time.advance(22.0)

        assert desk.is_at(Phase.CATCHING_UP)
        assert ROOM in desk.client.state.why
        assert not desk.copies.asked

        desk.store.rooms[ROOM] = Held(desk.relay.versions[ROOM], dict(desk.relay.rooms[ROOM]))
        await desk.time.advance(22.0)

        assert desk.is_at(Phase.LIVE)


@pytest.mark.logs("Copying")
async def test_the_same_pull_five_times_without_progress_has_the_room_copied_anew(
    desk: Desk,
) -> None:
    desk.relay.commit(ROOM, 3)
    desk.store.steps = [Step.OLD] * 4

    async with desk:
        await desk.time.advance(20.0)

        assert desk.link.requests.count("pull") >= 5
        assert desk.store.recopied == [ROOM]
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_room_that_is_on_its_way_already_is_not_begun_twice(desk: Desk) -> None:
    async with desk:
        desk.client._exchange.copying.add(ROOM)
        desk.client.copy_again(ROOM)
        await settle()

        assert desk.copies.asked == []


async def test_a_loop_that_copying_does_not_end_is_said(desk: Desk) -> None:
    desk.relay.commit(ROOM, 3)
    desk.store.may_copy_anew = False
    desk.store.steps = [Step.OLD] * 4

    async with desk:
        await desk.time.advance(8.0)

        assert desk.is_at(Phase.OFFLINE)
        assert desk.client.state.why == f"{ROOM} cannot be brought up to date."


async def test_a_line_that_breaks_with_each_pull_is_no_endless_loop(desk: Desk) -> None:
    desk.link.answers["pull"] = [Offline("The connection was lost.")] * 4

    async with desk:
        await desk.time.advance(7.6)

        assert desk.client.state.why == "The rooms cannot be brought up to date."


@pytest.mark.logs("checksum")
async def test_a_room_behind_the_horizon_is_copied_anew(desk: Desk) -> None:
    desk.relay.commit(ROOM, 3)
    desk.store.steps = [Step.RESTART]

    async with desk:
        assert [room for room, _, _ in desk.copies.asked] == [ROOM]
        assert desk.store.recopied == []
        assert desk.is_same()


@pytest.mark.parametrize("kept", ["replica-2026-03-02.sqlite", None])
async def test_a_changed_past_is_kept_aside_and_told_before_anything_is_copied(
    desk: Desk, kept: str | None
) -> None:
    desk.hold(OTHER, 7)
    desk.relay.commit(ROOM, 3)
    desk.relay.commit(OTHER, 8)
    desk.store.steps = [Step.AUDIT_CHANGED, Step.AUDIT_CHANGED]
    desk.store.set_aside_at = kept

    async with desk:
        assert desk.store.aside == 1
        assert len(desk.notices) == 1
        assert (kept or "copied anew") in desk.notices[0]
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


@pytest.mark.logs("sent again")
async def test_after_a_restore_the_other_past_is_no_second_alarm(desk: Desk) -> None:
    desk.store.acknowledged = 7
    desk.store.steps = [Step.AUDIT_CHANGED]
    desk.relay.commit(ROOM, 3)

    async with desk:
        assert desk.notices[0] == restored_words(1)
        assert desk.notices[1].startswith(COPIED_ANEW)


async def test_frames_of_a_room_that_is_being_copied_are_dropped(desk: Desk) -> None:
    for number in range(COPY_FROM_VERSION + 1):
        desk.relay.commit(OTHER, number)
    told: list[int] = []

    def during() -> None:
        if not told:
            told.append(1)
            desk.link.tell(desk.relay.commit(OTHER, 9999))

    desk.copies.during = during

    async with desk:
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_long_room_is_copied_while_the_others_are_live(desk: Desk) -> None:
    for number in range(COPY_FROM_VERSION + 1):
        desk.relay.commit(OTHER, number)
    desk.copies.faults = [Offline("The connection broke while copying.")]

    async with desk:
        assert desk.is_at(Phase.CATCHING_UP)
        assert desk.client.state.why == "The connection broke while copying."
        desk.link.tell(desk.relay.commit(ROOM, 3))
        desk.client.sync_now()
        await settle()
        assert desk.store.rooms[ROOM].version == desk.relay.versions[ROOM]

        await desk.time.advance(1.0)
        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_copy_of_a_room_that_is_lost_meanwhile_ends(desk: Desk) -> None:
    for number in range(COPY_FROM_VERSION + 1):
        desk.relay.commit(OTHER, number)
    desk.copies.faults = [WrongAnswer("not_found", "This room is not there.")]

    async with desk:
        desk.relay.rooms.pop(OTHER)
        await desk.time.advance(1.0)

        assert desk.is_at(Phase.LIVE)


async def test_a_copy_goes_on_where_the_last_program_left_it(desk: Desk) -> None:
    desk.hold(OTHER, 7)
    [row_id] = rows = dict(desk.relay.rooms[OTHER])
    cursor = f"1 {row_id}"
    desk.store.rooms[OTHER] = Held(rows=rows, copy_until=1, copy_cursor=cursor)

    async with desk:
        assert desk.copies.asked == [(OTHER, 1, cursor)]
        assert desk.is_same()


async def test_a_push_carries_what_the_outbox_gave(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]

    async with desk:
        assert ("push", Push(mutations=[a_mutation(1)])) in desk.link.asked


async def test_progress_over_several_copies_never_goes_back(desk: Desk) -> None:
    for room in (OTHER, "student:1", "student:2"):
        for number in range(COPY_FROM_VERSION + 1):
            desk.relay.commit(room, number)

    async with desk:
        told = [state.done for state in desk.states if state.phase is Phase.CATCHING_UP]

        assert told == sorted(told)
        assert told[-1] == 3 * (COPY_FROM_VERSION + 1)


@pytest.mark.parametrize(
    ("again", "words"), [(1, "1 change of yours is"), (1200, "1,200 changes of yours are")]
)
def test_a_restore_is_told_with_what_is_sent_again(again: int, words: str) -> None:
    assert restored_words(again).startswith(RESTORED)
    assert words in restored_words(again)

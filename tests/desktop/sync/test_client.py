"""When the sync client connects, pushes, pulls and waits."""

from datetime import timedelta

import pytest

from desktop.store.replica import Step
from desktop.store.trouble import StoreTrouble
from desktop.sync.arrivals import Copied
from desktop.sync.exchange import restored_words
from desktop.sync.relay_link import Offline, SignedOut, StaleToken, UpgradeRequired, WrongAnswer
from desktop.sync.states import Phase
from domain.wire import Changes, Result
from tests.desktop.sync.fakes import OTHER, ROOM, Desk, Held, a_mutation, settle


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.hold(ROOM, 1, 2)
    return desk


async def test_a_start_connects_catches_up_and_is_live(desk: Desk) -> None:
    desk.relay.commit(ROOM, 3)

    async with desk:
        assert desk.phases == [Phase.CONNECTING, Phase.CATCHING_UP, Phase.LIVE]

    assert desk.is_same()


async def test_live_says_when_all_was_last_in_step(desk: Desk) -> None:
    async with desk:
        assert desk.client.state.last_synced == desk.time.now()


async def test_the_time_of_the_last_sync_outlives_the_program(desk: Desk) -> None:
    async with desk:
        then = desk.client.state.last_synced

    again = Desk()
    again.store.settings = desk.store.settings
    again.link.answers["connect"] = [Offline("The relay cannot be reached.")]
    async with again:
        assert again.client.state.last_synced == then


async def test_the_time_of_the_last_sync_is_written_down_now_and_then(desk: Desk) -> None:
    async with desk:
        first = desk.store.settings["last_synced"]
        await desk.time.advance(100.0)
        assert desk.store.settings["last_synced"] == first

        await desk.time.advance(300.0)

        assert desk.store.settings["last_synced"] > first


async def test_unanswered_work_is_pushed_before_pulling_after_a_reconnect(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]

    async with desk:
        assert desk.link.requests == ["connect", "push", "pull"]

    assert not desk.store.outbox


async def test_waking_sends_what_is_new(desk: Desk) -> None:
    async with desk:
        desk.store.outbox = [a_mutation(1)]
        desk.client.wake()
        await settle()

        assert desk.link.requests[-1] == "push"
        assert desk.client.state.waiting == 0


async def test_an_acknowledgement_that_is_lost_is_asked_for_again(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [Offline("The relay does not answer.", code="no_answer")]

    async with desk:
        assert desk.is_at(Phase.OFFLINE)
        assert desk.client.state.waiting == 1

        await desk.time.advance(1.0)

        assert [what for name, what in desk.link.asked if name == "push"] == [
            desk.link.asked[1][1],
            desk.link.asked[1][1],
        ]
        assert desk.is_at(Phase.LIVE)


async def test_a_stuck_outbox_drains_with_the_heartbeat_without_a_new_action(desk: Desk) -> None:
    async with desk:
        desk.store.outbox = [a_mutation(1)]  # and nobody says so

        await desk.time.advance(22.0)

        assert not desk.store.outbox


async def test_the_lost_last_frame_of_a_quiet_room_is_found_by_the_heartbeat(desk: Desk) -> None:
    async with desk:
        desk.relay.commit(ROOM, 3)

        await desk.time.advance(22.0)

        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_frame_is_applied_without_asking(desk: Desk) -> None:
    async with desk:
        desk.link.tell(desk.relay.commit(ROOM, 3))
        await settle()

        assert desk.is_same()
        assert desk.link.requests == ["connect", "pull"]


async def test_a_gap_is_pulled(desk: Desk) -> None:
    async with desk:
        desk.relay.commit(ROOM, 3)
        desk.link.tell(desk.relay.commit(ROOM, 4))
        await settle()

        assert desk.is_same()
        assert desk.link.requests == ["connect", "pull", "pull"]


async def test_a_frame_that_comes_twice_or_late_is_dropped(desk: Desk) -> None:
    async with desk:
        frame = desk.relay.commit(ROOM, 3)
        desk.link.tell(frame)
        desk.link.tell(frame)
        await settle()

        assert desk.is_same()
        assert desk.link.requests == ["connect", "pull"]


async def test_frames_that_overtake_an_acknowledgement_wait_for_it(desk: Desk) -> None:
    events: list[str] = []
    settle_results, receive = desk.store.settle, desk.store.receive

    def settled(results: list[Result]) -> None:
        events.append("ack")
        settle_results(results)

    def received(frame: Changes) -> Step:
        events.append("frame")
        return receive(frame)

    desk.store.settle = settled  # type: ignore[method-assign]
    desk.store.receive = received  # type: ignore[method-assign]

    async with desk:
        desk.store.outbox = [a_mutation(1)]
        desk.link.before = lambda request: (
            desk.link.tell(desk.relay.commit(ROOM, 3)) if request == "push" else None
        )
        desk.client.wake()
        await settle()

    assert events == ["ack", "frame"]


async def test_a_lost_line_is_opened_again_and_caught_up(desk: Desk) -> None:
    async with desk:
        await desk.time.advance(30.0)
        desk.link.cut()
        await settle()
        assert desk.is_at(Phase.OFFLINE)
        assert desk.client.state.why == "The connection to the relay was lost."
        desk.relay.commit(ROOM, 3)

        await desk.time.advance(0.5)

        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_waiting_grows_to_half_a_minute_and_never_ends(desk: Desk) -> None:
    desk.link.answers["connect"] = [Offline("The relay cannot be reached.")] * 12

    async with desk:
        tries = []
        for _ in range(480):
            tries.append(desk.link.requests.count("connect"))
            await desk.time.advance(0.5)

    waits = [tries.count(count) * 0.5 for count in sorted(set(tries))][:8]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    assert desk.is_at(Phase.LIVE)


async def test_a_connection_that_dies_at_once_does_not_reset_the_waiting(desk: Desk) -> None:
    async with desk:
        for _ in range(4):
            desk.link.cut()
            await desk.time.advance(5.0)
        before = desk.link.requests.count("connect")
        desk.link.cut()

        await desk.time.advance(7.9)
        assert desk.link.requests.count("connect") == before
        await desk.time.advance(0.2)
        assert desk.link.requests.count("connect") == before + 1


async def test_the_network_coming_back_ends_the_waiting_at_once(desk: Desk) -> None:
    desk.link.answers["connect"] = [Offline("The relay cannot be reached.")] * 8
    async with desk:
        await desk.time.advance(60.0)
        desk.link.answers["connect"] = []
        desk.client.network_back()
        await settle()

        assert desk.is_at(Phase.LIVE)


async def test_a_machine_that_wakes_tries_at_once(desk: Desk) -> None:
    desk.link.answers["connect"] = [Offline("The relay cannot be reached.")] * 9
    async with desk:
        await desk.time.advance(64.0)
        desk.link.answers["connect"] = []
        desk.time.asleep += 7 * 24 * 3600.0

        await desk.time.advance(2.0)

        assert desk.is_at(Phase.LIVE)


async def test_a_timer_that_comes_far_too_late_is_a_wake_too(desk: Desk) -> None:
    async with desk:
        checks = desk.link.requests.count("check")
        desk.time.time += 8.0  # a monotonic clock that counts sleep

        await desk.time.advance(0.1)

        assert desk.link.requests.count("check") == checks + 1


async def test_a_live_line_is_checked_after_a_wake(desk: Desk) -> None:
    async with desk:
        desk.relay.commit(ROOM, 3)
        desk.client.network_back()
        await settle()

        assert desk.link.requests[-2:] == ["check", "pull"]
        assert desk.is_same()


async def test_a_sleep_that_the_connection_survives_was_a_time_away(desk: Desk) -> None:
    async with desk:
        desk.states.clear()
        desk.time.time += 8.0
        assert desk.link.on_news is not None
        desk.link.on_news(desk.relay.commit(ROOM, 3))
        await settle()

        assert desk.phases == [Phase.CATCHING_UP, Phase.LIVE]
        assert desk.woken == 1
        assert desk.is_same()
        assert desk.link.requests.count("connect") == 1


async def test_a_machine_that_wakes_offline_tells_it_too(desk: Desk) -> None:
    desk.link.answers["connect"] = [Offline("The relay cannot be reached.")] * 9
    async with desk:
        await desk.time.advance(64.0)
        desk.time.asleep += 3600.0

        await desk.time.advance(2.0)

        assert desk.woken == 1


async def test_a_clock_that_is_a_year_wrong_changes_nothing(desk: Desk) -> None:
    desk.time.asleep -= timedelta(days=366).total_seconds()

    async with desk:
        await desk.time.advance(900.0)

        assert desk.is_at(Phase.LIVE)
        assert desk.link.requests.count("connect") == 1


async def test_what_is_done_while_offline_is_counted_and_tries_soon(desk: Desk) -> None:
    desk.link.answers["connect"] = [Offline("The relay cannot be reached.")] * 7
    async with desk:
        await desk.time.advance(40.0)
        desk.store.outbox = [a_mutation(1)]
        desk.client.wake()
        await settle()

        assert desk.client.state.waiting + len(desk.store.settled) == 1
        assert desk.link.requests.count("connect") == 8


async def test_a_wake_does_not_shorten_what_the_relay_asks_for(desk: Desk) -> None:
    desk.link.answers["connect"] = [
        Offline("Too many connections.", code="too_many_connections", retry_after_s=20.0)
    ]
    async with desk:
        desk.client.wake()
        await desk.time.advance(19.0)
        assert desk.is_at(Phase.OFFLINE)

        await desk.time.advance(2.0)
        assert desk.is_at(Phase.LIVE)


async def test_too_many_connections_are_tried_again_later(desk: Desk) -> None:
    desk.link.answers["connect"] = [Offline("Too many.", code="too_many_connections")]

    async with desk:
        assert (desk.phase, desk.client.state.why) == (Phase.OFFLINE, "Too many.")

        await desk.time.advance(1.0)
        assert desk.is_at(Phase.LIVE)


async def test_another_relay_at_this_address_is_named_and_deletes_nothing(desk: Desk) -> None:
    desk.relay.relay_id = "01890000-0000-7000-8000-00000000bbbb"
    desk.relay.rooms.clear()

    async with desk:
        assert desk.is_at(Phase.OFFLINE)
        assert "00000000bbbb" in desk.client.state.why
        assert "00000000aaaa" in desk.client.state.why

    assert list(desk.store.rooms) == [ROOM]
    assert desk.link.requests == ["connect"]


async def test_a_token_that_the_relay_does_not_take_is_replaced_once(desk: Desk) -> None:
    desk.link.answers["connect"] = [StaleToken("The token has ended.")]

    async with desk:
        assert [what[0] for name, what in desk.link.asked if name == "connect"] == [
            "token 1",
            "token 2",
        ]
        assert desk.is_at(Phase.LIVE)


async def test_a_relay_that_takes_no_token_is_not_asked_in_a_loop(desk: Desk) -> None:
    desk.link.answers["connect"] = [StaleToken("No.")] * 4

    async with desk:
        assert desk.is_at(Phase.OFFLINE)
        assert desk.link.requests == ["connect", "connect"]


async def test_a_token_is_handed_over_before_its_end(desk: Desk) -> None:
    async with desk:
        await desk.time.advance(842.0)

        assert ("refresh", "token 2") in desk.link.asked
        assert desk.link.requests.count("connect") == 1
        assert desk.is_at(Phase.LIVE)


async def test_a_token_that_cannot_be_renewed_now_is_tried_a_little_later(desk: Desk) -> None:
    async with desk:
        desk.tokens.faults = [Offline("The relay cannot be reached.")]
        await desk.time.advance(845.0)
        assert "refresh" not in desk.link.requests

        await desk.time.advance(12.0)
        assert ("refresh", "token 2") in desk.link.asked


async def test_a_token_that_ends_in_the_middle_of_a_refresh_is_no_loop(desk: Desk) -> None:
    async with desk:
        desk.link.answers["refresh"] = [WrongAnswer("token_expired", "The token has ended.")]

        await desk.time.advance(900.0)

        assert Phase.OFFLINE in desk.phases
        assert desk.link.requests.count("connect") == 2
        assert desk.is_at(Phase.LIVE)


async def test_an_expired_refresh_token_asks_to_sign_in_and_work_goes_on(desk: Desk) -> None:
    desk.tokens.faults = [SignedOut("Sign in again.", code="token_expired")]

    async with desk:
        assert (desk.phase, desk.client.state.why) == (Phase.SIGN_IN_AGAIN, "Sign in again.")
        desk.store.outbox = [a_mutation(1)]
        desk.client.wake()
        await settle()
        assert desk.client.state.waiting == 1
        await desk.time.advance(600.0)
        assert desk.link.requests == []

        desk.client.sync_now()
        await settle()

        assert desk.is_at(Phase.LIVE)
        assert not desk.store.outbox


async def test_a_refresh_token_that_ends_while_connected_asks_to_sign_in(desk: Desk) -> None:
    async with desk:
        desk.tokens.faults = [SignedOut("Sign in again.", code="token_reused")]

        await desk.time.advance(842.0)

        assert desk.is_at(Phase.SIGN_IN_AGAIN)
        assert desk.link.on_news is None


async def test_nobody_signed_in_is_a_state_of_its_own(desk: Desk) -> None:
    desk.tokens.faults = [SignedOut("Sign in.", code="signed_out")]

    async with desk:
        assert desk.is_at(Phase.SIGNED_OUT)


async def test_a_disabled_account_stops_sync_and_says_so(desk: Desk) -> None:
    desk.link.answers["connect"] = [SignedOut("This account is off.", code="account_disabled")]

    async with desk:
        await desk.time.advance(600.0)

        assert (desk.phase, desk.client.state.why) == (Phase.SIGN_IN_AGAIN, "This account is off.")
        assert desk.link.requests == ["connect"]


async def test_a_disabled_account_reads_nothing_here_any_more(desk: Desk) -> None:
    desk.store.rooms[OTHER] = Held(version=3)
    desk.link.answers["connect"] = [SignedOut("This account is off.", code="account_disabled")]

    async with desk:
        assert desk.store.rooms == {}


async def test_who_is_signed_out_only_keeps_the_rooms(desk: Desk) -> None:
    desk.store.rooms[OTHER] = Held(version=3)
    desk.link.answers["connect"] = [SignedOut("Sign in again.", code="token_reused")]

    async with desk:
        assert OTHER in desk.store.rooms


async def test_an_account_that_is_disabled_while_connected_asks_to_sign_in_at_once(
    desk: Desk,
) -> None:
    async with desk:
        desk.link.tell(SignedOut("This account is off.", code="account_disabled"))
        await desk.time.advance(600.0)

        assert (desk.phase, desk.client.state.why) == (Phase.SIGN_IN_AGAIN, "This account is off.")
        assert desk.link.requests.count("connect") == 1


async def test_a_token_that_ends_while_connected_is_replaced_without_waiting(desk: Desk) -> None:
    async with desk:
        desk.link.tell(StaleToken("The access token has ended."))
        await settle()

        assert [what[0] for name, what in desk.link.asked if name == "connect"] == [
            "token 1",
            "token 2",
        ]
        assert desk.is_at(Phase.LIVE)
        assert Phase.OFFLINE not in desk.phases


async def test_a_token_that_ends_in_the_middle_of_a_push_costs_nothing(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [StaleToken("The access token has ended.")]

    async with desk:
        pushes = [what for name, what in desk.link.asked if name == "push"]
        assert len(pushes) == 2
        assert pushes[0] == pushes[1]
        assert desk.store.outbox == []
        assert desk.is_at(Phase.LIVE)


async def test_a_relay_that_ends_every_token_at_once_is_not_asked_in_a_loop(desk: Desk) -> None:
    async with desk:
        desk.link.tell(StaleToken("The access token has ended."))
        await settle()
        desk.link.tell(StaleToken("The access token has ended."))
        await settle()

        assert (desk.phase, desk.client.state.why) == (Phase.OFFLINE, "The access token has ended.")
        assert desk.link.requests.count("connect") == 2


async def test_a_relay_that_restarts_is_found_again_within_half_a_second(desk: Desk) -> None:
    async with desk:
        await desk.time.advance(30.0)
        desk.link.tell(Offline("The relay is restarting.", code="restarting"))
        await settle()
        assert (desk.phase, desk.client.state.why) == (Phase.OFFLINE, "The relay is restarting.")

        await desk.time.advance(0.5)

        assert desk.is_at(Phase.LIVE)


async def test_an_old_protocol_needs_an_upgrade_with_local_work_kept(desk: Desk) -> None:
    desk.link.answers["connect"] = [UpgradeRequired("Install the newer version.")]
    desk.store.outbox = [a_mutation(1)]

    async with desk:
        await desk.time.advance(600.0)
        assert desk.is_at(Phase.UPGRADE_REQUIRED)
        assert desk.client.state.waiting == 1

        desk.client.sync_now()
        await settle()
        assert desk.is_at(Phase.LIVE)


async def test_a_relay_that_greets_with_newer_protocols_only_needs_an_upgrade(desk: Desk) -> None:
    desk.relay.min_protocol = 2

    async with desk:
        assert desk.is_at(Phase.UPGRADE_REQUIRED)


async def test_pausing_closes_the_line_and_going_on_opens_it(desk: Desk) -> None:
    async with desk:
        desk.client.pause()
        await settle()
        assert desk.is_at(Phase.PAUSED)
        assert desk.link.on_news is None
        desk.client.network_back()
        await desk.time.advance(100.0)
        assert desk.is_at(Phase.PAUSED)

        desk.client.pause(False)
        await settle()
        assert desk.is_at(Phase.LIVE)


async def test_pausing_while_offline_ends_the_tries(desk: Desk) -> None:
    desk.link.answers["connect"] = [Offline("The relay cannot be reached.")] * 3

    async with desk:
        desk.client.pause()
        await settle()
        tries = len(desk.link.asked)
        await desk.time.advance(100.0)

        assert desk.is_at(Phase.PAUSED)
        assert len(desk.link.asked) == tries


async def test_syncing_now_ends_a_pause(desk: Desk) -> None:
    async with desk:
        desk.client.pause()
        await settle()
        desk.client.sync_now()
        await settle()

        assert desk.is_at(Phase.LIVE)


async def test_syncing_now_checks_a_live_line(desk: Desk) -> None:
    async with desk:
        desk.client.sync_now()
        await settle()

        assert desk.link.requests[-1] == "check"


async def test_a_room_is_copied_again_when_the_person_wants_it(desk: Desk) -> None:
    desk.hold(ROOM, 1, 2)
    async with desk:
        desk.store.may_copy_anew = False  # what it does by itself, once an hour
        desk.client.copy_again(ROOM)
        desk.client.copy_again(ROOM)
        await settle()

        assert [room for room, _until, _cursor in desk.copies.asked] == [ROOM]
        assert desk.is_at(Phase.LIVE)
        assert desk.is_same()


async def test_a_room_that_is_wanted_again_while_offline_comes_with_the_next_connection(
    desk: Desk,
) -> None:
    desk.hold(ROOM, 1)
    desk.link.answers["connect"] = [Offline("The relay cannot be reached.")]
    async with desk:
        desk.client.copy_again(ROOM)
        await settle()

        assert [room for room, _until, _cursor in desk.copies.asked] == [ROOM]


async def test_a_full_disk_is_said_and_tried_again(desk: Desk) -> None:
    async with desk:
        desk.worker.trouble = StoreTrouble("There is no room left on the disk.")
        desk.link.tell(desk.relay.commit(ROOM, 3))
        await settle()
        assert desk.is_at(Phase.OFFLINE)
        assert desk.client.state.why == "There is no room left on the disk."
        await desk.time.advance(60.0)
        assert desk.is_at(Phase.OFFLINE)

        desk.worker.trouble = None
        await desk.time.advance(30.0)

        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_disk_that_is_full_at_the_start_stops_nothing(desk: Desk) -> None:
    desk.worker.trouble = StoreTrouble("There is no room left on the disk.")

    async with desk:
        assert desk.is_at(Phase.OFFLINE)


@pytest.mark.logs("sent again")
async def test_a_number_gap_reconnects_at_once_and_sends_what_lacks(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(5)]
    desk.store.acknowledged = 4
    desk.relay.receipts = {n: a_mutation(n).id for n in range(1, 5)}
    desk.link.answers["push"] = [WrongAnswer("number_gap", "Numbers are missing.")]
    desk.link.before = lambda request: desk.relay.receipts.clear() if request == "push" else None

    async with desk:
        assert desk.store.resent_from == [0]
        assert desk.is_at(Phase.LIVE)


@pytest.mark.logs("number_gap")
async def test_a_second_reconnect_in_a_row_waits(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [WrongAnswer("number_gap", "Numbers are missing.")] * 2

    async with desk:
        assert desk.is_at(Phase.OFFLINE)
        assert desk.link.requests.count("push") == 2

        await desk.time.advance(1.0)
        assert desk.is_at(Phase.LIVE)


@pytest.mark.logs("client_forked")
async def test_a_copied_outbox_goes_on_under_a_new_client_id(desk: Desk) -> None:
    desk.store.outbox = [a_mutation(1)]
    desk.link.answers["push"] = [WrongAnswer("client_forked", "Another one has this number.")]

    async with desk:
        connects = [what[1] for name, what in desk.link.asked if name == "connect"]

        assert connects == ["client-1", "client-2"]
        assert not desk.store.outbox


@pytest.mark.logs("sent again")
async def test_a_restored_relay_gets_again_what_it_lacks_before_anything_is_pulled(
    desk: Desk,
) -> None:
    desk.store.acknowledged = 7
    desk.relay.receipts = {n: a_mutation(n).id for n in range(1, 4)}

    async with desk:
        assert desk.store.resent_from == [3]
        assert desk.notices == [restored_words(1)]
        assert desk.link.requests == ["connect", "push", "pull"]


async def test_a_coded_error_to_a_pull_is_said_and_tried_again(desk: Desk) -> None:
    desk.link.answers["pull"] = [WrongAnswer("too_many_requests", "Too many requests.")]

    async with desk:
        assert (desk.phase, desk.client.state.why) == (Phase.OFFLINE, "Too many requests.")

        await desk.time.advance(1.0)
        assert desk.is_at(Phase.LIVE)


async def test_news_of_an_ended_line_do_not_end_the_next_one(desk: Desk) -> None:
    async with desk:
        await desk.time.advance(30.0)
        desk.link.cut()
        desk.link.cut()
        await desk.time.advance(2.0)

        assert desk.link.requests.count("connect") == 2
        assert desk.is_at(Phase.LIVE)


async def test_frames_that_an_ended_line_left_behind_disturb_nobody(desk: Desk) -> None:
    async with desk:
        frame = desk.relay.commit(ROOM, 3)
        tell = desk.link.tell
        desk.link.cut()
        tell(frame)
        await settle()
        desk.client._arrivals.put(frame)  # one that was on its way when the line was closed

        await desk.time.advance(2.0)

        assert desk.is_same()
        assert desk.is_at(Phase.LIVE)


async def test_a_disk_that_fails_while_copying_ends_the_connection(desk: Desk) -> None:
    async with desk:
        desk.client._arrivals.put(Copied(OTHER, StoreTrouble("The disk reports an error.")))
        await settle()

        assert (desk.phase, desk.client.state.why) == (Phase.OFFLINE, "The disk reports an error.")


async def test_a_bug_is_never_swallowed(desk: Desk) -> None:
    desk.link.answers["pull"] = [ZeroDivisionError()]

    with pytest.raises(ExceptionGroup):
        async with desk:
            pass


async def test_stopping_closes_the_line(desk: Desk) -> None:
    async with desk:
        assert desk.link.on_news is not None

    assert desk.link.on_news is None


async def test_a_week_asleep_is_one_pull_and_then_live(desk: Desk) -> None:
    async with desk:
        for number in range(3, 40):
            desk.relay.commit(ROOM, number)
        desk.time.asleep += 7 * 24 * 3600.0

        await desk.time.advance(2.1)

        assert desk.is_same()
        assert desk.link.requests == ["connect", "pull", "check", "pull"]

"""The cases that sync has to survive, in the words of its design, and where each one is tested."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

CASES = "tests/sync/test_cases.py"
REPLICA = "tests/desktop/store/test_replica.py"
LOCAL = "tests/desktop/store/test_local.py"
CLIENT = "tests/desktop/sync/test_client.py"
EXCHANGE = "tests/desktop/sync/test_exchange.py"
DATABASE = "tests/desktop/store/test_database.py"
TORTURE = "tests/torture/test_sigkill.py"

INDEX: dict[str, tuple[str, ...]] = {
    "acknowledgement lost": (
        f"{CASES}::test_a_command_whose_acknowledgement_is_lost_is_applied_once",
        f"{CLIENT}::test_an_acknowledgement_that_is_lost_is_asked_for_again",
    ),
    "the relay dies before / after commit, under load": (
        f"{CASES}::test_the_relay_dies_under_load",
        f"{TORTURE}::test_nothing_is_lost_when_processes_are_killed",
    ),
    "the client is killed at any statement": (
        f"{LOCAL}::test_the_files_of_a_program_that_is_killed_at_any_statement_open_and_drain",
        f"{CASES}::test_a_desktop_is_killed_at_any_commit",
    ),
    "last frame of a quiet room lost": (
        f"{CASES}::test_the_lost_last_frame_of_a_quiet_room_is_found_by_the_heartbeat",
    ),
    "two clients edit offline and come back at once": (
        f"{CASES}::test_two_desktops_that_edit_offline_come_back_at_once",
    ),
    "own frame overtakes own ack": (
        f"{CASES}::test_own_frames_that_overtake_their_acknowledgement_raise_no_conflict",
        f"{REPLICA}::test_every_command_survives_its_frame_overtaking_its_acknowledgement",
    ),
    "5,000 pending under a stream of frames": (
        f"{REPLICA}::test_5000_pending_under_a_stream_of_frames_cost_what_the_frames_touch",
    ),
    "command 5 of 10 refused, 6-10 build on it": (
        f"{CASES}::test_the_fifth_of_ten_is_refused_and_the_others_are_judged",
    ),
    "a function raises on replay": (
        f"{REPLICA}::test_a_function_that_raises_on_replay_leaves_the_connection_alive",
    ),
    "half-open link, trickle, cut in mid-packet, black hole": (
        f"{CASES}::test_a_black_hole_is_noticed_in_time",
        "tests/contract/test_handshakes.py::test_a_half_open_line_is_noticed_within_15_s",
        "tests/torture/test_bad_lines.py::test_nothing_is_lost_on_bad_lines",
    ),
    "asleep for a week": (
        f"{CLIENT}::test_a_week_asleep_is_one_pull_and_then_live",
        "tests/desktop/ui/notifications/test_telling.py::test_a_time_away_gives_one_digest",
    ),
    "frame before the pull's answer; frame twice": (
        f"{CASES}::test_frames_that_come_twice_late_and_in_any_order_change_nothing",
    ),
    "write between snapshot and join": (
        "tests/syncserver/sockets/test_handshakes.py"
        "::test_a_write_between_snapshot_and_join_follows_the_welcome",
    ),
    "crash between rows and cursor": (
        f"{CASES}::test_a_desktop_is_killed_at_any_commit",
        f"{LOCAL}::test_an_answer_is_taken_in_wherever_the_program_is_killed",
    ),
    "access revoked while offline with pending work": (
        f"{CASES}::test_a_lost_room_leaves_no_trace_and_what_was_typed_there_is_kept",
        f"{LOCAL}::test_a_lost_room_is_nowhere_in_the_files",
    ),
    "access revoked in the middle of a broadcast on another relay": (
        "tests/syncserver/sockets/test_broadcasts.py"
        "::test_a_revocation_of_another_process_makes_the_readers_be_read_again",
    ),
    "the account is closed": (f"{CLIENT}::test_a_disabled_account_reads_nothing_here_any_more",),
    "the audit log changed or cut": (
        f"{REPLICA}::test_another_past_of_the_relay_is_told_and_not_taken_in",
        f"{EXCHANGE}::test_a_changed_past_is_kept_aside_and_told_before_anything_is_copied",
        "tests/desktop/sync/test_pasts.py"
        "::test_the_past_of_a_room_that_is_not_here_is_asked_for_before_it_is_copied",
        "tests/desktop/sync/test_pasts.py"
        "::test_a_past_that_changed_is_told_before_a_room_is_copied_anew",
        "tests/sync/machine.py::forge_the_audit_log",
        "tests/syncserver/storage/test_audit.py::test_a_changed_record_is_named",
    ),
    "access granted while connected": (
        f"{CASES}::test_the_older_rows_of_a_granted_room_arrive_while_connected",
    ),
    "a row moves between two rooms that one reads": (
        f"{REPLICA}::test_a_row_that_moves_is_at_no_moment_in_neither_room",
        "tests/sync/test_seeded_faults.py::test_story_ends_well",
    ),
    "two devices of one person": (
        f"{CASES}::test_pending_work_of_one_desktop_never_hides_what_the_other_has_changed",
        f"{CASES}::test_what_is_read_on_one_desktop_is_read_on_the_other",
    ),
    "a copied outbox on a second machine": (
        f"{CASES}::test_a_copied_outbox_sends_its_own_work_and_repeats_none",
    ),
    "a relay restored from an old backup": (
        f"{CASES}::test_a_relay_from_a_backup_gets_everything_again",
        f"{CASES}::test_what_lacks_its_ground_on_a_restored_relay_is_deferred_until_it_is_back",
        f"{CASES}::test_copies_of_one_outbox_do_not_pass_for_each_other_at_a_restored_relay",
        f"{CASES}::test_a_first_copy_does_not_go_on_in_another_past",
    ),
    "an empty relay in place of the known one": (
        f"{CASES}::test_another_relay_in_place_of_the_known_one_deletes_nothing",
    ),
    "checksum differs at the same version": (
        f"{EXCHANGE}::test_a_wrong_checksum_has_that_room_copied_anew",
        f"{REPLICA}::test_a_checksum_that_differs_is_told_with_both_sums",
    ),
    "tombstones older than the horizon collected": (
        f"{CASES}::test_a_client_behind_the_horizon_gets_the_room_anew_and_keeps_its_outbox",
    ),
    "token ends while connected": (
        f"{CLIENT}::test_a_token_that_ends_while_connected_is_replaced_without_waiting",
    ),
    "token ends while offline": (
        f"{CLIENT}::test_an_expired_refresh_token_asks_to_sign_in_and_work_goes_on",
    ),
    "token ends in the middle of a push": (
        f"{CLIENT}::test_a_token_that_ends_in_the_middle_of_a_push_costs_nothing",
    ),
    "token ends in the middle of a refresh": (
        f"{CLIENT}::test_a_token_that_ends_in_the_middle_of_a_refresh_is_no_loop",
    ),
    "the clock is wrong by a year, either side; other zone": (
        f"{CASES}::test_a_clock_that_is_wrong_by_a_year_changes_no_order",
        "tests/syncserver/test_judge.py::test_the_time_of_a_command_is_never_later_than_the_relays",
    ),
    "newer relay and older client; the reverse": (
        f"{CLIENT}::test_an_old_protocol_needs_an_upgrade_with_local_work_kept",
        f"{CLIENT}::test_a_relay_that_greets_with_newer_protocols_only_needs_an_upgrade",
        "tests/desktop/store/test_migrations.py"
        "::test_the_relay_still_takes_what_an_old_version_has_typed",
    ),
    "a field the client does not know": (
        "tests/desktop/store/test_incoming.py"
        "::test_a_row_of_a_kind_that_only_a_newer_program_knows_counts_all_the_same",
    ),
    "one poisoned row": (
        "tests/desktop/store/test_incoming.py"
        "::test_one_poisoned_row_is_reported_and_the_rest_goes_on",
    ),
    "disk full": (
        f"{CLIENT}::test_a_full_disk_is_said_and_tried_again",
        "tests/end2end/test_bad_input.py"
        "::test_a_full_disk_of_the_relay_is_a_coded_answer_and_nothing_is_lost",
    ),
    "file locked by a second instance": (
        f"{DATABASE}::test_a_second_instance_is_refused",
        "tests/end2end/test_desktops.py"
        "::test_a_second_start_for_the_same_folder_brings_the_first_window_back",
    ),
    "a damaged replica": (
        f"{CASES}::test_a_damaged_replica_is_copied_anew_under_pending_work",
        f"{DATABASE}::test_a_replica_with_broken_pages_is_found_out_after_a_crash",
    ),
    "a damaged outbox": (
        f"{DATABASE}::test_a_damaged_outbox_is_set_aside_and_a_new_one_takes_its_place",
        "tests/desktop/store/test_salvage.py"
        "::test_every_readable_command_of_a_damaged_outbox_is_saved",
    ),
    "reconnect storm": (f"{CASES}::test_a_reconnect_storm_is_over_in_a_bounded_time",),
    "a slow reader": (
        "tests/syncserver/sockets/test_fanout.py"
        "::test_one_whose_queue_is_full_is_given_up_and_the_others_are_served",
    ),
    "another account signs in on this computer": (
        f"{LOCAL}::test_a_folder_belongs_to_one_account",
        f"{LOCAL}::test_nothing_of_one_account_is_in_the_folder_of_another",
    ),
}


def names_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


@pytest.mark.parametrize("case", INDEX)
def test_every_case_has_a_test_of_its_own(case: str) -> None:
    for reference in INDEX[case]:
        path, _, name = reference.partition("::")
        assert name in names_in(path), reference

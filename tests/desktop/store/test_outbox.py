"""Tests of the outbox: order, numbers, answers, and what is kept for the person."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from desktop.store.database import open_memory
from desktop.store.outbox import ACCESS_LOST, Counts, Identity, Outbox, Waiting
from domain.instants import instant
from domain.members import Role
from domain.outcomes import CancelSchedule
from domain.wire import Outcome, Result
from tests.builders import id_of
from tests.desktop.store.desks import Clock, Counter

ROOM = "mentors"


class Box:
    """An outbox with its clock and ids."""

    def __init__(self) -> None:
        self.files = open_memory()
        self.clock = Clock()
        self.outbox = Outbox(self.files.outbox, self.clock, Counter())

    def add(self, name: str, *, room: str = ROOM, wait_s: float = 0.0) -> None:
        command = {"type": "schedule.cancel", "id": id_of("a session"), "reason": name}
        waiting = Waiting(name, instant(self.clock()), command)
        self.outbox.append(waiting, [room], wait_s=wait_s)

    def send(self) -> list[tuple[int, str]]:
        return [(mutation.n, mutation.id) for mutation in self.outbox.unsent(100, 100_000)]

    def accept(self, n: int, **versions: int) -> str | None:
        return self.outbox.settle(Result(n=n, status=Outcome.APPLIED, versions=versions))

    def refuse(self, n: int) -> str | None:
        return self.outbox.settle(Result(n=n, status=Outcome.REFUSED))

    def defer(self, n: int) -> str | None:
        return self.outbox.settle(Result(n=n, status=Outcome.DEFERRED))


@pytest.fixture
def box() -> Iterator[Box]:
    box = Box()
    yield box
    box.files.close()


def test_a_new_file_gets_a_client_id_once(box: Box) -> None:
    first = box.outbox.identity()

    assert first.client_id
    assert box.outbox.identity() == first
    assert first == Identity(first.client_id)


def test_it_remembers_who_is_signed_in_and_at_which_relay(box: Box) -> None:
    box.outbox.become("me", Role.MENTOR, "relay")
    box.outbox.become("me", Role.ADMIN, None)

    known = box.outbox.identity()

    assert (known.user_id, known.role, known.relay_id) == ("me", Role.ADMIN, "relay")


def test_commands_are_numbered_in_order_and_without_a_gap_when_they_are_sent(box: Box) -> None:
    for name in ("a", "b", "c"):
        box.add(name)
    box.outbox.take_back("b")

    assert box.send() == [(1, "a"), (2, "c")]


def test_what_is_not_answered_is_sent_again_under_the_same_number(box: Box) -> None:
    box.add("a")
    first = box.send()
    box.add("b")

    assert box.send() == [*first, (2, "b")]


def test_a_push_is_cut_by_number_and_by_size(box: Box) -> None:
    for name in ("a", "b", "c"):
        box.add(name)

    assert [one.id for one in box.outbox.unsent(2, 100_000)] == ["a", "b"]
    assert [one.id for one in box.outbox.unsent(100, 300)] == ["a"]
    assert [one.id for one in box.outbox.unsent(100, 1)] == ["a"]


def test_a_command_that_can_be_undone_waits_for_its_time(box: Box) -> None:
    box.add("later", wait_s=8)
    box.add("now")
    before = box.send(), box.outbox.next_due_s()
    box.clock.pass_(seconds=8)

    assert before == ([(1, "now")], 8.0)
    assert box.send() == [(1, "now"), (2, "later")]
    assert box.outbox.next_due_s() is None


def test_a_clock_that_was_set_back_does_not_hold_a_command_for_a_year(box: Box) -> None:
    box.add("later", wait_s=8)
    box.clock.pass_(days=-365)

    assert box.outbox.next_due_s() == 0.0
    assert box.send() == [(1, "later")]


def test_what_may_have_been_sent_cannot_be_taken_back(box: Box) -> None:
    box.add("a")
    box.send()

    assert not box.outbox.take_back("a")
    assert box.outbox.counts() == Counts(waiting=1, attention=0)


def test_an_accepted_command_waits_no_more_and_keeps_its_receipt(box: Box) -> None:
    box.add("a")
    box.send()

    assert box.accept(1, mentors=7) == "a"
    assert box.outbox.counts().waiting == 0
    assert box.outbox.receipts(["a", "b"]) == {"a": {"mentors": 7}}


def test_an_answer_that_comes_twice_changes_nothing(box: Box) -> None:
    box.add("a")
    box.send()
    box.accept(1, mentors=7)

    assert box.refuse(1) is None
    assert box.outbox.attention() == []


def test_acknowledged_commands_are_kept_for_14_days(box: Box) -> None:
    box.add("a")
    box.send()
    box.accept(1)
    box.clock.pass_(days=13)
    box.outbox.purge()
    kept = box.outbox.highest_acknowledged()
    box.clock.pass_(days=2)
    box.outbox.purge()

    assert (kept, box.outbox.highest_acknowledged()) == (1, 0)


def test_a_refused_command_needs_attention_with_its_reason(box: Box) -> None:
    box.add("a")
    box.send()
    box.outbox.settle(
        Result(n=1, status=Outcome.REFUSED, code="overlap", message="Busy.", data={"id": 1})
    )

    (reported,) = box.outbox.attention()

    assert (reported.id, reported.code, reported.message) == ("a", "overlap", "Busy.")
    assert reported.data == {"id": 1}
    assert reported.read() == CancelSchedule(id=id_of("a session"), reason="a")
    assert box.outbox.find_attention("a") == reported
    assert box.outbox.find_attention("b") is None


def test_a_refusal_without_a_reason_gets_a_sentence(box: Box) -> None:
    box.add("a")
    box.send()
    box.refuse(1)

    (reported,) = box.outbox.attention()

    assert (reported.code, reported.message) == ("refused", "The relay did not accept this.")


def test_a_command_that_this_program_does_not_know_is_kept_all_the_same(box: Box) -> None:
    box.outbox.append(Waiting("a", "2025-12-01T12:00:00.000Z", {"type": "new.thing"}), [])
    box.send()
    box.refuse(1)

    (reported,) = box.outbox.attention()

    assert reported.read() is None
    assert reported.command == {"type": "new.thing"}


def test_a_discarded_command_is_gone(box: Box) -> None:
    box.add("a")
    box.add("b")
    box.send()
    box.refuse(1)

    assert box.outbox.discard("a")
    assert not box.outbox.discard("b")
    assert box.outbox.counts() == Counts(waiting=1, attention=0)


def test_a_deferred_command_is_tried_again_at_news_under_a_new_number(box: Box) -> None:
    box.add("a")
    box.add("b")
    box.send()
    box.defer(1)
    box.accept(2)
    held = box.send()

    assert box.outbox.release_held()
    assert not box.outbox.release_held()
    assert (held, box.send()) == ([], [(3, "a")])


def test_a_command_deferred_for_14_days_needs_attention(box: Box) -> None:
    box.add("a")
    box.clock.pass_(days=15)  # how long ago it was typed is not the question
    for _ in range(2):
        box.outbox.release_held()
        [(n, _)] = box.send()
        box.defer(n)
        box.clock.pass_(days=13)
    before = box.outbox.counts()
    box.outbox.release_held()
    [(n, _)] = box.send()
    box.defer(n)

    assert before == Counts(waiting=1, attention=0, held=1)
    assert [one.code for one in box.outbox.attention()] == ["deferred"]


def test_a_copied_outbox_sends_its_work_under_a_new_client_with_the_old_mutation_ids(
    box: Box,
) -> None:
    for name in ("a", "b", "c"):
        box.add(name)
    box.outbox.unsent(2, 100_000)
    box.accept(1)

    box.outbox.renumber("another")

    assert box.outbox.identity().client_id == "another"
    assert box.send() == [(1, "b"), (2, "c")]
    assert box.outbox.highest_acknowledged() == 0


def test_a_restored_relay_gets_everything_again_from_what_it_knows(box: Box) -> None:
    for name in ("a", "b", "c", "d"):
        box.add(name)
    box.send()
    box.accept(1)
    box.accept(2)
    box.refuse(3)

    again = box.outbox.resend_from(1)

    assert again == ["b", "d"]
    assert box.send() == [(2, "b"), (3, "d")]
    assert box.outbox.highest_acknowledged() == 1


def test_a_restore_that_is_new_here_has_all_sent_again_once(box: Box) -> None:
    """A copy of this outbox may have brought the relay beyond these numbers with other work."""
    for name in ("a", "b", "c"):
        box.add(name)
    box.send()
    box.accept(1)
    box.accept(2)

    again = box.outbox.make_good(7, "2026-03-02T09:00:00.000Z")
    once_more = box.outbox.make_good(7, "2026-03-02T09:00:00.000Z")

    assert (again, once_more) == (["a", "b"], [])
    assert box.send() == [(3, "c"), (8, "a"), (9, "b")]


def test_a_lower_number_than_was_acknowledged_tells_of_a_restore_too(box: Box) -> None:
    for name in ("a", "b"):
        box.add(name)
    box.send()
    box.accept(1)
    box.accept(2)

    assert box.outbox.make_good(2, None) == []
    assert box.outbox.make_good(1, None) == ["b"]


def test_what_was_typed_in_a_lost_room_needs_attention_unless_it_may_have_been_sent(
    box: Box,
) -> None:
    box.add("sent", room="cohort:1")
    box.send()
    box.add("typed", room="cohort:1")
    box.add("elsewhere", room="cohort:2")

    lost = box.outbox.report_lost(["cohort:1", "cohort:3"])

    assert lost == ["typed"]
    assert [(one.id, one.code) for one in box.outbox.attention()] == [("typed", ACCESS_LOST)]
    assert sorted(box.outbox.waiting_ids()) == ["elsewhere", "sent"]
    assert box.outbox.waiting_ids("cohort:1") == ["sent"]


def test_commands_stand_in_the_order_in_which_they_take_effect(box: Box) -> None:
    box.add("later", wait_s=8)
    box.add("first")
    box.add("second")
    box.send()
    box.accept(1)

    standing = box.outbox.standing({"later", "first", "second", "unknown"})

    assert [(one.id, is_settled) for one, is_settled in standing] == [
        ("first", True),
        ("second", False),
        ("later", False),
    ]


def test_settings_are_any_json(box: Box) -> None:
    box.outbox.put_setting("window", {"width": 900})
    box.outbox.put_setting("window", {"width": 901})

    assert box.outbox.get_setting("window") == {"width": 901}
    assert box.outbox.get_setting("zoom", 1.0) == 1.0


def test_drafts_are_kept_until_they_are_dropped(box: Box) -> None:
    box.outbox.put_draft("session", {"title": "Fir"})
    box.outbox.put_draft("session", {"title": "First"})
    kept = box.outbox.get_draft("session")
    box.outbox.drop_draft("session")

    assert kept == {"title": "First"}
    assert box.outbox.get_draft("session") is None


def test_all_drafts_are_there_the_oldest_first(box: Box) -> None:
    box.outbox.put_draft("second", "Two")
    box.clock.time -= timedelta(minutes=1)
    box.outbox.put_draft("first", {"title": "One"})

    found = [(draft.key, draft.body) for draft in box.outbox.drafts()]

    assert found == [("first", {"title": "One"}), ("second", "Two")]

"""A command's judgement, held against the rules as a memory relay keeps them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from domain.assignments import ClaimStudent, UnassignStudent
from domain.cohorts import Cohort, CreateCohort, UpdateCohort
from domain.errors import Invalid, Refused
from domain.instants import moment
from domain.outcomes import CancelSchedule
from domain.planning import CreateSchedule, UpdateSchedule
from domain.rooms import student_room, user_room
from domain.schedules import Schedule
from domain.wire import Mutation, Outcome, Push, Pushed, Result
from syncserver import judge
from syncserver.judge import Caller, Order
from syncserver.storage.ledger import RESTORED_AT, Busy, Ledger, Writing
from tests.builders import EXAMPLES, NOW, World, a_plan, a_world, ahead, id_of, second_ahead
from tests.fakes import MemoryRelay
from tests.relays import LedgerRelay
from tests.syncserver.pushes import push_of, wire

CLIENT = id_of("a client")


@pytest.fixture
def relay(ledger: Ledger) -> LedgerRelay:
    return LedgerRelay(ledger, [])


@pytest.fixture
def world(relay: LedgerRelay) -> World:
    return a_world(relay)


def accept(
    ledger: Ledger, user: str, push: Push, *, client: str | None = CLIENT, now: str = NOW
) -> Pushed:
    caller = Caller(user, client)
    return ledger.write(lambda writing: judge.accept(writing, caller, push, moment(now)))


def plan(world: World, name: str, days: float = 10) -> CreateSchedule:
    return a_plan(id_of(name), world.ana, start=second_ahead(days=days))


def codes(pushed: Pushed) -> list[str]:
    return [result.code or str(result.status) for result in pushed.results]


# The same as the oracle


@pytest.mark.parametrize("tag", sorted(EXAMPLES))
def test_each_command_comes_to_what_the_oracle_says(tag: str, relay: LedgerRelay) -> None:
    oracle = MemoryRelay()
    expected, actual = a_world(oracle), a_world(relay)
    before = len(oracle.commits), len(relay.commits)

    for world in (expected, actual):
        example = EXAMPLES[tag](world)
        world.done_by(example.command, example.actor)

    (commit,) = oracle.commits[before[0] :]
    (own,) = relay.commits[before[1] :]
    assert own.effects.access == commit.access
    assert set(own.heads) == set(commit.frames)
    for room, frame in commit.frames.items():
        rows = [row for row in own.effects.rows.values() if row.room == room]
        assert sorted(rows, key=lambda row: (row.kind(), row.id)) == frame.rows
        gone = sorted(own.effects.removed.get(room, {}).items())
        assert gone == [((one.type, one.id), one.moved) for one in frame.removed]
        assert own.heads[room].version == frame.version
        assert own.heads[room].checksum == oracle.checksum_of(room)
        assert relay.rows_of(room) == oracle.rows_of(room)


# Pushes


def test_a_push_is_applied_in_one_version_of_the_room(relay: LedgerRelay, world: World) -> None:
    room = student_room(world.ana)
    before = relay.ledger.read(lambda reading: reading.head(room).version)

    pushed = accept(relay.ledger, world.mia, push_of(plan(world, "a"), plan(world, "b", 11)))

    assert codes(pushed) == ["applied", "applied"]
    assert [result.versions for result in pushed.results] == [{room: before + 1}] * 2
    assert relay.ledger.read(lambda reading: reading.head(room).version) == before + 1


def test_a_push_sent_twice_gets_the_same_results_and_is_applied_once(
    relay: LedgerRelay, world: World
) -> None:
    push = push_of(plan(world, "a"), {"type": "schedule.cancel", "id": id_of("nobody's")})
    first = accept(relay.ledger, world.mia, push)
    rows = relay.rows_of(student_room(world.ana))

    again = accept(relay.ledger, world.mia, push)

    assert again == first
    assert relay.rows_of(student_room(world.ana)) == rows


def test_a_refused_command_does_not_block_what_follows(relay: LedgerRelay, world: World) -> None:
    twice = plan(world, "a")

    pushed = accept(relay.ledger, world.mia, push_of(twice, twice, plan(world, "b", 11)))

    assert codes(pushed) == ["applied", "id_taken", "applied"]
    assert [result.n for result in pushed.results] == [1, 2, 3]


@pytest.mark.logs("command failed")
def test_a_command_at_which_the_relay_breaks_is_refused_alone_and_leaves_nothing(
    relay: LedgerRelay, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, sound = plan(world, "a"), plan(world, "b", 11)
    room = student_room(world.ana)
    before = relay.rows_of(room)
    whole = CreateSchedule.apply

    def breaks(command: CreateSchedule, tx: Any, act: Any) -> None:
        whole(command, tx, act)
        if command.id == poison.id:
            raise ZeroDivisionError

    monkeypatch.setattr(CreateSchedule, "apply", breaks)
    pushed = accept(relay.ledger, world.mia, push_of(poison, sound))

    assert codes(pushed) == ["internal", "applied"]
    told = {row.id for row in relay.rows_of(room)} - {row.id for row in before}
    assert sound.id in told
    assert poison.id not in told
    assert accept(relay.ledger, world.mia, push_of(poison, sound)) == pushed
    assert relay.ledger.verify_audit().ok


def test_a_fault_of_the_file_fails_the_whole_push(
    relay: LedgerRelay, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(command: CreateSchedule, tx: Any, act: Any) -> None:
        raise OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    with monkeypatch.context() as faulty:
        faulty.setattr(CreateSchedule, "apply", full)
        with pytest.raises(Busy):
            accept(relay.ledger, world.mia, push_of(plan(world, "a")))

    assert codes(accept(relay.ledger, world.mia, push_of(plan(world, "a")))) == ["applied"]


def test_a_command_builds_on_the_one_before_it(relay: LedgerRelay, world: World) -> None:
    made = plan(world, "a")

    pushed = accept(
        relay.ledger, world.mia, push_of(made, UpdateSchedule(id=made.id, title="Better"))
    )

    assert codes(pushed) == ["applied", "applied"]
    session = relay.ledger.read(lambda reading: reading.find(Schedule, made.id))
    assert session is not None
    assert session.title == "Better"


@pytest.mark.parametrize(
    ("fields", "data"),
    [
        ({"title": ""}, {"field": "title", "because": "malformed"}),
        ({"title": " "}, {"field": "title", "because": "required"}),
        ({"title": 7}, {"field": "title", "because": "malformed"}),
        ({"type": "schedule.explode"}, {"field": "type", "because": "malformed"}),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_field(
    fields: dict[str, Any], data: dict[str, str], relay: LedgerRelay, world: World
) -> None:
    command = wire(plan(world, "a")) | fields

    (result,) = accept(relay.ledger, world.mia, push_of(command)).results

    assert (result.code, result.data) == ("invalid", data)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ({"type": "schedule.explode"}, "invalid"),
        ({"id": "nothing says what it is"}, "invalid"),
        ({"type": "schedule.cancel", "id": 7}, "invalid"),
        ({"type": "account.deactivate", "userId": id_of("Ana, student")}, "forbidden"),
    ],
)
def test_what_is_no_command_of_a_client_is_refused_with_a_receipt(
    command: dict[str, Any], code: str, relay: LedgerRelay, world: World
) -> None:
    push = push_of(command, plan(world, "a"))

    pushed = accept(relay.ledger, world.mia, push)

    assert codes(pushed) == [code, "applied"]
    assert pushed.results[0].status is Outcome.REFUSED
    assert accept(relay.ledger, world.mia, push) == pushed


def test_a_gap_in_the_numbers_is_answered_with_the_last_number(
    relay: LedgerRelay, world: World
) -> None:
    accept(relay.ledger, world.mia, push_of(plan(world, "a")))

    with pytest.raises(Refused) as refused:
        accept(relay.ledger, world.mia, push_of(plan(world, "b", 11), first=3))

    assert (refused.value.code, refused.value.data) == ("number_gap", {"lastNumber": 1})
    assert relay.ledger.read(lambda reading: reading.find(Schedule, id_of("b"))) is None


def test_a_known_number_with_another_mutation_is_a_forked_outbox(
    relay: LedgerRelay, world: World
) -> None:
    accept(relay.ledger, world.mia, push_of(plan(world, "a")))

    with pytest.raises(Refused) as refused:
        accept(relay.ledger, world.mia, push_of(plan(world, "b", 11), name="copy"))

    assert refused.value.code == "client_forked"


def test_a_forked_outbox_under_a_new_client_repeats_what_the_original_sent(
    relay: LedgerRelay, world: World
) -> None:
    sent = accept(relay.ledger, world.mia, push_of(plan(world, "a")))
    both = push_of(plan(world, "a"), plan(world, "b", 11))

    pushed = accept(relay.ledger, world.mia, both, client=id_of("the copy"))

    assert pushed.results[0] == sent.results[0]
    assert codes(pushed) == ["applied", "applied"]


def test_an_outbox_belongs_to_its_first_account(relay: LedgerRelay, world: World) -> None:
    accept(relay.ledger, world.mia, push_of(plan(world, "a")))

    with pytest.raises(Refused) as refused:
        accept(relay.ledger, world.noah, push_of(ClaimStudent(student_id=world.cem), first=2))

    assert refused.value.code == "client_taken"


def test_an_outbox_is_given_to_an_account_before_it_pushes(
    relay: LedgerRelay, world: World
) -> None:
    mias = Caller(world.mia, id_of("client"))

    for _ in range(2):
        relay.ledger.write(lambda writing: judge.bind(writing, mias))

    with pytest.raises(Refused) as refused:
        relay.ledger.write(lambda writing: judge.bind(writing, replace(mias, user_id=world.noah)))
    assert refused.value.code == "client_taken"
    assert codes(accept(relay.ledger, world.mia, push_of(plan(world, "a")))) == ["applied"]


def test_a_push_needs_an_outbox(relay: LedgerRelay, world: World) -> None:
    with pytest.raises(Refused) as refused:
        accept(relay.ledger, world.mia, push_of(plan(world, "a")), client=None)

    assert refused.value.code == "client_required"


def test_another_persons_mutation_id_tells_nothing(relay: LedgerRelay, world: World) -> None:
    push = push_of(plan(world, "a"))
    accept(relay.ledger, world.mia, push)

    (result,) = accept(relay.ledger, world.otto, push, client=id_of("Otto's")).results

    assert (result.code, result.versions) == ("id_taken", {})


def test_a_closed_account_pushes_nothing_and_leaves_no_receipt(
    relay: LedgerRelay, world: World
) -> None:
    push = push_of(plan(world, "a"))

    with pytest.raises(Refused) as refused:
        accept(relay.ledger, world.gone, push)

    assert refused.value.code == "account_disabled"
    assert not relay.ledger.read(lambda reading: reading.receipts([push.mutations[0].id]))


def test_the_time_of_a_command_is_never_later_than_the_relays(
    relay: LedgerRelay, world: World
) -> None:
    command = wire(plan(world, "a"))
    push = Push(mutations=[Mutation(n=1, id=id_of("m"), at=ahead(days=400), command=command)])

    accept(relay.ledger, world.mia, push)

    session = relay.ledger.read(lambda reading: reading.find(Schedule, id_of("a")))
    assert session is not None
    assert session.created_at == NOW


def test_a_deadline_has_five_minutes_of_grace(relay: LedgerRelay, world: World) -> None:
    made = a_plan(id_of("a"), world.ana, start=second_ahead(hours=24))
    accept(relay.ledger, world.mia, push_of(made))

    late, later = (
        accept(
            relay.ledger,
            world.ana,
            push_of(CancelSchedule(id=made.id), first=n, name="ana"),
            client=id_of("Ana's"),
            now=now,
        )
        for n, now in ((1, ahead(minutes=6)), (2, ahead(minutes=4)))
    )

    assert codes(late) == ["transition_not_allowed"]
    assert codes(later) == ["applied"]


def test_versions_name_no_room_that_a_later_command_cost_the_actor(
    relay: LedgerRelay, world: World
) -> None:
    commands = (
        UpdateSchedule(id=world.session, title="Farewell"),
        UnassignStudent(student_id=world.ana, mentor_id=world.mia),
    )

    pushed = accept(relay.ledger, world.mia, push_of(*commands))

    assert codes(pushed) == ["applied", "applied"]
    assert not any(student_room(world.ana) in result.versions for result in pushed.results)
    assert user_room(world.mia) in pushed.results[1].versions


# After a restored backup


def restored(ledger: Ledger, at: str) -> None:
    ledger.write(lambda writing: writing.keep_meta(RESTORED_AT, at))


def test_after_a_restore_a_command_without_ground_is_deferred_and_judged_again(
    relay: LedgerRelay, world: World
) -> None:
    restored(relay.ledger, ahead(hours=1))
    rename = push_of(UpdateSchedule(id=id_of("lost"), title="Better"))
    first = accept(relay.ledger, world.mia, rename, now=ahead(hours=2))
    lost = push_of(plan(world, "lost"), name="of the other device")
    accept(relay.ledger, world.mia, lost, client=id_of("other device"), now=ahead(hours=2))

    again = accept(relay.ledger, world.mia, rename, now=ahead(hours=3))

    assert first.results[0].status is Outcome.DEFERRED
    assert codes(again) == ["applied"]
    assert accept(relay.ledger, world.mia, rename, now=ahead(hours=4)) == again


def test_a_deferred_command_does_not_hold_up_the_numbers(relay: LedgerRelay, world: World) -> None:
    restored(relay.ledger, ahead(hours=1))
    commands = (UpdateSchedule(id=id_of("lost"), title="Better"), plan(world, "a"))

    pushed = accept(relay.ledger, world.mia, push_of(*commands), now=ahead(hours=2))

    assert [result.status for result in pushed.results] == [Outcome.DEFERRED, Outcome.APPLIED]


@pytest.mark.parametrize(
    ("restored_at", "now"),
    [
        (None, ahead(hours=2)),
        (ahead(hours=-1), ahead(hours=2)),  # the command is younger than the restore
        (ahead(hours=1), ahead(days=15)),  # two weeks are over
    ],
)
def test_otherwise_a_command_without_ground_is_refused(
    restored_at: str | None, now: str, relay: LedgerRelay, world: World
) -> None:
    if restored_at:
        restored(relay.ledger, restored_at)

    pushed = accept(
        relay.ledger, world.mia, push_of(UpdateSchedule(id=id_of("lost"), title="B")), now=now
    )

    assert [result.status for result in pushed.results] == [Outcome.REFUSED]


# Single commands


def do(ledger: Ledger, user: str, order: Order) -> judge.Done:
    return ledger.write(lambda writing: judge.do(writing, Caller(user), order, moment(NOW)))


def test_a_single_command_answers_with_its_rows_and_activities(
    relay: LedgerRelay, world: World
) -> None:
    done = do(relay.ledger, world.mia, Order(plan(world, "a"), id_of("key")))

    assert (
        done.rows["schedule", id_of("a")].version == done.result.versions[student_room(world.ana)]
    )
    assert [activity.kind_ for activity in done.activities] == ["schedule:created"]


def test_a_repeated_single_command_gives_the_same_answer(relay: LedgerRelay, world: World) -> None:
    order = Order(plan(world, "a"), id_of("key"), "the body")
    first = do(relay.ledger, world.mia, order)
    do(relay.ledger, world.mia, Order(UpdateSchedule(id=id_of("a"), title="B"), id_of("next")))

    assert do(relay.ledger, world.mia, order) == first


def test_a_key_is_for_one_body_and_one_person(relay: LedgerRelay, world: World) -> None:
    order = Order(plan(world, "a"), id_of("key"), "the body")
    do(relay.ledger, world.mia, order)

    for user, other in ((world.mia, order._replace(body_hash="another")), (world.noah, order)):
        with pytest.raises(Refused) as refused:
            do(relay.ledger, user, other)
        assert refused.value.code == "idempotency_key_reused"


def test_an_expected_version_that_is_over_refuses_the_command(
    relay: LedgerRelay, world: World
) -> None:
    session = relay.ledger.read(lambda reading: reading.find(Schedule, world.session))
    assert session is not None
    rename = UpdateSchedule(id=world.session, title="B")
    expected = ("schedule", world.session, frozenset({session.version}))

    fits = do(relay.ledger, world.mia, Order(rename, id_of("k1"), expected=expected))
    is_over = do(relay.ledger, world.mia, Order(rename, id_of("k2"), expected=expected))

    assert fits.result.status is Outcome.APPLIED
    assert is_over.result.code == "changed"


def test_an_expected_version_of_what_is_not_there_leaves_the_answer_to_the_command(
    relay: LedgerRelay, world: World
) -> None:
    order = Order(
        UpdateSchedule(id=world.session, title="B"),
        id_of("key"),
        expected=("schedule", world.session, frozenset({1})),
    )

    assert do(relay.ledger, world.otto, order).result.code == "not_found"


@pytest.mark.parametrize(
    ("who", "off", "answer"),
    [
        ("admin", 0, None),
        ("admin", 1, "changed"),
        ("otto", 0, "forbidden"),
        ("otto", 1, "forbidden"),
    ],
)
def test_the_version_of_what_an_admin_does_not_read_is_held_too(
    relay: LedgerRelay, world: World, who: str, off: int, answer: str | None
) -> None:
    cohort = relay.ledger.read(lambda reading: reading.find(Cohort, world.spring))
    assert cohort is not None
    order = Order(
        UpdateCohort(id=world.spring, name="Summer"),
        id_of("key"),
        expected=("cohort", world.spring, frozenset({cohort.version + off})),
    )

    assert do(relay.ledger, world.people[who], order).result.code == answer


def test_what_belongs_to_the_commit_may_refuse_it(relay: LedgerRelay, world: World) -> None:
    def also(writing: Writing) -> None:
        writing.keep_meta("note", "gone with it")
        raise Refused("invitation_unknown", "This invitation is over.")

    done = do(relay.ledger, world.mia, Order(plan(world, "a"), id_of("key"), also=also))

    assert done.result.code == "invitation_unknown"
    assert relay.ledger.read(lambda reading: reading.meta("note")) is None
    assert relay.ledger.read(lambda reading: reading.find(Schedule, id_of("a"))) is None


def test_the_relay_itself_acts_without_an_account(relay: LedgerRelay) -> None:
    own = relay.ledger.write(judge.relay_id)
    order = Order(CreateCohort(id=id_of("C"), name="C"), id_of("key"), trusted=True)

    done = do(relay.ledger, own, order)
    again = do(relay.ledger, own, order)

    assert done.result.status is Outcome.APPLIED
    assert ("cohort", id_of("C")) in done.rows
    assert again == done


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            Result(
                n=0,
                status=Outcome.REFUSED,
                code="invalid",
                message="No.",
                data={"field": "title", "because": "required"},
            ),
            Invalid("title", "required", "No."),
        ),
        (
            Result(n=0, status=Outcome.REFUSED, code="overlap", message="No.", data={"a": 1}),
            Refused("overlap", "No.", a=1),
        ),
    ],
)
def test_a_refusal_in_a_result_is_the_error_that_it_was(
    result: Result, expected: Exception
) -> None:
    error = judge.error_of(result)

    assert type(error) is type(expected)
    assert (str(error), vars(error)) == (str(expected), vars(expected))

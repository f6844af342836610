"""Activities: their room and size, and whom each kind is addressed to."""

from typing import Any

import pytest

from domain.activities import Kind, Person, addressed_to
from domain.errors import Invalid
from domain.ids import derived_id
from domain.members import Role
from domain.outcomes import CancelSchedule
from domain.rooms import MENTORS, cohort_room, student_room, user_room
from tests.builders import NOW, World, ahead, an_activity, id_of
from tests.fakes import MemoryRelay

MIA, NOAH, ADA = (Person(id_of(name), Role.MENTOR) for name in ("m1", "m2", "m3"))
ADMIN = Person(id_of("a1"), Role.ADMIN)
ANA, BEN = (Person(id_of(name), Role.STUDENT) for name in ("s1", "s2"))
EVERYONE = {"mia": MIA, "noah": NOAH, "ada": ADA, "admin": ADMIN, "ana": ANA, "ben": BEN}
ANAS, COHORT = student_room(ANA.id), cohort_room(id_of("c1"))
LED = {"mentorId": MIA.id}
SESSION_KINDS = [kind for kind in Kind if kind.startswith("schedule:")]
# (kind, room, params, actor, those of the room's readers who are told)
TOLD: list[tuple[Kind, str, dict[str, str], str, set[str]]] = [
    (Kind.STUDENT_REGISTERED, MENTORS, {}, "ana", {"mia", "noah", "ada", "admin"}),
    (Kind.STUDENT_STATE_CHANGED, MENTORS, {}, "admin", {"mia", "noah", "ada"}),
    (Kind.MENTOR_REGISTERED, MENTORS, {}, "noah", {"admin"}),
    (Kind.MENTOR_STATE_CHANGED, MENTORS, {}, "mia", {"admin"}),
    (Kind.STUDENT_ASSIGNED, ANAS, LED, "mia", {"ana"}),
    (Kind.STUDENT_ASSIGNED, ANAS, LED, "admin", {"ana", "mia"}),
    (Kind.STUDENT_UNASSIGNED, ANAS, LED, "mia", {"ana"}),
    (Kind.STUDENT_UNASSIGNED, ANAS, LED | {"successorId": NOAH.id}, "mia", {"ana", "noah"}),
    (Kind.STUDENT_UNASSIGNED, user_room(MIA.id), LED, "admin", {"mia"}),
    (Kind.SCHEDULE_ATTENDANCE_MARKED, ANAS, LED, "mia", {"ana"}),
    (Kind.SCHEDULE_ATTENDANCE_MARKED, ANAS, LED, "ana", {"mia"}),
    (Kind.COHORT_UPDATED, COHORT, {}, "mia", {"noah", "ada", "admin", "ana", "ben"}),
    (Kind.COHORT_UPDATED, COHORT, {"change": "joinCode"}, "mia", {"noah", "ada", "admin"}),
    (Kind.CONFLICT_RAISED, COHORT, {"keptBy": MIA.id, "lostBy": NOAH.id}, "mia", {"noah"}),
    *((kind, ANAS, LED, "mia", {"ana"}) for kind in SESSION_KINDS),
    *((kind, ANAS, LED, "ana", {"mia"}) for kind in SESSION_KINDS),
]
ENTRY_KINDS = [kind for kind in Kind if kind.startswith(("entry:", "comment:"))]
TOLD += [
    # The author's acts are for all who read the room: the mentors; the mentors' for the author.
    *((kind, ANAS, {}, "ana", {"mia", "noah", "ada", "admin"}) for kind in ENTRY_KINDS),
    *((kind, ANAS, {}, "mia", {"ana"}) for kind in ENTRY_KINDS),
]
GROUP_TOLD = [
    (kind, actor, told)
    for kind in SESSION_KINDS
    if kind is not Kind.SCHEDULE_ATTENDANCE_MARKED
    for actor, told in (("mia", {"ana", "ben"}), ("ana", {"mia", "ben"}))
]


def _told(kind: str, room: str, params: dict[str, str], actor: str) -> set[str]:
    subject = kind.partition(":")[0]
    activity = an_activity(
        kind_=kind, room=room, params=params, subject_type=subject, actor_id=EVERYONE[actor].id
    )
    return {name for name, person in EVERYONE.items() if addressed_to(activity, person)}


@pytest.mark.parametrize(("kind", "room", "params", "actor", "told"), TOLD)
def test_each_kind_is_addressed_to_those_whom_it_concerns(
    kind: Kind, room: str, params: dict[str, str], actor: str, told: set[str]
) -> None:
    assert _told(kind, room, params, actor) == told


@pytest.mark.parametrize(("kind", "actor", "told"), GROUP_TOLD)
def test_a_group_s_news_go_to_all_participants_and_its_mentor(
    kind: Kind, actor: str, told: set[str]
) -> None:
    assert _told(kind, COHORT, LED, actor) == told


def test_every_kind_is_in_the_table() -> None:
    assert {row[0] for row in TOLD} == set(Kind)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("who", EVERYONE)
def test_nobody_is_told_what_they_did_themselves(kind: Kind, who: str) -> None:
    both = dict.fromkeys(("mentorId", "keptBy", "lostBy", "successorId"), EVERYONE[who].id)

    assert who not in _told(kind, ANAS, both, who)


def test_a_kind_of_tomorrow_is_for_nobody() -> None:
    assert _told("poem:written", ANAS, LED, "mia") == set()


@pytest.mark.parametrize(("length", "fits"), [(4088, True), (4089, False)])
def test_params_hold_at_most_four_kilobytes(length: int, *, fits: bool) -> None:
    params = {"t": "x" * length}

    if fits:
        assert an_activity(params=params).params == params  # with {"t":""} exactly 4,096
        return
    with pytest.raises(Invalid) as refused:
        an_activity(params=params)
    assert refused.value.field == "params"


def test_the_largest_sentence_fits(world: World, relay: MemoryRelay) -> None:
    reason = "\N{PILE OF POO}" * 500

    world.done_by(CancelSchedule(id=world.session, reason=reason), world.mia)

    assert relay.told()[0].params["reason"] == reason


def test_prediction_and_result_are_the_same_row(world: World, relay: MemoryRelay) -> None:
    mutation = id_of("cancel")
    world.done_by(CancelSchedule(id=world.session), world.mia, mutation=mutation)

    assert relay.told()[0].id == derived_id("activity", mutation, 0)


def test_an_activity_keeps_when_it_was_done_and_when_it_was_recorded(
    world: World, relay: MemoryRelay
) -> None:
    done = ahead(minutes=-30)
    command: Any = CancelSchedule(id=world.session)
    relay.run(command, world.mia, at=done, now=NOW, mutation=id_of("late"))

    activity = relay.told()[0]
    assert (activity.at, activity.recorded_at) == (done, NOW)


def test_a_clock_that_is_ahead_is_clamped(world: World, relay: MemoryRelay) -> None:
    command = CancelSchedule(id=world.session)
    relay.run(command, world.mia, at=ahead(days=365), now=NOW, mutation=id_of("fast"))

    assert relay.told()[0].at == NOW

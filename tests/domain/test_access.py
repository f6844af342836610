"""Access: who reads which room after each change of accounts, cards and cohorts."""

from collections.abc import Callable

import pytest

from domain.access import AccessChange, may_read, project
from domain.accounts import (
    Account,
    DeactivateAccount,
    ReactivateAccount,
    UpdateAccount,
)
from domain.administration import ChangeAccount
from domain.assignments import ClaimStudent, MoveCohort, UnassignStudent
from domain.cohorts import AddCohortMentor, RemoveCohortMentor
from domain.commands import Command
from domain.members import Access, Member, Role, member_id
from domain.releases import HandOver
from domain.rooms import MENTORS, cohort_room, student_room, user_room
from domain.students import MentorCard, StudentCard
from tests.builders import EXAMPLES, World, a_registration, a_student_card, ahead, id_of
from tests.fakes import MemoryReader, MemoryRelay

EVA = id_of("Eva, new")


def _rooms(world: World, relay: MemoryRelay, who: str) -> set[str]:
    """The person's rooms beside the own one, with names for ids."""
    named = {
        MENTORS: "mentors",
        cohort_room(world.spring): "spring",
        cohort_room(world.autumn): "autumn",
    } | {student_room(user_id): f"{name}'s" for name, user_id in world.people.items()}
    rooms = relay.rooms_of(world.people[who])
    return {named[room] for room in rooms if room != user_room(world.people[who])}


def test_everyone_reads_what_accounts_and_cards_say(world: World, relay: MemoryRelay) -> None:
    assert {who: _rooms(world, relay, who) for who in world.people} == {
        "admin": {"mentors"},
        "mia": {"mentors", "ana's", "spring", "autumn"},
        "noah": {"mentors", "ben's", "autumn"},
        "otto": {"mentors"},
        "ana": {"ana's", "spring"},
        "ben": {"ben's", "spring"},
        "cem": {"cem's"},
        "dora": {"dora's"},
    }
    assert all(user_room(each) in relay.rooms_of(each) for each in world.people.values())
    assert relay.rooms_of(world.gone) == []


# What a command changes: (command, actor, the rooms of those whose view changes, by name)
CHANGES: list[tuple[str, Callable[[World], Command], str, dict[str, set[str]]]] = [
    (
        "claim",
        lambda w: ClaimStudent(student_id=w.cem),
        "otto",
        {"otto": {"mentors", "cem's"}},
    ),
    (
        "unassign",
        lambda w: UnassignStudent(student_id=w.ana, mentor_id=w.mia),
        "mia",
        {"mia": {"mentors", "spring", "autumn"}},
    ),
    (
        "hand over",
        lambda w: UnassignStudent(
            student_id=w.ana, mentor_id=w.mia, sessions=HandOver(hand_over=w.otto)
        ),
        "admin",
        {"mia": {"mentors", "spring", "autumn"}, "otto": {"mentors", "ana's"}},
    ),
    (
        "move",
        lambda w: MoveCohort(student_id=w.ana, cohort_id=w.autumn),
        "mia",
        {"ana": {"ana's", "autumn"}},
    ),
    (
        "leave",
        lambda w: MoveCohort(student_id=w.ana, cohort_id=None),
        "mia",
        {"ana": {"ana's"}},
    ),
    (
        "add mentor",
        lambda w: AddCohortMentor(cohort_id=w.spring, mentor_id=w.otto),
        "mia",
        {"otto": {"mentors", "spring"}},
    ),
    (
        "remove mentor",
        lambda w: RemoveCohortMentor(cohort_id=w.autumn, mentor_id=w.noah),
        "mia",
        {"noah": {"mentors", "ben's"}},
    ),
    ("deactivate mentor", lambda w: DeactivateAccount(user_id=w.mia), "admin", {"mia": set()}),
    ("deactivate student", lambda w: DeactivateAccount(user_id=w.ana), "admin", {"ana": set()}),
    (
        "deactivate and hand over",
        lambda w: DeactivateAccount(user_id=w.mia, sessions=HandOver(hand_over=w.otto)),
        "admin",
        {"mia": set(), "otto": {"mentors", "ana's", "spring", "autumn"}},
    ),
    ("rename", lambda _: UpdateAccount(name="Mia S."), "mia", {}),
    (
        "become an admin",
        lambda w: ChangeAccount(user_id=w.mia, role=Role.ADMIN),
        "admin",
        {},
    ),
    (
        "student becomes mentor",
        lambda w: ChangeAccount(user_id=w.ana, role=Role.MENTOR),
        "admin",
        {"ana": {"ana's", "mentors"}},
    ),
    (
        "mentor becomes student",
        lambda w: ChangeAccount(
            user_id=w.mia, role=Role.STUDENT, sessions=HandOver(hand_over=w.otto)
        ),
        "admin",
        {"mia": {"mia's"}, "otto": {"mentors", "ana's", "spring", "autumn"}},
    ),
]


@pytest.mark.parametrize(("name", "command", "actor", "changes"), CHANGES)
def test_a_change_gives_and_takes_exactly_these_rooms(
    world: World,
    relay: MemoryRelay,
    name: str,
    command: Callable[[World], Command],
    actor: str,
    changes: dict[str, set[str]],
) -> None:
    before = {who: _rooms(world, relay, who) for who in world.people}

    world.done_by(command(world), world.people[actor])

    assert {who: _rooms(world, relay, who) for who in world.people} == before | changes, name


@pytest.mark.parametrize("who", ["ana", "admin"])
def test_who_comes_back_reads_what_they_read_before(
    world: World, relay: MemoryRelay, who: str
) -> None:
    user_id = world.people[who]
    world.done_by(ChangeAccount(user_id=world.noah, role=Role.ADMIN), world.admin)
    before = relay.rooms_of(user_id)
    world.done_by(DeactivateAccount(user_id=user_id), world.admin)

    refused = relay.run(
        ReactivateAccount(user_id=user_id), world.admin, at=world.now, now=world.now, mutation="x"
    )

    assert refused is None
    assert relay.rooms_of(user_id) == before


def test_a_mentor_who_comes_back_begins_without_students_and_cohorts(
    world: World, relay: MemoryRelay
) -> None:
    world.done_by(DeactivateAccount(user_id=world.mia), world.admin)

    world.done_by(ReactivateAccount(user_id=world.mia), world.admin)

    assert _rooms(world, relay, "mia") == {"mentors"}


@pytest.mark.parametrize(
    ("role", "rooms"),
    [(Role.STUDENT, {"own", "student", "spring"}), (Role.MENTOR, {"own", MENTORS, "spring"})],
)
def test_a_new_person_reads_the_own_rooms_at_once(
    world: World, relay: MemoryRelay, role: Role, rooms: set[str]
) -> None:
    names = {
        user_room(EVA): "own",
        student_room(EVA): "student",
        cohort_room(world.spring): "spring",
    }

    world.done_by(a_registration(EVA, "Eva", role, cohort_id=world.spring), EVA)

    assert {names.get(room, room) for room in relay.rooms_of(EVA)} == rooms
    granted = {change.room for change in relay.commits[-1].access if change.granted}
    assert granted == set(relay.rooms_of(EVA))


def test_the_relay_learns_who_gained_and_who_lost(world: World, relay: MemoryRelay) -> None:
    world.done_by(MoveCohort(student_id=world.ana, cohort_id=world.autumn), world.mia)

    assert set(relay.commits[-1].access) == {
        AccessChange(world.ana, cohort_room(world.spring), granted=False),
        AccessChange(world.ana, cohort_room(world.autumn), granted=True),
    }


@pytest.mark.parametrize("tag", EXAMPLES)
def test_after_every_command_the_members_say_what_accounts_and_cards_say(
    world: World, relay: MemoryRelay, tag: str
) -> None:
    command, actor = EXAMPLES[tag](world)
    world.done_by(command, actor)

    reader = MemoryReader(relay.rows)
    rooms = {row.room for row in relay.rows.values()}
    for account in relay.all_of(Account):
        truth = sorted(room for room in rooms if may_read(reader, room, account))
        assert relay.rooms_of(account.id) == truth


@pytest.mark.parametrize("tag", EXAMPLES)
def test_the_report_of_changes_is_the_difference_of_what_is_read(
    world: World, relay: MemoryRelay, tag: str
) -> None:
    command, actor = EXAMPLES[tag](world)
    everyone = {*world.people.values(), world.gone, EVA}
    before = {each: set(relay.rooms_of(each)) for each in everyone}

    world.done_by(command, actor)

    after = {each: set(relay.rooms_of(each)) for each in everyone}
    gained = {(each, room, True) for each in everyone for room in after[each] - before[each]}
    lost = {(each, room, False) for each in everyone for room in before[each] - after[each]}
    assert {tuple(change) for change in relay.commits[-1].access} == gained | lost


def test_who_left_stays_on_the_roster_with_their_name(world: World, relay: MemoryRelay) -> None:
    later = ahead(hours=1)
    command = MoveCohort(student_id=world.ana, cohort_id=None)
    world.done_by(command, world.mia, now=later)

    room = cohort_room(world.spring)
    member = relay.get(Member, member_id(room, world.ana))
    assert (member.access, member.name, member.since) == (Access.NONE, "Ana Ruiz", later)


def test_a_new_name_stands_on_the_card_and_in_every_room(world: World, relay: MemoryRelay) -> None:
    since = {row.room: row.since for row in _members(relay, world.mia)}

    world.done_by(UpdateAccount(name="Mia S."), world.mia)

    assert relay.get(MentorCard, world.mia).name == "Mia S."
    assert {row.name for row in _members(relay, world.mia)} == {"Mia S."}
    assert {row.room: row.since for row in _members(relay, world.mia)} == since


def test_a_student_s_new_name_stands_on_their_card(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateAccount(name="Ana R."), world.ana)

    assert relay.get(StudentCard, world.ana).name == "Ana R."


def test_a_new_zone_is_seen_by_all_who_meet_the_person(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateAccount(time_zone="Asia/Tokyo"), world.ana)

    assert {row.time_zone for row in _members(relay, world.ana)} == {"Asia/Tokyo"}


def test_a_preference_that_nobody_sees_writes_no_member(world: World, relay: MemoryRelay) -> None:
    world.done_by(UpdateAccount(locale="de"), world.ana)

    assert list(relay.commits[-1].frames) == [user_room(world.ana)]
    assert len(relay.commits[-1].frames[user_room(world.ana)].rows) == 1


def test_a_card_without_account_gives_nobody_access(world: World, relay: MemoryRelay) -> None:
    act = relay.act(world.admin, now=world.now, trusted=True)
    tx = relay.transaction(act)

    assert project(tx, act, [a_student_card(id_of("ghost"))]) == []


def test_an_unknown_student_or_cohort_is_read_by_nobody(world: World, relay: MemoryRelay) -> None:
    reader = MemoryReader(relay.rows)
    for who in world.people.values():
        account = relay.get(Account, who)
        for room in (student_room(id_of("ghost")), cohort_room(id_of("ghost"))):
            assert not may_read(reader, room, account)


def _members(relay: MemoryRelay, user_id: str) -> list[Member]:
    return [row for row in relay.all_of(Member) if row.user_id == user_id]

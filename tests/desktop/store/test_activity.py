"""The queries for what happened, over a real local store."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.activity import newest_by_room, notifications, unread_count
from domain.activities import Kind, Person
from domain.inbox import MarkAllInbox, MarkInbox
from domain.members import Role
from domain.outcomes import CancelSchedule
from tests.builders import World
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


def ana(world: World) -> Person:
    return Person(world.ana, Role.STUDENT)


def test_own_acts_and_what_concerns_others_are_left_out(world: World, desk_of: DeskOf) -> None:
    found = notifications(desk_of(world.ana).replica, ana(world))

    assert found
    assert all(one.activity.actor_id != world.ana for one in found)
    assert world.bens not in {one.activity.subject_id for one in found}


def test_the_newest_comes_first_with_the_name_of_who_did_it(world: World, desk_of: DeskOf) -> None:
    world.done_by(CancelSchedule(id=world.session, reason="Ill."), world.mia)

    newest = notifications(desk_of(world.ana).replica, ana(world))[0]

    assert (newest.activity.kind_, newest.actor_name) == (Kind.SCHEDULE_CANCELED, "Mia Stone")
    assert newest.is_unread


def test_what_was_read_is_not_among_the_unread(world: World, desk_of: DeskOf) -> None:
    before = notifications(desk_of(world.ana).replica, ana(world), unread_only=True)
    read = before[0].id

    world.done_by(MarkInbox(activity_id=read, state="read"), world.ana)

    desk = desk_of(world.ana)
    assert read not in {one.id for one in notifications(desk.replica, ana(world), unread_only=True)}
    assert unread_count(desk.replica, ana(world)) == len(before) - 1


def test_an_archived_one_is_gone_from_all(world: World, desk_of: DeskOf) -> None:
    gone = notifications(desk_of(world.ana).replica, ana(world))[0].id

    world.done_by(MarkInbox(activity_id=gone, state="archived"), world.ana)

    assert gone not in {one.id for one in notifications(desk_of(world.ana).replica, ana(world))}


def test_mark_all_reads_up_to_what_was_shown_and_no_further(world: World, desk_of: DeskOf) -> None:
    through = newest_by_room(desk_of(world.ana).replica, ana(world))

    world.done_by(MarkAllInbox(through=through), world.ana)
    assert unread_count(desk_of(world.ana).replica, ana(world)) == 0
    later = world.do(CancelSchedule(id=world.session), world.mia, now="2031-01-01T00:00:00.000Z")

    assert later is None
    assert unread_count(desk_of(world.ana).replica, ana(world)) == 1


def test_no_more_than_the_limit_comes(world: World, desk_of: DeskOf) -> None:
    assert len(notifications(desk_of(world.ana).replica, ana(world), limit=2)) == 2

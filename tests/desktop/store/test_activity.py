"""The queries for what happened, over a real local store."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.activity import (
    UNREAD,
    State,
    newest_by_room,
    notifications,
    recent,
    unread_count,
)
from domain.accounts import Switch, UpdateAccount
from domain.activities import Kind, Person
from domain.inbox import MarkAllInbox, MarkInbox, SnoozeInbox
from domain.members import Role
from domain.outcomes import CancelSchedule
from tests.builders import World, ahead
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
    before = notifications(desk_of(world.ana).replica, ana(world), states=UNREAD)
    read = before[0].id

    world.done_by(MarkInbox(activity_id=read, state="read"), world.ana)

    desk = desk_of(world.ana)
    assert read not in {one.id for one in notifications(desk.replica, ana(world), states=UNREAD)}
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


def test_a_snoozed_one_is_out_of_sight_until_its_time(world: World, desk_of: DeskOf) -> None:
    me = ana(world)
    before = notifications(desk_of(world.ana).replica, me, states=UNREAD)
    gone, until = before[0].id, ahead(hours=3)

    world.done_by(SnoozeInbox(activity_id=gone, until=until), world.ana)

    db = desk_of(world.ana).replica
    earlier, later = ahead(hours=2), ahead(hours=3)
    assert gone not in {one.id for one in notifications(db, me, now=earlier)}
    assert [one.id for one in notifications(db, me, states={State.SNOOZED}, now=earlier)] == [gone]
    assert unread_count(db, me, now=earlier) == len(before) - 1
    assert gone in {one.id for one in notifications(db, me, states=UNREAD, now=later)}
    assert unread_count(db, me, now=later) == len(before)


def test_archived_ones_can_be_looked_at(world: World, desk_of: DeskOf) -> None:
    gone = notifications(desk_of(world.ana).replica, ana(world))[0].id

    world.done_by(MarkInbox(activity_id=gone, state="archived"), world.ana)

    found = notifications(desk_of(world.ana).replica, ana(world), states={State.ARCHIVED})
    assert [one.id for one in found] == [gone]


def test_a_kind_that_is_switched_off_is_not_in_the_inbox(world: World, desk_of: DeskOf) -> None:
    kind = Kind.SCHEDULE_CREATED
    assert kind in {
        one.activity.kind_ for one in notifications(desk_of(world.ana).replica, ana(world))
    }

    world.done_by(UpdateAccount(switches={kind: Switch(inbox=False)}), world.ana)

    db = desk_of(world.ana).replica
    assert kind not in {one.activity.kind_ for one in notifications(db, ana(world))}
    assert unread_count(db, ana(world)) == len(notifications(db, ana(world), states=UNREAD))


def test_what_is_kept_out_of_the_inbox_is_recent_all_the_same(
    world: World, desk_of: DeskOf
) -> None:
    kind = Kind.SCHEDULE_CREATED
    world.done_by(UpdateAccount(switches={kind: Switch(inbox=False)}), world.ana)

    found = recent(desk_of(world.ana).replica, ana(world))

    assert {one.activity.kind_ for one in found if one.is_hidden} == {kind}
    shown = [one for one in found if not one.is_hidden]
    assert shown == notifications(desk_of(world.ana).replica, ana(world), states=set(State))

"""The queries for what happened, over a real local store."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial

import pytest

from bench.stage.long_feed import write_feed
from desktop.store.activity import (
    MOST_COUNTED,
    UNREAD,
    State,
    newest_by_room,
    newest_of_rooms,
    notifications,
    recent,
    unread_count,
)
from domain.accounts import Account, Switch, UpdateAccount
from domain.activities import Activity, Kind, Person, addressed_to
from domain.inbox import MarkAllInbox, MarkInbox, SnoozeInbox
from domain.members import Role
from domain.outcomes import CancelSchedule, CannotMakeIt
from domain.rooms import MENTORS, student_room
from tests.builders import NOW, World, ahead
from tests.desktop.query_plans import visited_steps
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


def test_a_student_of_another_mentor_has_a_name(world: World, desk_of: DeskOf) -> None:
    """What Ben says of Mia's group stands in a room of her own, of which he is no member."""
    world.done_by(CannotMakeIt(id=world.group), world.ben, now=ahead(minutes=1))

    [newest, *_] = notifications(desk_of(world.mia).replica, Person(world.mia, Role.MENTOR))

    assert (newest.activity.kind_, newest.actor_name) == (Kind.SCHEDULE_CANT_MAKE_IT, "Ben Hall")


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


def test_a_hidden_kind_comes_to_whoever_asks_for_it(world: World, desk_of: DeskOf) -> None:
    kind = Kind.SCHEDULE_CREATED
    world.done_by(UpdateAccount(switches={kind: Switch(inbox=False)}), world.ana)
    db, me = desk_of(world.ana).replica, ana(world)

    shown = unread_count(db, me)
    everything = notifications(db, me, states=UNREAD, with_hidden=True)

    assert kind in {one.activity.kind_ for one in everything}
    assert unread_count(db, me, with_hidden=True) == len(everything) > shown


def test_what_is_kept_out_of_the_inbox_is_recent_all_the_same(
    world: World, desk_of: DeskOf
) -> None:
    kind = Kind.SCHEDULE_CREATED
    world.done_by(UpdateAccount(switches={kind: Switch(inbox=False)}), world.ana)

    found = recent(desk_of(world.ana).replica, ana(world))

    assert {one.activity.kind_ for one in found if one.is_hidden} == {kind}
    shown = [one for one in found if not one.is_hidden]
    assert shown == notifications(desk_of(world.ana).replica, ana(world), states=set(State))


def bury(db: sqlite3.Connection, room: str, count: int, *, actor: str) -> None:
    """Let so many more things happen in a room, after everything else."""
    sql = """
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
        INSERT INTO activity_feed (
            id, room, version, created_at, updated_at, kind, actor_id, subject_type, subject_id,
            params, at, recorded_at
        )
        SELECT printf('0199ffff-0000-7000-8000-%012d', n), :room, 1, at, at, 'schedule:updated',
               :actor, 'schedule', '0199ffff-0000-7000-8000-000000000001', '{"title": "Talk"}',
               at, at
        FROM (SELECT n, strftime('%Y-%m-%dT%H:%M:%S.000Z', :now, '+' || n || ' seconds') AS at
              FROM numbers)
    """
    db.execute(sql, {"count": count, "room": room, "actor": actor, "now": NOW})


@pytest.mark.parametrize("state", [State.SNOOZED, State.ARCHIVED, State.UNREAD])
def test_nothing_is_lost_behind_a_thousand_later_deeds(
    world: World, desk_of: DeskOf, state: State
) -> None:
    me = ana(world)
    first = notifications(desk_of(world.ana).replica, me, states=UNREAD)[-1].id
    if state is State.SNOOZED:
        world.done_by(SnoozeInbox(activity_id=first, until=ahead(hours=3)), world.ana)
    elif state is State.ARCHIVED:
        world.done_by(MarkInbox(activity_id=first, state="archived"), world.ana)
    db = desk_of(world.ana).replica

    bury(db, student_room(world.ana), 1000, actor=world.ana)

    found = notifications(db, me, states={state}, now=ahead(hours=2))
    assert first in {one.id for one in found}
    assert state is State.ARCHIVED or first in {one.id for one in recent(db, me)}


def test_the_counting_ends_where_the_number_would_not_be_shown(
    world: World, desk_of: DeskOf
) -> None:
    db = desk_of(world.ana).replica

    bury(db, student_room(world.ana), 1000, actor=world.mia)

    assert unread_count(db, ana(world)) == MOST_COUNTED
    assert len(notifications(db, ana(world), states=UNREAD, limit=5000)) > 1000


def test_all_are_read_page_by_page(world: World, desk_of: DeskOf) -> None:
    db, me = desk_of(world.ana).replica, ana(world)
    whole = notifications(db, me)

    first = notifications(db, me, limit=2)
    second = notifications(db, me, before=first[-1].place, limit=2)

    assert first + second == whole[:4]
    assert notifications(db, me, down_to=second[-1].place) == whole[:4]


def test_what_was_read_with_all_is_unread_again_when_marked_so(
    world: World, desk_of: DeskOf
) -> None:
    me = ana(world)
    before = notifications(desk_of(world.ana).replica, me, states=UNREAD)
    world.done_by(MarkAllInbox(through={student_room(world.ana): NOW}), world.ana)
    again = next(one.id for one in before if one.activity.room == student_room(world.ana))

    world.done_by(MarkInbox(activity_id=again, state="unread"), world.ana)

    db = desk_of(world.ana).replica
    assert again in {one.id for one in notifications(db, me, states=UNREAD)}
    assert next(one for one in notifications(db, me) if one.id == again).is_unread


def test_mark_all_takes_what_is_back_from_a_snooze_and_what_was_made_unread(
    world: World, desk_of: DeskOf
) -> None:
    me, room = ana(world), student_room(world.ana)
    found = notifications(desk_of(world.ana).replica, me, states=UNREAD)
    snoozed, unread = [one.id for one in found if one.activity.room == room][:2]
    world.done_by(SnoozeInbox(activity_id=snoozed, until=ahead(hours=1)), world.ana)
    world.done_by(MarkAllInbox(through=newest_by_room(desk_of(world.ana).replica, me)), world.ana)
    world.done_by(MarkInbox(activity_id=unread, state="unread"), world.ana)
    later = ahead(hours=2)
    db = desk_of(world.ana).replica
    assert {one.id for one in notifications(db, me, states=UNREAD, now=later)} == {snoozed, unread}

    through = newest_by_room(db, me, now=later)
    world.done_by(MarkAllInbox(through=through), world.ana, now=later)

    assert through == {room: max(one.activity.recorded_at for one in found if one.id == snoozed)}
    assert unread_count(desk_of(world.ana).replica, me, now=later) == 0


def test_without_anything_unread_there_is_nothing_to_mark(world: World, desk_of: DeskOf) -> None:
    through = newest_by_room(desk_of(world.ana).replica, ana(world))
    world.done_by(MarkAllInbox(through=through), world.ana)

    assert newest_by_room(desk_of(world.ana).replica, ana(world)) == {}


def test_the_history_of_a_room_that_is_new_to_me_is_read(world: World, desk_of: DeskOf) -> None:
    otto = Person(world.otto, Role.MENTOR)
    before = unread_count(desk_of(world.otto).replica, otto)

    world.assign(world.otto, world.ana)

    db = desk_of(world.otto).replica
    new = notifications(db, otto, states=UNREAD)[0]
    assert new.activity.kind_ == Kind.STUDENT_ASSIGNED
    assert unread_count(db, otto) == before + 1
    assert {one.activity.room for one in notifications(db, otto)} >= {student_room(world.ana)}


def test_the_newest_of_each_room_is_known_whomever_it_concerns(
    world: World, desk_of: DeskOf
) -> None:
    newest = newest_of_rooms(desk_of(world.mia).replica)

    assert newest[student_room(world.ana)] == NOW
    assert newest[MENTORS] == ahead(days=-30)


@pytest.mark.parametrize("who", ["mia", "noah", "otto", "admin", "ana", "ben", "cem"])
def test_it_agrees_with_the_one_rule_of_whom_an_activity_concerns(
    world: World, desk_of: DeskOf, who: str
) -> None:
    desk = desk_of(world.people[who])
    me = Person(desk.user, desk.relay.get(Account, desk.user).role)
    happened = [row for row in desk.shown().values() if isinstance(row, Activity)]

    found = notifications(desk.replica, me, limit=1000)

    assert {one.id for one in found} == {row.id for row in happened if addressed_to(row, me)}


def test_what_was_long_ago_costs_nothing_at_a_change(world: World, desk_of: DeskOf) -> None:
    short, long = desk_of(world.mia).replica, desk_of(world.mia).replica
    for db, count in ((short, 2_000), (long, 50_000)):
        write_feed(db, count, newest=ahead(days=-40))
        db.execute(
            "UPDATE activity_feed SET room = ? WHERE room NOT IN (SELECT room FROM members)",
            [student_room(world.ana)],
        )
    me = Person(world.mia, Role.MENTOR)

    costs = [visited_steps(db, partial(recent, db, me)) for db in (short, long)]

    assert costs[1] <= costs[0] * 1.1

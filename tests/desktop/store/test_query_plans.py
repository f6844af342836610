"""Every statement of the store, explained and run over 100,000 rows: none reads a whole table."""

from __future__ import annotations

import inspect
import pkgutil
import re
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any, cast

import pytest

import desktop.store
from bench.stage.crowd import Crowd, Wire, write_into
from desktop.store import (
    activity,
    comments,
    conflicts,
    dashboard,
    entries,
    feed,
    names,
    people,
    reviews,
    roster,
    schedules,
    standing,
    timelines,
)
from desktop.store.activity import Notification
from desktop.store.database import connect_reader, open_memory
from desktop.store.feed import FeedFilter
from desktop.store.local import LocalStore
from desktop.store.reviews import ReviewFilter
from desktop.store.schedules import SessionFilter
from desktop.store.timelines import TimelineFilter
from domain.activities import Kind, Person
from domain.chains import Finding, Known
from domain.entries import Entry, EntryStatus
from domain.members import Role
from domain.outcomes import CompleteSchedule
from domain.planning import DeleteSchedule, UpdateSchedule
from domain.rooms import MENTORS, student_room
from domain.schedules import Schedule, Status
from domain.wire import Outcome, Removed, Result, RoomPage
from tests.builders import NOW, a_plan, a_world, an_activity, id_of, second_ahead
from tests.desktop.store.desks import Desk, wire_of
from tests.fakes import MemoryRelay

CROWD = Crowd(activities=90_000, sessions=6_000, entries=60_000, now=NOW)
MENTOR, STUDENT = Person(CROWD.mentor, Role.MENTOR), Person(CROWD.student, Role.STUDENT)
NOW_S, WEEK_AGO, WEEK_AHEAD = second_ahead(), second_ahead(days=-7), second_ahead(days=7)
WEEK = SessionFilter(start=WEEK_AGO, end=WEEK_AHEAD)
LATEST = SessionFilter(end=NOW_S, newest_first=True)
KINDS = frozenset({Kind.SCHEDULE_CREATED, Kind.COMMENT_ADDED})

Ask = Callable[[sqlite3.Connection], object]

# What each query of a screen is asked, by its name. A query that is not here fails the suite.
QUERIES: dict[str, list[Ask]] = {
    "activity.recent": [
        lambda db: activity.recent(db, MENTOR),
        lambda db: activity.recent(db, STUDENT),
    ],
    "activity.notifications": [
        lambda db: activity.notifications(db, MENTOR),
        lambda db: activity.notifications(db, STUDENT, states=activity.UNREAD),
        lambda db: activity.notifications(db, MENTOR, states={activity.State.ARCHIVED}),
        lambda db: activity.notifications(db, MENTOR, states={activity.State.SNOOZED}, now=NOW),
        lambda db: activity.notifications(db, MENTOR, before=(WEEK_AGO, "")),
    ],
    "activity.unread_count": [
        lambda db: activity.unread_count(db, MENTOR),
        lambda db: activity.unread_count(db, STUDENT),
    ],
    "activity.newest_of_rooms": [activity.newest_of_rooms],
    "activity.newest_by_room": [lambda db: activity.newest_by_room(db, MENTOR)],
    "comments.comments_on": [lambda db: comments.comments_on(db, CROWD.entry_id(0))],
    "conflicts.open_conflicts": [lambda db: conflicts.open_conflicts(db, CROWD.mentor)],
    "dashboard.student_figures": [
        lambda db: dashboard.student_figures(db, CROWD.mentor, since=WEEK_AGO, now=NOW_S)
    ],
    "dashboard.days_written": [lambda db: dashboard.days_written(db, CROWD.student)],
    "dashboard.latest_activity": [lambda db: dashboard.latest_activity(db, limit=6)],
    "dashboard.unread_feedback": [
        lambda db: dashboard.unread_feedback(db, [a_review_to_read(CROWD.entry_id(3))])
    ],
    "dashboard.sessions_ahead": [lambda db: dashboard.sessions_ahead(db, CROWD.student, NOW_S)],
    "entries.own_entries": [
        lambda db: entries.own_entries(db, CROWD.student),
        lambda db: entries.own_entries(db, CROWD.student, status=EntryStatus.DRAFT),
        lambda db: entries.own_entries(db, CROWD.student, tag="tag 3"),
    ],
    "entries.own_counts": [
        lambda db: entries.own_counts(db, CROWD.student),
        lambda db: entries.own_counts(db, CROWD.student, "tag 3"),
    ],
    "entries.own_tags": [lambda db: entries.own_tags(db, CROWD.student)],
    "feed.feed": [
        lambda db: feed.feed(db, FeedFilter()),
        lambda db: feed.feed(db, FeedFilter(kinds=KINDS), before=(WEEK_AGO, "")),
        lambda db: feed.feed(db, FeedFilter(student_id=CROWD.student, start=WEEK_AGO)),
        lambda db: feed.feed(db, FeedFilter(student_id=CROWD.student, kinds=KINDS, end=WEEK_AGO)),
    ],
    "feed.about_item": [lambda db: feed.about_item(db, CROWD.student, limit=50)],
    "feed.newest_recorded": [feed.newest_recorded],
    "names.names_of": [lambda db: names.names_of(db, CROWD.student_ids())],
    "people.is_mentored": [lambda db: people.is_mentored(db, CROWD.student)],
    "people.account": [lambda db: people.account(db, CROWD.mentor)],
    "people.everybody": [people.everybody],
    "people.unsent_cards": [people.unsent_cards],
    "people.students": [people.students],
    "people.students_of": [lambda db: people.students_of(db, CROWD.mentor)],
    "people.mentors": [people.mentors],
    "people.cohorts": [people.cohorts],
    "people.student_card": [lambda db: people.student_card(db, CROWD.student)],
    "people.mentor_names": [people.mentor_names],
    "people.cohort": [lambda db: people.cohort(db, CROWD.student)],
    "people.members_of": [lambda db: people.members_of(db, CROWD.student)],
    "people.roster": [lambda db: people.roster(db, student_room(CROWD.student), "mentor")],
    "reviews.review_queue": [
        lambda db: reviews.review_queue(db, ReviewFilter()),
        lambda db: reviews.review_queue(db, ReviewFilter(status=EntryStatus.PENDING)),
        lambda db: reviews.review_queue(db, ReviewFilter(status=EntryStatus.APPROVED)),
        lambda db: reviews.review_queue(db, ReviewFilter(student_id=CROWD.student)),
        lambda db: reviews.review_queue(
            db, ReviewFilter(status=EntryStatus.NEEDS_WORK, student_id=CROWD.student)
        ),
        lambda db: reviews.review_queue(db, ReviewFilter(tag="tag 3")),
        lambda db: reviews.review_queue(
            db, ReviewFilter(status=EntryStatus.APPROVED, student_id=CROWD.student, tag="none")
        ),
    ],
    "reviews.review_item": [lambda db: reviews.review_item(db, CROWD.entry_id(1))],
    "reviews.review_counts": [
        lambda db: reviews.review_counts(db, EntryStatus),
        lambda db: reviews.review_counts(db, EntryStatus, CROWD.student),
        lambda db: reviews.review_counts(db, EntryStatus, None, "tag 3"),
        lambda db: reviews.review_counts(db, EntryStatus, CROWD.student, "none"),
    ],
    "reviews.waiting_count": [reviews.waiting_count],
    "reviews.tags_in_use": [reviews.tags_in_use],
    "reviews.revisions": [lambda db: reviews.revisions(db, CROWD.entry_id(0))],
    "roster.roster": [lambda db: roster.roster(db, MENTOR, NOW_S)],
    "roster.student": [lambda db: roster.student(db, MENTOR, CROWD.student, NOW_S)],
    "roster.sessions_held": [lambda db: roster.sessions_held(db, CROWD.student)],
    "roster.sessions_of": [
        lambda db: roster.sessions_of(db, MENTOR, CROWD.student, NOW_S, past=50)
    ],
    "schedules.ahead_count": [lambda db: schedules.ahead_count(db, MENTOR.id, NOW_S)],
    "schedules.sessions": [
        lambda db: schedules.sessions(db, MENTOR, WEEK),
        lambda db: schedules.sessions(db, STUDENT, WEEK),
        lambda db: schedules.sessions(db, MENTOR, LATEST),
        lambda db: schedules.sessions(db, STUDENT, LATEST),
        lambda db: schedules.sessions(
            db, MENTOR, SessionFilter(student_id=CROWD.student, status=Status.COMPLETED)
        ),
        lambda db: schedules.sessions(db, MENTOR, SessionFilter(cohort_id=CROWD.cohort)),
    ],
    "schedules.session": [
        lambda db: schedules.session(db, MENTOR, CROWD.session_id(1)),
        lambda db: schedules.session(db, STUDENT, CROWD.session_id(10)),
    ],
    "schedules.next_session": [
        lambda db: schedules.next_session(db, MENTOR, NOW_S),
        lambda db: schedules.next_session(db, STUDENT, NOW_S),
    ],
    "schedules.to_confirm": [
        lambda db: schedules.to_confirm(db, MENTOR, NOW_S),
        lambda db: schedules.to_confirm(db, STUDENT, NOW_S),
    ],
    "schedules.overlapping": [
        lambda db: schedules.overlapping(db, CROWD.student_ids()[:9], NOW_S, WEEK_AHEAD)
    ],
    "standing.standing": [
        lambda db: standing.standing(db, Entry, CROWD.entry_id(0)),
        lambda db: standing.standing(db, Schedule, CROWD.session_id(0)),
    ],
    "standing.is_whole": [standing.is_whole],
    "schedules.attendees": [lambda db: schedules.attendees(db, CROWD.session_id(10))],
    "timelines.timeline": [
        lambda db: timelines.timeline(db, MENTOR, CROWD.student, NOW_S, TimelineFilter()),
        lambda db: timelines.timeline(db, MENTOR, CROWD.student, NOW_S, TimelineFilter(past=200)),
    ],
}


def a_review_to_read(entry_id: str) -> Notification:
    review = an_activity(kind_=Kind.ENTRY_STATUS_CHANGED, subject_id=entry_id)
    return Notification(review, "Mia Stone", activity.State.UNREAD)


# Takes a connection and is no query of a screen.
NO_QUERIES = {
    "contents.contents",  # a report on the whole file, off the screens
    "counts.counts",  # likewise: how many rows there are of each kind
    "counts.people",  # likewise
    "trouble.is_damage",
    "database.transaction",
    "export.export_csv",  # all rows are what it is for
    "export.export_json",  # likewise
    "migrations.bring_up_to_date",
    "rows.rows",
    "salvage.readable",  # each row of a damaged file is asked for on its own
}

# Steps that go through a whole table or index, as SQLite words them, each with the reason.
MAY_SCAN = {
    "SCAN activity_feed USING INDEX activity_feed_by_recorded_at_id": "LIMIT ends it",
    "SCAN activity_feed USING COVERING INDEX activity_feed_by_recorded_at_id": "likewise",
    "SCAN student_cards": "all of them are shown: one for each student of the relay",
    "SCAN mentor_cards": "all of them are shown: one for each mentor of the relay",
    "SCAN cohort_cards": "all of them are shown: one for each cohort of the relay",
    "SCAN rooms USING INDEX sqlite_autoindex_rooms_1": "all heads are compared: one for each room",
    "SCAN rooms USING COVERING INDEX sqlite_autoindex_rooms_1": "one for each room",
    "SCAN touched": "the predictions of all that waits, looked at once, at the start",
    "SCAN touched USING INDEX touched_and_acknowledged": "acknowledged, and not yet sent back",
    "SCAN drafts": "all that was typed and not sent: hardly ever more than a few",
    "SCAN audit_heads": "one for each room",
    "SCAN chain_breaks": "rooms whose log was changed at the relay: hardly ever any",
    "SCAN chain_breaks USING COVERING INDEX sqlite_autoindex_chain_breaks_1": "likewise",
    "SCAN moving": "rows between two rooms, at the end of a pull: hardly ever any",
}

# SQLite's machine takes at least three steps for a row that it looks at: 300,000 for all.
MOST_STEPS = 150_000


def explained(db: sqlite3.Connection, work: Callable[[], object]) -> set[str]:
    """The steps of all that is read or written in `work` that go through a whole table."""
    statements: list[str] = []
    db.set_trace_callback(statements.append)
    try:
        work()
    finally:
        db.set_trace_callback(None)
    return scans(db, statements)


def scans(db: sqlite3.Connection, statements: list[str]) -> set[str]:
    shapes = {shape(one): one for one in statements if READS.match(one)}
    steps = [row[3] for sql in shapes.values() for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return {step for step in steps if SCAN.match(step)} - MAY_SCAN.keys()


READS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")
SCAN = re.compile(r"SCAN (?!CONSTANT|\(subquery)\S+(?! VIRTUAL TABLE)\b")


def shape(sql: str) -> str:
    """The statement without its values, so that each is explained once."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+(\.\d+)?\b", "?", sql)


@pytest.fixture(scope="module")
def crowd() -> list[Wire]:
    return list(CROWD.rows())


@pytest.fixture(scope="module")
def reader(crowd: list[Wire]) -> Iterator[sqlite3.Connection]:
    """A screen's connection to the rows of the crowd."""
    files = open_memory()
    write_into(files.replica, crowd)
    reader = connect_reader(files.replica_uri)
    yield reader
    reader.close()
    files.close()


def queries() -> set[str]:
    """All public functions of the store that take a connection first."""
    found = set()
    for module in pkgutil.iter_modules(desktop.store.__path__):
        loaded = import_module(f"desktop.store.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            is_own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if is_own and takes_connection(function):
                found.add(f"{module.name}.{name}")
    return found


def takes_connection(function: Callable[..., Any]) -> bool:
    parameters = list(inspect.signature(function, eval_str=True).parameters.values())
    return bool(parameters) and parameters[0].annotation is sqlite3.Connection


def test_there_are_a_hundred_thousand_rows(crowd: list[Wire]) -> None:
    assert len(crowd) > 100_000


def test_a_statement_that_reads_a_whole_table_is_found(reader: sqlite3.Connection) -> None:
    sql = "SELECT * FROM schedules WHERE title = 'Session 1'"

    assert explained(reader, lambda: reader.execute(sql).fetchall()) == {"SCAN schedules"}
    assert steps(reader, lambda: reader.execute(sql).fetchall()) > 6_000 * 2


def test_every_query_of_the_store_is_asked_here() -> None:
    assert queries() - NO_QUERIES == QUERIES.keys()


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_a_whole_table(reader: sqlite3.Connection, name: str) -> None:
    for ask in QUERIES[name]:
        assert explained(reader, partial(ask, reader)) == set()


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_goes_through_a_hundred_thousand_rows(
    reader: sqlite3.Connection, name: str
) -> None:
    for ask in QUERIES[name]:
        assert steps(reader, partial(ask, reader)) < MOST_STEPS


def steps(db: sqlite3.Connection, work: Callable[[], object]) -> int:
    """How many steps SQLite's machine took, in thousands."""
    thousands = 0

    def count() -> int:
        nonlocal thousands
        thousands += 1
        return 0

    db.set_progress_handler(count, 1000)
    try:
        work()
    finally:
        db.set_progress_handler(None, 0)
    return thousands * 1000


class Calls:
    """A store that remembers which of its methods were called."""

    def __init__(self, store: LocalStore) -> None:
        self.store = store
        self.names: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return getattr(self.store, name)


@pytest.fixture
def desk(crowd: list[Wire]) -> Iterator[Desk]:
    """Mia's desk, with the crowd's rows beside her own."""
    world = a_world(MemoryRelay())
    desk = Desk(world, world.mia).settle_in()
    write_into(desk.replica, [row for row in crowd if row["room"] != MENTORS])
    yield desk
    desk.store.files.close()


@pytest.mark.logs("The relay was restored")
def test_no_statement_of_the_writer_reads_a_whole_table(desk: Desk) -> None:
    calls = Calls(desk.store)
    desk.store = cast(LocalStore, calls)
    outbox, replica = desk.store.files.outbox, desk.store.files.replica
    written: list[str] = []
    outbox.set_trace_callback(written.append)
    found = explained(replica, lambda: do_everything(desk))
    outbox.set_trace_callback(None)

    assert found | scans(outbox, written) == set()
    assert public_methods(LocalStore) - calls.names == {"close"}  # which only closes


def public_methods(kind: type) -> set[str]:
    functions = inspect.getmembers(kind, inspect.isfunction)
    return {name for name, _ in functions if not name.startswith("_")}


def do_everything(desk: Desk) -> None:
    """All that a store is ever asked to do, with something in each table it looks into."""
    work_alone(desk)
    hear_from_the_relay(desk)
    renumber(desk)
    copy_anew(desk)
    lose_a_room(desk)


def work_alone(desk: Desk) -> None:
    store, world = desk.store, desk.world
    store.catch_up()
    store.identity()
    store.become(world.mia, Role.MENTOR, "relay")
    plan = a_plan(id_of("new"), world.ana, start=second_ahead(days=6))
    store.act(plan)
    store.act(UpdateSchedule(id=plan.id, title="Another title"))
    store.act(CompleteSchedule(id=world.past))
    later = store.act(DeleteSchedule(id=plan.id), wait_s=8)
    store.next_due_s()
    store.undo(later)
    store.put_setting("look", "dark")
    store.get_setting("look")
    store.put_draft("plan", {})
    store.drafts()
    store.get_draft("plan")
    store.drop_draft("plan")
    store.counts()


def hear_from_the_relay(desk: Desk) -> None:
    store, world = desk.store, desk.world
    desk.push()
    world.done_by(a_plan(id_of("hers"), world.ana, start=second_ahead(days=8)), world.mia)
    desk.receive()
    kept = [store.act(UpdateSchedule(id=world.session, title=f"Title {n}")) for n in range(3)]
    refused, deferred = (mutation.n for mutation in store.unsent()[:2])
    store.settle(
        [
            Result(n=refused, status=Outcome.REFUSED, code="not_found", message="It is gone."),
            Result(n=deferred, status=Outcome.DEFERRED),
        ]
    )
    store.attention()
    store.retry(kept[0])
    store.discard(kept[1])
    room = student_room(world.ana)
    version, _ = store.heads()[room]
    moved = Removed(type="schedule", id=world.soon, moved=True)
    gone = Removed(type="schedule", id=world.session)
    store.receive_page(
        RoomPage(
            room=room,
            from_=version,
            to=version + 1,
            rows=[wire_of(row) for row in desk.relay.rows_of(room)],
            removed=[moved, gone],
            cursor=[version + 1, None],
            more=False,
        )
    )
    store.begin_pulls()
    store.end_pull()
    store.cursors()
    store.rooms_here()
    store.audit_heads()
    see_the_past(store, room)


def see_the_past(store: LocalStore, room: str) -> None:
    store.witness.keep()
    store.witness.heads()
    store.witness.unconfirmed()
    store.witness.of_rows(room)
    store.witness.confirm(room, Known(1, "seen"))
    store.witness.let_go(room)
    store.witness.is_restored()
    store.witness.report(room, Known(1, "seen"), "another", Finding.CHANGED, None)
    for found in store.witness.breaks():
        store.witness.dismiss(found.id)


def renumber(desk: Desk) -> None:
    store = desk.store
    store.renumber(id_of("another client"))
    assert store.contents("2025-12-01T12:00:00.000Z").about.owner == store.owner()
    store.report_damage()
    store.make_good(0, None)
    store.make_good(0, "2026-03-02T09:00:00.000Z")
    store.purge()


def copy_anew(desk: Desk) -> None:
    room = student_room(desk.world.ana)
    desk.store.may_recopy(room)
    desk.store.copies()
    desk.copy(room)
    large = student_room(CROWD.student_ids()[1])
    desk.store.begin_copy(large, 1)
    desk.store.end_copy(large)
    desk.store.set_aside()


def lose_a_room(desk: Desk) -> None:
    world = desk.world
    desk.store.act(UpdateSchedule(id=world.done, title="Never sent"))
    desk.store.drop_rooms([student_room(world.ana), student_room(CROWD.student)])

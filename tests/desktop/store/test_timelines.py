"""All of one student in one line of time."""

from __future__ import annotations

from collections.abc import Callable

from desktop.store.dashboard import Deed
from desktop.store.reviews import ReviewItem
from desktop.store.schedules import Session
from desktop.store.timelines import Moment, TimelineFilter, timeline
from domain.activities import Kind, Person
from domain.members import Role
from domain.outcomes import CompleteSchedule
from tests.builders import World, a_review, ahead, an_essay, id_of, second_ahead
from tests.desktop.store.desks import Desk

DeskOf = Callable[[str], Desk]


def moments(desk: Desk, student: str, **wanted: object) -> list[Moment]:
    me = Person(desk.user, Role.MENTOR)
    return timeline(desk.replica, me, student, second_ahead(), TimelineFilter(**wanted))  # type: ignore[arg-type]


def kinds(found: list[Moment]) -> list[str]:
    """The kinds of deeds, in their order."""
    return [one.what.activity.kind_ for one in found if isinstance(one.what, Deed)]


def test_sessions_entries_and_deeds_are_one_line_and_the_newest_comes_first(
    world: World, desk_of: DeskOf
) -> None:
    found = moments(desk_of(world.noah), world.ben)

    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)
    assert {type(one.what) for one in found} == {Session, ReviewItem, Deed}
    ids = [one.id for one in found]
    assert len(ids) == len(set(ids))
    assert {world.bens, *world.entries.values()} - {world.draft} <= set(ids)
    assert world.draft not in ids


def test_reviews_and_comments_are_among_it_with_what_was_said(
    world: World, desk_of: DeskOf
) -> None:
    found = moments(desk_of(world.noah), world.ben)

    assert {Kind.ENTRY_STATUS_CHANGED, Kind.COMMENT_ADDED} <= set(kinds(found))
    said = [one.said for one in found if one.said]
    assert said == ["Say what the second loop is for."] * 2


def test_a_submission_stands_there_once_as_the_entry_itself(world: World, desk_of: DeskOf) -> None:
    """Only of the entry that was submitted twice, the first time is told beside it."""
    found = moments(desk_of(world.noah), world.ben)

    told = [
        one.what.activity.subject_id
        for one in found
        if isinstance(one.what, Deed) and one.what.activity.kind_ == Kind.ENTRY_CREATED
    ]
    assert told == [world.again]
    assert Kind.ENTRY_RESUBMITTED not in kinds(found)


def test_a_completed_session_says_so_itself(world: World, desk_of: DeskOf) -> None:
    world.done_by(CompleteSchedule(id=world.past), world.ana)

    found = moments(desk_of(world.mia), world.ana)

    assert Kind.SCHEDULE_STATUS_CHANGED not in kinds(found)
    assert Kind.SCHEDULE_CANCELED in kinds(found)


def test_it_begins_with_the_registration(world: World, desk_of: DeskOf) -> None:
    found = moments(desk_of(world.noah), world.ben, past=200)

    assert Kind.STUDENT_REGISTERED in kinds(found[-2:])


def test_only_so_many_of_the_coming_sessions_are_wanted(world: World, desk_of: DeskOf) -> None:
    mia = desk_of(world.mia)

    found = moments(mia, world.ana, ahead=2, entries=False, deeds=False)

    assert [one.id for one in found] == [world.session, world.soon, world.done, world.past]
    none = moments(mia, world.ana, ahead=0, entries=False, deeds=False)
    assert [one.id for one in none] == [world.done, world.past]


def test_only_entries_are_wanted(world: World, desk_of: DeskOf) -> None:
    found = moments(desk_of(world.noah), world.ben, sessions=False, deeds=False)

    assert {one.id for one in found} == set(world.entries.values()) - {world.draft}


def test_the_past_is_cut_at_its_newest_whatever_it_is(world: World, desk_of: DeskOf) -> None:
    noah = desk_of(world.noah)
    whole = moments(noah, world.ben, ahead=0)

    for past in (1, 2, 5, 9):
        assert moments(noah, world.ben, ahead=0, past=past) == whole[:past]


def test_what_happens_now_comes_before_what_happened_in_the_same_second(
    world: World, desk_of: DeskOf
) -> None:
    """Sessions begin at whole seconds, and deeds have milliseconds: both sort as text."""
    world.done_by(an_essay(id_of("then")), world.ben, now=ahead(days=-2, seconds=0.5))
    world.done_by(a_review(id_of("then"), "approved"), world.noah, now=ahead(days=-2, seconds=1))

    found = moments(desk_of(world.noah), world.ben)

    at = [one.id for one in found].index(id_of("then"))
    assert kinds(found[at - 1 : at]) == [Kind.ENTRY_STATUS_CHANGED]

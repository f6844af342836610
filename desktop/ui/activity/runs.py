"""Runs of like deeds: who did the same to the same thing again and again on one day."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from PySide6.QtCore import QCoreApplication

from desktop.store.feed import Happening
from desktop.ui.activity.sentences import case_of, filled, is_with_another, names_in
from domain.activities import Activity, Kind, Person
from domain.rooms import room_subject


@dataclass(frozen=True, slots=True)
class Run:
    """Several happenings that are told as one, the newest first.

    Its id is that of the oldest, so that it stays the same row while the run grows.
    """

    parts: tuple[Happening, ...]
    is_unfolded: bool = False

    @property
    def id(self) -> str:
        return f"run:{self.parts[-1].id}"

    @property
    def newest(self) -> Happening:
        return self.parts[0]


@dataclass(frozen=True, slots=True)
class Part:
    """One of a run that is unfolded; the row beneath it has an id of its own."""

    happening: Happening

    @property
    def id(self) -> str:
        return f"part:{self.happening.id}"


def in_runs(
    happened: Iterable[Happening], day_of: Callable[[Happening], date]
) -> list[tuple[Happening, ...]]:
    """Neighbours of one day that are told as one; most stand alone."""

    def like(one: Happening) -> object:
        key = _key(one.activity)
        return one.id if key is None else (day_of(one), *key)

    return [tuple(parts) for _key, parts in groupby(happened, like)]


def run_sentence(run: Run, me: Person) -> str:
    """`Mia Stone changed “Loops” 4 times`, as the signed-in person reads it."""
    newest, count = run.newest, len(run.parts)
    activity = newest.activity
    is_own = activity.actor_id == me.id
    if newest.student_name and is_with_another(activity, me):
        template = _session_template(activity, count, is_own=is_own)
    else:
        template = _template(activity, count, is_own=is_own)
    return filled(template, names_in(activity, newest.actor_name, newest.student_name))


def _key(activity: Activity) -> tuple[str, ...] | None:
    """What like deeds have in common; None for a deed that is always told alone."""
    who = (activity.kind_, activity.actor_id, activity.room)
    match activity.kind_:
        case Kind.SCHEDULE_UPDATED | Kind.SCHEDULE_ATTENDANCE_MARKED | Kind.ENTRY_UPDATED:
            return (*who, case_of(activity), activity.subject_id)
        case Kind.COMMENT_ADDED:
            return (*who, str(activity.params.get("entryId", activity.subject_id)))
        case Kind.COHORT_UPDATED if activity.params.get("change") in ("edited", "studentJoined"):
            return (*who, str(activity.params["change"]), activity.subject_id)
        case _:
            return None


def _template(activity: Activity, count: int, *, is_own: bool) -> str:
    match activity.kind_:
        case Kind.COMMENT_ADDED:
            return _comment_template(activity, count, is_own=is_own)
        case Kind.COHORT_UPDATED:
            return _cohort_template(activity, count, is_own=is_own)
        case Kind.SCHEDULE_ATTENDANCE_MARKED if is_own:
            return _n("You marked the attendance of “{title}” %n times", count)
        case Kind.SCHEDULE_ATTENDANCE_MARKED:
            return _n("{actor} marked the attendance of “{title}” %n times", count)
        case _:
            return _change_template(activity, count, is_own=is_own)


def _session_template(activity: Activity, count: int, *, is_own: bool) -> str:
    """For readers who have several students."""
    match case_of(activity), is_own:
        case "moved", True:
            return _n("You moved “{title}” with {student} %n times", count)
        case "moved", False:
            return _n("{actor} moved “{title}” with {student} %n times", count)
        case Kind.SCHEDULE_ATTENDANCE_MARKED, True:
            return _n("You marked {student}'s attendance of “{title}” %n times", count)
        case Kind.SCHEDULE_ATTENDANCE_MARKED, False:
            return _n("{actor} marked {student}'s attendance of “{title}” %n times", count)
        case _, True:
            return _n("You changed “{title}” with {student} %n times", count)
        case _:
            return _n("{actor} changed “{title}” with {student} %n times", count)


def _change_template(activity: Activity, count: int, *, is_own: bool) -> str:
    match case_of(activity), is_own:
        case "moved", True:
            return _n("You moved “{title}” %n times", count)
        case "moved", False:
            return _n("{actor} moved “{title}” %n times", count)
        case _, True:
            return _n("You changed “{title}” %n times", count)
        case _:
            return _n("{actor} changed “{title}” %n times", count)


def _cohort_template(activity: Activity, count: int, *, is_own: bool) -> str:
    if activity.params.get("change") == "studentJoined":
        return _n("%n students joined {cohort}", count)
    if is_own:
        return _n("You changed the cohort {cohort} %n times", count)
    return _n("{actor} changed the cohort {cohort} %n times", count)


def _comment_template(activity: Activity, count: int, *, is_own: bool) -> str:
    is_by_author = activity.actor_id == room_subject(activity.room)
    match is_own, is_by_author:
        case True, True:
            return _n("You commented on “{title}” %n times", count)
        case True, False:
            return _n("You commented on “{title}” of {student} %n times", count)
        case _:
            return _n("{actor} commented on “{title}” %n times", count)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Activities", text, "", count)

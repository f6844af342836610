"""One student's timeline: sessions, entries, and what else happened, the newest first."""

import sqlite3
from dataclasses import dataclass
from operator import attrgetter

from desktop.store.dashboard import Deed
from desktop.store.reviews import ReviewFilter, ReviewItem, review_queue
from desktop.store.roster import sessions_of
from desktop.store.rows import record_from
from desktop.store.schedules import Session
from domain.activities import Activity, Person

# A submission and a completed session stand there themselves, and say so by their status.
DEEDS = """
    SELECT feed.*, members.name AS actor_name, comments.body AS said
    FROM activity_feed AS feed
    LEFT JOIN members ON members.user_id = feed.actor_id AND members.room = feed.room
    LEFT JOIN comments ON comments.id = json_extract(feed.params, '$.commentId')
    WHERE feed.room = 'student:' || :student
      AND NOT (
        feed.kind IN ('entry:created', 'entry:resubmitted') AND EXISTS (
            SELECT 1 FROM entries
            WHERE id = feed.subject_id AND iteration = json_extract(feed.params, '$.iteration')
        )
      )
      AND NOT (
        feed.kind = 'schedule:statusChanged' AND EXISTS (
            SELECT 1 FROM schedules
            WHERE id = feed.subject_id AND status = json_extract(feed.params, '$.status')
        )
      )
    ORDER BY feed.recorded_at DESC, feed.id DESC
    LIMIT :limit
"""

# What all mentors were told of a student, for instance the registration: a handful of rows.
TOLD_TO_ALL = """
    SELECT feed.*, members.name AS actor_name, NULL AS said
    FROM activity_feed AS feed
    LEFT JOIN members ON members.user_id = feed.actor_id AND members.room = feed.room
    WHERE feed.subject_id = :student AND feed.room = 'mentors'
    ORDER BY feed.recorded_at DESC, feed.id DESC
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on a timeline: a session, an entry or a deed.

    Attributes:
        at: when it begins, was submitted or was done; an instant.
        said: the comment that a review came with, "" for none.
    """

    at: str
    what: Session | ReviewItem | Deed
    said: str = ""

    @property
    def id(self) -> str:
        return self.what.id


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFilter:
    """What of a timeline is wanted.

    Attributes:
        ahead: so many of the next sessions to come.
        past: so many moments of all others, the newest of them.
    """

    sessions: bool = True
    entries: bool = True
    deeds: bool = True
    ahead: int = 50
    past: int = 50


def timeline(
    db: sqlite3.Connection, me: Person, student_id: str, now: str, wanted: TimelineFilter
) -> list[Moment]:
    """What is here of a student's sessions, entries and deeds; the newest or farthest first.

    `now` is in whole seconds.
    """
    coming: list[Moment] = []
    found: list[Moment] = []
    if wanted.sessions:
        ahead, over = sessions_of(
            db, me, student_id, now, past=wanted.past, ahead=max(1, wanted.ahead)
        )
        coming = [_of_session(one) for one in reversed(ahead[: wanted.ahead])]
        found += [_of_session(one) for one in over]
    if wanted.entries:
        chosen = ReviewFilter(student_id=student_id, newest_first=True, limit=wanted.past)
        items = review_queue(db, chosen)
        found += [Moment(one.entry.submitted_at, one) for one in items if one.entry.submitted_at]
    if wanted.deeds:
        values = {"student": student_id, "limit": wanted.past}
        for sql in (DEEDS, TOLD_TO_ALL):
            found += [_of_deed(row) for row in db.execute(sql, values)]
    found.sort(key=attrgetter("at", "id"), reverse=True)
    return coming + found[: wanted.past]


def _of_session(session: Session) -> Moment:
    """Its start in the precision of an instant, so that both sort as text."""
    return Moment(session.schedule.start_time.removesuffix("Z") + ".000Z", session)


def _of_deed(row: sqlite3.Row) -> Moment:
    deed = Deed(record_from(Activity, row), row["actor_name"] or "")
    return Moment(deed.activity.recorded_at, deed, row["said"] or "")

"""Regrets: which students said that they can't make it to a session, and why."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

# A column for queries of sessions `s`. What was said of another time counts no more: the session
# has been moved since. All mentors have the cards of all students; a student has none, and reads
# the own word only.
SAID = """(
    SELECT json_group_array(json_array(
        feed.recorded_at, feed.actor_id, COALESCE(card.name, ''),
        COALESCE(json_extract(feed.params, '$.reason'), '')
    ))
    FROM activity_feed AS feed
    LEFT JOIN student_cards AS card ON card.id = feed.actor_id AND card.room = 'mentors'
    WHERE feed.subject_id = s.id AND feed.kind = 'schedule:cantMakeIt'
      AND json_extract(feed.params, '$.startTime') = s.start_time
) AS said"""


@dataclass(frozen=True, slots=True)
class Regret:
    """What a student said last; `name` is "" where this person does not know it."""

    user_id: str
    name: str
    reason: str


def regrets_in(said: str) -> tuple[Regret, ...]:
    """What the column `SAID` holds: each student once, by name."""
    last = {user_id: Regret(user_id, name, why) for _at, user_id, name, why in sorted(_read(said))}
    return tuple(sorted(last.values(), key=lambda one: (one.name.casefold(), one.user_id)))


def _read(said: str) -> Iterable[tuple[str, str, str, str]]:
    return [(at, user_id, name, why) for at, user_id, name, why in json.loads(said)]

"""Records of the audit log as sentences."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ui.history.words import DEEDS, deed_words, thing_words
from tests.builders import World
from tests.desktop.ui.seats import Seat, a_record

NEW = {"title": (None, "Weekly talk"), "status": (None, "scheduled")}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"action": "schedule.create", "values": NEW}, "Mia Stone planned it"),
        ({"values": {"title": ("A", "B")}}, "Mia Stone changed it"),
        ({"values": {"start_time": ("a", "b")}}, "Mia Stone moved it"),
        ({"action": "schedule.cancel"}, "Mia Stone canceled it"),
        ({"action": "entry.review", "row_type": "entry"}, "Mia Stone reviewed it"),
        (
            {"action": "entry.review", "row_type": "comment", "values": {"body": (None, "Good")}},
            "Mia Stone made it",
        ),
        ({"action": "schedule.delete", "values": {"title": ("A", None)}}, "Mia Stone deleted it"),
        ({"action": "audit.read"}, "Mia Stone looked at this history"),
        ({"action": "audit.export"}, "Mia Stone saved this history as a file"),
        ({"action": "student.claim", "row_type": "student_card"}, "Mia Stone became the mentor"),
        ({"action": "student.unassign"}, "Mia Stone changed it"),
        ({"action": "spell.cast", "values": NEW}, "Mia Stone made it"),
        ({"action": "spell.cast", "values": None}, "Mia Stone changed it"),
        ({"action": "schedule.cancel", "actor_id": "me"}, "You canceled it"),
        ({"action": "schedule.cancel", "actor_name": None}, "The relay canceled it"),
    ],
)
def test_it_says_who_did_what(fields: dict[str, Any], words: str) -> None:
    assert deed_words(a_record(**fields), "me") == words


def test_every_deed_can_be_said_of_others_and_of_oneself() -> None:
    for somebody, own in DEEDS.values():
        assert "%1" in str(somebody)
        assert str(own).startswith("You ")


def test_a_thing_has_the_title_that_it_has_now(world: World, seat_of: Any) -> None:
    seat: Seat = seat_of(world.ana)
    record = a_record(row_id=world.soon, values={"title": ("An old title", "Another")})

    assert thing_words(record, seat.workspace) == "Session “Weekly talk”"


def test_a_thing_that_is_gone_has_the_title_of_the_record(world: World, seat_of: Any) -> None:
    seat: Seat = seat_of(world.ana)

    assert thing_words(a_record(values=NEW), seat.workspace) == "Session “Weekly talk”"
    assert thing_words(a_record(values=None), seat.workspace) == "A session"
    assert thing_words(a_record(row_type="spell"), seat.workspace) == ""

"""Changes of fields in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.ui.history.changes import FieldChange, field_changes, hidden_words, ids_in, text_parts
from tests.builders import World
from tests.desktop.ui.seats import Seat, a_record

pytestmark = pytest.mark.usefixtures("british")
SeatOf = Callable[[str], Seat]
NAMES = {"mia": "Mia Stone", "noah": "Noah Park"}
NEW_SESSION = {
    "title": (None, "Weekly talk"),
    "start_time": (None, "2025-12-04T12:00:00Z"),
    "end_time": (None, "2025-12-04T13:00:00Z"),
    "time_zone": (None, "Europe/Berlin"),
    "status": (None, "scheduled"),
    "student_id": (None, "ana"),
    "ical_uid": (None, "x@tandem"),
    "sequence": (None, 0),
}


@pytest.fixture
def seat(world: World, seat_of: SeatOf) -> Seat:
    return seat_of(world.mia)


def changes(seat: Seat, values: dict[str, Any], **fields: Any) -> list[tuple[str, str, str]]:
    found = field_changes(a_record(values=values, **fields), seat.workspace, NAMES)
    return [(one.label, one.before, one.after) for one in found]


def test_a_session_that_moved_says_both_times_as_a_whole(seat: Seat) -> None:
    values = {
        "start_time": ("2025-12-04T12:00:00Z", "2025-12-05T08:00:00Z"),
        "end_time": ("2025-12-04T13:00:00Z", "2025-12-05T08:30:00Z"),
    }

    assert changes(seat, values) == [
        ("When", "Thursday 4 December, 13:00\u201314:00", "Friday 5 December, 09:00\u201309:30")
    ]


def test_what_only_lasts_longer_says_when_it_ends(seat: Seat) -> None:
    values = {"end_time": ("2025-12-04T13:00:00Z", "2025-12-04T14:00:00Z")}

    assert changes(seat, values) == [("Ends", "Thu 4 Dec, 14:00", "Thu 4 Dec, 15:00")]


def test_a_new_session_lists_what_people_read(seat: Seat) -> None:
    assert changes(seat, NEW_SESSION) == [
        ("Status", "", "Scheduled"),
        ("Title", "", "Weekly talk"),
        ("When", "", "Thursday 4 December, 13:00\u201314:00"),
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": ("scheduled", "canceled")}, ("Status", "Scheduled", "Canceled")),
        ({"status": ("pending", "approved")}, ("Status", "Waiting", "Approved")),
        ({"status_reason": (None, "Ill.")}, ("Reason", "", "Ill.")),
        ({"place": ("Library", None)}, ("Where", "Library", "")),
        ({"iteration": (1, 2)}, ("Version", "1st version", "2nd version")),
        ({"mentor_id": ("mia", "noah")}, ("Mentor", "Mia Stone", "Noah Park")),
        (
            {"mentor_ids": (["mia"], ["mia", "noah"])},
            ("Mentors", "Mia Stone", "Mia Stone, Noah Park"),
        ),
        ({"state": ("active", "deactivated")}, ("Standing", "Active", "Account closed")),
        ({"resolved": (False, True)}, ("Settled", "no", "yes")),
        ({"tags": (["a"], ["a", "b"])}, ("Tags", "a", "a, b")),
    ],
)
def test_a_field_reads_as_one_says_it(
    seat: Seat, values: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert changes(seat, values) == [expected]


def test_what_nobody_reads_is_left_out(seat: Seat) -> None:
    values = {"ical_uid": ("a", "b"), "sequence": (0, 1), "mentor_id": ("x", "y"), "later": (1, 2)}

    assert changes(seat, values) == []


def test_longer_texts_are_shown_by_what_differs_in_them(seat: Seat) -> None:
    record = a_record(values={"body": ("Two kinds.\nMore.", "Three kinds.\nMore.")})

    [(heading, lines)] = text_parts(record)

    assert heading == "Text"
    assert [(line.sign, line.text) for line in lines] == [
        ("-", "Two kinds."),
        ("+", "Three kinds."),
        (" ", "More."),
    ]
    assert field_changes(record, seat.workspace, {}) == []


def test_a_text_that_was_written_begins_to_be_read_in_its_lines(seat: Seat) -> None:
    record = a_record(values={"body": (None, "One\n\ntwo " + "x" * 400)})

    [change] = field_changes(record, seat.workspace, {})

    assert change == FieldChange("Text", "", "One\n\ntwo " + "x" * 271 + "\N{HORIZONTAL ELLIPSIS}")
    assert text_parts(record) == []


def test_of_what_is_private_the_fields_are_named(seat: Seat) -> None:
    record = a_record(values=None, fields=["body", "local_day", "status"])

    assert hidden_words(record) == (
        "Status, Text. What it said is not kept in the log, because only its owner sees it."
    )
    assert hidden_words(a_record(values={})) == ""
    for look in ("audit.read", "audit.export"):
        assert hidden_words(a_record(action=look, values=None)) == ""
    assert field_changes(record, seat.workspace, {}) == []


def test_who_is_a_member_need_not_be_a_student(seat: Seat) -> None:
    values = {"user_id": (None, "mia")}

    assert changes(seat, values, row_type="member") == [("Person", "", "Mia Stone")]
    assert hidden_words(a_record(row_type="member", values=None, fields=["user_id"])).startswith(
        "Person. "
    )


def test_the_ids_of_all_values_can_be_asked_for() -> None:
    records = [
        a_record(values={"mentor_ids": (["mia"], ["mia", "noah"]), "title": ("A", "B")}),
        a_record(values={"mentor_id": (None, "mia"), "sequence": (0, 1)}),
        a_record(values=None),
    ]

    assert sorted(ids_in(records)) == ["mia", "noah"]

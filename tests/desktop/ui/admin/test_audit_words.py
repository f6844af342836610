"""Records of the audit log as sentences for an admin."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ui.admin.audit_deeds import DEEDS, NAMED, OWN, THINGS
from desktop.ui.admin.audit_words import said_words, told_names
from domain.kinds import KINDS
from tests.desktop.ui.seats import a_record

NAMES = {"mia": "Mia Stone", "sue": "Sue Lee", "spring": "Spring", "talk": "First talk"}
MEMBER = {"row_type": "member", "row_id": "place", "room": "student:sue"}
CARD = {"row_type": "student_card", "row_id": "sue", "room": "mentors"}
OWN_ACCOUNT = {"row_type": "account", "row_id": "somebody", "room": "user:somebody"}
NEW_MIA = {"user_id": (None, "mia"), "name": (None, "Mia Stone"), "access": (None, "read")}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {**MEMBER, "action": "student.assign", "values": NEW_MIA, "actor_name": "Ada"},
            "Ada gave Mia Stone access to what Sue Lee shares with mentors",
        ),
        (
            {**MEMBER, "action": "student.claim", "values": NEW_MIA},
            "Mia Stone got access to what Sue Lee shares with mentors",
        ),
        (
            {
                **MEMBER,
                "room": "cohort:spring",
                "row_id": "mia",
                "values": {"access": ("read", "none")},
                "actor_name": "Ada",
            },
            "Ada ended the access of Mia Stone to the cohort Spring",
        ),
        (
            {
                **MEMBER,
                "room": "user:mia",
                "action": "account.register",
                "values": None,
                "fields": ["name", "user_id"],
            },
            "Mia Stone got access to the account of Mia Stone",
        ),
        (
            {**CARD, "action": "student.assign", "values": {"mentor_ids": (None, ["mia"])}},
            "Mia Stone assigned Mia Stone to Sue Lee",
        ),
        (
            {**CARD, "action": "student.unassign", "values": {"mentor_ids": (["mia"], ["x"])}},
            "Mia Stone ended the work of Mia Stone with Sue Lee",
        ),
        (
            {**CARD, "action": "student.claim", "values": {"mentor_ids": (None, ["mia"])}},
            "Mia Stone became a mentor of Sue Lee",
        ),
        (
            {**CARD, "action": "account.deactivate", "values": {"mentor_ids": (["mia"], None)}},
            "Mia Stone changed the student Sue Lee",
        ),
        (
            {**CARD, "action": "account.register", "values": {"name": (None, "Sue Lee")}},
            "Sue Lee came onto the list of students",
        ),
        (
            {
                "row_type": "comment",
                "row_id": "c",
                "room": "student:sue",
                "action": "entry.review",
                "values": {"body": (None, "Good")},
            },
            "Mia Stone wrote a comment on the work of Sue Lee",
        ),
        (
            {**OWN_ACCOUNT, "action": "invitation.create", "values": None},
            "Mia Stone made an invitation for a mentor",
        ),
        (
            {**OWN_ACCOUNT, "action": "account.register", "values": None},
            "Mia Stone registered",
        ),
        ({**OWN_ACCOUNT, "action": "audit.read", "values": None}, "Mia Stone read the audit log"),
        (
            {**OWN_ACCOUNT, "action": "audit.export", "values": None},
            "Mia Stone saved the audit log as a file",
        ),
        (
            {"action": "audit.export", "row_type": "account", "row_id": "sue", "values": None},
            "Mia Stone saved the history of the account of Sue Lee as a file",
        ),
        (
            {"action": "audit.read", "row_type": "account", "row_id": "sue", "values": None},
            "Mia Stone looked at the history of the account of Sue Lee",
        ),
        (
            {"row_id": "talk", "values": {"place": (None, "Library")}},
            "Mia Stone changed the session “First talk”",
        ),
        (
            {"row_id": "talk", "fields": ["start_time"], "values": {"start_time": ("a", "b")}},
            "Mia Stone moved the session “First talk”",
        ),
        ({"room": "student:sue"}, "Mia Stone changed a session of Sue Lee"),
        ({"room": "cohort:spring"}, "Mia Stone changed a session of the cohort Spring"),
        ({"room": "student:nobody", "actor_name": None}, "The relay changed a session"),
        (
            {
                "action": "entry.create",
                "row_type": "activity",
                "room": "student:sue",
                "values": {"kind_": (None, "entry:created")},
            },
            "Mia Stone made a line of the activity feed of Sue Lee",
        ),
        (
            {"action": "schedule.delete", "values": {"title": ("{who}", None)}},
            "Mia Stone deleted the session “{who}”",
        ),
    ],
)
def test_it_says_who_did_what_to_whom(fields: dict[str, Any], words: str) -> None:
    assert said_words(a_record(**fields), NAMES) == words


def test_each_kind_of_row_has_words_and_each_deed_a_kind_of_row() -> None:
    assert set(THINGS) == set(KINDS)
    assert set(NAMED) < set(THINGS)
    assert {kind for _action, kind in DEEDS} < set(THINGS)
    assert all("{who}" in str(words) for words in OWN.values())


def test_what_a_thing_is_called_is_learned_from_its_records_the_newest_first() -> None:
    records = [
        a_record(row_id="talk", values={"place": (None, "Library")}),
        a_record(row_id="talk", values={"title": ("First talk", "Second talk")}),
        a_record(row_id="talk", values={"title": (None, "First talk")}),
        a_record(row_type="member", row_id="place", values=NEW_MIA),
    ]

    assert told_names(records) == {"talk": "Second talk"}

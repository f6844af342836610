"""The sample people: within the domain's limits, consistent, and nobody in two places at once."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

SAMPLE = Path(__file__).parents[1] / "resources" / "sample"
FIRST_DAY, LAST_DAY = -35, 20
MARKS = {"attended", "late", "absent", "excused"}
TEXT_LIMITS = {
    "title": (1, 120),
    "description": (1, 4000),
    "agenda": (1, 4000),
    "focusStack": (1, 120),
    "place": (0, 200),
    "meetingUrl": (0, 2048),
    "statusReason": (0, 500),
}
SESSION_FIELDS = {
    *TEXT_LIMITS,
    *("key", "mentorKey", "studentKey", "cohortKey", "dayOffset", "wallStart", "timeZone"),
    *("minutes", "status", "canceledByKey", "attendance"),
}
# Every day of a common year: all weekdays, and the clock changes of all zones.
LOADING_DAYS = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]

Row = dict[str, Any]


def load(name: str) -> list[Row]:
    rows: list[Row] = json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))
    return rows


PEOPLE, COHORTS, SESSIONS = load("people"), load("cohorts"), load("sessions")
ENTRIES = load("entries")
PERSON = {person["key"]: person for person in PEOPLE}
COHORT = {cohort["key"]: cohort for cohort in COHORTS}
STUDENTS = [person for person in PEOPLE if person["role"] == "student"]
MENTORS = [person for person in PEOPLE if person["role"] != "student"]


def students_of(session: Row) -> list[str]:
    if session["studentKey"]:
        return [session["studentKey"]]
    return [one["key"] for one in STUDENTS if one["cohortKey"] == session["cohortKey"]]


def start_of(session: Row, today: date) -> datetime:
    day = today + timedelta(days=session["dayOffset"])
    wall = time.fromisoformat(session["wallStart"])
    return datetime.combine(day, wall, ZoneInfo(session["timeZone"])).astimezone(UTC)


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def duplicates(values: list[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def named(session: Row) -> str:
    return str(session["key"])


each_session = pytest.mark.parametrize("session", SESSIONS, ids=named)


@pytest.mark.parametrize("name", ["people", "cohorts", "sessions", "entries"])
def test_the_file_is_indented_by_two_and_written_without_escapes(name: str) -> None:
    text = (SAMPLE / f"{name}.json").read_text(encoding="utf-8")

    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_there_are_three_mentors_of_whom_one_is_admin_and_fourteen_students() -> None:
    roles = Counter(person["role"] for person in PEOPLE)

    assert roles == {"admin": 1, "mentor": 2, "student": 14}


def test_two_students_have_no_mentor_and_nobody_has_more_than_two() -> None:
    counts = Counter(len(student["mentorKeys"]) for student in STUDENTS)

    assert counts[0] == 2
    assert set(counts) == {0, 1, 2}


def test_keys_names_and_addresses_are_unique() -> None:
    for field in ("key", "name", "email"):
        assert duplicates([person[field] for person in PEOPLE]) == []
    assert duplicates([cohort["key"] for cohort in COHORTS]) == []
    assert duplicates([session["key"] for session in SESSIONS]) == []


def test_no_text_of_a_session_is_used_twice() -> None:
    for field in ("title", "description", "agenda"):
        assert duplicates([session[field] for session in SESSIONS]) == []


def test_all_text_is_normalised_trimmed_and_free_of_control_characters() -> None:
    for text in texts_in([PEOPLE, COHORTS, SESSIONS, ENTRIES]):
        assert text == unicodedata.normalize("NFC", text).strip()
        assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person["key"])
def test_a_person_keeps_the_limits_of_an_account(person: Row) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9-]{1,19}", person["key"])
    assert 1 <= len(person["name"]) <= 80
    assert re.fullmatch(r"[a-z.]+@example\.org", person["email"])
    assert 10 <= len(person["password"]) <= 128
    assert ZoneInfo(person["timeZone"]).key == person["timeZone"]


def test_names_try_the_layout_with_a_long_one_and_other_scripts() -> None:
    names = [person["name"] for person in PEOPLE]
    directions = {unicodedata.bidirectional(name[0]) for name in names}

    assert max(map(len, names)) >= 60
    assert sum(not name.isascii() for name in names) >= 6
    assert directions == {"L", "AL"}


def test_students_name_cohorts_and_mentors_that_exist() -> None:
    mentors = {mentor["key"] for mentor in MENTORS}

    for student in STUDENTS:
        assert student["cohortKey"] in COHORT
        assert set(student["mentorKeys"]) <= mentors
        assert duplicates(student["mentorKeys"]) == []


@pytest.mark.parametrize("cohort", COHORTS, ids=lambda cohort: cohort["key"])
def test_a_cohort_keeps_its_limits_and_has_mentors(cohort: Row) -> None:
    mentors = {mentor["key"] for mentor in MENTORS}

    assert 1 <= len(cohort["name"]) <= 80
    assert 1 <= len(cohort["description"]) <= 500
    assert cohort["startsOn"] < cohort["endsOn"]
    assert cohort["mentorKeys"]
    assert set(cohort["mentorKeys"]) <= mentors


@each_session
def test_a_session_keeps_the_limits_of_a_schedule(session: Row) -> None:
    assert set(session) == SESSION_FIELDS
    for field, (least, most) in TEXT_LIMITS.items():
        assert least <= len(session[field]) <= most, field
    assert 5 <= session["minutes"] <= 12 * 60
    assert re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", session["wallStart"])
    assert session["status"] in {"scheduled", "completed", "canceled"}


@each_session
def test_a_focus_stack_has_one_to_five_short_tags(session: Row) -> None:
    tags = session["focusStack"].split(", ")

    assert 1 <= len(tags) <= 5
    assert all(1 <= len(tag) <= 30 and "," not in tag for tag in tags)
    assert duplicates(tags) == []


@each_session
def test_a_session_says_where_it_is(session: Row) -> None:
    url = urlsplit(session["meetingUrl"])

    assert session["place"] or session["meetingUrl"]
    if session["meetingUrl"]:
        assert url.scheme == "https"
        assert (url.hostname or "").endswith(".example.org")


@each_session
def test_a_session_is_led_by_a_mentor_of_its_student_or_cohort(session: Row) -> None:
    assert (session["studentKey"] is None) != (session["cohortKey"] is None)
    theirs = (
        PERSON[session["studentKey"]] if session["studentKey"] else COHORT[session["cohortKey"]]
    )

    assert session["mentorKey"] in theirs["mentorKeys"]
    assert session["timeZone"] == PERSON[session["mentorKey"]]["timeZone"]


@each_session
def test_only_a_canceled_session_has_a_reason_and_someone_who_canceled(session: Row) -> None:
    is_canceled = session["status"] == "canceled"

    assert bool(session["statusReason"]) == is_canceled
    if is_canceled:
        assert session["canceledByKey"] in {session["mentorKey"], session["studentKey"]}
    else:
        assert session["canceledByKey"] is None


@each_session
def test_attendance_is_marked_only_for_participants_of_a_past_group(session: Row) -> None:
    attendance = session["attendance"]
    if not attendance:
        return

    assert session["cohortKey"]
    assert session["dayOffset"] < 0
    assert session["status"] == "completed"
    assert set(attendance) <= set(students_of(session))
    assert set(attendance.values()) <= MARKS


def test_every_mark_of_attendance_occurs_and_some_are_left_open() -> None:
    past_groups = [one for one in SESSIONS if one["cohortKey"] and one["status"] == "completed"]
    marks = {mark for one in past_groups for mark in one["attendance"].values()}

    assert marks == MARKS
    assert any(set(one["attendance"]) < set(students_of(one)) for one in past_groups)


def test_each_of_the_eight_weeks_has_sessions_and_one_group_session_a_cohort() -> None:
    weeks = Counter(session["dayOffset"] // 7 for session in SESSIONS)
    groups = Counter(
        (one["cohortKey"], one["dayOffset"] // 7) for one in SESSIONS if one["cohortKey"]
    )

    assert all(FIRST_DAY <= session["dayOffset"] <= LAST_DAY for session in SESSIONS)
    assert set(weeks) == set(range(-5, 3))
    assert min(weeks.values()) >= 12
    assert groups == {(key, week): 1 for key in COHORT for week in range(-5, 3)}
    assert 130 <= len(SESSIONS) <= 180


def test_group_sessions_lie_within_the_term_of_their_cohort() -> None:
    for session in SESSIONS:
        if session["cohortKey"]:
            cohort = COHORT[session["cohortKey"]]
            assert cohort["startsOn"] <= session["dayOffset"] <= cohort["endsOn"]


def test_the_past_is_mostly_completed_with_some_canceled_and_a_few_to_confirm() -> None:
    past = Counter(one["status"] for one in SESSIONS if one["dayOffset"] < 0)

    assert past["completed"] >= 0.75 * past.total()
    assert past["canceled"] >= 5
    assert 3 <= past["scheduled"] <= 8


def test_today_is_all_scheduled_and_the_future_has_one_or_two_canceled() -> None:
    today = Counter(one["status"] for one in SESSIONS if one["dayOffset"] == 0)
    future = Counter(one["status"] for one in SESSIONS if one["dayOffset"] > 0)

    assert set(today) == {"scheduled"}
    assert today["scheduled"] >= 4
    assert set(future) == {"scheduled", "canceled"}
    assert 1 <= future["canceled"] <= 2


def test_students_with_a_mentor_have_sessions_in_all_parts_of_the_plan() -> None:
    for student in STUDENTS:
        own = [one["dayOffset"] for one in SESSIONS if one["studentKey"] == student["key"]]
        if student["mentorKeys"]:
            assert len(own) >= 8
            assert min(own) < -21
            assert max(own) > 6
        else:
            assert own == []


def test_nobody_is_in_two_sessions_at_once_on_whichever_day_it_is_loaded() -> None:
    starts = {today: [start_of(one, today) for one in SESSIONS] for today in LOADING_DAYS}
    clashes = [
        (today, person, first, second)
        for today, moments in starts.items()
        for person, spans in spans_by_person(moments).items()
        for (_, end, first), (start, _, second) in pairwise(sorted(spans))
        if start < end
    ]

    assert clashes == []


def test_no_text_of_an_entry_is_used_twice() -> None:
    assert duplicates([entry["key"] for entry in ENTRIES]) == []
    assert duplicates([entry["title"] for entry in ENTRIES]) == []
    assert duplicates([entry["body"] for entry in ENTRIES]) == []
    said = [event["text"] for entry in ENTRIES for event in entry["events"]]
    assert duplicates(said) == []


def test_entries_are_in_order_and_of_the_past() -> None:
    order = [(entry["dayOffset"], entry["wallTime"]) for entry in ENTRIES]

    assert order == sorted(order)
    assert all(FIRST_DAY <= day <= 0 for day, _wall in order)


@pytest.mark.parametrize("entry", ENTRIES, ids=named)
def test_an_entry_is_reviewed_by_a_mentor_of_its_author_after_it_was_written(entry: Row) -> None:
    author = PERSON[entry["studentKey"]]
    days = [entry["dayOffset"], *(event["dayOffset"] for event in entry["events"])]

    assert days == sorted(days)
    assert days[-1] <= 0
    for event in entry["events"]:
        allowed = author["mentorKeys"] if event["kind"] == "review" else [None, author["key"]]
        assert event["byKey"] in [*allowed, *author["mentorKeys"]]


@pytest.mark.parametrize("entry", ENTRIES, ids=named)
def test_an_entry_is_about_a_session_of_its_author_that_has_taken_place(entry: Row) -> None:
    if entry["sessionKey"] is None:
        return
    session = next(one for one in SESSIONS if one["key"] == entry["sessionKey"])

    assert session["studentKey"] == entry["studentKey"]
    assert session["dayOffset"] <= entry["dayOffset"]
    assert session["status"] != "canceled"


def days_of(student: str) -> list[int]:
    own = [one for one in ENTRIES if one["studentKey"] == student and not one["isDraft"]]
    return sorted({one["dayOffset"] for one in own})


def test_every_student_with_a_mentor_writes_in_several_weeks() -> None:
    for student in STUDENTS:
        weeks = {day // 7 for day in days_of(student["key"])}
        assert len(weeks) >= 3 if student["mentorKeys"] else not weeks


def test_one_student_writes_on_most_days_and_has_a_streak_to_go_on_with() -> None:
    days = days_of("jamal")

    assert len(days) >= 18
    assert {-3, -2, -1} <= set(days)
    assert 0 not in days


def spans_by_person(starts: list[datetime]) -> dict[str, list[tuple[datetime, datetime, str]]]:
    """Start, end and key of each session of a person; canceled ones count too."""
    spans = defaultdict(list)
    for session, start in zip(SESSIONS, starts, strict=True):
        end = start + timedelta(minutes=session["minutes"])
        for person in (session["mentorKey"], *students_of(session)):
            spans[person].append((start, end, session["key"]))
    return spans


@pytest.mark.parametrize("today", LOADING_DAYS[::30], ids=str)
def test_nobody_has_to_get_up_at_night(today: date) -> None:
    for session in SESSIONS:
        start = start_of(session, today)
        end = start + timedelta(minutes=session["minutes"])
        for person in (session["mentorKey"], *students_of(session)):
            zone = ZoneInfo(PERSON[person]["timeZone"])
            first, last = start.astimezone(zone), end.astimezone(zone)
            assert first.hour >= 7, (session["key"], person)
            assert last.date() == first.date(), (session["key"], person)

"""REST of lists: schedules and the activity feed, in order, in pages, filtered."""

from dataclasses import dataclass
from urllib.parse import quote

import httpx
import pytest

from tests.contract.people import House, Json, Someone, ahead, pages
from tests.contract.problems import assert_problem


@dataclass
class Term:
    """Six sessions of a mentor with two students, three days apart; the earliest first."""

    mia: Someone
    ana: Someone
    ben: Someone
    sessions: list[Json]


@pytest.fixture(scope="module")
def term(house: House) -> Term:
    mia = house.mentor()
    ana, ben = house.student(mia), house.student(mia)
    sessions = []
    for number in (3, 0, 5, 1, 4, 2):
        times = {
            "startTime": ahead(days=3 * number + 3),
            "endTime": ahead(days=3 * number + 3, hours=2),
        }
        sessions.append(mia.plan((ana, ben)[number % 2], title=f"Talk {number}", **times))
    return Term(mia, ana, ben, sorted(sessions, key=lambda row: row["startTime"]))


def titles(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [row["title"] for row in answer.json()]


def test_schedules_are_an_array_in_the_order_of_their_starts(term: Term) -> None:
    assert term.mia.get("schedules").json() == term.sessions


def test_sessions_of_one_start_are_in_the_order_of_their_ids(house: House) -> None:
    mia = house.mentor()
    times = {"startTime": ahead(days=4), "endTime": ahead(days=4, hours=1)}
    planned = [mia.plan(house.student(mia), **times, confirmOverlap=True)["id"] for _ in range(3)]

    assert [row["id"] for row in mia.get("schedules").json()] == sorted(planned)


def test_a_person_lists_only_what_they_see(term: Term, house: House) -> None:
    assert titles(term.ana.get("schedules")) == ["Talk 0", "Talk 2", "Talk 4"]
    assert titles(house.mentor().get("schedules")) == []


def test_pages_are_linked_until_the_last(term: Term) -> None:
    found = pages(term.mia, "schedules?limit=4")

    assert [len(page) for page in found] == [4, 2]
    assert [row for page in found for row in page] == term.sessions


def test_a_page_that_is_just_full_is_the_last(term: Term) -> None:
    assert [len(page) for page in pages(term.mia, "schedules?limit=6")] == [6]


def test_pages_keep_their_filter(term: Term) -> None:
    found = pages(term.mia, f"schedules?studentId={term.ana.id}&limit=2")

    assert [row["title"] for page in found for row in page] == ["Talk 0", "Talk 2", "Talk 4"]


def test_from_and_to_give_what_overlaps_the_time_between(term: Term) -> None:
    ends = ahead(days=6, hours=2)  # as the second session does
    starts = ahead(days=12)  # as the fourth one does

    assert titles(term.mia.get(f"schedules?from={ends}&to={starts}")) == ["Talk 2"]
    assert titles(term.mia.get(f"schedules?from={ahead(days=6, hours=1)}&to={starts}")) == [
        "Talk 1",
        "Talk 2",
    ]


def test_from_takes_any_offset(term: Term) -> None:
    same = ahead(days=16, hours=1).replace("Z", "+01:00")

    assert titles(term.mia.get(f"schedules?from={quote(same)}")) == ["Talk 5"]


def test_schedules_can_be_of_one_student_and_one_status(term: Term) -> None:
    scheduled = term.mia.get(f"schedules?studentId={term.ben.id}&status=scheduled")

    assert titles(scheduled) == ["Talk 1", "Talk 3", "Talk 5"]
    assert titles(term.mia.get("schedules?status=canceled")) == []


def test_a_limit_above_500_gives_500_at_most(term: Term) -> None:
    assert len(term.mia.get("schedules?limit=100000").json()) == 6


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("from=yesterday", "from"),
        ("status=postponed", "status"),
        ("studentId=ana", "studentId"),
        ("cursor=nonsense", "cursor"),
    ],
)
def test_a_wrong_query_is_named(term: Term, query: str, field: str) -> None:
    problem = assert_problem(term.mia.get(f"schedules?{query}"), 422, "invalid")

    assert [error["field"] for error in problem["errors"]] == [field]


def test_the_feed_tells_what_happened_the_newest_first(term: Term) -> None:
    feed = term.mia.get(f"activity-feed?studentId={term.ana.id}&type=schedule:created").json()

    assert [one["params"]["title"] for one in feed] == ["Talk 2", "Talk 4", "Talk 0"]
    assert set(feed[0]) == {
        "id", "room", "version", "createdAt", "updatedAt", "kind", "actorId", "subjectType",
        "subjectId", "params", "at", "recordedAt",
    }  # fmt: skip
    assert (feed[0]["kind"], feed[0]["actorId"]) == ("schedule:created", term.mia.id)
    assert (feed[0]["subjectType"], feed[0]["room"]) == ("schedule", f"student:{term.ana.id}")


def test_the_feed_comes_in_pages(term: Term) -> None:
    of_ana = f"activity-feed?studentId={term.ana.id}"  # the others' tests fill the rest of it
    whole = term.mia.get(of_ana).json()

    found = pages(term.mia, f"{of_ana}&limit=3")

    assert [row for page in found for row in page] == whole
    assert len(found) > 1
    assert all(len(page) == 3 for page in found[:-1])


def test_the_feed_of_a_student_one_does_not_see_is_empty(term: Term) -> None:
    assert term.ana.get(f"activity-feed?studentId={term.ben.id}").json() == []


def test_the_feed_of_a_student_tells_mentors_that_they_came(term: Term, house: House) -> None:
    path = f"activity-feed?studentId={term.ana.id}"

    to_mentor = term.mia.get(path).json()
    to_others = house.mentor().get(path).json()
    to_student = term.ana.get(path).json()

    assert [one["kind"] for one in to_mentor][-1] == "student:registered"
    assert [one["kind"] for one in to_others] == ["student:registered"]
    assert "student:registered" not in [one["kind"] for one in to_student]
    assert {one["subjectId"] for one in to_others} == {term.ana.id}


def test_a_mentors_dashboard_has_its_figures(term: Term) -> None:
    figures = term.mia.get("dashboard").json()

    assert set(figures) == {
        "activeStudents", "activeThisWeek", "entries", "waitingForReview", "sessionsThisWeek",
    }  # fmt: skip
    assert (figures["activeThisWeek"], figures["entries"]) == (0, 0)


def test_a_new_student_raises_the_active_students_of_every_mentor(house: House) -> None:
    everyone = [house.admin, house.mentor(), house.mentor()]
    before = [one.get("dashboard").json()["activeStudents"] for one in everyone]

    house.student(everyone[1])

    after = [one.get("dashboard").json()["activeStudents"] for one in everyone]
    assert after == [count + 1 for count in before]


def test_a_deactivated_student_is_no_longer_active(house: House) -> None:
    mia, student = house.mentor(), house.student()
    before = mia.get("dashboard").json()["activeStudents"]

    house.admin.post(f"users/{student.id}/deactivate")

    assert mia.get("dashboard").json()["activeStudents"] == before - 1


def test_a_students_dashboard_names_the_next_session(term: Term) -> None:
    figures = term.ana.get("dashboard").json()

    assert set(figures) == {"entriesByStatus", "nextSession"}
    assert figures["nextSession"] == term.sessions[0]

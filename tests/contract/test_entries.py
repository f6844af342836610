"""REST and named events of entries and comments."""

from uuid import UUID

import pytest

from tests.contract.conftest import Connect
from tests.contract.people import House, Json, Someone
from tests.contract.problems import assert_problem
from tests.contract.test_named_events import assert_envelope, heard_once

ESSAY = {"title": "Loops", "body": "Two *kinds*.", "tags": ["rust"]}
FIELDS = {
    "id", "room", "version", "createdAt", "updatedAt", "studentId", "title", "body", "tags",
    "resources", "minutes", "deadline", "scheduleId", "status", "iteration", "localDay", "zone",
    "reviewedBy", "reviewedAt", "submittedAt",
}  # fmt: skip


@pytest.fixture(scope="module")
def mia(house: House) -> Someone:
    return house.mentor("Mia Okafor")


@pytest.fixture(scope="module")
def ana(house: House, mia: Someone) -> Someone:
    """A student of Mia's."""
    return house.student(mia)


def write(author: Someone, **fields: object) -> Json:
    answer = author.post("entries", {**ESSAY, **fields})
    assert answer.status_code == 201, answer.text
    shown: Json = answer.json()
    return shown


def test_an_entry_is_pending_unless_it_says_otherwise(mia: Someone, ana: Someone) -> None:
    shown = write(ana)

    assert set(shown) == FIELDS
    assert UUID(shown["id"]).version == 7
    assert (shown["status"], shown["room"]) == ("pending", f"student:{ana.id}")
    assert mia.get(f"entries/{shown['id']}").json() == shown


def test_a_draft_is_found_by_its_author_only(mia: Someone, ana: Someone) -> None:
    shown = write(ana, status="draft")

    assert ana.get(f"entries/{shown['id']}").json() == shown
    assert_problem(mia.get(f"entries/{shown['id']}"), 404, "not_found")
    assert shown["id"] not in {row["id"] for row in mia.get("entries?limit=500").json()}


def test_lists_are_filtered_and_paged(house: House) -> None:
    mia = house.mentor()
    ana, ben = house.student(mia), house.student(mia)
    own = [write(ana)["id"] for _ in range(3)]
    write(ben)

    first = mia.get(f"entries?studentId={ana.id}&limit=2")
    second = mia.get(first.links["next"]["url"].removeprefix("/api/"))

    assert {row["id"] for row in [*first.json(), *second.json()]} == set(own)
    assert len(mia.get("entries").json()) == 4
    assert ana.get(f"entries?studentId={ben.id}").json() == []


def test_a_review_needs_a_comment_to_ask_for_work(mia: Someone, ana: Someone) -> None:
    path = f"entries/{write(ana)['id']}"

    lacking = mia.patch(f"{path}/status", {"status": "needs_work"})
    assert_problem(lacking, 422, "comment_required")
    reviewed = mia.patch(f"{path}/status", {"status": "needs_work", "comment": "Name them."})

    assert (reviewed.json()["status"], reviewed.json()["reviewedBy"]) == ("needs_work", mia.id)
    assert [one["body"] for one in ana.get(f"{path}/comments").json()] == ["Name them."]
    late = ana.patch(path, {"title": "While"})
    assert_problem(late, 409, "transition_not_allowed")


def test_comments_of_both_sides(house: House, mia: Someone, ana: Someone) -> None:
    path = f"entries/{write(ana)['id']}/comments"

    said = mia.post(path, {"body": "Why?"})
    ana.post(path, {"body": "Because."})

    assert said.status_code == 201
    assert [one["body"] for one in mia.get(path).json()] == ["Why?", "Because."]
    assert_problem(house.mentor().get(path), 404, "not_found")


async def test_each_write_is_told_once_under_its_own_name(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    clients = [await live(mia), await live(ana)]

    shown = write(ana)
    one = f"entries/{shown['id']}"
    event = await heard_once("entry:created", *clients)
    assert_envelope(event, "entry:created", ana, ("entry", shown["id"]))
    assert (event["room"], event["data"]) == (f"student:{ana.id}", shown)

    shown = ana.patch(one, {"title": "While"}).json()
    assert (await heard_once("entry:updated", *clients))["data"] == shown
    comment = mia.post(f"{one}/comments", {"body": "Why?"}).json()
    event = await heard_once("comment:added", *clients)
    assert_envelope(event, "comment:added", mia, ("comment", comment["id"]))
    assert event["data"] == comment
    said = {"status": "needs_work", "comment": "More."}
    shown = mia.patch(f"{one}/status", said).json()
    assert (await heard_once("entry:statusChanged", *clients))["data"] == shown
    shown = ana.patch(f"{one}/status", {"status": "pending"}).json()
    assert (await heard_once("entry:resubmitted", *clients))["data"] == shown


async def test_no_draft_is_ever_told(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    mentors, own = await live(mia), await live(ana)

    draft = write(ana, status="draft", title="Half a secret")
    ana.patch(f"entries/{draft['id']}", {"body": "More of it."})
    pending = write(ana)
    await mentors.next("entry:created")
    ana.patch(f"entries/{pending['id']}/status", {"status": "draft"})
    withdrawn = await mentors.next("entry:withdrawn")
    own_event = await own.next("entry:withdrawn")
    await mentors.caught_up()

    assert mentors.events() == ["entry:created", "entry:withdrawn"]
    assert withdrawn["data"] is None
    assert own_event["data"]["status"] == "draft"
    assert "Half a secret" not in str(mentors.heard)


async def test_a_deleted_entry_is_told_without_data(house: House, live: Connect) -> None:
    mia = house.mentor()
    ana = house.student(mia)
    shown = write(ana)
    client = await live(mia)

    ana.delete(f"entries/{shown['id']}")
    event = await heard_once("entry:withdrawn", client)

    assert (event["subjectId"], event["data"]) == (shown["id"], None)

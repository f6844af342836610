"""Entries over REST: write, submit, withdraw, review and talk about them."""

from typing import Any

import pytest

from tests.syncserver.rest.conftest import Clock, House

ESSAY = {"title": "Loops", "body": "Two *kinds*.", "tags": ["rust"]}


def code_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def written(house: House, **fields: Any) -> dict[str, Any]:
    """An entry of Ana's, as the relay shows it."""
    answer = await house.ana.post("/entries", {**ESSAY, **fields})
    assert answer.status_code == 201, answer.text
    row: dict[str, Any] = answer.json()
    return row


async def test_an_entry_is_submitted_with_all_its_fields_and_an_address(house: House) -> None:
    answer = await house.ana.post("/entries", {**ESSAY, "unknown": "ignored"})

    row = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/api/entries/{row['id']}"
    assert answer.headers["ETag"] == f'"{row["version"]}"'
    assert (row["status"], row["iteration"], row["studentId"]) == ("pending", 1, house.ana.id)
    assert (row["zone"], row["localDay"]) == ("Europe/Berlin", "2026-03-02")
    assert row["minutes"] is None
    assert "type" not in row
    assert (await house.mia.get(f"/entries/{row['id']}")).json() == row


async def test_a_draft_is_its_author_s_alone(house: House) -> None:
    row = await written(house, status="draft")

    assert row["room"] == f"user:{house.ana.id}"
    assert (await house.ana.get(f"/entries/{row['id']}")).status_code == 200
    for other in (house.mia, house.ada, house.ben):
        assert code_of(await other.get(f"/entries/{row['id']}")) == (404, "not_found")
        assert (await other.get("/entries")).json() == []
        answer = await other.get(f"/entries/{row['id']}/comments")
        assert code_of(answer) == (404, "not_found")


async def test_the_newest_come_first_page_by_page(house: House, clock: Clock) -> None:
    for title in ("a", "b", "c"):
        await written(house, title=title)
        clock.pass_(seconds=1)

    first = await house.mia.get(f"/entries?limit=2&studentId={house.ana.id}")
    link = first.headers["Link"].partition(">")[0].removeprefix("</api")
    second = await house.mia.get(link)

    assert [row["title"] for row in first.json()] == ["c", "b"]
    assert [row["title"] for row in second.json()] == ["a"]
    assert "Link" not in second.headers


async def test_entries_are_listed_by_status(house: House) -> None:
    row = await written(house)
    await written(house, status="draft")
    await house.mia.patch(f"/entries/{row['id']}/status", {"status": "reviewed"})

    assert [one["id"] for one in (await house.ana.get("/entries?status=reviewed")).json()] == [
        row["id"]
    ]
    assert len((await house.ana.get("/entries?status=draft")).json()) == 1
    assert len((await house.ana.get("/entries")).json()) == 2


async def test_some_fields_change_and_a_replacement_empties_the_others(house: House) -> None:
    path = f"/entries/{(await written(house, minutes=30))['id']}"

    changed = (await house.ana.patch(path, {"title": "While"})).json()
    assert (changed["title"], changed["tags"], changed["minutes"]) == ("While", ["rust"], 30)
    replaced = (await house.ana.put(path, {"title": "For", "body": "One."})).json()
    assert (replaced["body"], replaced["tags"], replaced["minutes"]) == ("One.", [], None)

    assert code_of(await house.ana.put(path, {"title": "For"})) == (422, "invalid")


@pytest.mark.parametrize("field", ["status", "iteration", "studentId"])
async def test_what_a_review_decides_is_not_edited(house: House, field: str) -> None:
    row = await written(house)

    answer = await house.ana.patch(f"/entries/{row['id']}", {field: "approved"})

    assert code_of(answer) == (422, "invalid")
    assert answer.json()["errors"][0]["code"] == "immutable"


async def test_another_version_is_not_overwritten(house: House) -> None:
    row = await written(house)
    path = f"/entries/{row['id']}"
    await house.ana.patch(path, {"title": "While"})

    answer = await house.ana.patch(path, {"title": "For"}, If_Match=f'"{row["version"]}"')

    assert code_of(answer) == (412, "changed")


async def test_a_draft_is_submitted_and_taken_back(house: House) -> None:
    path = f"/entries/{(await written(house, status='draft'))['id']}/status"

    submitted = await house.ana.patch(path, {"status": "pending"})
    assert submitted.json()["room"] == f"student:{house.ana.id}"
    assert code_of(await house.ana.patch(path, {"status": "pending"})) == (
        409,
        "transition_not_allowed",
    )
    back = await house.ana.patch(path, {"status": "draft"})

    assert back.json()["room"] == f"user:{house.ana.id}"


async def test_a_review_decides_and_says_why(house: House) -> None:
    entry = f"/entries/{(await written(house))['id']}"

    lacking = await house.mia.patch(f"{entry}/status", {"status": "needs_work"})
    assert code_of(lacking) == (422, "comment_required")
    said = {"status": "needs_work", "comment": "Name the cases."}
    reviewed = (await house.mia.patch(f"{entry}/status", said)).json()

    assert (reviewed["status"], reviewed["reviewedBy"]) == ("needs_work", house.mia.id)
    (comment,) = (await house.ana.get(f"{entry}/comments")).json()
    assert (comment["body"], comment["authorId"]) == ("Name the cases.", house.mia.id)


async def test_opening_an_approved_entry_again_needs_a_comment(house: House) -> None:
    entry = f"/entries/{(await written(house))['id']}"
    await house.mia.patch(f"{entry}/status", {"status": "approved"})

    lacking = await house.mia.patch(f"{entry}/status", {"status": "needs_work"})

    assert code_of(lacking) == (422, "comment_required")
    assert code_of(await house.ana.patch(f"{entry}/status", {"status": "needs_work"})) == (
        403,
        "forbidden",
    )


@pytest.mark.parametrize(("before", "status"), [("draft", "pending"), ("pending", "draft")])
async def test_a_comment_that_goes_with_no_review_is_refused_and_nothing_is_done(
    house: House, before: str, status: str
) -> None:
    path = f"/entries/{(await written(house, status=before))['id']}"

    answer = await house.ana.patch(f"{path}/status", {"status": status, "comment": "Please!"})

    assert code_of(answer) == (422, "invalid")
    assert [one["field"] for one in answer.json()["errors"]] == ["comment"]
    assert (await house.ana.get(path)).json()["status"] == before


async def test_comments_come_page_by_page(house: House) -> None:
    path = f"/entries/{(await written(house))['id']}/comments"
    for number in range(5):
        await house.mia.post(path, {"body": f"Remark {number}"})

    seen: list[str] = []
    at: str | None = f"{path}?limit=2"
    pages = 0
    while at is not None:
        page = await house.ana.get(at)
        assert len(page.json()) <= 2
        seen += [one["body"] for one in page.json()]
        pages += 1
        link = page.headers.get("Link")
        at = link.partition("<")[2].partition(">")[0].removeprefix("/api") if link else None

    assert seen == [f"Remark {number}" for number in range(5)]
    assert pages == 3
    assert code_of(await house.ana.get(f"{path}?limit=0")) == (422, "invalid")
    assert code_of(await house.ana.get(f"{path}?cursor=x")) == (422, "invalid")


async def test_the_next_version_counts_and_approval_can_be_opened_again(house: House) -> None:
    entry = f"/entries/{(await written(house))['id']}"
    await house.mia.patch(f"{entry}/status", {"status": "needs_work", "comment": "More."})

    again = (await house.ana.patch(f"{entry}/status", {"status": "pending"})).json()
    assert again["iteration"] == 2
    await house.mia.patch(f"{entry}/status", {"status": "approved"})
    refused = await house.mia.patch(f"{entry}/status", {"status": "reviewed"})
    assert code_of(refused) == (409, "transition_not_allowed")
    opened = await house.mia.patch(
        f"{entry}/status", {"status": "needs_work", "comment": "A test is missing."}
    )

    assert opened.json()["status"] == "needs_work"


async def test_only_the_author_writes_and_only_a_mentor_reviews(house: House) -> None:
    entry = f"/entries/{(await written(house))['id']}"

    assert code_of(await house.mia.post("/entries", ESSAY)) == (403, "forbidden")
    assert code_of(await house.mia.patch(entry, {"title": "x"})) == (403, "forbidden")
    approve = {"status": "approved"}
    assert code_of(await house.ana.patch(f"{entry}/status", approve)) == (403, "forbidden")


async def test_comments_come_in_their_order(house: House, clock: Clock) -> None:
    entry = f"/entries/{(await written(house))['id']}"
    for who, body in ((house.mia, "Why?"), (house.ana, "Because."), (house.mia, "I see.")):
        answer = await who.post(f"{entry}/comments", {"body": body})
        assert answer.status_code == 201
        clock.pass_(seconds=1)

    found = (await house.ana.get(f"{entry}/comments")).json()

    assert [one["body"] for one in found] == ["Why?", "Because.", "I see."]


async def test_an_empty_comment_is_refused_at_its_field(house: House) -> None:
    entry = f"/entries/{(await written(house))['id']}"

    answer = await house.mia.post(f"{entry}/comments", {"body": " "})

    assert code_of(answer) == (422, "invalid")
    assert answer.json()["errors"][0]["field"] == "body"


async def test_a_repeated_request_writes_one_entry(house: House) -> None:
    answers = [await house.ana.post("/entries", ESSAY, Idempotency_Key="once") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert len((await house.ana.get("/entries")).json()) == 1


async def test_a_deleted_entry_is_gone_and_one_that_was_answered_stays(house: House) -> None:
    gone, kept = [f"/entries/{(await written(house))['id']}" for _ in range(2)]
    await house.mia.post(f"{kept}/comments", {"body": "Why?"})

    assert (await house.ana.delete(gone)).status_code == 204
    assert code_of(await house.ana.delete(kept)) == (409, "transition_not_allowed")

    assert code_of(await house.ana.get(gone)) == (404, "not_found")

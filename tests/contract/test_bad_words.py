"""Bad words, by REST and by push: refused with a plain sentence, or kept and shown as they are."""

from __future__ import annotations

import pytest

from tests.contract.conftest import Connect
from tests.contract.people import House, Json, Someone
from tests.contract.problems import EXCEPTION, assert_problem
from tests.contract.test_sync import new_id

ESSAY: Json = {"title": "Loops", "body": "Two *kinds*."}
# What is sent, and the field that the answer names.
REFUSED: dict[str, tuple[Json, str]] = {
    "a text beyond its limit": ({"body": "x" * 20_001}, "body"),
    "control characters in a title": ({"title": "Loops\u0007\u0000"}, "title"),
    "control characters in a text": ({"body": "Two\u001b[2Jkinds"}, "body"),
    "a link to a file": ({"resources": ["file:///etc/passwd"]}, "resources"),
    "a link that is a program": ({"resources": ["javascript:alert(1)"]}, "resources"),
}
# What is sent, and what everybody is shown of it.
KEPT: dict[str, tuple[Json, Json]] = {
    "html in a title": (
        {"title": "<b>Loops</b> <img src=x onerror=alert(1)>"},
        {"title": "<b>Loops</b> <img src=x onerror=alert(1)>"},
    ),
    "a title that turns around": ({"title": "safe\u202egpj.exe\u2066"}, {"title": "safegpj.exe"}),
    "a picture from elsewhere": (
        {"body": "![a chart](https://evil.example/x.png)"},
        {"body": "![a chart](https://evil.example/x.png)"},
    ),
    "links of a text that lead elsewhere": (
        {"body": "[a](javascript:alert(1)) [b](file:///etc/passwd)"},
        {"body": "[a](javascript:alert(1)) [b](file:///etc/passwd)"},
    ),
}


@pytest.fixture(scope="module")
def mia(house: House) -> Someone:
    return house.mentor()


@pytest.fixture(scope="module")
def ana(house: House, mia: Someone) -> Someone:
    return house.student(mia)


def pushed(number: int, fields: Json) -> Json:
    command = {"type": "entry.create", "id": new_id(), "zone": "Europe/Berlin", **ESSAY, **fields}
    return {"n": number, "id": new_id(), "at": "2026-01-01T00:00:00.000Z", "command": command}


@pytest.mark.parametrize("case", REFUSED)
def test_rest_names_the_field_and_says_why(ana: Someone, case: str) -> None:
    fields, field = REFUSED[case]
    before = ana.get("entries").json()

    answer = ana.post("entries", {**ESSAY, **fields})

    (error,) = assert_problem(answer, 422, "invalid")["errors"]
    assert error["field"].partition("[")[0] == field
    assert_plain(error["message"])
    assert ana.get("entries").json() == before


@pytest.mark.parametrize("case", REFUSED)
async def test_a_push_is_refused_with_a_sentence_and_what_follows_is_taken(
    ana: Someone, live: Connect, case: str
) -> None:
    fields, _field = REFUSED[case]
    replica = await live(ana, replica=True)
    bad, good = pushed(1, fields), pushed(2, {})

    results = await replica.push(bad, good)

    assert [one["status"] for one in results] == ["refused", "applied"]
    assert results[0]["code"] == "invalid"
    assert_plain(results[0]["message"])
    assert ana.get(f"entries/{bad['command']['id']}").status_code == 404


@pytest.mark.parametrize("case", KEPT)
async def test_what_is_kept_is_shown_as_it_is_in_answers_events_and_frames(
    mia: Someone, ana: Someone, live: Connect, case: str
) -> None:
    fields, shown = KEPT[case]
    plain, replica = await live(mia), await live(mia, replica=True)

    written = ana.post("entries", {**ESSAY, **fields}).json()

    read = mia.get(f"entries/{written['id']}").json()
    event = await plain.next("entry:created")
    frame = await replica.frame(f"student:{ana.id}")
    (row,) = [one for one in frame["rows"] if one["type"] == "entry"]
    for one in (written, read, event["data"], row):
        assert {name: one[name] for name in shown} == shown


def test_a_megabyte_by_rest_is_too_large(ana: Someone) -> None:
    answer = ana.post("entries", {**ESSAY, "body": "x" * 1_000_000})

    assert_plain(assert_problem(answer, 413, "too_large")["detail"])


async def test_a_megabyte_by_push_is_too_large_and_the_connection_lives(
    ana: Someone, live: Connect
) -> None:
    replica = await live(ana, replica=True)

    large = pushed(1, {"body": "x" * 999_000})  # at a megabyte the link itself gives up

    answer = await replica.call("sync:push", {"mutations": [large]})
    (result,) = await replica.push(pushed(1, {}))

    assert answer["error"]["code"] == "too_large"
    assert_plain(answer["error"]["message"])
    assert result["status"] == "applied"


def assert_plain(sentence: str) -> None:
    assert sentence.strip().endswith((".", "!"))
    assert not EXCEPTION.search(sentence)

"""REST: one Idempotency-Key and one body get one answer, on every route that writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
import pytest

from tests.contract.conftest import Connect
from tests.contract.people import House, Json, Someone, a_registration, a_session
from tests.contract.problems import assert_problem
from tests.contract.programs import PASSWORD, run

KEPT = ("ETag", "Location", "Content-Type")
ESSAY = {"title": "Loops", "body": "Two of them."}
WRITING = {"post", "put", "patch", "delete"}
_keys = count(1)


@dataclass
class Write:
    """A request that is accepted once; `other` is another body for the same address."""

    who: Someone
    path: str
    body: Json | None = None
    other: Json | None = None


def registration(house: House, _: Path) -> Write:
    form = a_registration(joinCode=house.cohort(house.admin)["joinCode"])
    return Write(house.nobody, "auth/register", form, {**form, "name": "Ben"})


def sign_in(house: House, _: Path) -> Write:
    form = {"email": house.mentor().email, "password": PASSWORD}
    return Write(house.nobody, "auth/login", form, {**form, "password": "another long one"})


def refresh(house: House, _: Path) -> Write:
    tokens = [house.mentor().grant["refreshToken"] for _ in range(2)]
    first, other = ({"refreshToken": token} for token in tokens)
    return Write(house.nobody, "auth/refresh", first, other)


def sign_out(house: House, _: Path) -> Write:
    return Write(house.mentor(), "auth/logout", {"everywhere": False}, {"everywhere": True})


def new_password(house: House, _: Path) -> Write:
    form = {"currentPassword": PASSWORD, "newPassword": "a new long password"}
    return Write(house.mentor(), "auth/password", form, {**form, "newPassword": PASSWORD})


def reset(house: House, folder: Path) -> Write:
    email = house.mentor().email
    code = run("reset-password", "--data", folder, "--email", email).result["code"]
    form = {"email": email, "code": code, "newPassword": "a new long password"}
    return Write(house.nobody, "auth/reset", form, {**form, "newPassword": PASSWORD})


def own_device(house: House, _: Path) -> Write:
    mia = house.mentor()
    (device,) = mia.get("me/devices").json()
    return Write(mia, f"me/devices/{device['id']}")


def claim(house: House, _: Path) -> Write:
    return Write(house.mentor(), f"students/{house.student().id}/claim")


def assign(house: House, _: Path) -> Write:
    return Write(house.admin, f"students/{house.student().id}/mentors/{house.mentor().id}")


def unassign(house: House, _: Path) -> Write:
    mia = house.mentor()
    student = house.student(mia)
    return Write(house.admin, f"students/{student.id}/mentors/{mia.id}", {"sessions": "cancel"})


def invitation(house: House, _: Path) -> Write:
    return Write(house.admin, "invitations", {"role": "mentor"}, {"role": "mentor", "x": 1})


def withdrawal(house: House, _: Path) -> Write:
    made = house.admin.post("invitations", {"role": "mentor"}).json()
    return Write(house.admin, f"invitations/{made['id']}")


def new_email(house: House, _: Path) -> Write:
    form = {"currentPassword": PASSWORD, "newEmail": a_registration()["email"]}
    return Write(house.mentor(), "auth/email", form, {**form, "newEmail": "other@example.org"})


def new_user(house: House, _: Path) -> Write:
    form = {"role": "student", "name": "Eve", "email": a_registration()["email"]}
    return Write(house.admin, "users", form, {**form, "name": "Eva"})


def change_of_user(house: House, _: Path) -> Write:
    path = f"users/{house.mentor().id}"
    return Write(house.admin, path, {"name": "Eve"}, {"name": "Eva"})


def reset_code(house: House, _: Path) -> Write:
    return Write(house.admin, f"users/{house.mentor().id}/reset-code")


def cohort(house: House, _: Path) -> Write:
    return Write(house.mentor(), "cohorts", {"name": "Evenings"}, {"name": "Mornings"})


def change_of_cohort(house: House, _: Path) -> Write:
    mia = house.mentor()
    path = f"cohorts/{house.cohort(mia)['id']}"
    return Write(mia, path, {"name": "Mornings"}, {"name": "Nights"})


def join_code(house: House, _: Path) -> Write:
    mia = house.mentor()
    return Write(mia, f"cohorts/{house.cohort(mia)['id']}/join-code")


def new_member(house: House, _: Path) -> Write:
    mia = house.mentor()
    return Write(mia, f"cohorts/{house.cohort(mia)['id']}/members/{house.mentor().id}")


def old_member(house: House, _: Path) -> Write:
    made = house.cohort(house.mentor())
    student = house.student(cohort=made)
    return Write(house.admin, f"cohorts/{made['id']}/members/{student.id}")


def deactivation(house: House, _: Path) -> Write:
    return Write(house.admin, f"users/{house.mentor().id}/deactivate")


def reactivation(house: House, _: Path) -> Write:
    mia = house.mentor()
    house.admin.post(f"users/{mia.id}/deactivate")
    return Write(house.admin, f"users/{mia.id}/reactivate")


def plan(house: House, _: Path) -> Write:
    mia = house.mentor()
    form = a_session(studentId=house.student(mia).id)
    return Write(mia, "schedules", form, {**form, "title": "Another"})


def of_session(tail: str = "", body: Json | None = None, other: Json | None = None) -> Build:
    def build(house: House, _: Path) -> Write:
        mia = house.mentor()
        planned = mia.plan(house.student(mia))
        return Write(mia, f"schedules/{planned['id']}{tail}", body, other)

    return build


def of_entry(
    tail: str = "", body: Json | None = None, other: Json | None = None, *, by_mentor: bool = False
) -> Build:
    def build(house: House, _: Path) -> Write:
        mia = house.mentor()
        ana = house.student(mia)
        entry = ana.post("entries", ESSAY).json()
        return Write(mia if by_mentor else ana, f"entries/{entry['id']}{tail}", body, other)

    return build


def essay(house: House, _: Path) -> Write:
    return Write(house.student(), "entries", ESSAY, {**ESSAY, "title": "Sets"})


Build = Callable[[House, Path], Write]
TIMES = a_session()
WRITES: dict[str, Build] = {
    "post auth/register": registration,
    "post auth/login": sign_in,
    "post auth/refresh": refresh,
    "post auth/logout": sign_out,
    "post auth/password": new_password,
    "post auth/reset": reset,
    "delete me/devices/{}": own_device,
    "post students/{}/claim": claim,
    "put students/{}/mentors/{}": assign,
    "delete students/{}/mentors/{}": unassign,
    "post invitations": invitation,
    "delete invitations/{}": withdrawal,
    "post auth/email": new_email,
    "post users": new_user,
    "patch users/{}": change_of_user,
    "post users/{}/reset-code": reset_code,
    "post cohorts": cohort,
    "patch cohorts/{}": change_of_cohort,
    "post cohorts/{}/join-code": join_code,
    "put cohorts/{}/members/{}": new_member,
    "delete cohorts/{}/members/{}": old_member,
    "post users/{}/deactivate": deactivation,
    "post users/{}/reactivate": reactivation,
    "post schedules": plan,
    "put schedules/{}": of_session("", {**TIMES, "title": "A"}, {**TIMES, "title": "B"}),
    "patch schedules/{}": of_session("", {"title": "A"}, {"title": "B"}),
    "delete schedules/{}": of_session(),
    "patch schedules/{}/status": of_session(
        "/status", {"status": "canceled"}, {"status": "completed"}
    ),
    "post entries": essay,
    "put entries/{}": of_entry("", {**ESSAY, "title": "A"}, {**ESSAY, "title": "B"}),
    "patch entries/{}": of_entry("", {"title": "A"}, {"title": "B"}),
    "delete entries/{}": of_entry(),
    "patch entries/{}/status": of_entry(
        "/status", {"status": "approved"}, {"status": "reviewed"}, by_mentor=True
    ),
    "post entries/{}/comments": of_entry("/comments", {"body": "Why?"}, {"body": "How?"}),
}


def a_key() -> str:
    return f"key {next(_keys)}"


def asked(write: Write, method: str, body: Json | None, key: str) -> httpx.Response:
    return write.who.ask(method.upper(), write.path, body, Idempotency_Key=key)


def told(answer: httpx.Response) -> tuple[object, ...]:
    return (answer.status_code, answer.content, *(answer.headers.get(name) for name in KEPT))


def test_every_writing_route_has_a_row(house: House) -> None:
    description = house.nobody.get("openapi.json").json()

    named = {
        f"{method} {_without_names(path)}"
        for path, methods in description["paths"].items()
        for method in WRITING & set(methods)
    }
    assert named == WRITES.keys()


@pytest.mark.parametrize("name", WRITES)
def test_one_key_and_body_get_one_answer_and_another_body_is_refused(
    house: House, folder: Path, name: str
) -> None:
    write, method, key = WRITES[name](house, folder), name.partition(" ")[0], a_key()

    first = asked(write, method, write.body, key)
    again = asked(write, method, write.body, key)
    other = asked(write, method, write.other or {"another": "body"}, key)

    assert first.is_success, first.text
    assert told(again) == told(first)
    assert_problem(other, 422, "idempotency_key_reused")


def test_what_was_deleted_since_is_still_answered_as_the_first_time(house: House) -> None:
    mia, key = house.mentor(), a_key()
    one = f"schedules/{mia.plan(house.student(mia))['id']}"
    first = mia.patch(one, {"title": "Sets"}, Idempotency_Key=key)
    mia.delete(one)

    again = mia.patch(one, {"title": "Sets"}, Idempotency_Key=key)

    assert told(again) == told(first)
    assert_problem(mia.get(one), 404, "not_found")


def test_a_refusal_is_repeated_too(house: House) -> None:
    mia, student, key = house.mentor(), house.student(house.mentor()), a_key()

    answers = [mia.post(f"students/{student.id}/claim", Idempotency_Key=key) for _ in range(2)]

    assert_problem(answers[0], 409, "already_assigned")
    assert told(answers[1]) == told(answers[0])


def test_a_repeated_rotation_does_not_bring_an_ended_code_back(house: House) -> None:
    mia, key = house.mentor(), a_key()
    path = f"cohorts/{house.cohort(mia)['id']}"
    first = mia.post(f"{path}/join-code", Idempotency_Key=key).json()
    newer = mia.post(f"{path}/join-code").json()

    again = mia.post(f"{path}/join-code", Idempotency_Key=key).json()

    assert again == first
    assert mia.get(path).json()["joinCode"] == newer["joinCode"] != first["joinCode"]
    late = house.nobody.post("auth/register", a_registration(joinCode=first["joinCode"]))
    assert_problem(late, 422, "join_code_unknown")


def test_a_repeated_sign_in_is_one_device(house: House) -> None:
    mia, key = house.mentor(), a_key()
    form = {"email": mia.email, "password": PASSWORD}

    for _ in range(3):
        house.nobody.post("auth/login", form, Idempotency_Key=key)

    assert len(mia.get("me/devices").json()) == 2


def test_one_persons_key_is_nothing_to_another(house: House) -> None:
    mia, noah, key = house.mentor(), house.mentor(), a_key()

    made = [
        one.post("cohorts", {"name": name}, Idempotency_Key=key)
        for one, name in ((mia, "Hers"), (noah, "His"))
    ]

    assert [one.json()["name"] for one in made] == ["Hers", "His"]


async def test_a_repeated_request_is_told_once(house: House, live: Connect) -> None:
    mia, key = house.mentor(), a_key()
    path = f"cohorts/{house.cohort(mia)['id']}/join-code"
    client = await live(mia)

    for _ in range(2):
        mia.post(path, Idempotency_Key=key)
    await client.next("cohort:updated")
    await client.caught_up()

    assert client.events() == ["cohort:updated"]


def _without_names(path: str) -> str:
    parts = path.removeprefix("/api/").split("/")
    return "/".join("{}" if part.startswith("{") else part for part in parts)

"""The command lines: results on stdout, all else on stderr, and the exit codes."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from tests.contract.conftest import Connect
from tests.contract.people import House, a_registration
from tests.contract.programs import PASSWORD, Ran, init, run

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def is_one_sentence(text: str) -> bool:
    return text.count("\n") == 1 and text.rstrip().endswith((".", "!")) and "Error" not in text


def assert_refused(done: Ran) -> None:
    assert (done.code, done.out) == (1, "")
    assert is_one_sentence(done.err), done.err


def test_init_gives_the_id_of_the_admin(tmp_path: Path) -> None:
    made = init(tmp_path / "relay").result

    assert list(made) == ["userId"]
    assert UUID(made["userId"]).version == 7


def test_init_over_a_relay_is_refused(folder: Path) -> None:
    assert_refused(init(folder))


def test_init_with_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    assert_refused(init(tmp_path / "relay", email="nowhere"))


def test_init_with_a_short_password_is_refused(tmp_path: Path) -> None:
    who = ("--admin-email", "ada@example.org", "--admin-name", "Ada", "--password-stdin")

    assert_refused(run("init", "--data", tmp_path / "relay", *who, said="123456789\n"))


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly", "--data", "x"),
        ("cohort", "create", "--data", "x"),
        ("backup", "--data", "x"),
        ("serve", "--data", "x", "--port", "many"),
        ("verify-audit",),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...]) -> None:
    done = run(*words)

    assert (done.code, done.out) == (2, "")
    assert done.err


@pytest.mark.parametrize(
    "words", [("serve",), ("cohort", "list"), ("verify-audit",), ("demo-data",)], ids=" ".join
)
def test_a_folder_without_a_relay_is_refused(words: tuple[str, ...], tmp_path: Path) -> None:
    assert_refused(run(*words, "--data", tmp_path))


def test_a_cohort_that_is_created_is_listed_and_its_code_lets_a_student_in(
    folder: Path, house: House
) -> None:
    made = run("cohort", "create", "--data", folder, "--name", "Köln evenings").result
    listed = run("cohort", "list", "--data", folder).results

    answer = house.nobody.post("auth/register", a_registration(joinCode=made["joinCode"]))

    assert set(made) == {"cohortId", "joinCode"}
    assert made["cohortId"] in [cohort["cohortId"] for cohort in listed]
    assert answer.status_code == 201


def test_a_mentor_is_put_into_a_cohort(folder: Path, house: House) -> None:
    mentor = house.mentor()
    made = run("cohort", "create", "--data", folder, "--name", "Led by one").result
    words = ("cohort", "add-mentor", "--data", folder, "--name", "Led by one", "--email")

    added = [run(*words, mentor.email).result for _ in range(2)]

    assert added == [{"cohortId": made["cohortId"], "mentorId": mentor.id}] * 2
    [cohort] = [one for one in mentor.get("cohorts").json() if one["id"] == made["cohortId"]]
    assert cohort["mentorIds"] == [mentor.id]
    assert_refused(run(*words, "nobody@example.org"))
    assert_refused(run(*words, house.student().email))
    assert_refused(
        run("cohort", "add-mentor", "--data", folder, "--name", "?", "--email", mentor.email)
    )


def test_an_invitation_lets_one_mentor_in(folder: Path, house: House) -> None:
    made = run("invite", "mentor", "--data", folder).result
    answers = [
        house.nobody.post(
            "auth/register", a_registration(role="mentor", invitation=made["code"])
        ).status_code
        for _ in range(2)
    ]

    assert set(made) == {"code", "expiresAt"}
    assert INSTANT.fullmatch(made["expiresAt"])
    assert answers == [201, 422]


def test_a_reset_code_sets_a_new_password(folder: Path, house: House) -> None:
    mentor = house.mentor()
    made = run("reset-password", "--data", folder, "--email", mentor.email).result
    new = {"email": mentor.email, "code": made["code"], "newPassword": "another good phrase"}

    answer = house.nobody.post("auth/reset", new)

    assert set(made) == {"code", "expiresAt"}
    assert answer.status_code == 204
    assert house.nobody.sign_in(mentor.email, "another good phrase").id == mentor.id


def test_a_reset_code_for_nobody_is_refused(folder: Path) -> None:
    assert_refused(run("reset-password", "--data", folder, "--email", "none@example.org"))


def test_demo_data_gives_one_line_a_person_who_can_sign_in(folder: Path, house: House) -> None:
    done = run("demo-data", "--data", folder)

    people = done.results
    assert done.code == 0
    assert {tuple(person) for person in people} == {("userId", "name", "email", "password", "role")}
    assert {person["role"] for person in people} >= {"mentor", "student"}
    student = next(person for person in people if person["role"] == "student")
    assert house.nobody.sign_in(student["email"], student["password"]).id == student["userId"]


async def test_live_clients_find_what_a_command_did_by_their_heartbeat(
    folder: Path, house: House, live: Connect
) -> None:
    replica = await live(house.mentor(), replica=True)
    before = replica.all("welcome")[0]["heads"]["mentors"][0]
    words = ("cohort", "create", "--data", folder, "--name", "From the command line")
    made = (await asyncio.to_thread(run, *words)).result  # the line answers its pings meanwhile

    heads = (await replica.call("sync:check", {"digest": ""}))["heads"]
    pulled = await replica.call("sync:pull", {"cursors": {"mentors": [before]}})

    (page,) = (page for page in pulled["rooms"] if page["room"] == "mentors")
    assert heads["mentors"][0] > before
    assert made["cohortId"] in [row["id"] for row in page["rows"]]


def test_a_backup_of_a_served_relay_is_restored_elsewhere(
    folder: Path, house: House, tmp_path: Path
) -> None:
    mentor, file, other = house.mentor(), tmp_path / "backup", tmp_path / "other"
    saved = run("backup", "--data", folder, file)
    restored = run("restore", "--data", other, file)

    code = run("reset-password", "--data", other, "--email", mentor.email).result

    assert (saved.code, saved.out, restored.code, restored.out) == (0, "", 0, "")
    assert code["code"]
    assert run("verify-audit", "--data", other).result["ok"] is True


def test_what_is_no_backup_is_not_restored(tmp_path: Path) -> None:
    file = tmp_path / "letter"
    file.write_text("Dear Ada")

    assert_refused(run("restore", "--data", tmp_path / "relay", file))


def test_an_audit_log_that_is_whole_says_how_much_it_holds(folder: Path, house: House) -> None:
    house.mentor()

    verdict = run("verify-audit", "--data", folder).result

    assert list(verdict) == ["rooms", "records", "ok"]
    assert (verdict["ok"], verdict["rooms"] > 0, verdict["records"] > 0) == (True, True, True)


def test_an_audit_log_that_was_changed_names_the_room_and_the_record(tmp_path: Path) -> None:
    folder = tmp_path / "relay"
    init(folder)
    run("cohort", "create", "--data", folder, "--name", "One")
    (file,) = folder.glob("*.sqlite")
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        find = "SELECT room, n FROM audit_logs WHERE room = 'mentors' ORDER BY n DESC LIMIT 1"
        room, n = opened.execute(find).fetchone()
        change = "UPDATE audit_logs SET actor_id = ? WHERE room = ? AND n = ?"
        opened.execute(change, ("01890000-0000-7000-8000-000000000000", room, n))

    done = run("verify-audit", "--data", folder)

    assert done.code == 1
    assert done.results == [{"ok": False, "room": room, "n": n}]


def test_doctor_says_a_sentence_a_check(folder: Path, house: House) -> None:
    done = run("doctor", "--data", folder)

    assert done.code in (0, 1)  # the disk of this machine may be nearly full
    assert len(done.out.splitlines()) >= 3
    assert all(line.endswith(".") for line in done.out.splitlines())
    assert house.nobody.get("health").status_code == 200


def test_an_option_may_come_from_the_environment(folder: Path) -> None:
    assert run("cohort", "list", TANDEM_DATA=str(folder)).code == 0


def test_what_a_command_is_told_may_come_from_the_environment_too(tmp_path: Path) -> None:
    folder, about = tmp_path / "relay", {"TANDEM_ADMIN_NAME": "Ada", "TANDEM_PASSWORD_STDIN": "1"}

    made = run(
        "init",
        *("--data", folder),
        said=f"{PASSWORD}\n",
        TANDEM_ADMIN_EMAIL="ada@example.org",
        **about,
    )
    cohort = run("cohort", "create", "--data", folder, TANDEM_NAME="Evenings")

    assert set(made.result) == {"userId"}
    assert set(cohort.result) == {"cohortId", "joinCode"}


def test_what_a_command_is_told_may_stand_in_the_folders_file(tmp_path: Path) -> None:
    folder = tmp_path / "relay"
    folder.mkdir()
    words = 'admin-name = "Ada"\nadmin_email = "ada@example.org"\npassword-stdin = true\n'
    (folder / "relay.toml").write_text(words + 'name = "Evenings"\n', "utf-8")

    made = run("init", "--data", folder, said=f"{PASSWORD}\n")
    cohorts = [
        run("cohort", "create", "--data", folder),
        run("cohort", "create", "--data", folder, "--name", "Mornings"),
    ]

    assert made.code == 0, made.err
    assert [one.code for one in cohorts] == [0, 0]
    names = [one["name"] for one in run("cohort", "list", "--data", folder).results]
    assert names == ["Evenings", "Mornings"]

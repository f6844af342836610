"""The command line: results as JSON, sentences elsewhere, exit codes."""

import io
import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from syncserver.__main__ import main

PASSWORD = "correct horse battery"


class Ran(NamedTuple):
    code: int
    results: list[dict[str, Any]]
    sentences: str


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on the test's own folder."""
    monkeypatch.setenv("TANDEM_PASSWORD_MEMORY_KIB", "8")
    monkeypatch.setenv("TANDEM_PASSWORD_ROUNDS", "1")
    monkeypatch.setenv("TANDEM_DATA", str(tmp_path / "relay"))

    def run(*words: str | Path) -> Ran:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capsys.readouterr()
        results = [json.loads(line) for line in told.out.splitlines() if line.startswith("{")]
        return Ran(code, results, told.err)

    return run


@pytest.fixture
def relay(run: Run) -> Run:
    """Likewise, on a relay that was made."""
    made = run(*INIT)
    assert made.code == 0, made.sentences
    return run


INIT = ("init", "--admin-email", "Ada@x.org", "--admin-name", "Ada", "--password-stdin")


def test_init_makes_a_relay_that_nobody_else_can_look_into(run: Run, tmp_path: Path) -> None:
    made = run(*INIT)

    folder = tmp_path / "relay"
    assert (made.code, list(made.results[0])) == (0, ["userId"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "relay.sqlite").stat().st_mode) == 0o600


def test_init_twice_is_refused_with_a_sentence(relay: Run) -> None:
    again = relay(*INIT)

    assert (again.code, again.results) == (1, [])
    assert again.sentences.startswith("There is a relay in ")
    assert again.sentences.count("\n") == 1


@pytest.mark.parametrize("wrong", [("--admin-email", "nowhere"), ("--admin-name", " ")])
def test_a_wrong_admin_is_refused_and_leaves_nothing_behind(
    run: Run, wrong: tuple[str, str]
) -> None:
    refused = run(*INIT, *wrong)

    assert refused.code == 1
    assert run(*INIT).code == 0


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("cohort",),
        ("cohort", "create"),
        ("serve", "--port", "many"),
        ("serve", "--prot", "1"),
        ("init", "--admin-email", "a@x.org"),
    ],
)
def test_wrong_usage_is_exit_2(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)

    assert (ran.code, ran.results) == (2, [])
    assert ran.sentences


@pytest.mark.parametrize(
    "words",
    [
        ("cohort", "list"),
        ("invite", "mentor"),
        ("demo-data",),
        ("verify-audit",),
        ("backup", "x"),
        ("serve",),
    ],
)
def test_without_a_relay_there_is_a_sentence_and_exit_1(run: Run, words: tuple[str, ...]) -> None:
    ran = run(*words)

    assert (ran.code, ran.results) == (1, [])
    assert "There is no relay in" in ran.sentences


def test_a_cohort_is_made_and_listed(relay: Run) -> None:
    made = relay("cohort", "create", "--name", "Spring").results[0]

    listed = relay("cohort", "list").results

    assert set(made) == {"cohortId", "joinCode"}
    assert listed == [{**made, "name": "Spring"}]


def test_an_invitation_says_when_it_ends(relay: Run) -> None:
    assert set(relay("invite", "mentor").results[0]) == {"code", "expiresAt"}


def test_a_reset_code_is_for_who_is_here(relay: Run) -> None:
    known = relay("reset-password", "--email", "ADA@x.org")
    unknown = relay("reset-password", "--email", "no@x.org")

    assert set(known.results[0]) == {"code", "expiresAt"}
    assert unknown.code == 1
    assert "no account" in unknown.sentences


def test_demo_data_tells_each_person_once(relay: Run) -> None:
    people = relay("demo-data").results

    again = relay("demo-data")

    assert len(people) == 17
    assert all(set(one) == {"userId", "name", "email", "password", "role"} for one in people)
    assert (again.code, again.results) == (1, [])


def test_a_restored_backup_has_what_it_had_and_no_sign_ins(relay: Run, tmp_path: Path) -> None:
    relay("cohort", "create", "--name", "Before")
    backup = tmp_path / "backup"
    assert relay("backup", backup).code == 0
    relay("cohort", "create", "--name", "After")

    restored = relay("restore", backup)

    assert restored.code == 0
    assert "sign in again" in restored.sentences
    assert [one["name"] for one in relay("cohort", "list").results] == ["Before"]
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_overwrites_nothing(relay: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")

    assert relay("backup", tmp_path / "notes").code == 1
    assert (tmp_path / "notes").read_text() == "mine"


def test_what_is_no_backup_is_not_restored(relay: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")

    refused = relay("restore", tmp_path / "notes")

    assert refused.code == 1
    assert "no backup" in refused.sentences


def test_an_audit_log_that_was_changed_is_named(relay: Run, tmp_path: Path) -> None:
    whole = relay("verify-audit")
    with closing(sqlite3.connect(tmp_path / "relay" / "relay.sqlite")) as file, file:
        file.execute("UPDATE audit_logs SET actor_id = 'someone' WHERE room = 'mentors'")

    changed = relay("verify-audit")

    assert (whole.code, whole.results[0]["ok"]) == (0, True)
    assert set(whole.results[0]) == {"rooms", "records", "ok"}
    assert changed.code == 1
    assert changed.results == [{"ok": False, "room": "mentors", "n": 1}]


@pytest.mark.parametrize("words", [("serve",), ("verify-audit",), ("cohort", "list")])
def test_a_file_that_is_no_database_is_told_in_a_sentence(
    relay: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "relay" / "relay.sqlite").write_bytes(b"no database" * 999)

    ran = relay(*words)

    assert (ran.code, ran.results) == (1, [])
    assert ran.sentences.startswith("relay.sqlite is damaged")


def test_an_audit_log_is_held_against_what_a_desktop_has_seen(relay: Run, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "relay" / "relay.sqlite")) as file:
        [(version, head)] = file.execute(
            "SELECT version, audit_head FROM rooms WHERE room = 'mentors'"
        ).fetchall()

    same = relay("verify-audit", "--seen", "mentors", str(version), head)
    other = relay("verify-audit", "--seen", "mentors", str(version), "another")
    wrong = relay("verify-audit", "--seen", "mentors", "last", head)

    assert (same.code, same.results[0]["ok"]) == (0, True)
    assert (other.code, other.results[0]["room"]) == (1, "mentors")
    assert wrong.code == 2


def test_doctor_says_a_sentence_a_check(relay: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert relay("doctor").code == 0


def test_serving_others_without_tls_is_refused(relay: Run) -> None:
    refused = relay("serve", "--host", "0.0.0.0")  # noqa: S104 - it is refused

    assert refused.code == 1
    assert "--behind-proxy" in refused.sentences


def test_a_wrong_relay_toml_is_wrong_usage(relay: Run, tmp_path: Path) -> None:
    (tmp_path / "relay" / "relay.toml").write_text("prot = 1\n")

    refused = relay("cohort", "list")

    assert refused.code == 2
    assert "prot" in refused.sentences

"""The suite's own guards: each of them fails the test that needs it, and only that one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import asyncio, logging, socket
from pathlib import Path
import keyring, pytest
from PySide6.QtWidgets import QWidget

def test_reaches_out_and_swallows_the_error():
    with pytest.raises(OSError), socket.socket() as plain:
        plain.connect(("192.0.2.1", 80))

def test_reaches_out_through_asyncio():
    async def reach():
        with pytest.raises(OSError):
            await asyncio.open_connection("192.0.2.1", 80)
    asyncio.run(reach())

def test_looks_up_a_name():
    with pytest.raises(OSError):
        socket.getaddrinfo("tandem.example", 443)

def test_an_invalid_name_does_not_resolve():
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("relay.invalid", 443)

def test_stays_on_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()):
            pass

def test_logs_a_warning():
    logging.getLogger("any").warning("watch out")

@pytest.mark.logs("watch out$")
def test_logs_what_it_allows():
    logging.getLogger("any").warning("watch out")

@pytest.mark.logs("something else")
def test_logs_another_than_it_allows():
    logging.getLogger("any").warning("watch out")

def test_leaves_a_window(qapp):
    qapp.left = QWidget()

def test_hands_its_window_over(qtbot):
    qtbot.addWidget(QWidget())

def test_keeps_no_secret():
    keyring.set_password("tandem", "ann", "secret")
    assert keyring.get_password("tandem", "ann") is None

def test_has_an_own_home(tmp_path):
    assert Path.home() == tmp_path / "home"

def test_is_skipped():
    pytest.skip("no such thing here")
"""
CONFIGURATION = "[pytest]\nmarkers = logs\nqt_api = pyside6\n"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Outcomes by name of a small suite under this suite's conftest; nothing may be skipped."""
    folder = tmp_path_factory.mktemp("suite")
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "test_suite.py").write_text(SUITE)
    (folder / "pytest.ini").write_text(CONFIGURATION)
    finished = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", str(folder)],
        env={**os.environ, "TANDEM_NO_SKIP": "1"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    found: dict[str, set[str]] = {}
    for outcome, name in re.findall(r"^([A-Z]+) .*?::test_(\w+)", finished.stdout, re.MULTILINE):
        found.setdefault(name, set()).add(outcome)
    return found


@pytest.mark.parametrize(
    "name",
    [
        "reaches_out_and_swallows_the_error",
        "reaches_out_through_asyncio",
        "looks_up_a_name",
        "logs_a_warning",
        "logs_another_than_it_allows",
        "leaves_a_window",
    ],
)
def test_a_guard_fails_a_test_that(name: str, outcomes: dict[str, set[str]]) -> None:
    assert outcomes[name] == {"PASSED", "ERROR"}  # its body, and then the guard


@pytest.mark.parametrize(
    "name",
    [
        "an_invalid_name_does_not_resolve",
        "stays_on_loopback",
        "logs_what_it_allows",
        "hands_its_window_over",
        "keeps_no_secret",
        "has_an_own_home",
    ],
)
def test_no_guard_minds_a_test_that(name: str, outcomes: dict[str, set[str]]) -> None:
    assert outcomes[name] == {"PASSED"}


def test_a_skipped_test_fails_where_nothing_may_be_skipped(outcomes: dict[str, set[str]]) -> None:
    assert outcomes["is_skipped"] == {"FAILED"}

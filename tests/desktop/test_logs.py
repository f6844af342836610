"""Tests of where log lines go."""

import asyncio
import logging
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import logs


@pytest.fixture(autouse=True)
def _root_as_it_was() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    logs.stop()
    logging.getLogger().setLevel(level)


@pytest.mark.logs("only a test")
def test_lines_go_to_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    logs.start(tmp_path / "logs")

    logging.getLogger("desktop.x").info("a line, only a test")
    logs.stop()

    file = tmp_path / "logs" / logs.FILE
    assert "INFO desktop.x: a line" in file.read_text("utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_terminal_gets_warnings_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.start(tmp_path)

    logging.getLogger("desktop.x").info("quiet")

    assert "quiet" not in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")

    logs.start(tmp_path / "file" / "logs")

    assert "keeps no log" in capsys.readouterr().err


def test_stop_leaves_the_handlers_of_others(tmp_path: Path) -> None:
    before = list(logging.getLogger().handlers)
    logs.start(tmp_path)

    logs.stop()

    assert logging.getLogger().handlers == before


@pytest.mark.logs("A bug")
async def test_what_nobody_caught_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    error = ZeroDivisionError("only a test")

    logs.report_bug(type(error), error, None)
    logs.report_loop_bug(asyncio.get_running_loop(), {"message": "m", "exception": error})

    assert caplog.text.count("only a test") == 2


def test_an_interrupt_is_no_bug(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.report_bug(KeyboardInterrupt, KeyboardInterrupt(), None)

    assert caplog.text == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_what_was_searched_for_at_the_relay_is_in_no_log(tmp_path: Path) -> None:
    logs.start(tmp_path)

    logging.getLogger("httpx").info("GET /api/users?q=ana.ruiz%%40school.org")
    logging.getLogger("httpcore.http11").info("GET /api/users?q=Ana")
    logs.stop()

    assert (tmp_path / logs.FILE).read_text("utf-8") == ""

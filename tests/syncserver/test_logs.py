"""Logs: one line an event, and nothing secret in any of them."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from syncserver.auth import new_code
from syncserver.logs import configure, log, redact
from syncserver.settings import Settings

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


@pytest.fixture
def stream(tmp_path: Path) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure(Settings(data=tmp_path), stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "newPassword",
        "accessToken",
        "refresh_token",
        "Authorization",
        "code",
        "joinCode",
        "reset_code",
        "invitation",
        "secret",
        "Set-Cookie",
        "token_key",
    ],
)
def test_what_is_called_a_secret_is_hidden(name: str) -> None:
    assert redact(None, "", {"event": "x", name: "Abc 123"})[name] == "[hidden]"


@pytest.mark.parametrize(
    "text", [f"token {JWT} sent", "Authorization: Bearer abc.def", "$argon2id$v=19$m=8$c2Fs$aGFz"]
)
def test_what_looks_like_a_secret_is_hidden_in_any_text(text: str) -> None:
    hidden = redact(None, "", {"event": text})["event"]

    assert "[hidden]" in hidden
    assert not any(part in hidden for part in (JWT, "abc.def", "aGFz"))


def test_a_code_of_ours_is_hidden_in_any_text() -> None:
    code = new_code()

    assert code not in redact(None, "", {"event": f"typed {code} at noon"})["event"]


def test_secrets_are_hidden_at_any_depth() -> None:
    event = redact(None, "", {"event": "x", "body": {"list": [{"password": "p4ssword"}]}})

    assert "p4ssword" not in repr(event)


def test_error_codes_and_ids_stay_readable() -> None:
    event = {"event": "refused", "code": "not_found", "user": "0190-aaaa", "token": None}

    assert redact(None, "", dict(event)) == event


def test_an_event_is_one_line_of_json(stream: io.StringIO) -> None:
    log("rest").info("request", status=200, password="hunter22222")

    line = json.loads(stream.getvalue())

    assert line["event"] == "request"
    assert (line["status"], line["level"], line["logger"]) == (200, "info", "tandem.rest")
    assert line["password"] == "[hidden]"


def test_what_libraries_log_is_redacted_too(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").info("handshake with %s", JWT)

    assert JWT not in stream.getvalue()
    assert json.loads(stream.getvalue())["event"] == "handshake with [hidden]"


def test_a_trace_is_redacted_too(stream: io.StringIO) -> None:
    log("rest").info("failed", exc_info=ValueError(f"bad {JWT}"))

    line = json.loads(stream.getvalue())

    assert "ValueError: bad [hidden]" in line["exception"]


def test_as_text_it_is_for_people(tmp_path: Path, stream: io.StringIO) -> None:
    configure(Settings(data=tmp_path, log_format="text"), stream)

    log("rest").info("request", status=200)

    assert "request" in stream.getvalue()
    assert "status=200" in stream.getvalue()

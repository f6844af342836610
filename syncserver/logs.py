"""Structured logs on stderr, without anything secret."""

import logging
import re
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from syncserver.settings import Settings

HIDDEN = "[hidden]"
SECRET_NAMES = re.compile(
    r"pass(word|wd)|token|secret|authorization|cookie|credential|invitation|(^|_)key$"
    r"|(^|_)(join|reset|invitation)?_?code$|(joinCode|resetCode)$",
    re.IGNORECASE,
)
# `code` is the name of error codes too: those are words, while ours are groups of four letters.
SECRET_TEXTS = re.compile(
    r"eyJ[\w-]+\.[\w-]*\.[\w-]*"  # a JSON Web Token
    r"|(?i:bearer\s+\S+)"
    r"|\b[2-9A-HJKMNP-TV-Z]{4}(?:-[2-9A-HJKMNP-TV-Z]{4})+\b"  # a code of ours
    r"|\$argon2\w+\$\S+"
)
PLAIN_CODE = re.compile(r"^[a-z][a-z0-9_]*$")


def redact(_logger: WrappedLogger | None, _method: str, event: EventDict) -> EventDict:
    """The event with secrets hidden, by name and by look, at any depth."""
    return {name: _redacted(name, value) for name, value in event.items()}


def _redacted(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _redacted(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(name, inner) for inner in value]
    if SECRET_NAMES.search(name) and not _is_error_code(name, value):
        return HIDDEN if value not in (None, "", True, False) else value
    return SECRET_TEXTS.sub(HIDDEN, value) if isinstance(value, str) else value


def _is_error_code(name: str, value: Any) -> bool:
    return name == "code" and isinstance(value, str) and PLAIN_CODE.match(value) is not None


SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
    redact,
)


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send the logs of this program and of its libraries to stderr, one event a line."""
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    for noisy in ("uvicorn.access", "engineio", "socketio", "httpx", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def log(name: str) -> structlog.stdlib.BoundLogger:
    """The logger of a part of the relay."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(f"tandem.{name}")
    return logger

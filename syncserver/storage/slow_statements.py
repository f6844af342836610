"""Tells the log of statements that took long, by their text and without any value."""

import logging
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event

SLOW_S = 0.25
LONGEST_TEXT = 500

log = logging.getLogger("tandem.database")


def watch(engine: Engine, slow_s: float = SLOW_S) -> None:
    """Log each statement of this engine that takes longer than `slow_s`.

    That is news for who runs the relay, no fault: a machine that is busy is slow too.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def _begin(_connection: Any, _cursor: Any, _statement: str, *rest: Any) -> None:
        _values, context, _many = rest
        context.tandem_began = perf_counter()

    @event.listens_for(engine, "after_cursor_execute")
    def _end(_connection: Any, _cursor: Any, statement: str, *rest: Any) -> None:
        _values, context, _many = rest
        seconds = perf_counter() - context.tandem_began
        if seconds >= slow_s:
            text = " ".join(statement.split())[:LONGEST_TEXT]
            log.info("A statement took %.0f ms: %s", seconds * 1000, text)

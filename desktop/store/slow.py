"""Tells the log which uses of the local store took long, by the name of the code alone."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

SLOW_READ_S = 0.05  # a person feels that a window stands still
SLOW_WRITE_S = 0.5

log = logging.getLogger(__name__)


@contextmanager
def timed(work: Callable[..., object], limit_s: float) -> Iterator[None]:
    """Log what runs within, if it takes longer than the limit."""
    began = perf_counter()
    try:
        yield
    finally:
        seconds = perf_counter() - began
        if seconds >= limit_s:
            log.info("%s took %.0f ms", _name(work), seconds * 1000)


def _name(work: Callable[..., object]) -> str:
    module = getattr(work, "__module__", "")
    return f"{module}.{getattr(work, '__qualname__', type(work).__name__)}"

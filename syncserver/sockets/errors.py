"""Coded errors: what a client is told when a request fails."""

import re
from typing import Any

import msgspec

from domain.errors import Invalid, Refused
from domain.wire import WireError

PATH = re.compile(r"^(?P<message>.*) - at `(?P<path>[^`]*)`$", re.DOTALL)


class Rejected(Exception):
    """A request or a connection that is refused.

    Attributes:
        error: what the client is told.
    """

    def __init__(self, code: str, message: str, path: str | None = None) -> None:
        super().__init__(message)
        self.error = WireError(code=code, message=message, path=path)


def unfit(error: msgspec.ValidationError) -> WireError:
    """`bad_request`, with the place in the payload that does not fit its type."""
    found = PATH.match(str(error))
    message, path = (found["message"], found["path"]) if found else (str(error), "$")
    return WireError(code="bad_request", message=f"{message}.", path=path)


def refusal(error: Refused | Invalid) -> dict[str, Any]:
    """What the relay says to a whole request that the rules do not allow."""
    told = {"code": error.code, "message": str(error)}
    return told | (error.data if isinstance(error, Refused) else {"path": error.field})

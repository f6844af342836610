"""Everything that can go wrong by the rules, each with a code and a sentence for people."""

from typing import Any


class DomainError(Exception):
    """Base of all rule violations; `str(error)` is a sentence that the user may read."""


class Invalid(DomainError, ValueError):
    """A value that no row and no command may hold.

    It is a ValueError so that msgspec reports it as a ValidationError, with this as its cause.

    Attributes:
        field: the camelCase name of the field, as on the wire.
        code: `required`, `too_short`, `too_long`, `out_of_range` or `malformed`.
    """

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.code = code


class Refused(DomainError):
    """A well-formed command that the rows as they stand do not allow.

    Attributes:
        code: stable, lower_snake, never translated (`contract.md`).
        data: what a window needs beyond the sentence, for instance the overlapped sessions.
    """

    def __init__(self, code: str, message: str, **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


def not_found(what: str) -> Refused:
    """The one answer for what is absent and for what the actor may not see."""
    return Refused("not_found", f"This {what} is no longer there.")


def forbidden(message: str) -> Refused:
    """The answer for what the actor sees but may not change."""
    return Refused("forbidden", message)

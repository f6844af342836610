"""Pushes as a client sends them."""

from __future__ import annotations

from typing import Any

import msgspec

from domain.commands import Command
from domain.wire import Mutation, Push
from tests.builders import NOW, id_of


def push_of(*commands: Command | dict[str, Any], first: int = 1, name: str = "m") -> Push:
    """Mutations numbered from `first`, whose ids come from their number and `name`."""
    return Push(
        mutations=[
            Mutation(n=n, id=id_of(f"{name} {n}"), at=NOW, command=wire(command))
            for n, command in enumerate(commands, start=first)
        ]
    )


def wire(command: Command | dict[str, Any]) -> dict[str, Any]:
    """The command as it goes on the wire."""
    data: dict[str, Any] = msgspec.to_builtins(command)
    return data

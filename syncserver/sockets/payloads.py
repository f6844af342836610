"""JSON as the Socket.IO library reads it: what cannot be read becomes a request to refuse."""

import json
from typing import Any

UNREADABLE = "unreadable"


class Payloads:
    """The library's `json`: broken or endlessly nested text is the event `UNREADABLE`.

    The library itself would log a trace for each such message, and leave its sender waiting.
    """

    @staticmethod
    def dumps(value: object, **options: Any) -> str:
        return json.dumps(value, **options)

    @staticmethod
    def loads(text: str | bytes, **options: Any) -> Any:
        try:
            return json.loads(text, **options)
        except (ValueError, RecursionError):
            return [UNREADABLE]

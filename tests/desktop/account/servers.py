"""A relay's REST answers, scripted, for the account's HTTP client."""

from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from desktop.account.api import Api

SERVER = "https://tandem.example.org"
USER = {
    "id": "u1",
    "name": "Ada",
    "email": "ada@example.org",
    "role": "mentor",
    "timeZone": "Europe/Berlin",
}

Answer = httpx.Response | Exception


def a_grant(number: int = 1, **user: str) -> httpx.Response:
    return httpx.Response(
        201,
        json={
            "accessToken": f"access {number}",
            "refreshToken": f"refresh {number}",
            "tokenType": "Bearer",
            "expiresIn": 900,
            "user": USER | user,
        },
    )


def a_problem(status: int, code: str, detail: str = "No.", **more: Any) -> httpx.Response:
    headers = more.pop("headers", {})
    body = {"type": "about:blank", "title": "T", "status": status, "code": code, "detail": detail}
    return httpx.Response(status, json=body | more, headers=headers)


class Server:
    """Gives its answers one after the other; `asked` is the transcript."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Any]] = []
        self.headers: list[httpx.Headers] = []
        self.before: Callable[[], None] = lambda: None
        self.api = Api(SERVER, transport=httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.url.path, msgspec.json.decode(request.content)))
        self.headers.append(request.headers)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

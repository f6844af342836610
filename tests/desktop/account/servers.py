"""A relay's REST answers, scripted, for the account's HTTP client."""

import asyncio
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
    """Gives its answers one after the other; `asked`, `queries` and `methods` are the transcript.

    While `answering` is not set, whoever asks waits.
    """

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, Any]] = []
        self.queries: list[dict[str, str]] = []
        self.methods: list[str] = []
        self.headers: list[httpx.Headers] = []
        self.answering = asyncio.Event()
        self.answering.set()
        self.is_asked = asyncio.Event()
        self.api = Api(
            SERVER, device="library-pc (Linux)", transport=httpx.MockTransport(self._answer)
        )

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        body = msgspec.json.decode(request.content) if request.content else None
        self.asked.append((request.url.path, body))
        self.queries.append(dict(request.url.params))
        self.methods.append(request.method)
        self.headers.append(request.headers)
        self.is_asked.set()
        await self.answering.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

"""A plain Socket.IO client: what the relay tells somebody outside any window."""

import asyncio
import json
from typing import Any

import httpx
import socketio

from demo.relay import Person

HEARING_S = 30.0


class Listener:
    """Hears all events that the relay sends to one person's plain client."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._client = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        self._client.on("*", self._on_event)
        self._news = asyncio.Condition()
        self._heard: list[str] = []

    async def connect(self, url: str, person: Person) -> None:
        async with httpx.AsyncClient() as http:
            given = {"email": person.email, "password": person.password}
            answer = await http.post(f"{url}/api/auth/login", json=given)
            token = answer.raise_for_status().json()["accessToken"]
        await self._client.connect(url, auth={"token": token}, transports=["websocket"])

    async def hears(self, words: str) -> dict[str, Any]:
        """The first event with these words, which may be yet to come."""
        async with asyncio.timeout(HEARING_S), self._news:
            await self._news.wait_for(lambda: words in self.record())
        event: dict[str, Any] = json.loads(next(line for line in self._heard if words in line))
        return event

    def record(self) -> str:
        """All that was heard, one event a line."""
        return "\n".join(self._heard)

    async def close(self) -> None:
        await self._client.disconnect()

    async def _on_event(self, event: str, data: object = None) -> None:
        async with self._news:
            self._heard.append(json.dumps({"event": event, "data": data}, ensure_ascii=False))
            self._news.notify_all()

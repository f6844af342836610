"""The AsyncAPI 3 description of the live connection, made from the types of the wire."""

import re
from typing import Any, NamedTuple

import msgspec

from domain.activities import Kind
from domain.kinds import KINDS
from domain.wire import (
    COMMANDS,
    AccessNews,
    Changes,
    Check,
    Failed,
    Heads,
    Hello,
    News,
    NotLetIn,
    Pull,
    Pulled,
    Push,
    Pushed,
    Refreshed,
    TokenRefresh,
    Welcome,
    WireError,
)
from syncserver.frames import SUBJECTS
from syncserver.rest.cohorts import ShownCohort
from syncserver.rest.openapi import drop_tag

REF = "#/components/schemas/{name}"
CHANNEL = "#/channels/live"
DESCRIPTION = (
    "What goes over the live connection of a Tandem relay: Socket.IO (Engine.IO 4) over WebSocket, "
    "path /socket.io/, namespace /. A message's name is its event; an answer is the "
    "acknowledgement of the request. docs/protocol.md says when what is sent."
)
WORDS = re.compile(r"[A-Za-z0-9]+")


class Sent(NamedTuple):
    """What the relay sends by itself."""

    event: str
    payload: Any
    summary: str


class Asked(NamedTuple):
    """What a client asks, and what it is answered."""

    event: str
    payload: Any
    answer: Any
    summary: str


SENT = (
    Sent("welcome", Welcome, "The first event after every connect"),
    Sent("sync:changes", Changes, "What one commit did to a room, to its replicas"),
    Sent("sync:access", AccessNews, "Rooms that a person may read now or no longer, to replicas"),
    Sent("goodbye", WireError, "Why the relay ends this connection now"),
)
ASKED = (
    Asked("sync:push", Push, Pushed, "Commands of a replica, in the order of its outbox"),
    Asked("sync:pull", Pull, Pulled, "What changed in the rooms that the client reads"),
    Asked("sync:check", Check, Heads, "The heartbeat: whether the client is at all heads"),
    Asked("auth:refresh", TokenRefresh, Refreshed, "A fresh token, before the old one ends"),
)
# A cohort is shown with who mentors it; the others as their GET shows them.
SHOWN: dict[str, Any] = {**SUBJECTS, "cohort": ShownCohort}


def describe_live(version: str) -> dict[str, Any]:
    """The whole document; the relay is the application that it speaks of."""
    messages = {**_of_connecting(), **_of_requests(), **_of_news()}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Tandem relay, live", "version": version, "description": DESCRIPTION},
        "defaultContentType": "application/json",
        "channels": {
            "live": {
                "address": "/socket.io/",
                "title": "The live connection",
                "messages": {key: {"$ref": f"#/components/messages/{key}"} for key in messages},
            }
        },
        "operations": _operations(),
        "components": {"schemas": _schemas(), "messages": messages},
    }


def _of_connecting() -> dict[str, Any]:
    return {
        "connect": _message("connect", "Hello", "Who connects: the auth object"),
        "connect_error": _message("connect_error", "NotLetIn", "Why somebody is not let in"),
        **{_key(one.event): _message(one.event, one.payload.__name__, one.summary) for one in SENT},
    }


def _of_requests() -> dict[str, Any]:
    messages = {"failed": _message("failed", "Failed", "The request failed as a whole")}
    for one in ASKED:
        messages[_key(one.event)] = _message(one.event, one.payload.__name__, one.summary)
        answer = one.answer.__name__
        told = f"The answer to {one.event}"
        messages[f"{_key(one.event)}.answer"] = _message(one.event, answer, told)
    return messages


def _of_news() -> dict[str, Any]:
    return {
        _key(kind): _message(kind, _news_name(kind), f"An activity: {kind}, to plain clients")
        for kind in Kind
    }


def _message(event: str, schema: str, summary: str) -> dict[str, Any]:
    payload = {"$ref": REF.format(name=schema)}
    return {"name": event, "title": event, "summary": summary, "payload": payload}


def _operations() -> dict[str, Any]:
    """What the relay does with each message: sends it, or receives and answers it."""
    sent = [(one.event, one.summary) for one in SENT] + [
        (kind, f"Tells of {kind}") for kind in Kind
    ]
    operations = {
        _name("send", event): {
            "action": "send",
            "channel": {"$ref": CHANNEL},
            "summary": summary,
            "messages": [_used(_key(event))],
        }
        for event, summary in sent
    }
    operations["receiveConnect"] = _answered(
        "connect", "Lets a client in, or says why not", "welcome", "connect_error"
    )
    for one in ASKED:
        key = _key(one.event)
        operations[_name("receive", one.event)] = _answered(
            key, one.summary, f"{key}.answer", "failed"
        )
    return operations


def _answered(key: str, summary: str, *answers: str) -> dict[str, Any]:
    return {
        "action": "receive",
        "channel": {"$ref": CHANNEL},
        "summary": summary,
        "messages": [_used(key)],
        "reply": {"channel": {"$ref": CHANNEL}, "messages": [_used(one) for one in answers]},
    }


def _schemas() -> dict[str, Any]:
    """All types; rows and commands are those that there are, and not just objects."""
    plain = [one.payload for one in (*SENT, *ASKED)] + [one.answer for one in ASKED]
    types = [
        *plain,
        Hello,
        NotLetIn,
        Failed,
        News,
        ShownCohort,
        *KINDS.values(),
        *COMMANDS.values(),
    ]
    _, schemas = msgspec.json.schema_components(types, ref_template=REF)
    rows = {"type": "array", "items": _any_of(kind.__name__ for kind in KINDS.values())}
    schemas["Changes"]["properties"]["rows"] |= rows
    schemas["RoomPage"]["properties"]["rows"] |= rows
    commands = _any_of(kind.__name__ for kind in COMMANDS.values())
    schemas["Mutation"]["properties"]["command"] = commands
    for subject in SUBJECTS.values():
        schemas[f"Shown{subject.__name__}"] = _shown(schemas[subject.__name__])
    for kind in Kind:
        schemas[_news_name(kind)] = _news(kind, schemas["News"])
    return schemas


def _shown(schema: dict[str, Any]) -> dict[str, Any]:
    """A row as REST shows it: without the tag of the wire, and with all its fields."""
    shown = {**schema, "properties": {**schema["properties"]}, "required": [*schema["required"]]}
    drop_tag(shown)
    return {**shown, "required": list(shown["properties"])}


def _news(kind: Kind, news: dict[str, Any]) -> dict[str, Any]:
    """What this event tells: its subject's kind is that of its name; a conflict is of any."""
    subject = kind.partition(":")[0]
    subjects = [subject] if subject in SHOWN else sorted(SHOWN)
    shown = [
        SHOWN[name].__name__ if name == "cohort" else f"Shown{SHOWN[name].__name__}"
        for name in subjects
    ]
    data = {"anyOf": [*_any_of(shown)["anyOf"], {"type": "null"}]}
    fields = {
        "kind": {"const": kind.value},
        "subjectType": {"enum": subjects},
        "data": data,
    }
    return {**news, "title": _news_name(kind), "properties": {**news["properties"], **fields}}


def _any_of(names: Any) -> dict[str, Any]:
    return {"anyOf": [{"$ref": REF.format(name=name)} for name in names]}


def _used(key: str) -> dict[str, str]:
    return {"$ref": f"{CHANNEL}/messages/{key}"}


def _key(event: str) -> str:
    return event.replace(":", ".")


def _news_name(kind: Kind) -> str:
    return _name("", kind) + "News"


def _name(verb: str, event: str) -> str:
    words = "".join(word[0].upper() + word[1:] for word in WORDS.findall(event))
    return verb + words

"""A watcher of status notifiers: what a panel such as Plasma's has, as a program of its own.

It prints the bus name of each item that registers. Source: StatusNotifierItem,
https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
"""

from __future__ import annotations

from typing import Any

from jeepney import HeaderFields, Message, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME = "org.kde.StatusNotifierWatcher"
UNKNOWN = "org.freedesktop.DBus.Error.UnknownMethod"


def main() -> None:
    """Watch until killed."""
    connection = open_dbus_connection("SESSION")
    connection.send_and_get_reply(message_bus.RequestName(NAME))
    items: list[str] = []
    while True:
        message = connection.receive()
        if message.header.message_type is MessageType.method_call:
            connection.send(answer(message, items))


def answer(message: Message, items: list[str]) -> Message:
    fields = message.header.fields
    if fields.get(HeaderFields.member) == "RegisterStatusNotifierItem":
        items.append(str(fields[HeaderFields.sender]))
        print(items[-1], flush=True)
        return new_method_return(message)
    if fields.get(HeaderFields.member) == "Get":
        values: dict[str, tuple[str, Any]] = {
            "IsStatusNotifierHostRegistered": ("b", True),
            "RegisteredStatusNotifierItems": ("as", items),
            "ProtocolVersion": ("i", 0),
        }
        return new_method_return(message, "v", (values[message.body[1]],))
    return new_error(message, UNKNOWN)


if __name__ == "__main__":
    main()

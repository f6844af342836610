"""A bare Socket.IO server that answers what it is told: the floor of the live path."""

import json
import socket

import socketio
import uvicorn


def main() -> None:
    server = socketio.AsyncServer(async_mode="asgi")
    server.on("echo", lambda _sid, data: data)
    listening = socket.create_server(("127.0.0.1", 0))
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}), flush=True)
    config = uvicorn.Config(socketio.ASGIApp(server), log_level="error", ws="wsproto")
    uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    main()

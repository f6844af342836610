"""Socket.IO: decode, ask the relay, encode."""

from syncserver.sockets.server import Sockets

__all__ = ["Sockets"]

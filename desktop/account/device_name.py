"""What this computer is called among a person's devices."""

import platform

SYSTEMS = {"Darwin": "macOS"}
UNKNOWN = "This computer"


def device_name(node: str | None = None, system: str | None = None) -> str:
    """`library-pc (Linux)`; letters that an HTTP header cannot carry are left out."""
    host = platform.node() if node is None else node
    name = system or platform.system()
    plain = " ".join("".join(c for c in host if c.isascii() and c.isprintable()).split())
    system_words = SYSTEMS.get(name, name)
    return f"{plain or UNKNOWN} ({system_words})" if system_words else plain or UNKNOWN

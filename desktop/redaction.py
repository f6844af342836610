"""Texts that may leave this computer: without secrets, addresses, names and the person's folder."""

import re
from collections.abc import Iterable
from pathlib import Path

HIDDEN = "[hidden]"
SECRETS = re.compile(
    r"eyJ[\w-]+\.[\w-]*\.[\w-]*"  # a JSON Web Token
    r"|(?i:bearer\s+\S+)"
    r"|\b[2-9A-HJKMNP-TV-Z]{4}(?:-[2-9A-HJKMNP-TV-Z]{4})+\b"  # a code of ours
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?<=://)[^\s/@]+:[^\s/@]+(?=@)"  # name and password in an address
)


def redacted(text: str, names: Iterable[str] = (), home: Path | None = None) -> str:
    """The text with what looks like a secret hidden, and these names, each as a whole word.

    It goes line by line: other threads, and with them the window, have to wait for each search.
    """
    known = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
    any_name = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)") if known else None
    place = str(home or Path.home())

    def hidden(line: str) -> str:
        shown = SECRETS.sub(HIDDEN, line)
        shown = any_name.sub(HIDDEN, shown) if any_name else shown
        return shown.replace(place, "~") if len(place) > 1 else shown

    return "".join(hidden(line) for line in text.splitlines(keepends=True))

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
    """The text with what looks like a secret hidden, and these names, each as a whole word."""
    shown = SECRETS.sub(HIDDEN, text)
    known = sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True)
    if known:
        any_name = "|".join(map(re.escape, known))
        shown = re.sub(rf"(?<!\w)(?:{any_name})(?!\w)", HIDDEN, shown)
    place = str(home or Path.home())
    return shown.replace(place, "~") if len(place) > 1 else shown

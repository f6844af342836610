"""The diagnostics bundle: one zip for whoever helps, without rows, secrets, names and addresses."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.redaction import redacted
from desktop.whole_files import written

README = """\
Made by Tandem on this computer, when somebody asked for it; nothing was sent.

about.txt      version and system
settings.json  how the program was started
doctor.txt     what the connection doctor found
counts.json    how many rows each table holds
logs/          the log files
crashes/       reports of crashes, if any

Passwords, tokens, codes, e-mail addresses and the names of people are hidden, and no row is in it.
Names are those of the copy here: where doctor.txt says that it cannot be read, none is known.
"""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What goes into a bundle; `names` are hidden wherever they stand."""

    about: str
    settings: Mapping[str, object]
    doctor: str
    counts: Mapping[str, int] = field(default_factory=dict)
    logs: Iterable[Path] = ()
    crashes: Iterable[Path] = ()
    names: Iterable[str] = ()


def write_bundle(file: Path, parts: Parts) -> None:
    """Write it for its owner alone, wholly or not at all.

    Raises:
        OSError: nothing was written.
    """
    names = set(parts.names)
    texts = {
        "README.txt": README,
        "about.txt": f"{parts.about}\n",
        "settings.json": _settings(parts.settings, names),
        "doctor.txt": parts.doctor,
        "counts.json": json.dumps(parts.counts, indent=1),
        **{f"logs/{path.name}": _read(path) for path in parts.logs},
        **{f"crashes/{path.name}": _read(path) for path in parts.crashes},
    }
    with written(file) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in texts.items():
            bundle.writestr(name, text if name == "README.txt" else redacted(text, names))


def _settings(settings: Mapping[str, object], names: set[str]) -> str:
    """Hidden before it is JSON, which writes letters and strokes of a path in another way."""
    told = {
        key: redacted(value, names) if isinstance(value, str) else value
        for key, value in settings.items()
    }
    return json.dumps(told, indent=1, ensure_ascii=False)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except OSError as error:
        return f"This file could not be read: {error}\n"

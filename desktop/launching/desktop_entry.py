"""Desktop entries, by which Linux desktops know a program.

Source: Desktop Entry Specification 1.5, https://specifications.freedesktop.org/desktop-entry/
"""

import re
from collections.abc import Mapping, Sequence

ID = "tandem"
RESERVED = re.compile(r'([\\"`$])')
PLAIN = re.compile(r"[\w@+=:,./-]+", re.ASCII)
WORD = re.compile(r'"((?:\\.|[^"\\])*)"|(\S+)')


def entry_text(command: Sequence[str], more: Mapping[str, str], *, takes_link: bool = False) -> str:
    """An entry that starts `command`; with `takes_link` it is given the link that was clicked."""
    fields = {
        "Type": "Application",
        "Name": "Tandem",
        "Comment": "Plan sessions, keep in step",
        "Exec": exec_line(command) + (" %u" if takes_link else ""),
        "Icon": ID,
        "Terminal": "false",
        **more,
    }
    return "\n".join(["[Desktop Entry]", *(f"{key}={value}" for key, value in fields.items()), ""])


def exec_line(command: Sequence[str]) -> str:
    """The command as the key Exec wants it: quoted, and escaped for the file once more."""
    return " ".join(map(_quoted, command)).replace("\\", "\\\\").replace("%", "%%")


def program_of(text: str) -> str:
    """The program that an entry starts, "" where it starts none."""
    line = value_of(text, "Exec").replace("%%", "%").replace("\\\\", "\\")
    word = WORD.match(line)
    if word is None:
        return ""
    return word[2] if word[1] is None else re.sub(r"\\(.)", r"\1", word[1])


def value_of(text: str, key: str) -> str:
    """What an entry says under a key, "" where it says nothing."""
    found = re.search(rf"^{re.escape(key)}[ \t]*=[ \t]*(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def _quoted(word: str) -> str:
    if PLAIN.fullmatch(word):
        return word
    return '"{}"'.format(RESERVED.sub(r"\\\1", word))

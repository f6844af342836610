"""The file overview in docs/architecture.md, built from the docstring of each module."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- overview: written by `dev.py check --write-overview` -->", "<!-- end -->"
TREES = ("domain", "desktop", "syncserver", "demo", "bench", "tooling", "tests")
COLUMN = 34


def overview(root: Path = ROOT) -> str:
    """One line for each file, in a code block; a test's line is the file that it mirrors."""
    lines = [_line("dev.py", first_line(root / "dev.py"))]
    for tree in TREES:
        if (root / tree).is_dir():
            lines += _folder_lines(root / tree, depth=0)
    return "\n".join(["```", *lines, "```"])


def first_line(path: Path) -> str:
    """First line of a module's docstring; empty when it has none."""
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    return docstring.splitlines()[0] if docstring else ""


def renewed(document: str, new: str) -> str:
    """The document with what stands between its two markers replaced."""
    head, _, rest = document.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{new}\n{END}{tail}"


def _folder_lines(folder: Path, depth: int) -> Iterator[str]:
    entries = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    inside = [line for entry in entries for line in _entry_lines(entry, depth + 1)]
    package = folder / "__init__.py"
    about = first_line(package) if package.exists() else ""
    if inside or about:
        yield _line(f"{'  ' * depth}{folder.name}/", about)
        yield from inside


def _entry_lines(entry: Path, depth: int) -> Iterator[str]:
    if entry.is_dir():
        yield from _folder_lines(entry, depth)
    elif entry.suffix == ".py" and entry.name != "__init__.py" and not _is_mirror(entry):
        yield _line(f"{'  ' * depth}{entry.name}", first_line(entry))


def _is_mirror(path: Path) -> bool:
    return path.name.startswith("test_")


def _line(name: str, about: str) -> str:
    return f"{name:{COLUMN}}{about}".rstrip()


def main(arguments: list[str]) -> int:
    document = DOCUMENT.read_text("utf-8")
    wanted = renewed(document, overview())
    if document == wanted:
        return 0
    if "--write" in arguments:
        DOCUMENT.write_text(wanted, "utf-8")
        return 0
    print("The file overview is out of date: run `python3 dev.py check --write-overview`.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

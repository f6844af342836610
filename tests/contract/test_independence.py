"""The suite itself: it stands outside, and so can be held against a relay of another make."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

OURS = {"domain", "desktop", "syncserver", "resources"}
ALLOWED_TESTS = "tests.contract"
FILES = sorted(Path(__file__).parent.glob("*.py"))


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_it_imports_nothing_of_the_programs(file: Path) -> None:
    names = list(imported(file))

    assert not OURS & {name.partition(".")[0] for name in names}
    assert all(name.startswith(ALLOWED_TESTS) for name in names if name.startswith("tests"))

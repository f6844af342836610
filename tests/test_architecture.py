"""The architecture, as tests: floors, names, docstrings, and a test for each file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tooling import overview

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("domain", "desktop", "syncserver")
PYTHON_FOLDERS = (*PRODUCT, "demo", "bench", "tooling", "tests")
BANNED_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager"}
QT = {"PySide6", "qasync", "shiboken6"}
MAY_USE_QT = ("desktop/ui/", "desktop/app/")

# Files without a test file of their own name, each with the reason; `*` spans folders.
TESTED_ELSEWHERE = {
    "*/__main__.py": "an entry point: run as a program by the tests in tests/end2end",
    "syncserver/storage/migrations/*": "a migration: run by the tests of the store it changes",
    "desktop/app/*": "what joins all parts: run as a program by tests/end2end/test_desktops.py",
    "desktop/doctor/examination.py": "all steps, in order: by tests/end2end/test_doctor.py",
    "desktop/doctor/findings.py": "values, without behaviour",
    "desktop/sync/relay_link.py": "protocols and exceptions, without behaviour",
    "desktop/sync/states.py": "a value, without behaviour",
    "desktop/ui/admin/*": "parts of one screen: used as a person does in its test_*.py",
    "desktop/ui/attention/*": "parts of one screen: used as a person does in its test_screen.py",
    "desktop/ui/doctor/*": "parts of one screen: used as a person does in its test_screen.py",
    "desktop/ui/entries/*": "parts of two screens: used in test_screen.py and tests/…/reviews",
    "desktop/ui/reviews/*": "parts of one screen: used as a person does in its test_screen.py",
    "desktop/ui/schedule/calendar/*": "parts of one screen: used as a person does in its tests",
    "desktop/ui/settings/*": "parts of one screen: used as a person does in its test_screen.py",
    "desktop/ui/students/*": "parts of one screen: used as a person does in its test_screen.py",
    "desktop/ui/today/*": "parts of one screen: used as a person does in its test_screen.py",
    "desktop/ui/widgets/row_*": "parts of a row list: drawn and pressed in test_row_list.py",
    "syncserver/sockets/*": "parts of a live connection: tests/end2end/test_socketio_*.py",
}


def python_files(*folders: str) -> Iterator[Path]:
    """The Python files of the folders, relative to the project."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" not in path.parts:
                yield path.relative_to(ROOT)


def test_each_import_contract_holds() -> None:
    command = "from importlinter.cli import lint_imports_command as run; run()"

    finished = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert finished.returncode == 0, finished.stdout


def test_qt_is_imported_in_the_user_interface_and_the_application_only() -> None:
    strangers = [
        str(path)
        for path in python_files(*PRODUCT)
        if not path.as_posix().startswith(MAY_USE_QT) and QT & imported_packages(path)
    ]

    assert strangers == []


def imported_packages(path: Path) -> set[str]:
    """Top-level names of all that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_each_file_says_in_one_line_what_it_is() -> None:
    assert [str(path) for path in python_files(*PYTHON_FOLDERS) if not has_summary(path)] == []


def has_summary(path: Path) -> bool:
    """Whether the docstring begins with one whole line; an empty `__init__.py` needs none."""
    text = (ROOT / path).read_text("utf-8")
    if path.name == "__init__.py" and not text.strip():
        return True
    lines = (ast.get_docstring(ast.parse(text)) or "").splitlines()
    return bool(lines) and bool(lines[0]) and (len(lines) == 1 or not lines[1])


def test_no_name_of_a_file_is_a_drawer_for_anything() -> None:
    drawers = [
        str(path)
        for path in python_files(*PYTHON_FOLDERS)
        if any(BANNED_WORDS & set(Path(part).stem.split("_")) for part in path.parts)
    ]

    assert drawers == []


def test_the_overview_in_the_document_is_that_of_the_docstrings() -> None:
    document = overview.DOCUMENT.read_text("utf-8")

    assert document == overview.renewed(document, overview.overview()), (
        "run `python3 dev.py check --write-overview`"
    )


def test_each_file_has_its_own_test_file() -> None:
    tests = {path.as_posix() for path in python_files("tests")}

    untested = [
        str(path)
        for path in python_files(*PRODUCT)
        if needs_a_test(path) and not tests & set(names_of_test_files(path))
    ]

    assert untested == []


def needs_a_test(path: Path) -> bool:
    is_excepted = any(fnmatch(path.as_posix(), pattern) for pattern in TESTED_ELSEWHERE)
    return path.name != "__init__.py" and not is_excepted


def names_of_test_files(path: Path) -> tuple[str, str]:
    """`a/b/test_c.py` or, where the folder holds one screen, `a/test_b_c.py`."""
    folder = path.parent
    return (
        f"tests/{folder.as_posix()}/test_{path.name}",
        f"tests/{folder.parent.as_posix()}/test_{folder.name}_{path.name}",
    )


@pytest.mark.parametrize("pattern", TESTED_ELSEWHERE)
def test_each_exception_is_still_needed(pattern: str) -> None:
    assert any(fnmatch(path.as_posix(), pattern) for path in python_files(*PRODUCT))


def test_each_dependency_has_its_reason_in_the_document() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = [
        *settings["project"]["dependencies"],
        *settings["build-system"]["requires"],
        *(name for group in settings["dependency-groups"].values() for name in group),
    ]
    _, _, table = overview.DOCUMENT.read_text("utf-8").partition("## Dependencies, and why")

    unexplained = [
        name
        for name in map(package_name, named)
        if not re.search(rf"\b{re.escape(name)}\b", table, re.IGNORECASE)
    ]

    assert unexplained == []


def package_name(requirement: str) -> str:
    return re.split(r"[\[<>=; ]", requirement, maxsplit=1)[0]

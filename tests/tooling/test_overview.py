"""The file overview, on a small tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tooling.overview import BEGIN, END, first_line, overview, renewed


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "dev.py").write_text('"""The commands."""\n')
    deep = tmp_path / "domain" / "deep"
    deep.mkdir(parents=True)
    (tmp_path / "domain" / "__init__.py").write_text('"""Rules."""\n')
    (tmp_path / "domain" / "ids.py").write_text('"""Identifiers.\n\nMore.\n"""\n')
    (deep / "__init__.py").touch()
    (deep / "down.py").write_text('"""Below."""\n')
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_ids.py").write_text('"""Mirrors."""\n')
    return tmp_path


def test_each_file_has_its_docstring_s_first_line_and_mirrors_are_left_out(root: Path) -> None:
    lines = [line.split(maxsplit=1) for line in overview(root).splitlines()]

    assert lines == [
        ["```"],
        ["dev.py", "The commands."],
        ["domain/", "Rules."],
        ["ids.py", "Identifiers."],
        ["deep/"],
        ["down.py", "Below."],
        ["```"],
    ]


def test_a_file_without_a_docstring_has_an_empty_line(tmp_path: Path) -> None:
    (tmp_path / "bare.py").write_text("x = 1\n")

    assert first_line(tmp_path / "bare.py") == ""


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    document = f"before\n{BEGIN}\nold\n{END}\nafter\n"

    assert renewed(document, "new") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"

"""Desktop entries, as the specification wants them."""

from __future__ import annotations

import configparser

import pytest

from desktop.launching.desktop_entry import entry_text, exec_line, program_of, value_of


def test_an_entry_can_be_read_as_what_it_is() -> None:
    text = entry_text(["/usr/bin/tandem", "--minimized"], {"MimeType": "a/b;"}, takes_link=True)

    read = configparser.RawConfigParser()
    read.read_string(text)
    entry = read["Desktop Entry"]
    assert entry["Exec"] == "/usr/bin/tandem --minimized %u"
    assert (entry["Type"], entry["Name"], entry["Icon"]) == ("Application", "Tandem", "tandem")
    assert entry["MimeType"] == "a/b;"
    assert text.endswith("\n")


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("/opt/my apps/tandem", '"/opt/my apps/tandem"'),
        ('a"b', r'"a\\"b"'),
        ("cost$", r'"cost\\$"'),
        ("back\\slash", r'"back\\\\slash"'),
        ("100%", '"100%%"'),
        ("", '""'),
    ],
)
def test_words_are_quoted_and_the_program_is_found_again(word: str, written: str) -> None:
    assert exec_line([word, "--minimized"]) == f"{written} --minimized"
    assert program_of(entry_text([word, "--minimized"], {})) == word


def test_an_entry_without_the_key_says_nothing() -> None:
    assert value_of("[Desktop Entry]\nHidden = true\n", "Hidden") == "true"
    assert value_of("[Desktop Entry]\n", "Hidden") == ""
    assert program_of("") == ""
    assert program_of("[Desktop Entry]\nExec=\n") == ""

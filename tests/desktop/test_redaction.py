"""Texts that may leave this computer."""

from pathlib import Path

import pytest

from desktop.redaction import redacted


@pytest.mark.parametrize(
    "secret",
    [
        "eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl",
        "Bearer abc.def",
        "Q7XK-9MPA",
        "ada.lovelace+x@mail.example.org",
        "me:hunter2",
    ],
)
def test_what_looks_like_a_secret_is_hidden(secret: str) -> None:
    text = f"http://{secret}@proxy:1" if ":" in secret else f"before {secret} after"

    shown = redacted(text)

    assert secret not in shown
    assert "[hidden]" in shown


def test_names_are_hidden_as_whole_words_the_longest_first() -> None:
    shown = redacted("Ana Ortiz saw Ana eat a Banana.", ["Ana", "Ana Ortiz", " "])

    assert shown == "[hidden] saw [hidden] eat a Banana."


def test_the_persons_folder_is_shortened() -> None:
    assert redacted("/home/ada/x/y", home=Path("/home/ada")) == "~/x/y"


def test_other_words_stay() -> None:
    text = "2026-11-26 07:00:00,123 INFO desktop.sync: user:01890000-0000-7000-8000-000000000001"

    assert redacted(text) == text

"""The doctor's findings in words."""

import ast
import inspect

import pytest

from desktop.doctor import lines, relay, rooms
from desktop.doctor.findings import Finding, RoomFinding, Step, Verdict, bad
from desktop.ui.doctor import words
from tests.desktop.ui.doctor.findings import FINDINGS, ROOM

FACTS = {"seconds": "90", "why": "No.", "host": "h", "port": "1", "ms": "2", "file": "f"}
FACTS |= {"addresses": "a", "until": "u", "version": "v", "protocol": "1", "proxy": "p"}
FACTS |= {"rooms": "7", "off": "1"}


def codes_in(module: object) -> set[str]:
    """All texts in the source of a part of the doctor that may be codes."""
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and text.isidentifier()}


@pytest.mark.parametrize("step", Step)
def test_every_code_has_a_sentence_and_each_that_is_wrong_an_advice(step: Step) -> None:
    parts = words._PARTS[step](Finding(step, Verdict.GOOD, "", FACTS))

    assert parts
    for code, (sentence, advice) in parts.items():
        told = words.words_of(bad(step, code, **FACTS))
        assert told.sentence.endswith(".")
        assert "%" not in told.sentence + told.advice, (sentence, advice)


def test_the_words_know_what_the_steps_can_find() -> None:
    told = {code for step in Step for code in words._PARTS[step](FINDINGS[5])}
    found = codes_in(lines) | codes_in(relay) | codes_in(rooms)
    from_the_api = {"unreachable", "foreign", "untrusted", "proxy", "no_address"}

    assert told - found <= from_the_api


def test_what_was_not_looked_at_says_why() -> None:
    nobody = words.words_of(Finding(Step.TOKEN, Verdict.SKIPPED, "nobody"))
    ended = words.words_of(Finding(Step.TOKEN, Verdict.SKIPPED, "ended"))

    assert nobody.sentence == "Nobody is signed in here yet."
    assert ended.sentence == "First mend what stands above."


@pytest.mark.parametrize(
    ("seconds", "span"),
    [(90, "90 seconds"), (150, "2 minutes"), (7260, "2 hours"), (400_000, "4 days")],
)
def test_a_clock_that_is_off_is_told_in_a_unit_of_which_there_are_two(
    seconds: int, span: str
) -> None:
    told = words.words_of(bad(Step.CLOCK, "behind", seconds=str(seconds)))

    assert told.sentence == f"The clock of this computer is {span} behind."


def test_rooms_are_called_by_their_people() -> None:
    assert words.room_name("mentors", "") == "The room of all mentors"
    assert words.room_name(ROOM, "Ana") == "The room of the student Ana"
    assert words.room_name(ROOM, "") == "The room of the student 01890000"
    assert words.room_words(RoomFinding(ROOM, 3, None)) == (
        "The relay does not give it to you any more."
    )


def test_an_unknown_certificate_is_answered_with_where_it_belongs() -> None:
    told = words.words_of(bad(Step.TLS, "untrusted", host="h", file="/home/ana/ca.pem"))

    assert "save that as /home/ana/ca.pem" in told.advice


def test_the_report_has_every_step_and_rooms_without_names() -> None:
    text = words.report("https://tandem.example.org", "Tandem 1, Linux", FINDINGS)

    assert [line for line in text.splitlines() if line.startswith("[")] == [
        "[Good] Proxy: No proxy is set; the line goes straight to the relay.",
        "[Good] Name: tandem.example.org is known: 192.0.2.7.",
        "[Good] Reachability: tandem.example.org answers at port 443 after 12 ms.",
        "[Good] Encryption (TLS): The certificate of tandem.example.org is trusted, "
        "until 4 March 2027.",
        "[Good] Version: The relay is Tandem 1.2, and speaks as this program does.",
        "[Wrong] Clock: The clock of this computer is 2 hours ahead. Set the clock of this "
        "computer, best by itself from the network. The order of changes does not depend on it, "
        "but reminders do.",
        "[Good] Sign-in: The relay takes the sign-in of this computer.",
        "[Note] Rooms and versions: Rooms that are not at the relay's version: 1 of 7. This is so "
        "while changes come in. Look again; if it stays, press Sync now.",
        "[Wrong] Contents: Rooms that hold other rows than the relay's: 1 of 7. Resync them: they "
        "are copied anew, and what you have not sent yet is kept.",
    ]
    assert f"  {ROOM}: Its rows here are not those of the relay." in text.splitlines()

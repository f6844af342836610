"""What the demo without a screen prints, and when it fails."""

from collections.abc import Callable
from pathlib import Path

import pytest

from demo.desk import DeskTrouble
from demo.proof import Proof
from demo.relay import RelayProcess
from demo.stage import Stage
from demo.stories import MOST_TRIES, STORIES, MentorPlans, Story, StudentRegisters


class Told(Story):
    """A story that takes as long as it is told to."""

    name = "T9"
    insider = "nobody"
    outsiders = ()

    def __init__(self, online: list[int], offline: list[int]) -> None:
        super().__init__()
        self._online = online
        self._offline = offline

    async def online(self, stage: Stage, at: int) -> int:
        return self._online[at]

    async def offline(self, stage: Stage, at: int) -> int:
        return self._offline[at]


class Broken(Told):
    """A story in which somebody sees nothing when online."""

    async def online(self, stage: Stage, at: int) -> int:
        raise DeskTrouble("rafael: seen was not done\nwithin 30 s")


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """A stage on which nobody stands."""
    return Stage(RelayProcess(tmp_path / "relay", {}, tmp_path / "log"), {}, "CODE")


Lines = Callable[[], list[str]]


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Lines:
    return lambda: capsys.readouterr().out.splitlines()


async def test_each_time_is_the_median_of_the_tries(stage: Stage, lines: Lines) -> None:
    story = Told([900, 80, 90, 70, 85], [1000, 2000, 3000, 4000, 50])

    await Proof(stage, 5).tell([story])

    assert lines()[:2] == ["T9 online ok 85 ms", "T9 offline ok 2000 ms"]


async def test_online_above_a_second_fails_and_offline_does_not(stage: Stage, lines: Lines) -> None:
    proof = Proof(stage, 1)

    await proof.tell([Told([1001], [1001])])

    assert lines()[:2] == [
        "T9 online failed: it took 1001 ms, and 1000 are too many",
        "T9 offline ok 1001 ms",
    ]
    assert proof.end() == 1


async def test_a_story_that_fails_says_why_in_one_line_and_the_next_is_told(
    stage: Stage, lines: Lines
) -> None:
    proof = Proof(stage, 1)

    await proof.tell([Broken([], [20])])

    assert lines()[:2] == [
        "T9 online failed: rafael: seen was not done within 30 s",
        "T9 offline ok 20 ms",
    ]


async def test_the_last_line_and_the_code_say_whether_all_is_well(
    stage: Stage, lines: Lines
) -> None:
    good, bad = Proof(stage, 1), Proof(stage, 1)
    await bad.tell([Broken([], [20])])
    lines()

    assert (good.end(), bad.end()) == (0, 1)

    assert lines() == ["demo ok", "demo failed"]


async def test_stories_without_a_secret_leave_the_outsider_unproved(
    stage: Stage, lines: Lines
) -> None:
    await Proof(stage, 1).tell([Told([1], [1])])

    assert lines()[2] == "outsider failed: T9 left nothing to search for"


def test_the_stories_are_told_in_the_order_of_the_contract() -> None:
    assert [story.name for story in STORIES] == sorted(story.name for story in STORIES)


def test_each_try_has_words_of_its_own() -> None:
    for words in (StudentRegisters.people, MentorPlans.titles):
        assert len({one for pair in words for one in pair}) == 2 * MOST_TRIES

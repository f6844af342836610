"""Coverage held against its floors."""

from __future__ import annotations

from tooling.coverage_floors import measured_percents, shortfalls


def test_a_file_below_its_floor_is_named_with_both_numbers() -> None:
    assert list(shortfalls({"domain/*": 100}, {"domain/ids.py": 98.76})) == [
        "domain/ids.py: 98.8 % is covered, and the floor is 100 %."
    ]


def test_files_at_their_floor_or_without_one_say_nothing() -> None:
    assert not list(shortfalls({"domain/*": 100}, {"domain/ids.py": 100, "bench/rows.py": 0}))


def test_the_first_pattern_that_fits_decides() -> None:
    floors = {"desktop/sync/client.py": 100, "desktop/*": 50}

    found = list(shortfalls(floors, {"desktop/sync/client.py": 60, "desktop/app.py": 60}))

    assert len(found) == 1


def test_a_floor_that_guards_no_file_is_a_shortfall() -> None:
    assert list(shortfalls({"domain/moved.py": 100}, {})) == [
        "domain/moved.py: no measured file has this name, so its floor guards nothing."
    ]


def test_percents_are_read_from_coverage_s_report_with_forward_slashes() -> None:
    report = {"files": {"domain\\ids.py": {"summary": {"percent_covered": 87.5}}}}

    assert measured_percents(report) == {"domain/ids.py": 87.5}

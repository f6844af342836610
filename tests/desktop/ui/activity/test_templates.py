"""Templates name what they are filled with, and one's own say *you*."""

from __future__ import annotations

import re

import pytest

from desktop.ui.activity.templates import COHORT, ENTRY, OWN_COHORT, SESSION
from domain.activities import Kind

NAMES = {"actor", "title", "student", "cohort", "name"}
OTHERS = [
    *[form for forms in SESSION.values() for form in (forms.plain, forms.with_student)],
    *[form for forms in ENTRY.values() for form in forms[:3]],
]
OWN = [
    *[form for forms in SESSION.values() for form in (forms.own, forms.own_with_student)],
    *[form for forms in ENTRY.values() for form in (forms.own, forms.own_as_mentor)],
    *OWN_COHORT.values(),
]


def names_in(template: object) -> set[str]:
    return set(re.findall(r"{(\w+)}", str(template)))


@pytest.mark.parametrize("template", OTHERS, ids=str)
def test_others_deeds_name_who_did_them(template: object) -> None:
    assert {"actor", "title"} <= names_in(template) <= NAMES


@pytest.mark.parametrize("template", OWN, ids=str)
def test_own_deeds_say_you(template: object) -> None:
    assert str(template).startswith("You ")
    assert "actor" not in names_in(template)
    assert names_in(template) <= NAMES


def test_who_has_several_students_reads_which_one() -> None:
    for forms in SESSION.values():
        assert "student" in names_in(forms.with_student) & names_in(forms.own_with_student)
        assert "student" not in names_in(forms.plain) | names_in(forms.own)


def test_every_kind_of_a_session_and_an_entry_has_its_own() -> None:
    told = {*SESSION, *ENTRY, Kind.SCHEDULE_STATUS_CHANGED, Kind.ENTRY_STATUS_CHANGED}

    assert {kind for kind in Kind if kind.startswith(("schedule:", "entry:", "comment:"))} <= told
    assert all("cohort" in names_in(template) for template in COHORT.values())

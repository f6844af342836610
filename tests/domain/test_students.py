"""Student and mentor cards: the directory holds no address and no learning data."""

from domain.students import MentorCard, StudentCard

COMMON = {"id", "room", "version", "created_at", "updated_at", "name", "registered_at", "state"}


def test_cards_hold_what_all_mentors_may_know_and_nothing_else() -> None:
    assert set(MentorCard.__struct_fields__) == COMMON
    assert set(StudentCard.__struct_fields__) == COMMON | {"cohort_id", "mentor_ids"}

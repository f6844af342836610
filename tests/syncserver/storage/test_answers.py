"""Kept answers: one a request, for ever or until their time is over."""

from syncserver.storage.answers import KeptAnswer, answer_of, forget_answers, keep_answer
from syncserver.storage.ledger import Ledger
from tests.builders import NOW, ahead, id_of

FIRST = KeptAnswer(id_of("key"), "hash", b"sealed", NOW, None)


def kept(ledger: Ledger, answer: KeptAnswer) -> KeptAnswer:
    return ledger.write(lambda writing: keep_answer(writing.connection, answer))


def found(ledger: Ledger, answer_id: str) -> KeptAnswer | None:
    return ledger.read(lambda reading: answer_of(reading.connection, answer_id))


def test_an_answer_is_found_again(ledger: Ledger) -> None:
    assert found(ledger, FIRST.id) is None

    assert kept(ledger, FIRST) == FIRST
    assert found(ledger, FIRST.id) == FIRST


def test_the_first_answer_stands(ledger: Ledger) -> None:
    kept(ledger, FIRST)

    assert kept(ledger, FIRST._replace(request_hash="another")) == FIRST
    assert found(ledger, FIRST.id) == FIRST


def test_only_what_is_over_is_forgotten(ledger: Ledger) -> None:
    until = {id_of("for ever"): None, id_of("over"): NOW, id_of("not yet"): ahead(hours=2)}
    for answer_id, end in until.items():
        kept(ledger, FIRST._replace(id=answer_id, until=end))

    count = ledger.write(lambda writing: forget_answers(writing.connection, ahead(hours=1)))

    left = {answer_id for answer_id in until if found(ledger, answer_id)}
    assert (count, left) == (1, {id_of("for ever"), id_of("not yet")})

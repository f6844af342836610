"""What every error has to look like: application/problem+json with a code and a sentence."""

import re

import httpx

from tests.contract.people import Json

EXCEPTION = re.compile(r"\b\w*(Error|Exception|Traceback)\b|\bmsgspec\b|\bsqlite\b")


def assert_problem(answer: httpx.Response, status: int, code: str) -> Json:
    """The problem, once it is what the contract says."""
    assert answer.headers["Content-Type"].partition(";")[0] == "application/problem+json"
    problem: Json = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), problem
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith((".", "!"))
    assert not EXCEPTION.search(problem["detail"])
    for error in problem.get("errors", []):
        assert set(error) == {"field", "code", "message"}
    return problem

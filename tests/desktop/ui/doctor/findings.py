"""Findings of the doctor, of every verdict."""

from desktop.doctor.findings import Finding, RoomFinding, Step, Verdict, bad, good

ROOM = "student:01890000-0000-7000-8000-000000000001"
HOST = "tandem.example.org"
FINDINGS = (
    good(Step.PROXY, "none"),
    good(Step.NAME, "known", host=HOST, addresses="192.0.2.7"),
    good(Step.REACH, "open", host=HOST, port="443", ms="12"),
    good(Step.TLS, "trusted", host=HOST, until="2027-03-04"),
    good(Step.VERSION, "fits", version="1.2", protocol="1"),
    bad(Step.CLOCK, "ahead", seconds="7260"),
    good(Step.TOKEN, "taken"),
    Finding(
        Step.ROOMS,
        Verdict.NOTE,
        "behind",
        {"off": "1", "rooms": "7"},
        (RoomFinding("mentors", 3, 5), RoomFinding("cohort:1", None, 5)),
    ),
    Finding(
        Step.CONTENTS,
        Verdict.BAD,
        "differ",
        {"off": "1", "rooms": "7"},
        (RoomFinding(ROOM, 17, 17, differs=True),),
    ),
)

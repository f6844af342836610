"""What the doctor found, in words: a sentence a step, and what one can do about it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from desktop.doctor.findings import Finding, RoomFinding, Step, Verdict
from domain.rooms import MENTORS, room_kind, room_subject


class Words(NamedTuple):
    """`advice` is empty where nothing is to be done."""

    sentence: str
    advice: str = ""


def title_of(step: Step) -> str:
    return {
        Step.PROXY: _tr("Proxy"),
        Step.NAME: _tr("Name"),
        Step.REACH: _tr("Reachability"),
        Step.TLS: _tr("Encryption (TLS)"),
        Step.VERSION: _tr("Version"),
        Step.CLOCK: _tr("Clock"),
        Step.TOKEN: _tr("Sign-in"),
        Step.ROOMS: _tr("Rooms and versions"),
        Step.CONTENTS: _tr("Contents"),
    }[step]


def words_of(finding: Finding) -> Words:
    """The sentences of one finding."""
    if finding.verdict is Verdict.SKIPPED:
        if finding.code == "nobody":
            return Words(_tr("Nobody is signed in here yet."))
        return Words(_tr("First mend what stands above."))
    sentence, advice = _PARTS[finding.step](finding).get(finding.code, (finding.code, ""))
    return Words(_filled(sentence, finding), _filled(advice, finding))


def verdict_of(verdict: Verdict) -> str:
    """The verdict as a word, for those who do not see its shape."""
    return {
        Verdict.GOOD: _tr("Good"),
        Verdict.NOTE: _tr("Note"),
        Verdict.BAD: _tr("Wrong"),
        Verdict.SKIPPED: _tr("Not looked at"),
    }[verdict]


def room_name(room: str, name: str) -> str:
    """What a room is called; `name` is that of its person or cohort, "" where it is not known."""
    words = {
        "user": _tr("Your own room"),
        "student": _tr("The room of the student %1"),
        "cohort": _tr("The room of the cohort %1"),
    }
    if room == MENTORS:
        return _tr("The room of all mentors")
    return words[room_kind(room)].replace("%1", name or room_subject(room)[:8])


def room_words(one: RoomFinding) -> str:
    """How a room stands."""
    if one.differs:
        return _tr("Its rows here are not those of the relay.")
    if one.here is None:
        return _tr("It has not come yet.")
    if one.there is None:
        return _tr("The relay does not give it to you any more.")
    return (
        _tr("Here version %1, on the relay %2.")
        .replace("%1", str(one.here))
        .replace("%2", str(one.there))
    )


def report(server: str, about: str, findings: Iterable[Finding]) -> str:
    """Everything as text to send to somebody: rooms by their ids, and no name of a person."""
    lines = [_tr("Connection doctor"), about, server, ""]
    for finding in findings:
        words = words_of(finding)
        lines.append(
            f"[{verdict_of(finding.verdict)}] {title_of(finding.step)}: {words.sentence}"
            + (f" {words.advice}" if words.advice else "")
        )
        lines += [f"  {one.room}: {room_words(one)}" for one in finding.rooms]
    return "\n".join(lines) + "\n"


def _filled(text: str, finding: Finding) -> str:
    for name, value in finding.facts.items():
        text = text.replace(f"%{name}%", value)
    return text


Parts = dict[str, tuple[str, str]]


def _proxy(_finding: Finding) -> Parts:
    return {
        "none": (_tr("No proxy is set; the line goes straight to the relay."), ""),
        "used": (_tr("All lines go through the proxy %proxy%."), ""),
        "unusable": (
            _tr("A proxy of a kind that Tandem cannot use is set: %proxy%."),
            _tr("The line goes straight to the relay. Where that is barred, set an HTTP proxy."),
        ),
    }


def _name(_finding: Finding) -> Parts:
    check = _tr("Check the address for a typing error, and whether this computer is online.")
    return {
        "known": (_tr("%host% is known: %addresses%."), ""),
        "unknown": (_tr("Nobody knows a computer with the name %host%."), check),
        "silent": (_tr("The question for the name %host% was not answered in time."), check),
        "no_address": ("%why%", _tr("Sign out and in again with the right address.")),
    }


def _reach(_finding: Finding) -> Parts:
    ask = _tr("Ask who runs the relay whether it is on, and whether this is its address.")
    return {
        "open": (_tr("%host% answers at port %port% after %ms% ms."), ""),
        "refused": (_tr("%host% is there, but nothing listens at port %port%."), ask),
        "silent": (
            _tr("%host% did not answer at port %port% in time."),
            _tr("A firewall may be between, or the relay is off. Try another network, or ask."),
        ),
        "no_way": (
            _tr("There is no way to %host%."),
            _tr("Check whether this computer is online. What you do meanwhile is kept."),
        ),
    }


def _tls(finding: Finding) -> Parts:
    own = _tr(
        "If the relay has a certificate of its own, save that as %file% and start Tandem anew. "
        "Otherwise do not go on in this network: somebody may be reading."
    )
    until = _day(finding.facts.get("until", ""))
    renew = _tr("Ask who runs the relay to renew it; and check the date of this computer.")
    return {
        "here": (_tr("The relay runs on this computer; nothing needs to be encrypted."), ""),
        "plain": (
            _tr("The line to %host% is not encrypted: others in the network can read along."),
            _tr("Ask who runs the relay for an address that begins with https://."),
        ),
        "trusted": (
            _tr("The certificate of %host% is trusted, until %1.").replace("%1", until),
            "",
        ),
        "by_proxy": (_tr("The certificate is looked at through the proxy, with the version."), ""),
        "untrusted": (_tr("The certificate of %host% is not trusted by this computer."), own),
        "expired": (_tr("The certificate of %host% has expired."), renew),
        "other_name": (
            _tr("The certificate there is for another name than %host%."),
            _tr("Use the name that it was made for, or ask who runs the relay."),
        ),
        "no_tls": (
            _tr("%host% does not speak TLS at this port."),
            _tr("Check the port in the address; perhaps another program answers there."),
        ),
        "cut": (_tr("%host% broke the line off at once."), _tr("Try again in a moment.")),
        "bad_file": ("%why%", _tr("Put the certificate there once more, or take the file away.")),
    }


def _version(_finding: Finding) -> Parts:
    return {
        "fits": (_tr("The relay is Tandem %version%, and speaks as this program does."), ""),
        "desktop_old": (
            _tr("The relay (Tandem %version%) needs a newer program than this one."),
            _tr("Update Tandem. What waits to be sent is kept."),
        ),
        "relay_old": (
            _tr("The relay (Tandem %version%) is older than this program can speak with."),
            _tr("Ask who runs the relay to update it."),
        ),
        "foreign": (
            _tr("Something answers at this address, but it is no Tandem relay."),
            _tr(
                "Check the address. In a hotel or a café, open a web page first and sign in there."
            ),
        ),
        "untrusted": (
            "%why%",
            _tr("A proxy that opens encrypted lines needs its certificate on this computer."),
        ),
        "proxy": ("%why%", _tr("Ask who runs the proxy to let Tandem reach the relay.")),
        "unreachable": (
            _tr("The relay's machine answers, but the relay does not."),
            _tr("Ask who runs the relay whether it is on; it may be starting just now."),
        ),
        "refused": ("%why%", _tr("Try again in a moment.")),
    }


def _clock(finding: Finding) -> Parts:
    set_it = _tr(
        "Set the clock of this computer, best by itself from the network. The order of changes "
        "does not depend on it, but reminders do."
    )
    span = _span(int(finding.facts.get("seconds", "0")))
    return {
        "right": (_tr("The clock of this computer agrees with the relay's."), ""),
        "untold": (_tr("The relay does not say what time it has."), ""),
        "ahead": (_tr("The clock of this computer is %1 ahead.").replace("%1", span), set_it),
        "behind": (_tr("The clock of this computer is %1 behind.").replace("%1", span), set_it),
    }


def _token(_finding: Finding) -> Parts:
    again = _tr("Sign in again, at the foot of the sidebar. What waits to be sent is kept.")
    return {
        "taken": (_tr("The relay takes the sign-in of this computer."), ""),
        "signed_out": ("%why%", again),
        "not_taken": (_tr("The relay does not take the sign-in of this computer."), again),
        "desktop_old": ("%why%", _tr("Update Tandem. What waits to be sent is kept.")),
        "not_let_in": ("%why%", _tr("Try again in a moment.")),
    }


def _rooms(_finding: Finding) -> Parts:
    return {
        "in_step": (_tr("Everything here is as new as on the relay."), ""),
        "behind": (
            _tr("Rooms that are not at the relay's version: %off% of %rooms%."),
            _tr("This is so while changes come in. Look again; if it stays, press Sync now."),
        ),
    }


def _contents(_finding: Finding) -> Parts:
    return {
        "same": (_tr("What is here is what the relay has, row by row."), ""),
        "differ": (
            _tr("Rooms that hold other rows than the relay's: %off% of %rooms%."),
            _tr("Resync them: they are copied anew, and what you have not sent yet is kept."),
        ),
        "unreadable": (
            _tr("What is here cannot be read. %why%"),
            _tr("Start Tandem again, and look once more."),
        ),
    }


_PARTS: dict[Step, Callable[[Finding], Parts]] = {
    Step.PROXY: _proxy,
    Step.NAME: _name,
    Step.REACH: _reach,
    Step.TLS: _tls,
    Step.VERSION: _version,
    Step.CLOCK: _clock,
    Step.TOKEN: _token,
    Step.ROOMS: _rooms,
    Step.CONTENTS: _contents,
}


def _day(told: str) -> str:
    """`28 February 2029` of an ISO date; what is none stays as it is."""
    day = QDate.fromString(told, Qt.DateFormat.ISODate)
    return QLocale().toString(day, _tr("d MMMM yyyy")) if day.isValid() else told


def _span(seconds: int) -> str:
    """Seconds in the largest unit of which there are two."""
    units = ((86_400, _days), (3_600, _hours), (60, _minutes))
    for size, words in units:
        if seconds >= 2 * size:
            return words(seconds // size)
    return _n("%n seconds", seconds)


def _days(count: int) -> str:
    return _n("%n days", count)


def _hours(count: int) -> str:
    return _n("%n hours", count)


def _minutes(count: int) -> str:
    return _n("%n minutes", count)


def _n(text: str, count: int) -> str:
    return QCoreApplication.translate("Doctor", text, "", count)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Doctor", text)

"""What the ledger tells of the stored records, entry by entry (R-SUP-06).

Newer entries carry the seals of the rows that they record. Older ones say less: what they do say
is kept as plain facts, so that an upgraded company is compared as far as its entries go.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from certify.domain.ledger_chain import Line


@dataclass(slots=True)
class Told:
    """What the entries say of one row."""

    sequence: int
    """Of the latest entry about it."""
    facts: dict[str, Any]
    seal: str = ""
    """Empty where only older releases wrote of it."""


class Story:
    """All that the ledger tells, taken in order."""

    def __init__(self) -> None:
        self.rows: dict[str, Told] = {}
        """By the name of the row. Certificates and what belongs to them are named by their
        number, markings by what they mark."""
        self.changes: Counter[tuple[int, str, str]] = Counter()
        """Changes of states as older releases tell them: person, moment, state."""
        self.superseded: set[tuple[int, str]] = set()
        """Person and moment of the levels given by older releases, which end lower ones."""
        self.erased: dict[int, int] = {}
        """People whose data were removed, with the number of the entry."""
        self.closed: dict[int, bool] = {}
        """Closed periods, and whether the ledger tells of every single result."""
        self.checkpoints: set[tuple[int, str]] = set()
        """Number and hash of the entries that were signed."""
        self.unreadable: list[int] = []
        """Entries that say nothing that certify would say."""
        self._ends: dict[tuple[int, str, str], str] = {}
        """Number of a certificate by person, code and last valid day."""
        self._keys: list[str] = []
        self.renamed: set[int] = set()
        """People who got another name."""
        self.roles: dict[int, Told] = {}
        """The roles of each person whom the ledger tells of, under `roles`."""
        self.alone: dict[int, str] = {}
        """Entries of one person about what may take two, with the row of the rules in force."""
        self._rules = ""
        self._proposed: dict[int, int] = {}
        """Who made each proposal."""
        self._confirmed = (0, 0)
        """The entry of the last confirmation, and whom it was about."""

    def take(self, line: Line) -> None:
        """The next entry."""
        try:
            for name, seal in line.facts.get("seals", {}).items():
                self._about(name, line).seal = seal
            if number := _export_number(line):
                self._numbered(line, number)
            if reader := READERS.get(line.action):
                reader(self, line, line.facts)
        except (AttributeError, KeyError, TypeError, ValueError):
            self.unreadable.append(line.sequence)

    def _about(self, name: str, line: Line, **facts: Any) -> Told:
        told = self.rows.get(name)
        if told is None:
            told = self.rows[name] = Told(line.sequence, {})
        told.sequence = line.sequence
        told.facts.update(facts)
        return told

    def _started(self, line: Line, facts: dict[str, Any]) -> None:
        is_open = line.action == "attempt-started"  # a practical waits for its examiner at once
        state = "open" if is_open else "awaiting-marking"
        own = {"person_id": facts["person"], "exam_id": facts["exam"], "state": state}
        self._about(line.subject, line, **own)

    def _submitted(self, line: Line, facts: dict[str, Any]) -> None:
        own = {name: facts[name] for name in ("by_deadline", "chain_head") if name in facts}
        self._about(line.subject, line, **own, state="awaiting-marking")

    def _scored(self, line: Line, facts: dict[str, Any]) -> None:
        names = ("earned", "possible", "passed")
        result = {name: facts[name] for name in names}
        number = facts.get("result", 1)
        attempt = line.subject.removeprefix("attempt:")
        if parts := facts.get("parts"):
            result["fingerprint"] = parts
        self._about(f"attemptresult:{attempt}/{number}", line, **result)
        is_void = facts["possible"] == "0"
        own = {"earned": facts["earned"], "possible": facts["possible"], "state": "submitted"}
        own["passed"] = None if is_void else facts["passed"]
        own |= {name: facts[name] for name in ("pass_mark", "chain_head") if name in facts}
        self._about(line.subject, line, **own)

    def _marked(self, line: Line, facts: dict[str, Any]) -> None:
        if "seals" not in facts:
            attempt = line.subject.removeprefix("attempt:")
            name = f"marking of {attempt}/{facts['position']}/{facts['round']}"
            self._about(name, line, examiner_id=line.actor_id, share=facts["share"])

    def _granted(self, line: Line, facts: dict[str, Any]) -> None:
        number, person = facts["certificate"], _person(line)
        names = ("code", "valid_from", "valid_to", "basis")
        given = {name: facts[name] for name in names if name in facts}
        given["person_id"] = person
        self._about(f"qualification of {number}", line, **given)
        digest = {"digest": facts["digest"]} if "digest" in facts else {}
        issued = {"revision": 1, "issued_at": line.at.isoformat()}
        self._about(f"certificate {number}", line, **issued, **digest)
        self._ends[person, facts["code"], facts.get("valid_to", "")] = number
        series, year, running, _digit = number.rsplit("-", 3)
        self._counted(line, f"{series}-{year}", int(running))
        if "seals" not in facts:
            self.changes[person, line.at.isoformat(), "active"] += 1
            self.superseded.add((person, line.at.isoformat()))

    def _extended(self, line: Line, facts: dict[str, Any]) -> None:
        person = _person(line)
        number = self._ends.pop((person, facts["code"], facts["before"]), None)
        if number is not None:
            self._ends[person, facts["code"], facts["valid_to"]] = number
            self._about(f"qualification of {number}", line, valid_to=facts["valid_to"])

    def _changed(self, line: Line, facts: dict[str, Any]) -> None:
        state = {"suspension-cause": "suspended", "qualification-revoked": "revoked"}.get(
            line.action, facts.get("state", "")
        )
        if "seals" not in facts:
            self.changes[_person(line), line.at.isoformat(), state] += 1
            return
        is_decided = line.action == "qualification-changed" and state == "revoked"
        if is_decided and self._confirmed != (line.sequence - 1, _person(line)):
            self.alone[line.sequence] = self._rules
        for name in facts["seals"]:
            if name.startswith("qualificationchange:"):
                self._about(name, line, state=state)

    def _reissued(self, line: Line, facts: dict[str, Any]) -> None:
        number, revision = facts["certificate"], facts["revision"]
        before = self.rows.get(f"certificate {number}")
        kept = dict(before.facts) if before else {}
        kept.pop("revision", None)
        self._about(f"revision {number}/{revision - 1}", line, **kept)
        self._about(
            f"certificate {number}",
            line,
            revision=revision,
            digest=facts["digest"],
            issued_at=line.at.isoformat(),
        )

    def _graded(self, line: Line, facts: dict[str, Any]) -> None:
        given = {name: facts[name] for name in ("revision", "final", "grade")}
        self._about(f"evaluation:{facts['evaluation']}", line, person_id=_person(line), **given)

    def _closed(self, line: Line, facts: dict[str, Any]) -> None:
        self.closed[int(line.subject.removeprefix("period:"))] = bool(facts.get("each"))

    def _upheld(self, line: Line, facts: dict[str, Any]) -> None:
        self._about(f"evaluation:{facts['new']}", line)

    def _policy(self, line: Line, facts: dict[str, Any]) -> None:
        number = line.subject.removeprefix("policy:")
        self._rules = f"policyversion:{number}"
        self._about(
            f"policyversion:{number}",
            line,
            digest=facts["digest"],
            at=line.at.isoformat(),
            changed_by=line.actor_id,
            reason=facts["reason"],
        )

    def _proposed_by(self, line: Line, facts: dict[str, Any]) -> None:
        self._proposed[facts["proposal"]] = line.actor_id

    def _confirmed_by(self, line: Line, facts: dict[str, Any]) -> None:
        about, made_by = facts["person"], self._proposed.get(facts["proposal"], line.actor_id)
        if line.actor_id in (made_by, about):
            self.alone[line.sequence] = self._rules
        self._confirmed = line.sequence, about

    def _person_changed(self, line: Line, facts: dict[str, Any]) -> None:
        if "name" in facts.get("fields", ["name"]):
            self.renamed.add(_person(line))
        if "roles" in facts:
            self.roles[_person(line)] = Told(line.sequence, {"roles": facts["roles"]})

    def _numbered(self, line: Line, number: str) -> None:
        series, year, running = number.rsplit("-", 2)
        self._counted(line, f"{series}-{year}", int(running))

    def _counted(self, line: Line, series: str, running: int) -> None:
        told = self.rows.get(f"counter:{series}")
        last = told.facts["last"] if told else 0
        self._about(f"counter:{series}", line, last=max(last, running))

    def _key(self, line: Line, _facts: dict[str, Any]) -> None:
        name = line.subject.removeprefix("key:")
        if line.action == "signing-key-rotated":
            for older in self._keys:
                self._about(f"signingkey:{older}", line, retired_at=line.at.isoformat())
            self._keys = []
        self._keys.append(name)
        made = {"made_at": line.at.isoformat(), "made_by": line.actor_id, "retired_at": None}
        self._about(f"signingkey:{name}", line, **made)

    def _signed(self, _line: Line, facts: dict[str, Any]) -> None:
        self.checkpoints.add((facts["sequence"], facts["hash"]))

    def _erased(self, line: Line, facts: dict[str, Any]) -> None:
        self.erased[_person(line)] = line.sequence
        own = {name: facts[name] for name in ("proposed_by", "confirmed_by") if name in facts}
        self._about(f"erasure:{_person(line)}", line, at=line.at.isoformat(), **own)
        for name, digest in facts.get("digests", {}).items():
            self._about(name, line, digest=digest)


def _export_number(line: Line) -> str:
    if line.action == "data-extracted":
        return str(line.facts["number"])
    return line.subject[7:] if line.subject.startswith("export:") else ""


def _person(line: Line) -> int:
    return int(line.subject.removeprefix("person:"))


READERS: dict[str, Callable[[Story, Line, dict[str, Any]], None]] = {
    "attempt-started": Story._started,
    "practical-opened": Story._started,
    "attempt-submitted": Story._submitted,
    "attempt-scored": Story._scored,
    "answer-marked": Story._marked,
    "qualification-granted": Story._granted,
    "qualification-extended": Story._extended,
    "qualification-changed": Story._changed,
    "suspension-cause": Story._changed,
    "qualification-revoked": Story._changed,
    "certificate-reissued": Story._reissued,
    "evaluation-graded": Story._graded,
    "evaluation-closed": Story._closed,
    "appeal-upheld": Story._upheld,
    "policy-changed": Story._policy,
    "proposal-made": Story._proposed_by,
    "proposal-confirmed": Story._confirmed_by,
    "person-added": Story._person_changed,
    "person-changed": Story._person_changed,
    "signing-key-made": Story._key,
    "signing-key-rotated": Story._key,
    "ledger-checkpoint": Story._signed,
    "person-erased": Story._erased,
}
"""What every action tells of the records; the others tell nothing that is compared."""

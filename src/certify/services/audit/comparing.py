"""Replaying the ledger to the stored records: both ways, each deviation named (R-SUP-06)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from sqlmodel import Session

from certify.domain.attempt import first_false_response
from certify.domain.certificate import facts_digest
from certify.domain.deviation import Deviation, Found
from certify.domain.policy_change import digest
from certify.domain.result import Part
from certify.domain.sealing import LEFT, digest_of_rows, plain, row_name, seal
from certify.domain.tally_table import fingerprint
from certify.domain.told import Story, Told
from certify.services.audit import powers
from certify.storage import audit

MOMENTS = ("at", "issued_at", "made_at", "retired_at")
TOGETHER = timedelta(minutes=1)
"""A row and the entry about it are written in one transaction, but not in one moment."""

Row = dict[str, Any]


class _Attempt(NamedTuple):
    id: int
    sequence: int
    chain_head: str
    person_id: int


class Comparison:
    """One run over all recorded tables."""

    def __init__(self, session: Session, story: Story, step: Callable[[int], None]) -> None:
        """
        Args:
            step: told how many rows were looked at since the last time.
        """
        self.session, self.story, self._step = session, story, step
        self.found: list[Found] = []
        self._seen: set[str] = set()
        self._attempts: dict[int, _Attempt] = {}
        self._owners: dict[int, int] = {}
        """Person by qualification."""
        self._numbers: dict[int, str] = {}
        """Number of the certificate by qualification."""
        self._certificates: dict[int, str] = {}
        """Number by id."""

    def run(self) -> list[Found]:
        """Look at every table, then at what the ledger tells of and nobody saw."""
        self._look_at_exams()
        self._look_at_qualifications()
        for row in self._rows("evaluation"):
            is_old = row["revision"] == 1 and self.story.closed.get(row["period_id"]) is False
            self._sealed("evaluation", row, may_be_untold=is_old)
        for row in self._rows("policyversion"):
            self._sealed("policyversion", row | {"digest": _digest_of(row)})
        for row in self._rows("counter"):
            if f"counter:{row['series']}" in self.story.rows or row["series"].startswith("EXP-"):
                self._compare("counter", [f"counter:{row['series']}"], row, ())
        for row in self._rows("signingkey"):
            self._sealed("signingkey", row)
        for row in self._rows("erasure"):
            self._sealed("erasure", row)
        for name, told in self.story.rows.items():
            if name not in self._seen:
                self._say(Deviation.GONE, _table(name), name, told, _text(told.facts), "")
        return [*self.found, *powers.found(self.session, self.story)]

    def _look_at_exams(self) -> None:
        for row in self._rows("attempt"):
            one = _Attempt(row["id"], row["sequence"], row["chain_head"], row["person_id"])
            self._attempts[one.id] = one
            self._sealed("attempt", row)
        self._look_at_responses()
        for row in self._rows("attemptresult"):
            given = row | {"fingerprint": _fingerprint(row["parts"])}
            self._sealed("attemptresult", given)
        for row in self._rows("marking"):
            older = f"marking of {row['attempt_id']}/{row['position']}/{row['round']}"
            self._sealed("marking", row, older)

    def _look_at_responses(self) -> None:
        waiting = dict(self._attempts)
        for attempt_id, chain in groupby(audit.responses(self.session), lambda one: one.attempt_id):
            responses = list(chain)
            self._step(len(responses))
            attempt = waiting.pop(attempt_id, None) or _Attempt(attempt_id, 0, "", 0)
            self._chain(attempt, responses)
        for attempt in waiting.values():
            self._chain(attempt, [])

    def _chain(self, attempt: _Attempt, responses: list[audit.Said]) -> None:
        name = f"attempt:{attempt.id}"
        false = first_false_response(attempt, responses)  # type: ignore[arg-type]
        if false is not None:
            self._say(Deviation.RESPONSES, "response", f"{name}/{false}", None, "", str(false))
        if attempt.person_id in self.story.erased:
            left = [tuple(getattr(one, field) for field in LEFT) for one in responses]
            self._compare("response", [f"responses of {attempt.id}"], _digest(left), ())
        else:
            for one in responses:
                if one.erased_at is not None:
                    row = f"{name}/{one.sequence}"
                    self._say(Deviation.ERASED, "response", row, None, "", "")

    def _look_at_qualifications(self) -> None:
        holders = {row["id"]: row for row in audit.rows(self.session, "person")}
        for row in audit.rows(self.session, "certificate"):
            self._numbers[row["qualification_id"]] = row["number"]
        for row in self._rows("qualification"):
            self._owners[row["id"]] = row["person_id"]
            named = f"qualification of {self._numbers.get(row['id'], '?')}"
            self._sealed("qualification", row, named)
        for row in self._rows("certificate"):
            person = self._owners.get(row["qualification_id"], 0)
            self._certificates[row["id"]] = row["number"]
            self._paper("certificate", f"certificate {row['number']}", row)
            self._holder(row, holders.get(person))
            if row["erased_at"] is not None and person not in self.story.erased:
                self._say(Deviation.ERASED, "certificate", row["number"], None, "", "")
        for row in self._rows("certificaterevision"):
            number = self._certificates.get(row["certificate_id"], "?")
            name = f"revision {number}/{row['revision']}"
            self._paper("certificaterevision", name, row)
        for row in self._rows("qualificationchange"):
            self._look_at_change(row)
        for (person, at, state), count in self.story.changes.items():
            said = _text({"state": state, "at": at})
            for _one in range(count):
                name = f"person:{person}"
                self._say(Deviation.GONE, "qualificationchange", name, None, said, "")

    def _holder(self, certificate: Row, holder: Row | None) -> None:
        """A certificate names its holder; a person who has another name by no entry is another."""
        facts = certificate["facts"]
        if certificate["erased_at"] is not None or holder is None or not isinstance(facts, dict):
            return
        kept = ("staff_no",) if holder["id"] in self.story.renamed else ("staff_no", "name")
        named = {one: facts[one] for one in kept if one in facts and facts[one] != holder[one]}
        if named:
            told = self.story.rows.get(f"certificate {certificate['number']}")
            stands = _text({one: holder[one] for one in named})
            name = row_name("person", holder)
            self._say(Deviation.DIFFERENT, "person", name, told, _text(named), stands)

    def _paper(self, table: str, name: str, row: Row) -> None:
        """What a certificate says, or said before it was reissued."""
        if not self._told([name], "digest"):  # issued before digests were kept
            facts = row["facts"] if isinstance(row["facts"], dict) else {}
            grant = self.story.rows.get(f"qualification of {facts.get('number')}")
            values = {one: facts.get(one) for one in ("code", "valid_from")}
            if grant is not None and "number" in facts:
                self._differences(table, name, grant, values)
        values = row | {"digest": facts_digest(str(row["salt"]), row["facts"])}
        self._sealed(table, values, name)

    def _look_at_change(self, row: Row) -> None:
        person = self._owners.get(row["qualification_id"], 0)
        at = str(plain(row["at"]))
        state = str(plain(row["state"]))
        is_older = False
        if f"qualificationchange:{row['id']}" not in self.story.rows:
            if self.story.changes[person, at, state]:
                self.story.changes[person, at, state] -= 1
                is_older = True
            elif state == "superseded":
                is_older = (person, at) in self.story.superseded
        self._sealed("qualificationchange", row, may_be_untold=is_older)

    def _sealed(
        self,
        table: str,
        row: Row,
        older: str = "",
        *,
        may_be_untold: bool = False,
    ) -> None:
        """A row that entries seal; those of older releases only tell of it.

        Args:
            older: what entries call it that have no number of the row.
        """
        name = row_name(table, row)
        names = [name, older] if older else [name]
        if may_be_untold and not self._told(names):
            return
        # Parts are kept since the second release only.
        left_out = ("fingerprint",) if row.get("parts") == [] else ()
        if self._compare(table, names, row, left_out):
            return
        told = self.story.rows.get(name)
        if told is None or not told.seal:
            return
        if (right := seal(table, row)) != told.seal:
            ledger, stands = (f"seal {one:.16}" for one in (told.seal, right))
            self._say(Deviation.DIFFERENT, table, names[-1], told, ledger, stands)

    def _compare(self, table: str, names: list[str], row: Row, left_out: tuple[str, ...]) -> bool:
        """Compare what stands there with all that is told of it; whether something is wrong."""
        self._seen.update(names)
        tellings = [self.story.rows[name] for name in names if name in self.story.rows]
        if not tellings:
            self._say(Deviation.UNTOLD, table, names[-1], None, "", "")
            return True
        wrong = False
        for told in tellings:
            wrong |= self._differences(table, names[-1], told, row, left_out)
        return wrong

    def _differences(
        self,
        table: str,
        name: str,
        told: Told,
        row: Mapping[str, Any],
        left_out: tuple[str, ...] = (),
    ) -> bool:
        values = {one: plain(row[one]) for one in told.facts if one in row and one not in left_out}
        wrong = {one for one, value in values.items() if not _same(one, value, told.facts[one])}
        if wrong:
            ledger = _text({one: told.facts[one] for one in wrong})
            stands = _text({one: values[one] for one in wrong})
            self._say(Deviation.DIFFERENT, table, name, told, ledger, stands)
        return bool(wrong)

    def _told(self, names: list[str], fact: str = "") -> bool:
        tellings = [self.story.rows[name] for name in names if name in self.story.rows]
        return any(not fact or fact in told.facts for told in tellings)

    def _rows(self, table: str) -> Iterator[Row]:
        count = 0
        for count, row in enumerate(audit.rows(self.session, table), start=1):
            yield row
            if count % 1000 == 0:
                self._step(1000)
        self._step(count % 1000)

    def _say(
        self, kind: Deviation, table: str, name: str, told: Told | None, ledger: str, stands: str
    ) -> None:
        self.found.append(Found(kind, table, name, ledger, stands, told.sequence if told else 0))


def _digest(rows: list[tuple[Any, ...]]) -> Row:
    return {"digest": digest_of_rows(rows)}


def _same(name: str, value: Any, told: Any) -> bool:
    if name not in MOMENTS or value is None or told is None:
        return bool(value == told)
    try:
        apart = datetime.fromisoformat(value) - datetime.fromisoformat(told)
    except (TypeError, ValueError):
        return False
    return abs(apart) <= TOGETHER


def _table(name: str) -> str:
    """The table of what is called by this name."""
    first = name.split(":")[0].split(" ")[0]
    return "certificaterevision" if first == "revision" else first


def _text(facts: Mapping[str, Any]) -> str:
    return "; ".join(f"{name} {value}" for name, value in sorted(facts.items()))


def _fingerprint(parts: Any) -> str:
    try:
        return fingerprint([Part.from_json(part) for part in parts])
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return "?"


def _digest_of(row: Row) -> str:
    """The digest of a policy where it is the one that its row names."""
    right = digest(row["values"]) if isinstance(row["values"], dict) else "?"
    return right if right == row["digest"] else f"{right[:16]} ({row['digest']!s:.16})"

"""Standards from a file into the catalogue: checked first, then all of it or nothing."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session

from certify.courseware.finding import Finding
from certify.courseware.standards_file import (
    LoadedStandards,
    ProcedureEntry,
    StandardEntry,
    read_standards,
)
from certify.domain.permission import Action, require
from certify.domain.person import CONSOLE, Actor
from certify.domain.standard import ProcedureStep, Standard, StandardVersion, text_hash
from certify.i18n import _
from certify.platform import Platform
from certify.storage import courses, ledger, people, standards

log = logging.getLogger("certify.standards")


class Change(StrEnum):
    """What a row of the file does to the catalogue."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class StandardImport:
    """What a file holds and what it does, or would do."""

    findings: list[Finding]
    standards: dict[str, Change] = field(default_factory=dict)
    """By number."""
    procedures: dict[str, Change] = field(default_factory=dict)
    """By code."""
    is_applied: bool = False

    @property
    def is_refused(self) -> bool:
        """Whether something keeps the file from being taken."""
        return any(one.severity == "error" for one in self.findings)

    @property
    def changes(self) -> int:
        """How many rows change the catalogue."""
        every = [*self.standards.values(), *self.procedures.values()]
        return sum(one not in (Change.UNCHANGED, Change.REFUSED) for one in every)


def import_standards(
    platform: Platform, *, actor: Actor, path: Path, apply: bool = False
) -> StandardImport:
    """Check a file of standards against the catalogue; with `apply` take it, whole or not at all.

    New standards are taken from everybody who may; what is known changes only by a draft that was
    approved (R-STD-01), or by a file of a plugin.

    Raises:
        NotPermitted
    """
    require(actor, Action.MANAGE_STANDARDS)
    loaded = read_standards(path)
    if not apply:
        with platform.database.read() as session:
            return _judge(session, loaded, actor)
    with platform.database.write() as session:
        courses.lock_loading(session)
        report = _judge(session, loaded, actor)
        if not report.is_refused:
            _store(session, actor, loaded, report, platform.clock.now())
            report.is_applied = True
        return report


def load_registered(platform: Platform) -> None:
    """Take the standards that plugins bring; a file that cannot be taken is logged, not fatal."""
    for path in platform.plugins.standard_files:
        loaded = read_standards(path)
        with platform.database.read() as session:
            report = _judge(session, loaded, CONSOLE)
        if not report.is_refused and report.changes:
            report = import_standards(platform, actor=CONSOLE, path=path, apply=True)
        for finding in report.findings:
            if finding.severity == "error":
                log.warning("standards of a plugin were not taken: %s", finding)


def _judge(session: Session, loaded: LoadedStandards, actor: Actor) -> StandardImport:
    """What each row does, with every reason against it among the findings."""
    report = StandardImport(loaded.findings)
    if loaded.manifest is None:
        return report
    for row in loaded.manifest.standards:
        change = _judge_standard(session, loaded, row)
        if change in (Change.CHANGED, Change.WITHDRAWN) and not actor.is_console:
            message = _("{number} is in the catalogue: a file changes or ends it no more.")
            mend = _("Draft the new text; top management approves it, or withdraws the standard.")
            loaded.fault(row.number, message.format(number=row.number), mend)
            change = Change.REFUSED
        report.standards[row.number] = change
    known = {one.number for one in standards.every(session)} | set(report.standards)
    posts = {post.code for post in people.posts(session)}
    kept = standards.procedures(session)
    for procedure in loaded.manifest.procedures:
        wanted = [_facts(step) for step in _steps(procedure)]
        now = [_facts(step) for step in kept.get(procedure.code, ())]
        change = Change.CHANGED if now else Change.NEW
        report.procedures[procedure.code] = Change.UNCHANGED if now == wanted else change
        _check_steps(loaded, procedure, known, posts)
    loaded.findings.sort()
    return report


def _judge_standard(session: Session, loaded: LoadedStandards, row: StandardEntry) -> Change:
    stored = standards.by_number(session, row.number)
    versions = standards.versions_by_number(session).get(row.number, []) if stored else []
    fresh = text_hash(row.text())
    if row.withdrawn_on is not None and row.withdrawn_on <= row.effective_from:
        message = _("{number}: withdrawn_on must be later than effective_from.")
        loaded.fault(row.number, message.format(number=row.number), _("Correct one of the days."))
        return Change.REFUSED
    is_withdrawn = stored is not None and row.withdrawn_on not in (None, stored.withdrawn_on)
    if stored is None or not versions:
        return Change.NEW
    newest = versions[-1]
    same_day = next((one for one in versions if one.effective_from == row.effective_from), None)
    if same_day is not None and same_day.content_hash == fresh:
        return Change.WITHDRAWN if is_withdrawn else Change.UNCHANGED
    if row.effective_from > newest.effective_from:
        if newest.content_hash != fresh:
            return Change.CHANGED
        message = _("{number}: the text is the one in force since {day}; nothing changes.")
        text = message.format(number=row.number, day=newest.effective_from)
        line = loaded.lines.get(row.number, 1)
        loaded.findings.append(Finding(loaded.path, line, text, "", "warning"))
        return Change.UNCHANGED
    message = _("{number}: the catalogue has another text from {day} on.")
    mend = _("A changed text needs an effective_from later than {day}.")
    day = (same_day or newest).effective_from
    loaded.fault(
        row.number,
        message.format(number=row.number, day=day),
        mend.format(day=newest.effective_from),
    )
    return Change.REFUSED


def _check_steps(
    loaded: LoadedStandards, procedure: ProcedureEntry, known: set[str], posts: set[str]
) -> None:
    for step in procedure.steps:
        if step.standard and step.standard not in known:
            message = _("{code}: standard {number} is not in the catalogue.")
            text = message.format(code=procedure.code, number=step.standard)
            loaded.fault(procedure.code, text, _("Add it or correct it."))
        if step.post not in posts:
            message = _("{code}: there is no post “{post}” in the company.")
            line = loaded.lines.get(procedure.code, 1)
            text = message.format(code=procedure.code, post=step.post)
            loaded.findings.append(
                Finding(loaded.path, line, text, _("Add the post or correct its code."), "warning")
            )


def _store(
    session: Session,
    actor: Actor,
    loaded: LoadedStandards,
    report: StandardImport,
    now: datetime,
) -> None:
    assert loaded.manifest is not None  # noqa: S101  without one there are errors
    for row in loaded.manifest.standards:
        change = report.standards[row.number]
        if change is Change.UNCHANGED:
            continue
        standard = standards.by_number(session, row.number) or Standard(number=row.number)
        standard.withdrawn_on = row.withdrawn_on
        session.add(standard)
        session.flush()
        if change is not Change.WITHDRAWN:
            text = row.text()
            session.add(
                StandardVersion(
                    standard_id=standard.id or 0,
                    effective_from=row.effective_from,
                    content_hash=text_hash(text),
                    created_at=now,
                    **{**text, "category": row.category},
                )
            )
        facts = {"change": str(change), "effective_from": row.effective_from.isoformat()}
        _tell(session, actor, now, "standard-changed", f"standard:{row.number}", facts)
    for procedure in loaded.manifest.procedures:
        if report.procedures[procedure.code] is not Change.UNCHANGED:
            standards.forget_procedure(session, procedure.code)
            session.add_all(_steps(procedure))
            facts = {"steps": str(len(procedure.steps))}
            _tell(session, actor, now, "procedure-changed", f"procedure:{procedure.code}", facts)


def _tell(
    session: Session, actor: Actor, now: datetime, action: str, subject: str, facts: dict[str, str]
) -> None:
    ledger.append(
        session, at=now, actor_id=actor.person_id, action=action, subject=subject, facts=facts
    )


def _steps(procedure: ProcedureEntry) -> list[ProcedureStep]:
    return [
        ProcedureStep(procedure=procedure.code, position=place, **step.model_dump(mode="json"))
        for place, step in enumerate(procedure.steps, start=1)
    ]


def _facts(step: ProcedureStep) -> tuple[object, ...]:
    return (step.title, step.post, step.output, step.limit, step.standard)

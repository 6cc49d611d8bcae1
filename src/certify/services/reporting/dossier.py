"""All of one cohort or one training session in one document: 一期一档."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.domain.training import TrainingSession
from certify.errors import NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services import cohorts, item_stats, own_exam
from certify.services.cohort_words import STATES
from certify.services.cohorts import CohortView, MemberState, MemberView
from certify.services.item_stats_words import mean_mark, number
from certify.services.reporting import dossier_session as parts
from certify.services.reporting.document import Document, Section
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.storage import people, report_training

REPEAT = (MemberState.FAILED, MemberState.NO_SHOW)
"""Members who must sit again."""


def cohort_dossier(platform: Platform, *, actor: Actor, cohort_id: int) -> Document:
    """The dossier of a cohort, with the sessions that led to its exam.

    Raises:
        NotPermitted, NotFound
    """
    view = _cohort_view(platform, actor, cohort_id)
    analysis = _analysis(platform, actor, view.exam)
    with platform.database.read() as session:
        found = report_training.cohort(session, cohort_id)
        assert found is not None  # noqa: S101  there is a view of it
        cohort, exam, course = found
        seen = _names_seen(session, actor)
        facts: dict[str, object] = {
            "title": cohort.title,
            "course": course.title,
            "version": course.version,
            "exam": exam.title,
            "minutes": exam.minutes,
            "mark": view.pass_mark,
        }
        about = [
            Said(N_("Course “{course}”, version {version}"), facts),
            Said(N_("Exam “{exam}”, {minutes} min, pass mark {mark}"), facts),
            _window(platform, view),
        ]
        if view.occasion:
            about.append(Said(N_("Ad hoc: {occasion}"), {"occasion": view.occasion}))
        sessions = report_training.of_cohort(session, cohort_id)
        return Document(
            "cohort",
            Said(N_("Dossier of the cohort “{title}”"), facts),
            (
                Section("about", Said(N_("What it was")), tuple(about)),
                parts.agenda(session, course.code),
                *(part for one in sessions for part in parts.held(session, platform, one, seen)),
                _rates(view),
                _marks(view, seen),
                analysis,
                _again(view, seen),
            ),
        )


def session_dossier(platform: Platform, *, actor: Actor, code: str) -> Document:
    """The dossier of a training session, with the cohort that is its assessment.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.SEE_REPORTS)
    with platform.database.read() as session:
        one = _session(session, code)
        seen = _names_seen(session, actor)
        about = parts.about(session, platform, one)
        agenda = parts.agenda(session, one.course)
        held = parts.held(session, platform, one, seen)
        assessed = parts.assessment(session, one, seen)
    exam: Sequence[Section] = (assessed,)
    if one.cohort_id is not None:
        view = _cohort_view(platform, actor, one.cohort_id)
        analysis = _analysis(platform, actor, view.exam)
        exam = (_rates(view), _marks(view, seen), analysis, _again(view, seen))
    return Document(
        "session",
        Said(N_("Dossier of the session {code} “{title}”"), {"code": one.code, "title": one.title}),
        (about, agenda, *held, *exam),
    )


def _session(session: Session, code: str) -> TrainingSession:
    found = report_training.session_by_code(session, code)
    if found is None:
        raise NotFound(_("There is no training session “{code}”.").format(code=code))
    return found


def _cohort_view(platform: Platform, actor: Actor, cohort_id: int) -> CohortView:
    require(actor, Action.SEE_REPORTS)
    return cohorts.seen(platform, cohort_id=cohort_id)


def _names_seen(session: Session, actor: Actor) -> Mapping[str, Person] | None:
    """The people whom the actor may see by name, by staff number; None for all."""
    if may(actor, Action.MANAGE_COHORTS) or may(actor, Action.SEE_RECORD):
        return None
    return {
        row.person.staff_no: row.person
        for row in people.rows(session)
        if may(
            actor,
            Action.SEE_RECORD,
            owner=row.person.id,
            owner_supervisor=row.person.supervisor_id,
        )
    }


def _window(platform: Platform, view: CohortView) -> Said:
    if view.opens_at is None and view.closes_at is None:
        return Said(N_("Without window"))
    facts = {
        "opens": parts.moment(platform, view.opens_at) if view.opens_at else "–",
        "closes": parts.moment(platform, view.closes_at) if view.closes_at else "–",
    }
    return Said(N_("Window from {opens} to {closes}"), facts)


def _rates(view: CohortView) -> Section:
    figures = view.figures
    facts: dict[str, object] = {
        "registered": figures.registered,
        "excused": figures.excused,
        "no_shows": figures.no_shows,
        "awaiting": figures.awaiting,
        "counted": figures.counted,
        "passed": figures.passed,
        "rate": view.rate or "–",
        "final": view.final_rate or "–",
        "target": view.target,
    }
    verdict = Said(N_("The target of {target} percent is met"), facts)
    if not figures.met:
        verdict = Said(N_("The target of {target} percent is not met"), facts)
    if figures.met is None or view.to_come or view.awaiting:
        verdict = Said(N_("The target is {target} %; the rate is not final"), facts)
    counted = N_(
        "Registered {registered}, excused {excused}, no-show {no_shows}, without result {awaiting}"
    )
    first = N_("First attempts: {rate} % ({passed} of {counted})")
    lines = [
        Said(counted, facts),
        Said(first, facts),
        verdict,
        Said(N_("With retakes: {final} %; it decides nothing"), facts),
    ]
    return Section("rates", Said(N_("Pass rates")), tuple(lines))


def _marks(view: CohortView, seen: Mapping[str, Person] | None) -> Section:
    shown = [one for one in view.members if seen is None or one.staff_no in seen]
    hidden = len(view.members) - len(shown)
    rows = [(one.staff_no, one.name, one.mark, _state(one), one.reason) for one in shown]
    return Section(
        "marks",
        Said(N_("Marks of the members")),
        parts.others(hidden),
        {
            "staff_no": N_("Staff no."),
            "name": N_("Name"),
            "mark": N_("Mark"),
            "state": N_("State"),
            "reason": N_("Reason"),
        },
        tuple(rows),
        Said(N_("Nobody is registered.")) if not view.members else None,
    )


def _state(one: MemberView) -> Said:
    return label(STATES, one.state)


def _again(view: CohortView, seen: Mapping[str, Person] | None) -> Section:
    """Who must repeat."""
    every = [one for one in view.members if one.state in REPEAT]
    shown = [one for one in every if seen is None or one.staff_no in seen]
    to_repeat = Said(N_("To repeat: {count}"), {"count": len(every)})
    return Section(
        "repeat",
        Said(N_("Who must repeat")),
        (to_repeat, *parts.others(len(every) - len(shown))),
        {"staff_no": N_("Staff no."), "name": N_("Name"), "why": N_("Reason")},
        tuple((one.staff_no, one.name, _state(one)) for one in shown),
    )


def _analysis(platform: Platform, actor: Actor, exam: str) -> Section:
    """The item analysis in short, where the actor may see it."""
    title = Said(N_("Item analysis of the exam, all its cohorts"))
    if not may(actor, Action.SEE_ANALYSIS):
        return Section("analysis", title, (Said(N_("For trainers and HR.")),))
    if own_exam.sat_by(platform, actor):
        return Section("analysis", title, (Said(N_("Not shown while you sit an exam.")),))
    found = item_stats.stats(platform, actor=actor, exam=exam)
    if not found.whole.forms:
        return Section("analysis", title, (Said(N_("No attempts are counted yet.")),))
    figures = found.whole.forms[0].figures
    flagged = sum(bool(one.figures.flags) for one in found.items)
    facts: dict[str, object] = {
        "n": found.whole.n,
        "mean": mean_mark(figures),
        "alpha": number(figures.alpha),
        "items": len(found.items),
        "flagged": flagged,
    }
    lines = (
        Said(N_("Attempts counted: {n}; mean mark {mean}; reliability (alpha) {alpha}"), facts),
        Said(N_("Items: {items}, of which {flagged} are flagged"), facts),
    )
    return Section("analysis", title, lines)

"""Panels that hear a person for a level (R-QUA-01, ladder L3 and L4)."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from certify.domain.evaluation_number import read_score
from certify.domain.permission import Action, require
from certify.domain.person import Actor, PersonStatus
from certify.domain.qualification import Panel, PanelScore
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.qualifying.decisions import level_of, other_person
from certify.services.recording import record
from certify.services.typed import person_of


def hear(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    level: str,
    day: date,
    scores: Mapping[str, str],
) -> Fraction:
    """Record what each member of a panel gave; the mean, unrounded.

    Args:
        scores: score of 0 to 100 by staff number of the member.
    Raises:
        NotPermitted, NotFound
        BadInput: no member, a score that is none, or a day to come.
        Refused: the person sits on the own panel, or a member has left.
    """
    require(actor, Action.MANAGE_QUALIFICATIONS)
    rung = level_of(platform, level)
    if day > platform.today():
        raise BadInput(_("{day} is still to come.").format(day=day.isoformat()))
    if not scores:
        raise BadInput(
            _("Nobody sits on the panel."), mend=_("Give each member: --member STAFF_NO=SCORE.")
        )
    given = {number: _score(number, text) for number, text in scores.items()}
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        panel = Panel(
            person_id=person.id or 0,
            level=rung.code,
            day=day,
            recorded_by=actor.person_id,
            at=platform.clock.now(),
        )
        session.add(panel)
        session.flush()
        for number, score in given.items():
            member = person_of(session, actor, number)
            if member.id == person.id:
                raise Refused(_("Nobody sits on their own panel."))
            if member.status is not PersonStatus.EMPLOYED:
                raise Refused(_("{name} does not work here any more.").format(name=member.name))
            session.add(PanelScore(panel_id=panel.id or 0, member_id=member.id or 0, score=score))
        mean = sum(given.values(), Fraction(0)) / len(given)
        record(
            session,
            platform,
            actor,
            "panel-held",
            f"person:{person.id}",
            level=rung.code,
            day=day.isoformat(),
            members=len(given),
            mean=str(mean),
        )
    return mean


def _score(number: str, text: str) -> Fraction:
    try:
        return read_score(text)
    except BadInput as problem:
        raise BadInput(problem.message, place=number, mend=problem.mend) from problem

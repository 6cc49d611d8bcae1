"""Blind second keys: a trainer answers an item as a candidate would, without seeing its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from certify.domain import reviewing as rules
from certify.domain.person import Actor
from certify.domain.review import ReviewStep, StepKind
from certify.domain.reviewing import Stage
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.policy import ExamPolicy
from certify.services import own_exam
from certify.services import review_words as words
from certify.services.bank import contents, guarded
from certify.services.feedback import parsed as parsed_answer
from certify.services.practice import PracticeItem
from certify.services.review_cases import course_id, every, find, require_reviewer
from certify.services.review_steps import record
from certify.storage import courses


@dataclass(frozen=True)
class KeyQuestion(PracticeItem):
    """An item as a candidate would see it; no key, explanation or remark is in it."""

    code: str = ""


@dataclass(frozen=True)
class KeyGiven:
    """What became of a second key."""

    code: str
    agrees: bool
    keys: rules.Keys
    """How the second keys of the version stand now."""


def queue(platform: Platform, *, actor: Actor, course: str | None = None) -> list[str]:
    """Codes of the items that wait for a second key which the actor may give.

    Raises:
        NotPermitted, NotFound
    """
    require_reviewer(actor)
    policy = platform.policy.review
    with platform.database.read() as session:
        wanted = course_id(session, course)
        pending = every(session, platform, course=wanted, only_pending=True)
        return [
            one.row.code
            for one in pending
            if rules.waits_for(one.case, actor.person_id, actor.staff_no, policy)
            is Stage.SECOND_KEY
        ]


def question(platform: Platform, *, actor: Actor, code: str) -> KeyQuestion:
    """The version of an item that waits, as its second key is asked for.

    Raises:
        NotPermitted, NotFound
        Refused: the actor can give no second key for it, with every reason, or sits an exam of its
            course.
    """
    require_reviewer(actor)
    sat = own_exam.sat_by(platform, actor)
    with platform.database.read() as session:
        one = find(session, platform, code)
        own_exam.refuse_bank(sat, one.course.id)
        _require_blind(platform, actor, one.case, code)
        row = one.row
        known = contents(platform, session, [row.version_id])[row.version_id]
        seed = _seed(row.version_id, actor)
        with guarded(row.type):
            shown = known.type.present(known.content, seed)
        return KeyQuestion(
            version_id=row.version_id,
            type=row.type,
            topic=row.topic,
            topic_title=one.topic_title,
            shown=shown,
            seed=seed,
            is_new=True,
            code=code,
        )


def give(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    version_id: int,
    answer: Mapping[str, Any],
) -> KeyGiven:
    """Keep a second key; it agrees when it earns all points under the rules as they come.

    Args:
        version_id: of the version that was shown.
    Raises:
        NotPermitted, NotFound
        Refused: the actor can give none, or sits an exam of its course; or the item was edited
            meanwhile.
        BadInput: the item cannot have this answer, or it is not complete.
    """
    require_reviewer(actor)
    sat = own_exam.sat_by(platform, actor)
    with platform.database.write() as session:
        courses.lock_loading(session)
        one = find(session, platform, code)
        own_exam.refuse_bank(sat, one.course.id)
        if one.row.version_id != version_id:
            raise Refused(
                _("It was edited meanwhile."), place=code, mend=_("Answer it again as it is now.")
            )
        _require_blind(platform, actor, one.case, code)
        known = contents(platform, session, [version_id])[version_id]
        parsed = parsed_answer(known, answer)
        kept = parsed.model_dump(mode="json")
        with guarded(known.type.name):
            shown = known.type.present(known.content, _seed(version_id, actor))
            if not known.type.is_finished(shown, kept):
                raise BadInput(_("The answer is not complete."), mend=_("Answer all of it."))
            score = known.type.score(known.content, parsed, ExamPolicy())
        step = ReviewStep(
            version_id=version_id,
            person_id=actor.person_id,
            at=platform.clock.now(),
            kind=StepKind.SECOND_KEY,
            answer=kept,
            agrees=score is not None and score.share == 1 and not score.fatal,
        )
        record(session, platform, actor, code, step)
        return KeyGiven(code, bool(step.agrees), rules.second_keys([*one.case.steps, step]))


def _seed(version_id: int, actor: Actor) -> str:
    return f"second-key/{version_id}/{actor.person_id}"


def _require_blind(platform: Platform, actor: Actor, case: rules.Case, code: str) -> None:
    """Refuse whoever can give no second key.

    Raises:
        Refused
    """
    bars = rules.bars_to_second_key(case, actor.person_id, actor.staff_no, platform.policy.review)
    if bars:
        raise Refused(words.reason(bars), place=code, mend=words.mend(bars))

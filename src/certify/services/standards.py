"""The standards catalogue as of a day (R-CAT-03), and procedures (R-CAT-05)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from certify.domain.person import Actor
from certify.domain.standard import SIGNS, Standard, StandardVersion, newest_in_force
from certify.errors import NotFound
from certify.i18n import N_, _, pick
from certify.platform import Platform
from certify.services.review_stale import stale_of
from certify.services.standard_life import words
from certify.services.standard_life.access import require_catalogue
from certify.services.standard_life.reviewing import review_days
from certify.storage import reviews, standard_drafts, standards

CATEGORIES = {
    "basic": N_("basic standard"),
    "process": N_("process standard"),
    "result": N_("result standard"),
}


@dataclass(frozen=True)
class StandardView:
    """A standard as it is on one day. Texts are by language."""

    number: str
    category: str
    item: dict[str, str]
    requirement: dict[str, str]
    department: dict[str, str]
    target: dict[str, Any] | None
    remark: dict[str, str]
    effective_from: date
    withdrawn_on: date | None
    is_in_force: bool
    versions: tuple[date, ...]
    """First days of all its versions, the oldest first."""
    is_confidential: bool
    """Whether what is printed of it carries a mark (R-STD-06)."""
    review_due: date | None
    """Last day for its next regular review, seen from today; None where it is not in force."""
    draft: int | None
    """Number of the draft of its next text, where somebody makes one."""
    items: tuple[str, ...]
    """Items in use that cite it."""
    stale: tuple[str, ...]
    """Those of them that were written before it changed."""


@dataclass(frozen=True)
class StepView:
    """One step of a procedure."""

    position: int
    title: dict[str, str]
    post: str
    output: dict[str, str]
    limit: str
    standard: str


def catalogue(platform: Platform, *, actor: Actor, as_of: date | None = None) -> list[StandardView]:
    """Every standard with its text in force on a day; one that begins later with its first text.

    Args:
        as_of: None for today.
    Raises:
        NotPermitted
    """
    require_catalogue(actor)
    day = as_of or platform.today()
    with platform.database.read() as session:
        versions = standards.versions_by_number(session)
        citing: dict[str, list[str]] = {}
        for row in reviews.citing(session):
            for number in row.standards:
                citing.setdefault(number, []).append(row.code)
        stale = set(stale_of(session, platform))
        due = {number: found[2] for number, found in review_days(session, platform).items()}
        drafts = {one.number: one.id for one in standard_drafts.open_ones(session)}
        return [
            _view(
                one,
                versions[one.number],
                day,
                citing.get(one.number, []),
                stale,
                due.get(one.number),
                drafts.get(one.number),
            )
            for one in standards.every(session)
            if versions.get(one.number)
        ]


def show(
    platform: Platform, *, actor: Actor, number: str, as_of: date | None = None
) -> StandardView:
    """One standard by its number.

    Raises:
        NotPermitted
        NotFound: it is not in the catalogue.
    """
    for one in catalogue(platform, actor=actor, as_of=as_of):
        if one.number == number:
            return one
    raise NotFound(
        _("There is no standard {number}.").format(number=number),
        mend=_("“certify standard list” shows all of them."),
    )


def procedure(platform: Platform, *, actor: Actor, code: str) -> list[StepView]:
    """The steps of a procedure in order.

    Raises:
        NotPermitted
        NotFound: there is no such procedure.
    """
    require_catalogue(actor)
    with platform.database.read() as session:
        known = standards.procedures(session)
    if code not in known:
        raise NotFound(
            _("There is no procedure “{code}”.").format(code=code),
            mend=_("There are: {codes}.").format(codes=", ".join(known)) if known else "",
        )
    return [
        StepView(one.position, one.title, one.post, one.output, one.limit, one.standard)
        for one in known[code]
    ]


def target_text(target: Mapping[str, Any] | None) -> str:
    """A target in words, such as “response rate ≥ 98 %”; empty where there is none."""
    if target is None:
        return ""
    return _("{metric} {sign} {value} {unit}").format(
        metric=pick(target["metric"]),
        sign=SIGNS[target["operator"]],
        value=target["value"],
        unit=pick(target["unit"]),
    )


def _view(
    standard: Standard,
    versions: list[StandardVersion],
    day: date,
    items: list[str],
    stale: set[str],
    review_due: date | None,
    draft: int | None,
) -> StandardView:
    now = newest_in_force(versions, day)
    said = now or versions[0]
    is_withdrawn = standard.withdrawn_on is not None and standard.withdrawn_on <= day
    return StandardView(
        number=standard.number,
        category=said.category,
        item=said.item,
        requirement=said.requirement,
        department=said.department,
        target=said.target,
        remark=said.remark,
        effective_from=said.effective_from,
        withdrawn_on=standard.withdrawn_on,
        is_in_force=now is not None and not is_withdrawn,
        versions=tuple(one.effective_from for one in versions),
        is_confidential=said.is_confidential,
        review_due=review_due,
        draft=draft,
        items=tuple(items),
        stale=tuple(code for code in items if code in stale),
    )


def lines(found: StandardView) -> list[str]:
    """A standard in full."""
    said = [
        f"{found.number}  {pick(found.item)}",
        *([words.confidential()] if found.is_confidential else []),
        _("{category}, {department}").format(
            category=_(CATEGORIES[found.category]), department=pick(found.department)
        ),
        pick(found.requirement),
    ]
    if text := target_text(found.target):
        said.append(_("Target: {target}").format(target=text))
    if text := pick(found.remark):
        said.append(_("Remark: {remark}").format(remark=text))
    since = _("In force since {day}") if found.is_in_force else _("Not in force; text of {day}")
    said.append(since.format(day=found.effective_from))
    if len(found.versions) > 1:
        days = ", ".join(day.isoformat() for day in found.versions)
        said.append(_("Texts from {days}").format(days=days))
    if found.withdrawn_on:
        said.append(_("Withdrawn on {day}").format(day=found.withdrawn_on))
    if found.review_due:
        said.append(_("Next review until {day}").format(day=found.review_due.isoformat()))
    if found.draft:
        said.append(_("A new text is in the making: draft {number}").format(number=found.draft))
    said.append(_("Cited by {items}").format(items=", ".join(found.items) or _("no item in use")))
    if found.stale:
        text = _("To look at again: {items}")
        said.append(text.format(items=", ".join(found.stale)))
    return said

"""A draft of a standard in words: the text, the steps, who has spoken, what is missing."""

from certify.domain.standard_change import DraftState
from certify.i18n import _, _n, pick
from certify.services.standard_life import words
from certify.services.standard_life.draft_view import DraftView
from certify.services.standard_life.texts import beside


def head(view: DraftView) -> str:
    """What it is a draft of."""
    return f"{view.number}  {pick(view.content.get('item', {}))}"


def missing(view: DraftView) -> list[str]:
    """What has still to happen before it can be approved, the next thing first."""
    if view.state is DraftState.DRAFT:
        return [_("Who wrote it gives it to review.")]
    found = []
    if view.missing_sides:
        text = _("Opinions are missing of: {sides}.")
        found.append(text.format(sides=words.sides(view.missing_sides)))
    if view.disagreeing:
        text = _("Do not agree: {sides}.")
        found.append(text.format(sides=words.sides(view.disagreeing)))
    if view.failing_scenes:
        text = _("It did not work here: {scenes}.")
        found.append(text.format(scenes=_("; ").join(view.failing_scenes)))
    if view.missing_scenes:
        text = _n(
            "It has to work in {count} scene more.",
            "It has to work in {count} scenes more.",
            view.missing_scenes,
        )
        found.append(text.format(count=view.missing_scenes))
    if not found and view.state is DraftState.PILOT:
        found.append(_("Top management approves it."))
    return found


def warnings(view: DraftView) -> list[str]:
    """Vague words of a requirement without a number (R-CAT-04)."""
    if not view.vague:
        return []
    text = _("“{words}” says no number (R-CAT-04). Say within how long, how often or how much.")
    return [text.format(words="”, “".join(view.vague))]


def facts(view: DraftView) -> list[str]:
    """State, first day, who wrote it and why, and what it brings."""
    said = [words.confidential()] if view.is_confidential else []
    said.append(
        _("{state}; first day {day}").format(
            state=_(words.DRAFT_STATES[view.state]), day=view.effective_from.isoformat()
        )
    )
    said.append(_("Drafted by {name}: {why}").format(name=view.drafted_by, why=view.description))
    said.append(
        _("Material: holders get delta training.")
        if view.is_material
        else _("Not material: no delta training.")
    )
    if view.approved_by:
        said.append(_("Approved by {name}").format(name=view.approved_by))
    return said


def opinions(view: DraftView) -> list[str]:
    """What each side said, those that count no more marked so (《评审意见汇总表》)."""
    said = []
    for one in view.opinions:
        verdict = _("agrees") if one.agrees else _("does not agree")
        text = f"{words.side(one.side)} · {one.by} · {verdict}: {one.opinion}"
        said.append(
            _("{text} (before the last change)").format(text=text) if one.is_voided else text
        )
    return said


def scenes(view: DraftView) -> list[str]:
    """How it did where it was tried."""
    said = []
    for one in view.scenes:
        verdict = _("works") if one.works else _("does not work")
        text = f"{one.scene} · {one.by} · {verdict}: {one.feedback}"
        said.append(
            _("{text} (before the last change)").format(text=text) if one.is_voided else text
        )
    return said


def lines(view: DraftView) -> list[str]:
    """A draft in full, the text before beside it."""
    said = [head(view), *facts(view)]
    for part in beside(view.before, view.content):
        if part.is_changed and part.old:
            text = _("{name}: {old} → {new}")
            said.append(text.format(name=part.name, old=part.old, new=part.new))
        else:
            said.append(_("{name}: {text}").format(name=part.name, text=part.new))
    said += [f"! {text}" for text in warnings(view)]
    return [*said, *opinions(view), *scenes(view), *missing(view)]

"""Delta training in words."""

from certify.domain.delta_training import How
from certify.i18n import _, _n, pick
from certify.services.standard_life import words
from certify.services.standard_life.delta import DeltaView
from certify.services.standard_life.texts import changed


def state(view: DeltaView) -> str:
    """How far somebody is."""
    if view.passed_at is not None:
        return _("passed {how}").format(how=_(words.HOWS[How(view.passed_how)]))
    if view.is_moot:
        return _("no longer needed")
    if view.is_suspended:
        return _("missed, suspended")
    if view.is_late:
        return _("overdue")
    if view.read_at is None:
        return _("not read yet")
    return _("{right} of {needed} right").format(right=view.right, needed=view.needed)


def next_step(view: DeltaView) -> str:
    """What to do now."""
    if view.passed_at is not None:
        return _("You have passed it. There is nothing left to do.")
    if view.is_moot:
        return _("A newer text took its place. There is nothing left to do.")
    if view.read_at is None:
        return _("Read what changed, then say that you have read it.")
    if not view.needed:
        return _(
            "No practice item asks for the new text yet. An exam that asks for it or a trainer's "
            "session passes you."
        )
    count = view.needed - view.right
    text = _n(
        "Answer {count} practice item on it rightly. An exam that asks for it or a trainer's "
        "session passes you, too.",
        "Answer {count} practice items on it rightly. An exam that asks for it or a trainer's "
        "session passes you, too.",
        count,
    )
    return text.format(count=count)


def days(view: DeltaView) -> str:
    """From when the text holds and until when it is to be learned."""
    return _("In force from {first}. To be passed until {last}.").format(
        first=view.effective_from.isoformat(), last=view.due_on.isoformat()
    )


def consequence() -> str:
    """What happens to who comes late."""
    return _("After that day the post qualification is suspended until it is passed.")


def lines(view: DeltaView) -> list[str]:
    """A training in full: both texts, then what to do."""
    said = [f"{view.number}  {pick(view.item)}"]
    if view.is_confidential:
        said.append(words.confidential())
    said += [days(view), _("Why: {why}").format(why=view.description)]
    for part in changed(view.old, view.new):
        said.append(_("{name}, old: {text}").format(name=part.name, text=part.old or "–"))
        said.append(_("{name}, new: {text}").format(name=part.name, text=part.new or "–"))
    return [*said, next_step(view)]

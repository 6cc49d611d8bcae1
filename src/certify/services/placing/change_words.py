"""What became of a change of a person, in words."""

from collections.abc import Iterator

from certify.i18n import N_, _, _n, pick
from certify.services.placing.changing import Changed

FIELD_NAMES = {
    "name": N_("name"),
    "department_id": N_("department"),
    "post_id": N_("post"),
    "supervisor_id": N_("direct supervisor"),
    "status": N_("status"),
    "hired_on": N_("hire date"),
}


def change_text(done: Changed) -> Iterator[str]:
    """Each line one thing to know: what changed, what was assigned, what to see to."""
    who = f"{done.name} {done.staff_no}"
    if not done.fields:
        yield _("{who}: nothing is different.").format(who=who)
        return
    yield _("{who}: changed from {day} on: {fields}.").format(
        who=who,
        day=done.effects.from_day.isoformat(),
        fields=_(", ").join(_(FIELD_NAMES[field]) for field in done.fields),
    )
    if count := done.effects.courses:
        yield _n(
            "{count} course that the post needs was assigned.",
            "{count} courses that the post needs were assigned.",
            count,
        ).format(count=count)
    if done.effects.uncovered:
        titles = _("”, “").join(pick(title) for title in done.effects.uncovered)
        yield _("! The new post is not covered by: “{titles}”.").format(titles=titles)
    if done.reports:
        yield _("! Give these people another supervisor: {people}.").format(
            people=_(", ").join(done.reports)
        )

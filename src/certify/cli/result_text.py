"""A result in lines: mark, verdict, topic profile as bars, what was granted and what is next."""

from collections.abc import Iterator

from certify.cli.text import WIDTH, bar, cells, fill, wrap
from certify.domain.attempt import AttemptState
from certify.domain.clean import clean_line
from certify.domain.qualification import QualificationKind
from certify.i18n import N_, _, pick
from certify.services.results import QualificationView, ResultView

KINDS = {
    QualificationKind.LEVEL: N_("Level"),
    QualificationKind.POST: N_("Post qualification"),
}


def result_lines(view: ResultView) -> Iterator[str]:
    """The result of one submitted attempt, no line wider than `text.WIDTH`."""
    attempt = view.attempt
    if attempt.state is AttemptState.AWAITING:
        yield from wrap(
            _("{title}: awaiting marking; an examiner marks it, then the result is here.").format(
                title=clean_line(pick(attempt.title))
            )
        )
        return
    verdict = _("passed") if attempt.passed else _("not passed")
    if attempt.passed is None:
        verdict = _("no result: every item was voided")
    if attempt.number > 1:
        verdict += " " + _("(retake)")
    yield from wrap(
        _("{title}: mark {mark}, {verdict} (pass mark {pass_mark})").format(
            title=clean_line(pick(attempt.title)),
            mark=attempt.mark or "–",
            verdict=verdict,
            pass_mark=attempt.pass_mark,
        )
    )
    if attempt.by_deadline:
        yield from wrap(_("It was submitted by the deadline, as it stood."))
    if attempt.is_ended:
        yield from wrap(_("The invigilator ended it before its time; it counts as it stood."))
    yield ""
    below = _("below the pass mark") if attempt.passed else _("learn again")
    titles = [clean_line(pick(topic.title)) for topic in view.profile]
    widest = min(max(map(cells, titles), default=0), WIDTH - 50)
    for title, topic in zip(titles, view.profile, strict=True):
        *above, last = wrap(title, widest)
        yield from (f"  {line}" for line in above)
        mark = f"{topic.shown:>6}"
        note = f"  {below}" if topic.below else ""
        yield f"  {fill(last, widest)}  [{bar(topic.mark / 100)}] {mark}{note}"
    if view.granted:
        yield ""
    for granted in view.granted:
        yield from granted_lines(granted)
    if view.remedial is not None:
        topics = _("; ").join(clean_line(pick(topic)) for topic in view.remedial.topics)
        message = _("Next: remedial training until {day}: {topics}")
        yield ""
        yield from wrap(message.format(day=view.remedial.due_on.isoformat(), topics=topics))


def granted_lines(view: QualificationView) -> Iterator[str]:
    """One qualification, and below it its certificate and last valid day, never torn apart."""
    title = clean_line(pick(view.title))
    if view.kind is QualificationKind.LEVEL:
        title = f"{view.code} {title}"
    yield from wrap(f"{_(KINDS[view.kind])} {title}", rest="  ")
    message = _("certificate {number}, valid to {day}")
    below = message.format(number=view.certificate, day=view.valid_to.isoformat())
    yield f"  {below}"

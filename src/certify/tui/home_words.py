"""The lines of the first screen."""

from datetime import date

from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services import messages
from certify.services.home import HomeView
from certify.services.messages import MessageView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry

ABOUT = {
    "invigilation": N_("Candidates of a sitting begin when you admit them, one or all at once."),
    "delta-trainings": N_("A standard has a new text: read what changed and answer a few items."),
    "ratings": N_("Colleagues you are asked to rate; a minute each."),
    "training-sessions": N_("Sign in when you come and out when you go; trainers take attendance."),
    "notices": N_("Rectification notices whose next step is yours."),
    "anomalies": N_("Anomaly forms whose next step is yours."),
    "coaching-plans": N_("Coaching plans of your people, to be written or carried out."),
    "inspection-due": N_("Who is to be inspected this week, and why."),
    "consequences": N_("What grades bring: confirm or decline, with a reason."),
    "appeals": N_("Objections to grades that you may decide."),
    "proposals": N_("Revocations and removals that a colleague proposed and you may confirm."),
    "expiring": N_("Qualifications that end soon: remind, register, extend, many at once."),
    "refusals": N_("People who refuse onboarding: accept the reason, or not."),
    "training-plans": N_("Training plans that wait for HR's review."),
    "standard-drafts": N_("New texts of standards that need opinions, pilots or approval."),
    "practice": N_("Items you practised come back now, before you forget them."),
    "retakes": N_(
        "People whose attempts are used up wait for a decision, or their remedial training is "
        "past its last day."
    ),
    "bank": N_("Second keys, reviews and your own items that came back wait for you."),
    "stale-items": N_("A standard changed after these items were written: are they still right?"),
    "marking": N_("Essays and practicals that wait for you as an examiner."),
    "field-practice": N_(
        "Write down each task of your on-site practice; your guide remarks on it."
    ),
    "guided": N_("Tasks of those you guide wait for your remark, or a log for your sign-off."),
    "corrections": N_("Corrections that somebody proposed and a second person must apply."),
}
"""What the lines that open a page say in full."""


DESK = {
    "invigilation": N_("Candidates to admit"),
    "delta-trainings": N_("Changed standards to learn"),
    "ratings": N_("People to rate"),
    "training-sessions": N_("Training sessions today"),
    "notices": N_("Rectification notices"),
    "anomalies": N_("Anomaly forms"),
    "coaching-plans": N_("Coaching plans"),
    "inspection-due": N_("Inspections due"),
    "consequences": N_("Consequences of grades"),
    "appeals": N_("Appeals"),
    "proposals": N_("Proposals"),
    "refusals": N_("Refusals of onboarding"),
    "expiring": N_("Qualifications that end soon"),
    "training-plans": N_("Training plans"),
    "standard-drafts": N_("Standards in review"),
}
"""What waits on a page of evaluation, training, inspection and standards."""


def desk(view: HomeView, width: int) -> list[Entry]:
    """What of evaluation, training, inspection and standards waits for the person."""
    entries = []
    for one in view.on_desk:
        state = signed("○", _("waiting"), "$accent")
        if one.is_late:
            state = signed("!", _("overdue"), "$error")
        said = line(_(DESK[one.page]), state, str(one.count), Content(), width)
        entries.append(Entry(said, f"page:{one.page}"))
    return entries


def bank(view: HomeView, width: int) -> list[Entry]:
    """What of the item bank waits for a reviewer, and items whose standards changed."""
    waiting, entries = view.bank, []
    if waiting.total:
        state = signed("○", _("waiting"), "$accent")
        said = line(_("Item bank"), state, str(waiting.total), Content(), width)
        entries.append(Entry(said, "page:bank"))
    if waiting.stale:
        state = signed("!", _("look again"), "$warning")
        said = line(_("Stale items"), state, str(waiting.stale), Content(), width)
        entries.append(Entry(said, "page:stale-items"))
    return entries


def message(told: MessageView, width: int) -> Content:
    return fit(f"! {messages.text(told)}", width, "$warning")


def field_practice(view: HomeView, width: int) -> list[Entry]:
    """On-site practice: one's own while it goes on, and what waits for a guide."""
    entries = []
    if (log := view.practice_log) is not None and not log.locked:
        state = signed("◐" if log.entries else "○", _("in progress"), "$accent")
        size = f"{log.done.entries}/{log.needed.entries}"
        said = line(_("On-site practice"), state, size, Content(), width)
        entries.append(Entry(said, "page:field-practice"))
    if view.guided:
        count = len(view.guided)
        size = _n("{count} person", "{count} people", count).format(count=count)
        said = line(_("Whom I guide"), signed("○", _("waiting"), "$accent"), size, Content(), width)
        entries.append(Entry(said, "page:guided"))
    return entries


def day(due_on: date | None, today: date) -> Content:
    """The day something is due; ! before one that is past."""
    if due_on is None:
        return Content()
    until = _("until {day}").format(day=due_on)
    return Content.styled(f"! {until}", "$error") if due_on < today else Content(until)


def line(title: str, state: Content, time: str, due: Content, width: int) -> Content:
    """Something to do: what, how it stands, how long it takes, when it is due."""
    shared = widths(width, [0, 13, 11, 18], [1])
    due = due.pad_left(18 - due.cell_length)
    return row([fit(title, shared[0]), fit_content(state, 13), fit(time, 11), due])

"""What an invigilator does to candidates: each dialog says what will happen to whom, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import LANGUAGES, N_, _, _n
from certify.services import conducting, time_grants
from certify.services.hall_board import Candidate
from certify.tui.dialogs.accommodation import is_count
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.hall_words import everybody, who
from certify.tui.safe_text import safe_text
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

KEPT = N_("The reason is kept with the sitting for good.")
REASON = Ask("reason", N_("Reason"), check=required)
EXAMPLE = "A-07"


def pause_form(app: CertifyApp, actor: Actor, chosen: Sequence[Candidate]) -> Form:
    """The dialog; like all here it gives what was done, refusals on lines of their own."""

    async def send(values: dict[str, str]) -> str:
        reason = values["reason"]
        return await _each(app, chosen, conducting.pause, _("paused"), actor=actor, reason=reason)

    about = _(
        "{who}: the time stands still, the items are hidden and no answer is taken until you let "
        "them go on."
    ).format(who=everybody(chosen))
    return Form(N_("Pause"), [REASON], send, f"{about} {_(KEPT)}")


def go_on_form(app: CertifyApp, actor: Actor, chosen: Sequence[Candidate]) -> Form:
    """The dialog that ends a pause."""

    async def send(values: dict[str, str]) -> str:
        reason = values["reason"]
        return await _each(app, chosen, conducting.go_on, _("goes on"), actor=actor, reason=reason)

    about = _("{who}: the exam goes on at once, and the time of the pause is given back.").format(
        who=everybody(chosen)
    )
    return Form(N_("Go on"), [REASON], send, f"{about} {_(KEPT)}")


def end_form(app: CertifyApp, actor: Actor, chosen: Sequence[Candidate]) -> Form:
    """The dialog that ends exams before their time; it asks once more, whatever was typed."""

    async def send(values: dict[str, str]) -> str | None:
        time_grants.check_reason(values["reason"])
        count = len(chosen)
        question = _n("End {count} exam now?", "End {count} exams now?", count)
        details = [everybody(chosen), _("After that nothing can be answered any more.")]
        sure = Confirm(question.format(count=count), safe_text("\n".join(details)), guarded=True)
        if not await app.push_screen_wait(sure):
            return None

        reason = values["reason"]
        return await _each(app, chosen, conducting.end, _("ended"), actor=actor, reason=reason)

    about = _(
        "{who}: the exam is submitted as it stands now and marked as usual; this cannot be undone."
    ).format(who=everybody(chosen))
    return Form(N_("End the exam"), [REASON], send, f"{about} {_(KEPT)}")


def move_form(app: CertifyApp, actor: Actor, one: Candidate) -> Form:
    """The dialog that gives a candidate in an exam another seat and terminal."""

    async def send(values: dict[str, str]) -> str:
        await app.use(
            conducting.move,
            actor=actor,
            attempt_id=one.attempt_id or 0,
            seat=values["seat"],
            reason=values["reason"],
        )
        return _("{who} moves to {seat} and signs in there.").format(
            who=one.name, seat=values["seat"]
        )

    about = _(
        "{who}: the terminal used now is cut off; everything saved stays. At the new one the "
        "person signs in and goes on; the time runs meanwhile."
    ).format(who=who(one))
    asks = [Ask("seat", N_("New seat"), check=required, example=EXAMPLE), REASON]
    return Form(N_("Move to another seat"), asks, send, f"{about} {_(KEPT)}")


def announce_form(
    app: CertifyApp,
    actor: Actor,
    chosen: Sequence[Candidate],
    cohort_id: int | None,
    exam: str,
) -> Form:
    """The dialog that tells candidates something in the middle of the exam.

    Args:
        cohort_id: the sitting that is shown, to tell everybody in it.
        exam: else the exam of the candidates, to tell whoever sits it.
    """

    async def send(values: dict[str, str]) -> str:
        text = values["text"]
        if values["whom"] == "all":
            await app.use(
                conducting.announce,
                actor=actor,
                text=text,
                exam="" if cohort_id is not None else exam,
                cohort_id=cohort_id,
            )
            return _("Everybody who sits the exam was told: {text}").format(text=text)

        return await _each(app, chosen, conducting.announce, _("told"), actor=actor, text=text)

    everyone = N_("everybody in this sitting")
    if cohort_id is None:
        everyone = N_("everybody who sits this exam")
    choices = [Choice("all", everyone)]
    if chosen:
        choices.insert(0, Choice("chosen", _same(everybody(chosen))))
    asks = [
        Ask("whom", N_("For whom"), "chosen" if len(chosen) > 1 else "all", choices=choices),
        Ask("text", N_("Message"), check=required),
    ]
    about = N_(
        "It stands above the items within seconds, until the candidate has read it. Say nothing "
        "about the content of items to some that others do not hear."
    )
    return Form(N_("Message"), asks, send, about)


def time_form(
    app: CertifyApp, actor: Actor, chosen: Sequence[Candidate], cohort_id: int | None
) -> Form:
    """The dialog that gives minutes to the chosen ones, or to everybody of a sitting."""

    async def send(values: dict[str, str]) -> str:
        minutes, reason = int(values["minutes"]), values["reason"]
        if not chosen or values.get("whom") == "all":
            await app.use(
                conducting.give_time_to_all,
                actor=actor,
                cohort_id=cohort_id or 0,
                minutes=minutes,
                reason=reason,
            )
            return _("Everybody was given {minutes} min.").format(minutes=minutes)

        return await _each(
            app,
            chosen,
            time_grants.give_time,
            _("given {minutes} min").format(minutes=minutes),
            actor=actor,
            minutes=minutes,
            reason=reason,
        )

    choices = []
    if chosen:
        choices.append(Choice("chosen", _same(everybody(chosen))))
    if cohort_id is not None:
        choices.append(Choice("all", N_("everybody in this sitting")))
    whom = [Ask("whom", N_("For whom"), choices=choices)] if len(choices) > 1 else []
    asks = [Ask("minutes", N_("Minutes"), "5", is_count), *whom, REASON]
    about = _("{who}: the minutes count at once.").format(who=everybody(chosen)) if chosen else ""
    return Form(N_("Give time"), asks, send, f"{about} {_(KEPT)}".strip())


def _same(text: str) -> dict[str, str]:
    """Text from anywhere as it is, in every language."""
    return dict.fromkeys(LANGUAGES, text)


async def _each(
    app: CertifyApp,
    chosen: Sequence[Candidate],
    use_case: Callable[..., object],
    done: str,
    **facts: object,
) -> str:
    """Do something to each candidate; who is refused stops none of the others.

    Args:
        use_case: takes `attempt_id` and these facts.
        done: what was done, translated.
    Returns:
        What was done to how many, then on lines of their own who was refused and why.
    Raises:
        CertifyError: there is one candidate only, who was refused.
    """
    names, refused = [], []
    for one in chosen:
        try:
            await app.use(use_case, attempt_id=one.attempt_id or 0, **facts)
        except CertifyError as error:
            if len(chosen) == 1:
                raise
            said = _("{name}: {text}").format(name=who(one), text=error.message)
            refused.append(f"✗ {said}")
        else:
            names.append(one.name)
    if len(chosen) == 1:
        return _("{name}: {value}").format(name=chosen[0].name, value=done)
    text = _n("{count} candidate: {done}", "{count} candidates: {done}", len(names))
    return "\n".join([text.format(count=len(names), done=done), *refused])


async def admit(
    app: CertifyApp, actor: Actor, chosen: Sequence[Candidate], cohort_id: int
) -> str | None:
    """Ask and let candidates in; gives what was done, None when the person thought better of it.

    A reason is asked for where somebody of them comes late.
    """
    numbers = [one.staff_no for one in chosen]
    count = len(chosen)

    async def let_in(reason: str) -> str:
        await app.use(
            conducting.admit, actor=actor, cohort_id=cohort_id, staff_nos=numbers, reason=reason
        )
        text = _n("{count} candidate admitted.", "{count} candidates admitted.", count)
        return text.format(count=count)

    async def send(values: dict[str, str]) -> str:
        return await let_in(values["reason"])

    about = _("{who}: may begin from now on.").format(who=everybody(chosen))
    if any(one.is_late for one in chosen):
        late = _("It is later than this sitting allows without a reason.")
        return await app.push_screen_wait(
            Form(N_("Admit late"), [REASON], send, f"{about} {late} {_(KEPT)}")
        )
    question = _n("Admit {count} candidate?", "Admit {count} candidates?", count)
    sure = Confirm(question.format(count=count), Content("").join([safe_text(about)]))
    if not await app.push_screen_wait(sure):
        return None
    return await let_in("")

"""The form of a standard in the making: what each side said of a draft (《评审意见汇总表》)."""

from certify.domain.exchange import Column
from certify.domain.permission import Action
from certify.domain.person import Actor
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.forms.form import Form, Table, Wanted
from certify.services.standard_life import draft_view, draft_words, words
from certify.services.windows import moment_text


def _review_opinions(platform: Platform, actor: Actor, wanted: Wanted) -> Table:
    """Opinions and trials of a draft, those that count no more marked so (R-STD-01, R-STD-06)."""
    view = draft_view.draft(platform, actor=actor, draft_id=wanted.draft or 0)
    columns = [
        Column("kind", _("Kind")),
        Column("side", _("Side or scene")),
        Column("by", _("Said by")),
        Column("at", _("Time")),
        Column("verdict", _("Verdict")),
        Column("opinion", _("Opinion")),
        Column("counts", _("Counts")),
    ]
    opinions = [
        (
            _("opinion"),
            words.side(one.side),
            one.by,
            moment_text(platform, one.at),
            _("agrees") if one.agrees else _("does not agree"),
            one.opinion,
            _("no") if one.is_voided else _("yes"),
        )
        for one in view.opinions
    ]
    trials = [
        (
            _("trial"),
            one.scene,
            one.by,
            moment_text(platform, one.at),
            _("works") if one.works else _("does not work"),
            one.feedback,
            _("no") if one.is_voided else _("yes"),
        )
        for one in view.scenes
    ]
    mark = words.confidential() if view.is_confidential else ""
    about = [
        ("standard", _("Standard"), draft_words.head(view)),
        ("confidential", _("Confidentiality"), mark),
        ("state", _("State"), _(words.DRAFT_STATES[view.state])),
        ("first_day", _("First day"), view.effective_from.isoformat()),
        ("drafted", _("Drafted"), view.drafted_by),
        ("description", _("Description"), view.description),
        ("missing", _("Missing"), " ".join(draft_words.missing(view))),
    ]
    return Table(columns, opinions + trials, about=[line for line in about if line[2]])


FORMS = (
    Form(
        "review-opinions",
        N_("Review opinions"),
        _review_opinions,
        frozenset({Action.MANAGE_STANDARDS, Action.OPINE_STANDARD}),
        takes=("draft",),
        needs=("draft",),
    ),
)

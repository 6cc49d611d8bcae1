"""The item analysis in words and in columns, the same on every front end."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from certify.domain.exam_analysis import ExamAnalysis, Missing
from certify.domain.item_analysis import Flag, Interval, ItemAnalysis, OptionAnalysis
from certify.domain.scoring import cut, points_text
from certify.domain.tally import THOUSAND
from certify.i18n import N_, _, _n, pick
from certify.services.item_stats import ExamFigures, FormStats, ItemStats, Rebuilt
from certify.services.proof_words import percent

NOTHING = "–"
FLAGS = {
    Flag.KEY: N_("! key suspected"),
    Flag.LOW_D: N_("≈ does not separate"),
    Flag.HARD: N_("▼ too hard"),
    Flag.EASY: N_("▲ too easy"),
    Flag.UNUSED: N_("○ a distractor nobody chose"),
}
MEANINGS = {
    Flag.KEY: N_("The key may be wrong: those who know more chose another option. Look at it."),
    Flag.LOW_D: N_("Strong and weak candidates do about equally well on it."),
    Flag.HARD: N_("Few earn its points: look whether it is taught, clear and rightly keyed."),
    Flag.EASY: N_("Nearly everybody earns its points: it tells little about anybody."),
    Flag.UNUSED: N_("A wrong option that nobody takes for right does no work."),
}
MISSING = {
    Missing.TOO_FEW: N_("n too small"),
    Missing.NO_SPREAD: N_("everybody has the same total"),
    Missing.ONE_ITEM: N_("a form has fewer than two items"),
    Missing.UNEQUAL_FORMS: N_("the forms differ too much in difficulty"),
    Missing.NOT_RELIABLE: N_("the reliability is not between 0 and 1"),
}


@dataclass(frozen=True)
class Figure:
    """One figure by its full name."""

    name: str
    value: str
    note: str = ""
    """Its interval, or what it means."""


@dataclass(frozen=True)
class Bin:
    """How many attempts have a mark from `low`, included, to `high`."""

    low: Fraction
    high: Fraction
    n: int


def number(value: float | Fraction | None) -> str:
    """A statistic for the eye, to two places; a share is cut, so that it never reaches a limit."""
    if value is None:
        return NOTHING
    return cut(value) if isinstance(value, Fraction) else f"{value:.2f}"


def separation(figures: ItemAnalysis) -> tuple[str, str]:
    """Item-rest correlation and D in short; not where so few attempts would only look precise."""
    if not figures.enough:
        return NOTHING, NOTHING
    return number(figures.item_rest), number(figures.upper_lower_d)


def flags(figures: ItemAnalysis) -> list[str]:
    """Why to look at an item again, with signs; or that there is too little to say."""
    if not figures.enough:
        return [_(MISSING[Missing.TOO_FEW])]
    return [_(FLAGS[flag]) for flag in FLAGS if flag in figures.flags]


def meanings(figures: ItemAnalysis) -> list[str]:
    """What each flag of an item says, in sentences."""
    text = _("{flag}: {meaning}")
    return [
        text.format(flag=_(FLAGS[flag]), meaning=_(MEANINGS[flag]))
        for flag in FLAGS
        if flag in figures.flags
    ]


def counted(whole: ExamFigures) -> str:
    """What the figures rest on."""
    if not whole.forms:
        return _("Nobody has a result in this exam yet. The figures come with the first ones.")
    if whole.all_attempts:
        return _n("{count} attempt, retakes too", "{count} attempts, retakes too", whole.n).format(
            count=whole.n
        )
    return _n("{count} first attempt", "{count} first attempts", whole.n).format(count=whole.n)


def figure_line(figure: Figure) -> str:
    """A figure in one line."""
    line = _("{name}: {value}").format(name=figure.name, value=figure.value)
    return _("{line} ({note})").format(line=line, note=figure.note) if figure.note else line


def form_name(form: FormStats) -> str:
    """The forms of one number of points, and how many attempts had one."""
    text = _n(
        "Forms of {points} points: {count} attempt",
        "Forms of {points} points: {count} attempts",
        form.figures.n,
    )
    points = points_text(Fraction(form.figures.possible, THOUSAND))
    return text.format(points=points, count=form.figures.n)


def mean_mark(figures: ExamAnalysis) -> str:
    """The mean as a mark, 0 to 100."""
    return NOTHING if figures.mean is None else cut(100 * figures.mean / figures.possible, 1)


def as_mark(value: float | None, figures: ExamAnalysis) -> str:
    """A deviation or an error in marks."""
    return NOTHING if value is None else f"{100 * value / figures.possible:.1f}"


def form_figures(form: FormStats) -> list[Figure]:
    """The figures of an exam, each by its name."""
    one, decided = form.figures, form.figures.decisions
    why = _(MISSING[one.missing]) if one.missing else ""
    why_not = _(MISSING[one.decisions_missing]) if one.decisions_missing else ""
    return [
        Figure(_("Mean mark"), mean_mark(one)),
        Figure(_("Standard deviation"), as_mark(one.deviation, one)),
        Figure(_("Reliability (Cronbach's alpha, KR-20)"), number(one.alpha), why),
        Figure(_("Standard error of measurement"), as_mark(one.standard_error, one), why),
        Figure(
            _("Attempts within one standard error of the pass mark"),
            NOTHING if one.near_cut is None else str(one.near_cut),
            why,
        ),
        Figure(_("Same verdict twice"), _share(decided.consistency if decided else None), why_not),
        Figure(_("Kappa, beyond chance"), number(decided.kappa if decided else None), why_not),
        Figure(_("Verdict deserved"), _share(decided.accuracy if decided else None), why_not),
    ]


def item_figures(one: ItemStats, whole: ExamFigures) -> list[Figure]:
    """The figures of an item, each by its name, with what is known of their error."""
    found = one.figures
    few = "" if found.enough else _(MISSING[Missing.TOO_FEW])
    return [
        Figure(_("Attempts (n)"), str(found.n), few),
        Figure(_("Difficulty index p (high is easy)"), number(found.p), _span(found.p_interval)),
        Figure(
            _("Discrimination: item-rest correlation r"),
            number(found.item_rest),
            _span(found.item_rest_interval) or few,
        ),
        Figure(groups_name(whole), number(found.upper_lower_d), few),
    ]


def groups_name(whole: ExamFigures) -> str:
    """D by its full name, with the size of its groups."""
    return _("Discrimination D: upper and lower {share} groups").format(
        share=percent(whole.group_share)
    )


def legend(whole: ExamFigures) -> str:
    """What the letters above the columns stand for."""
    return _("p: difficulty index · r: item-rest correlation · D: upper-lower {share}").format(
        share=percent(whole.group_share)
    )


def item_line(one: ItemStats) -> str:
    """What an item is."""
    return _("{item} · {type} · {topic} · points {points}").format(
        item=one.item, type=_(one.type_label), topic=pick(one.topic_title), points=one.points
    )


def option_text(one: ItemStats, option: OptionAnalysis) -> str:
    """What an option says."""
    if not option.option:
        return _("nothing chosen")
    texts = one.options.get(option.option)
    return pick(dict(texts)) if texts else ""


def option_name(option: OptionAnalysis) -> str:
    """The option's letter, ✓ before it where it is right."""
    return f"{'✓' if option.is_key else ' '} {option.option or NOTHING}"


def option_share(share: Fraction | None) -> str:
    """The share of a group."""
    return NOTHING if share is None else percent(share)


def rebuilt(found: Rebuilt) -> list[str]:
    """What making the sums again came to."""
    told = [
        _("The sums kept were others; they are put right.")
        if found.differed
        else _("✓ The sums kept are those of the stored results."),
        _n("{count} attempt counted.", "{count} attempts counted.", found.counted).format(
            count=found.counted
        ),
    ]
    if found.left_out:
        left = _n(
            "{count} attempt of an older release is not in the sums: the points of its items "
            "were not kept.",
            "{count} attempts of an older release are not in the sums: the points of their items "
            "were not kept.",
            found.left_out,
        )
        told.append(left.format(count=found.left_out))
    return told


def histogram(form: FormStats, pass_mark: Fraction, step: int = 5) -> list[Bin]:
    """Attempts by mark in steps that meet at the pass mark, from the lowest mark there is to 100.

    A mark on a border counts above it; 100 counts with the last step.
    """
    first = pass_mark % step
    borders = sorted(
        {Fraction(0), Fraction(100), *(first + step * at for at in range(100 // step))}
    )
    borders = [border for border in borders if border <= 100]
    marks = [(Fraction(100 * one.total, form.figures.possible), one.n) for one in form.totals]
    bins = [
        Bin(low, high, sum(n for mark, n in marks if low <= mark < high or mark == high == 100))
        for low, high in pairwise(borders)
    ]
    while bins and not bins[0].n and bins[0].high < pass_mark:
        del bins[0]
    return bins


def _share(value: float | None) -> str:
    return NOTHING if value is None else _("{number} %").format(number=f"{100 * value:.1f}")


def _span(interval: Interval | None) -> str:
    if interval is None:
        return ""
    return _("95 %: {low} to {high}").format(low=f"{interval.low:.2f}", high=f"{interval.high:.2f}")

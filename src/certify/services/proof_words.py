"""The proof of a blueprint in words and in columns, the same on every front end."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from certify.domain.blueprint_proof import Comparison
from certify.domain.parallel_forms import RetakeOverlap
from certify.domain.scoring import cut
from certify.i18n import _, _n, pick
from certify.services import review_words
from certify.services.proving import ProofView, ProvedCell

NAMED = 5
"""How many items are named before the rest is only counted."""


@dataclass(frozen=True)
class Grid:
    """The two-way table: topics down, types and difficulties across, a total at either end."""

    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class TopicExposure:
    """How likely the most exposed item of a topic is to stand on a form."""

    title: str
    highest: Fraction


def percent(share: Fraction) -> str:
    """A share for the eye, cut to a tenth of a percent, nothing after a whole number."""
    text = cut(share * 100, 1)
    return _("{number} %").format(number=text.removesuffix(".0"))


def rules(view: ProofView) -> str:
    """What is drawn from what."""
    return _("Items {items} · points {points} · bank {bank}").format(
        items=view.items, points=view.points, bank=view.bank
    )


def grid(view: ProofView) -> Grid:
    """Every cell as `wanted/available`; ✗ marks what cannot be filled, * items that cells share."""
    kinds = list(dict.fromkeys((one.type_label, one.difficulty or 0) for one in view.cells))
    kinds.sort(key=lambda kind: [one.type_label for one in view.cells].index(kind[0]))
    topics = list(dict.fromkeys(one.topic for one in view.cells))
    rows = []
    for topic in topics:
        of_topic = [one for one in view.cells if one.topic == topic]
        entries = [[one for one in of_topic if _kind(one) == kind] for kind in kinds]
        rows.append([pick(of_topic[0].topic_title), *map(_entry, entries), _entry(of_topic)])
    if len(topics) > 1:
        by_kind = [[one for one in view.cells if _kind(one) == kind] for kind in kinds]
        rows.append([_("Total"), *map(_entry, by_kind), _entry(view.cells)])
    return Grid([_("Topic"), *(_kind_name(*kind) for kind in kinds), _("Total")], rows)


def headings(columns: Sequence[str], measure: Callable[[str], int]) -> list[list[str]]:
    """The headings of a table in lines, words below each other so that columns stay narrow.

    Args:
        measure: how many cells a text takes.
    """
    stacks = []
    for column in columns:
        words = column.split()
        width = max((measure(word) for word in words), default=0)
        lines: list[str] = []
        for word in words:
            if lines and measure(f"{lines[-1]} {word}") <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        stacks.append(lines)
    height = max(map(len, stacks))
    padded = [[""] * (height - len(stack)) + stack for stack in stacks]
    return [list(line) for line in zip(*padded, strict=True)]


def marks(view: ProofView) -> str:
    """What the signs in the table mean; empty when there are none."""
    parts = []
    if view.conflicts:
        parts.append(_("✗ cannot be filled"))
    if not all(one.is_alone for one in view.cells):
        parts.append(_("* shares items with another cell"))
    return _("; ").join(parts)


def verdict(view: ProofView) -> str:
    """Whether the exam can open."""
    if view.may_open:
        return _("✓ Every cell can be filled; the exam can open.")
    return _("✗ The exam does not open: the bank is too small.")


def conflicts(view: ProofView) -> list[str]:
    """Every set of cells that cannot be filled, with what it lacks, and what waits for review."""
    found = [
        _("{cells}: {wanted} wanted, {available} available, {missing} missing.").format(
            cells=_cells(view, one.places),
            wanted=one.wanted,
            available=one.available,
            missing=one.missing,
        )
        for one in view.conflicts
    ]
    return found + ([review_words.waiting(view.waiting)] if found and view.waiting else [])


def overlap(view: ProofView, compared: Comparison) -> list[str]:
    """What parallel forms have in common."""
    found = compared.overlap
    return [
        _("On average {share} of the items ({how}).").format(
            share=percent(found.mean), how=_how(found.is_exact)
        ),
        _n(
            "At most {most} among {count} drawn form; at least {least}, however they are drawn.",
            "At most {most} among {count} drawn forms; at least {least}, however they are drawn.",
            view.forms,
        ).format(most=percent(found.most), count=view.forms, least=percent(found.least)),
    ]


def retakes(compared: Comparison) -> list[str]:
    """What each retake repeats of all earlier forms of the person."""
    return [_retake(one) for one in compared.retakes]


def warnings(view: ProofView, compared: Comparison) -> list[str]:
    """Why the bound of retakes cannot be kept and what would keep it; empty when it is kept."""
    if view.keeps_bound:
        return []
    text = _(
        "A retake may repeat at most {bound}; the bank is too small for that, so the least seen "
        "items are used."
    )
    lines = [text.format(bound=percent(view.max_overlap))]
    if total := sum(one.more for one in compared.additions):
        more = _n("{count} item more would keep it:", "{count} items more would keep it:", total)
        lines.append(more.format(count=total))
    else:
        lines.append(_("Cells that share items leave too few unseen ones; add items to them."))
    for one in compared.additions:
        more = _n("{cells}: add {count} item.", "{cells}: add {count} items.", one.more)
        lines.append(more.format(cells=_cells(view, one.places), count=one.more))
    return lines


def bound_kept(view: ProofView) -> str:
    """That every retake stays within the policy."""
    return _("✓ No retake repeats more than the {bound} allowed.").format(
        bound=percent(view.max_overlap)
    )


def exposure(compared: Comparison) -> list[str]:
    """The most exposed items and those that are never drawn."""
    highest = max(one.share for one in compared.exposures)
    most = [one for one in compared.exposures if one.share == highest]
    lines = [
        _("Most likely to be drawn, {share} ({how}): {items}.").format(
            share=percent(highest),
            how=_how(all(one.is_exact for one in most)),
            items=_some(one.code for one in most),
        )
    ]
    if no_cell := [one.code for one in compared.exposures if not one.places]:
        lines.append(_("Fit no cell of this exam: {items}.").format(items=_some(no_cell)))
    if undrawn := [one.code for one in compared.exposures if one.places and not one.share]:
        lines.append(_("Did not come in any drawn form: {items}.").format(items=_some(undrawn)))
    return lines


def exposure_by_topic(view: ProofView, compared: Comparison) -> list[TopicExposure]:
    """The highest exposure of each topic, in the order of the blueprint."""
    highest: dict[str, TopicExposure] = {}
    for one in compared.exposures:
        for place in one.places:
            cell = view.cells[place]
            known = highest.get(cell.topic)
            if known is None or known.highest < one.share:
                highest[cell.topic] = TopicExposure(pick(cell.topic_title), one.share)
    topics = dict.fromkeys(cell.topic for cell in view.cells)
    return [highest[topic] for topic in topics if topic in highest]


def spread(view: ProofView, compared: Comparison) -> list[str]:
    """How hard the forms are beside each other, and where that is known from."""
    found = compared.spread
    where = _("over all forms there can be") if found.is_exact else _("over the drawn forms")
    text = _("Mean {mean}, standard deviation {deviation}, {lowest} to {highest} ({where}).")
    lines = [
        text.format(
            mean=cut(found.mean),
            deviation=f"{found.deviation:.2f}",
            lowest=cut(found.lowest),
            highest=cut(found.highest),
            where=where,
        )
    ]
    if view.measured == 0:
        lines.append(_("From the authors' difficulty; no item has statistics yet."))
    elif view.measured < view.bank:
        lines.append(
            _n(
                "From the answers to {count} item; the authors' difficulty for the others.",
                "From the answers to {count} items; the authors' difficulty for the others.",
                view.measured,
            ).format(count=view.measured)
        )
    else:
        lines.append(_("From the answers to every item."))
    return lines


def cell_name(cell: ProvedCell) -> str:
    """A cell by what it takes."""
    kind = _kind_name(cell.type_label, cell.difficulty or 0)
    return _("“{topic} · {type}”").format(topic=pick(cell.topic_title), type=kind)


def _retake(one: RetakeOverlap) -> str:
    if one.is_exact:
        return _("Attempt {number}: {share} of the items stood on earlier forms (exact).").format(
            number=one.number, share=percent(one.mean)
        )
    text = _("Attempt {number}: {mean} of the items on average, {most} at most (drawn forms).")
    return text.format(number=one.number, mean=percent(one.mean), most=percent(one.most))


def _kind(cell: ProvedCell) -> tuple[str, int]:
    return cell.type_label, cell.difficulty or 0


def _kind_name(type_label: str, difficulty: int) -> str:
    if not difficulty:
        return _(type_label)
    return _("{type}, difficulty {level}").format(type=_(type_label), level=difficulty)


def _entry(cells: Sequence[ProvedCell]) -> str:
    """`wanted/available` of cells together; each item counts once."""
    if not cells:
        return ""
    wanted = sum(one.count for one in cells)
    available = len({code for one in cells for code in one.codes})
    short = "✗ " if any(one.filled < one.count for one in cells) else ""
    shared = "*" if len(cells) == 1 and not cells[0].is_alone else ""
    return f"{short}{wanted}/{available}{shared}"


def _cells(view: ProofView, places: Iterable[int]) -> str:
    return _(" + ").join(cell_name(view.cells[place]) for place in places)


def _how(is_exact: bool) -> str:
    return _("exact") if is_exact else _("drawn forms")


def _some(codes: Iterable[str]) -> str:
    """Some of the items by name, and how many more there are."""
    found = list(codes)
    named = _(", ").join(found[:NAMED])
    left = len(found) - NAMED
    if left <= 0:
        return named
    more = _n("{items} and {count} more", "{items} and {count} more", left)
    return more.format(items=named, count=left)

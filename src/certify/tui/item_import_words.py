"""The report of an import in lines: what a person must look at first stands first."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services.item_import_facts import Defaults
from certify.services.item_import_report import ImportReport, LossGroup, NearDuplicate, Outcome
from certify.services.own_courses import OwnCourse

GROUPS = {
    "rejected": (N_("✗ Rejected: to be mended"), "bold $error"),
    "skipped": (N_("– Skipped"), "bold"),
    "loss": (N_("! What the bank cannot hold"), "bold $warning"),
    "near": (N_("≈ Asks nearly the same as another item"), "bold $warning"),
    "topic": (N_("? Topics that the course does not have"), "bold $warning"),
    "lack": (N_("○ Unfinished: what items lack before they can be used"), "bold $accent"),
    "remark": (N_("i Told of the file"), "bold"),
    "changed": (N_("± Changes an item of the course"), "bold $accent"),
    "new": (N_("✓ New items"), "bold $success"),
}
"""What stands above each group of lines, in their order, and its style."""
DIFFICULTIES = {"1": N_("1 easy"), "2": N_("2 medium"), "3": N_("3 hard")}


@dataclass(frozen=True)
class ReportLine:
    """One line of the report and all that it says, each part with its label, translated."""

    group: str
    place: str
    text: str
    parts: tuple[tuple[str, str], ...]


def lines(report: ImportReport, labels: Mapping[str, str]) -> list[ReportLine]:
    """Every line of a report in the order of `GROUPS`.

    Args:
        labels: names of the question types for people, English source text.
    """
    order = list(GROUPS)
    return sorted(_lines(report, labels), key=lambda one: order.index(one.group))


def _lines(report: ImportReport, labels: Mapping[str, str]) -> Iterator[ReportLine]:
    yield from (_outcome(one, labels) for one in report.outcomes)
    yield from (_group("loss", one) for one in report.losses)
    yield from (_near(one) for one in report.near_duplicates)
    yield from (_topic(name, count) for name, count in report.unknown_topics)
    yield from (_group("lack", one) for one in report.lacking)
    for remark in report.remarks:
        parts = ((_("It says"), remark.message), (_("Place"), remark.place))
        yield ReportLine("remark", remark.place, remark.message, parts)


def _outcome(one: Outcome, labels: Mapping[str, str]) -> ReportLine:
    stem = " ".join(one.stem.split())
    said = " · ".join(text for text in (one.reason, stem) if text)
    label = labels.get(one.type, one.type)
    kinds = (_(label) if label else "", one.source_type)
    parts = (
        (_("Changes") if one.fate == "changed" else _("Reason"), one.reason),
        (_("What to do"), one.mend),
        (_("Lacks"), "\n".join(one.lacks)),
        (_("Lost"), "\n".join(loss.message for loss in one.losses)),
        (_("Question"), one.stem),
        (_("Place"), one.place),
        (_("Name in the file"), one.name),
        (_("Item"), one.code),
        (_("Type"), " ← ".join(dict.fromkeys(filter(None, kinds)))),
    )
    return ReportLine(one.fate, one.place, said, tuple(part for part in parts if part[1]))


def _group(name: str, group: LossGroup) -> ReportLine:
    sign = _("(look at it) ") if group.is_serious else ""
    places = _(", ").join(group.places) + (" …" if group.count > len(group.places) else "")
    said = _n("{count} item", "{count} items", group.count).format(count=group.count)
    parts = ((_("It says"), sign + group.message), (_("How often"), said), (_("Places"), places))
    return ReportLine(name, f"{group.count} ×", sign + group.message, parts)


def _near(one: NearDuplicate) -> ReportLine:
    other = f"{one.other} ({one.other_course})" if one.other_course else one.other
    said = _("{code} is like {other} ({percent} %)")
    said = said.format(code=one.code, other=other, percent=one.percent)
    mend = _("Both are taken over; leave one out where they ask for the same.")
    parts = ((_("It says"), said), (_("What to do"), mend), (_("Place"), one.place))
    return ReportLine("near", one.place, said, parts)


def _topic(name: str, count: int) -> ReportLine:
    said = _n("{count} item", "{count} items", count).format(count=count)
    mend = _(
        "Write a topic of the course into the file, add the topic to course.toml, or choose with "
        "D which topic such items get."
    )
    parts = ((_("Topic"), name), (_("How often"), said), (_("What to do"), mend))
    return ReportLine("topic", f"{count} ×", name, parts)


def heading(group: str, count: int) -> Content:
    """What stands above a group."""
    words, style = GROUPS[group]
    said = _("{words} ({count})").format(words=_(words), count=count)
    return Content.styled(said, style)


def counts(report: ImportReport) -> Content:
    """`found = imported + skipped + rejected`, each with the sign of its part of the bar."""
    text = _("{found} found = █ {imported} imported + ▒ {skipped} skipped + ░ {rejected} rejected")
    return Content(
        text.format(
            found=report.found,
            imported=report.imported,
            skipped=report.count("skipped"),
            rejected=report.count("rejected"),
        )
    )


def bar(report: ImportReport, width: int) -> Content:
    """The three as one bar; what there is of each has a cell at least."""
    parts = (
        ("█", report.imported, "$success"),
        ("▒", report.count("skipped"), "$foreground 70%"),
        ("░", report.count("rejected"), "$error"),
    )
    rooms = [max(1, count * width // report.found) if count else 0 for _s, count, _style in parts]
    if report.found:
        rooms[rooms.index(max(rooms))] += width - sum(rooms)
    cells = [Content.styled(p[0] * room, p[2]) for p, room in zip(parts, rooms, strict=True)]
    return Content("").join(cells)


def defaults(given: Defaults, course: OwnCourse) -> str:
    """What counts where the file says nothing."""
    said = []
    if given.topic:
        said.append(pick(_texts(course.topics, given.topic)))
    if given.difficulty:
        said.append(_(DIFFICULTIES[str(given.difficulty)]))
    said += [*given.facts, *given.standards]
    if not said:
        return _("D says which topic and difficulty items get for which the file names none.")
    return _("Where the file says nothing: {values}").format(values=" · ".join(said))


def _texts(topics: Mapping[str, Mapping[str, str]], code: str) -> Mapping[str, str]:
    return topics.get(code) or {"zh": code}


def matches(wanted: str) -> Callable[[ReportLine], bool]:
    """Whether a line has a text, whatever its case."""
    folded = wanted.casefold()
    return lambda one: any(folded in text.casefold() for _label, text in one.parts)


def next_steps(report: ImportReport, course: OwnCourse, rejects: str) -> list[str]:
    """What is done, and what to do with it."""
    banks = [str(course.folder / name) for name in report.files if name.endswith(".md")]
    said = [
        _n(
            "✓ Taken over: {count} item stands in the course now.",
            "✓ Taken over: {count} items stand in the course now.",
            report.imported,
        ).format(count=report.imported)
    ]
    if report.imported:
        said.append(
            _(
                "They are drafts: another trainer answers each without seeing its key, and "
                "somebody who did not write it approves it. The item bank shows what waits."
            )
        )
    if report.drafts:
        said.append(
            _n(
                "{count} of them lacks something first (○ below); write it into: {files}",
                "{count} of them lack something first (○ below); write it into: {files}",
                report.drafts,
            ).format(
                count=report.drafts, files=_(", ").join(banks[:3]) + (" …" if banks[3:] else "")
            )
        )
    if rejects:
        said.append(_("What was rejected is listed in {path}.").format(path=rejects))
    return said


def ending(report: ImportReport) -> str:
    """What can be done after a trial."""
    rejected = report.count("rejected")
    if not report.found:
        return _("There is no question in it. Is it the right file?")
    if not report.imported and not rejected:
        return _("✓ Nothing is wrong, and nothing would change: all of it is known.")
    if not report.imported:
        return _("Nothing can be taken over yet. Mend what is rejected and press R.")
    if rejected:
        return _n(
            "Nothing is changed yet. Mend what is rejected and press R, or take the good one with "
            "A.",
            "Nothing is changed yet. Mend what is rejected and press R, or take the {count} good "
            "ones with A.",
            report.imported,
        ).format(count=report.imported)
    return _("✓ Nothing is rejected. Press A to take it over, Esc to leave all as it is.")


def will_happen(report: ImportReport) -> str:
    """What taking over does."""
    said = [
        _("New drafts: {new}. Changed items: {changed}. All of them are written, or none.").format(
            new=report.count("new"), changed=report.count("changed")
        )
    ]
    if report.drafts:
        said.append(
            _n(
                "{count} of them lacks something and stays unfinished until it is complete.",
                "{count} of them lack something and stay unfinished until they are complete.",
                report.drafts,
            ).format(count=report.drafts)
        )
    if rejected := report.count("rejected"):
        said.append(
            _n(
                "{count} rejected question is left out and listed in a file, to be mended.",
                "{count} rejected questions are left out and listed in a file, to be mended.",
                rejected,
            ).format(count=rejected)
        )
    return "\n".join(said)

"""The report of an import in words and as data."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from certify.cli.text import cells, wrap
from certify.domain.clean import clean_line
from certify.i18n import _, _n
from certify.services.item_import_report import ImportReport, LossGroup, Outcome

FIRST = 3
"""So many places of a loss are named."""
ITEM = re.compile(r"[A-Z][A-Z0-9]*-\d+")
"""Id of an item in a reason."""
MOST_ALIKE = 10
"""So many near-duplicates are named."""
STEM = 40
"""Cells of a stem in a list."""


def lines(report: ImportReport, *, skip_rejected: bool) -> Iterator[str]:
    """The report for a terminal."""
    yield from _wrapped(_said_format(report))
    for remark in report.remarks:
        yield from _wrapped(f"{remark.place}: {remark.message}")
    alike = Counter(_kind(one) for one in report.outcomes)
    for outcome in report.outcomes:
        is_one_of_many = outcome.fate == "skipped" and alike[_kind(outcome)] > FIRST
        if outcome.fate != "new" and not is_one_of_many:
            yield from _wrapped(_said(outcome))
    for group in _often_skipped(report, alike):
        yield from _wrapped(_("skipped: {what}").format(what=said_loss(group)))
    for near in report.near_duplicates[:MOST_ALIKE]:
        other = f"{near.other} ({near.other_course})" if near.other_course else near.other
        message = _("{place}: {code} asks nearly the same as {other} ({percent} %).")
        text = message.format(place=near.place, code=near.code, other=other, percent=near.percent)
        yield from _wrapped(text)
    if (more := len(report.near_duplicates) - MOST_ALIKE) > 0:
        message = _("… and {count} more such pairs: “certify item duplicates” lists them all.")
        yield from _wrapped(message.format(count=more))
    for group in report.losses:
        yield from _wrapped(said_loss(group))
    for group in report.lacking:
        yield from _wrapped(_("draft: {what}").format(what=said_loss(group)))
    for name, count in report.unknown_topics:
        message = _n(
            "Topic “{name}” is none of the course ({count} question).",
            "Topic “{name}” is none of the course ({count} questions).",
            count,
        )
        yield from _wrapped(message.format(name=name, count=count))
    yield from _wrapped(
        _(
            "{found} found = {imported} imported ({new} new + {changed} changed)"
            " + {skipped} skipped + {rejected} rejected"
        ).format(
            found=report.found,
            imported=report.imported,
            **{name: report.count(name) for name in ("new", "changed", "skipped", "rejected")},
        )
    )
    if report.drafts:
        message = _n(
            "{count} of them lacks something and is a draft: it is not drawn until it is complete.",
            "{count} of them lack something and are drafts: they are not drawn until they are "
            "complete.",
            report.drafts,
        )
        yield from _wrapped(message.format(count=report.drafts))
        if not report.applied:
            yield from _wrapped(
                _(
                    "--topic, --difficulty and --fact (or --standard) say it for every question "
                    "where the file does not."
                )
            )
    yield from _wrapped(_ending(report, skip_rejected))
    if _may_take_the_rest(report, skip_rejected):
        yield "  --skip-rejected --apply"  # apart: no line may break in it


def _kind(outcome: Outcome) -> tuple[str, str]:
    """What became of a question and why, whichever item the reason names."""
    return outcome.fate, ITEM.sub("…", outcome.reason)


def _often_skipped(report: ImportReport, alike: Counter[tuple[str, str]]) -> Iterator[LossGroup]:
    """Reasons that hold for too many questions to name each, with their first places."""
    for kind, count in alike.items():
        if kind[0] == "skipped" and count > FIRST:
            places = (one.place for one in report.outcomes if _kind(one) == kind)
            yield LossGroup(kind[1], count, tuple(islice(places, FIRST)), is_serious=False)


def _may_take_the_rest(report: ImportReport, skip_rejected: bool) -> bool:
    rejects = report.count("rejected") and not report.applied and not skip_rejected
    return bool(rejects and report.imported)


def said_loss(group: LossGroup) -> str:
    """One kind of loss with its count and first places."""
    places = _(", ").join(group.places[:FIRST]) + (" …" if group.count > FIRST else "")
    sign = _("(look at it) ") if group.is_serious else ""
    message = _("{count} × {sign}{message} ({places})")
    return message.format(count=group.count, sign=sign, message=group.message, places=places)


def as_data(report: ImportReport) -> dict[str, Any]:
    """Everything of every question, for programs."""
    return {
        "file": report.file,
        "format": report.format,
        "course": report.course,
        "found": report.found,
        "imported": report.imported,
        **{name: report.count(name) for name in ("new", "changed", "skipped", "rejected")},
        "drafts": report.drafts,
        "applied": report.applied,
        "files": report.files,
        "remarks": report.remarks,
        "unknown_topics": dict(report.unknown_topics),
        "losses": report.losses,
        "near_duplicates": report.near_duplicates,
        "questions": [_question(outcome) for outcome in report.outcomes],
    }


def short(stem: str) -> str:
    """The beginning of a stem on one line."""
    text = " ".join(clean_line(stem).split())
    if cells(text) <= STEM:
        return text
    while cells(text) > STEM - 1:
        text = text[:-1]
    return f"{text}…"


def _question(outcome: Outcome) -> dict[str, Any]:
    fate = outcome.fate
    return {
        "place": outcome.place,
        "outcome": "imported" if fate in ("new", "changed") else fate,
        "change": fate,
        "type": outcome.type,
        "source_type": outcome.source_type,
        "name": outcome.name,
        "stem": outcome.stem,
        "code": outcome.code,
        "reason": outcome.reason,
        "mend": outcome.mend,
        "lacks": outcome.lacks,
        "losses": outcome.losses,
    }


def _said_format(report: ImportReport) -> str:
    return _("{file} is read as “{format}”.").format(file=report.file, format=report.format)


def _said(outcome: Outcome) -> str:
    fates = {
        "new": _("added as"),
        "changed": _("changed"),
        "skipped": _("skipped"),
        "rejected": _("rejected"),
    }
    parts = (outcome.reason, outcome.mend, f"“{short(outcome.stem)}”")
    head = f"{outcome.place}: {fates[outcome.fate]}"
    head += f" {outcome.code}" if outcome.code else ""
    return f"{head}: " + " ".join(part for part in parts if part)


def _ending(report: ImportReport, skip_rejected: bool) -> str:
    if report.applied and not report.imported:
        return _("The file is applied; nothing of the course changes by it.")
    if report.applied:
        return _(
            "The file is applied. Next, another trainer answers its items without seeing the "
            "keys: certify --as NO item key --course {course}"
        ).format(course=report.course)
    if report.count("rejected") and not report.imported and not skip_rejected:
        return _("Nothing was changed. Mend what is rejected and try again.")
    if _may_take_the_rest(report, skip_rejected):
        return _(
            "Nothing was changed. Mend what is rejected, or take the other {count} "
            "without them, with:"
        ).format(count=report.imported)
    return _("This was a trial; nothing was changed. Add --apply to apply the file.")


def _wrapped(text: str) -> list[str]:
    return wrap(clean_line(text), rest="  ")

"""The coverage of a course in words and columns, the same on every front end."""

from certify.i18n import _, _n, pick
from certify.services.coverage import CellShort, CoverageView
from certify.services.review_words import STATES

HOLE = "✗ 0"
"""How a topic without items in use is marked, whatever the colours."""
Table = tuple[str, list[str], list[list[str]]]
"""Title, headings and rows."""


def tables(view: CoverageView) -> list[Table]:
    """Topic × type, difficulty and state, then topic × standard."""
    found = [_by_type(view), _by_difficulty(view), _by_state(view)]
    return [*found, _by_standard(view)] if view.standards else found


def _by_type(view: CoverageView) -> Table:
    columns = [_("Topic"), _("In use"), *(_(view.labels[one]) for one in view.types)]
    short = {(one.topic, one.type) for one in view.short}
    rows = []
    for topic in view.topics:
        used = str(topic.in_use) if topic.in_use else HOLE
        by_type = [
            _entry(topic.by_type.get(name, 0), (topic.topic, name) in short) for name in view.types
        ]
        rows.append([pick(topic.title), used, *by_type])
    return _("Items in use by type"), columns, rows


def _by_difficulty(view: CoverageView) -> Table:
    columns = [_("Topic"), _("easy"), _("medium"), _("hard")]
    rows = [
        [pick(topic.title), *(_entry(topic.by_difficulty.get(level, 0)) for level in (1, 2, 3))]
        for topic in view.topics
    ]
    return _("Items in use by difficulty"), columns, rows


def _by_state(view: CoverageView) -> Table:
    columns = [_("Topic"), *(_(name) for name in STATES.values())]
    rows = [
        [pick(topic.title), *(_entry(topic.by_state.get(state, 0)) for state in STATES)]
        for topic in view.topics
    ]
    return _("Items by state"), columns, rows


def _by_standard(view: CoverageView) -> Table:
    unknown = set(view.unknown_standards)
    columns = [
        _("Topic"),
        *(f"{number} ?" if number in unknown else number for number in view.standards),
    ]
    rows = [
        [pick(topic.title), *(_entry(topic.by_standard.get(one, 0)) for one in view.standards)]
        for topic in view.topics
    ]
    return _("Items in use by standard"), columns, rows


def holes(view: CoverageView) -> list[str]:
    """Every hole by name."""
    titles = {one.topic: pick(one.title) for one in view.topics}
    empty = [
        _("✗ Topic “{topic}” has no item in use.").format(topic=titles[topic])
        for topic in view.empty_topics
    ]
    return empty + [_short(one, titles, view) for one in view.short]


def remarks(view: CoverageView) -> list[str]:
    """What need not be a hole: standards of others, and numbers that are not known."""
    said = []
    if view.uncited:
        text = _("No item of this course cites {numbers}.")
        said.append(text.format(numbers=", ".join(view.uncited)))
    if view.unknown_standards:
        text = _("Not in the catalogue: {numbers}.")
        said.append(text.format(numbers=", ".join(view.unknown_standards)))
    return said


def _short(one: CellShort, titles: dict[str, str], view: CoverageView) -> str:
    return _n(
        "✗ {exam}: topic “{topic}”, {type} needs {wanted} item, {available} in use.",
        "✗ {exam}: topic “{topic}”, {type} needs {wanted} items, {available} in use.",
        one.wanted,
    ).format(
        exam=pick(one.exam_title),
        topic=titles.get(one.topic, one.topic),
        type=_(view.labels[one.type]),
        wanted=one.wanted,
        available=one.available,
    )


def _entry(count: int, is_short: bool = False) -> str:
    if is_short:
        return f"✗ {count}"
    return str(count) if count else "·"


def is_hole(entry: str) -> bool:
    """Whether an entry of a table marks a hole."""
    return entry.startswith("✗")

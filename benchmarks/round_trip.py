"""Every item of the bundled courses out and in again, by each format: how many come back equal.

Run: `.venv/bin/python -m benchmarks.round_trip`
"""

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from certify.courseware.checker import check_course
from certify.courseware.loaded_item import LoadedItem, Types
from certify.domain.item_format import BankFile, BankItem, ItemFormat, Loss, NotTaken
from certify.hooks import registry
from certify.services.item_export import bank_item
from certify.services.item_import_facts import tidy

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class RoundTrip:
    """What became of the items of one bank in one format."""

    written: int
    equal: int
    named: int
    """They came back other than they were, and a loss says so."""
    unsaid: tuple[str, ...]
    """Ids of those that came back other, or not at all, and nothing says so."""
    not_written: int


def round_trip(
    writer: ItemFormat, items: list[LoadedItem], types: Types, language: str
) -> RoundTrip:
    """Write items with a format and read them again."""
    out = BytesIO()
    given = [bank_item(types[item.type], item, language) for item in items]
    sound = [one for one in given if isinstance(one, BankItem)]
    lost = list(writer.write(sound, out, title="Bank", language=language))
    refused = {one.place for one in lost if isinstance(one, NotTaken)}
    losses = {one.place for one in lost if isinstance(one, Loss)}
    file = BankFile(f"bank{writer.suffixes[0]}", out.getvalue())
    back = [one for one in writer.read(file, language) if isinstance(one, BankItem)]
    expected = [one for one in sound if one.place not in refused]
    found = Counter[str]()
    unsaid = []
    by_code = {one.code: one for one in back if one.code}
    in_order = back if len(back) == len(expected) else []
    for place, one in enumerate(expected):
        again = by_code.get(one.code) or (in_order[place] if in_order else None)
        if again is not None and _same(one, again, types, language):
            found["equal"] += 1
        elif one.place in losses or (again is not None and again.losses):
            found["named"] += 1
        else:
            unsaid.append(one.code)
    not_written = len(given) - len(expected)
    return RoundTrip(len(expected), found["equal"], found["named"], tuple(unsaid), not_written)


def _same(one: BankItem, again: BankItem, types: Types, language: str) -> bool:
    """Whether both make the same content in the language of the file."""
    if one.type != again.type:
        return False
    kind = types[one.type]
    try:
        return bool(
            kind.from_markdown({language: tidy(one.block)[0]})
            == kind.from_markdown({language: tidy(again.block)[0]})
        )
    except ValueError:
        return False


def main() -> None:
    """Print the table."""
    plugins = registry.load()
    types = plugins.question_types
    folders = sorted(path.parent for path in (ROOT / "courses").glob("*/course.toml"))
    items = [item for folder in folders for item in check_course(folder, types).items]
    print(f"{len(items)} items of {len(folders)} courses, in their own language")
    print(f"{'format':12} {'written':>8} {'equal':>6} {'named loss':>11} {'unsaid':>7} {'not':>5}")
    for name, writer in sorted(plugins.item_formats.items()):
        if writer.can_write and writer.can_read:
            done = round_trip(writer, items, types, "zh")
            print(
                f"{name:12} {done.written:8} {done.equal:6} {done.named:11} "
                f"{len(done.unsaid):7} {done.not_written:5}  {' '.join(done.unsaid[:5])}"
            )


if __name__ == "__main__":
    main()

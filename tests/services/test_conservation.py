"""found = imported + skipped + rejected, counted by somebody else, for clean and broken files."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from benchmarks.round_trip import round_trip
from certify.courseware.checker import check_course
from certify.courseware.loaded_item import LoadedItem
from certify.domain.item_format import BankFile, BankItem, ItemFormat, NotTaken
from certify.errors import BadInput
from certify.hooks import registry
from certify.platform import Platform
from certify.services.item_export import bank_item
from certify.services.item_template import examples
from tests.services.banks import formats, own_course, take_in

ROOT = Path(__file__).parents[2]
TYPES = registry.load().question_types
FORMATS = formats()
WRITERS = [one for one in FORMATS if one.can_write and one.can_read]
COURSE = ROOT / "courses" / "in-service-complaint-handling"


def bundled() -> list[LoadedItem]:
    """The items of a bundled course."""
    return check_course(COURSE, TYPES).items


def written(writer: ItemFormat, items: list[BankItem]) -> tuple[bytes, int]:
    """A file of a format, and how many of the items are in it."""
    out = BytesIO()
    lost = list(writer.write(items, out, title="题库", language="zh"))
    return out.getvalue(), len(items) - sum(isinstance(one, NotTaken) for one in lost)


@pytest.mark.parametrize("writer", WRITERS, ids=lambda one: one.name)
def test_every_item_that_was_written_is_found_and_accounted_for(
    sqlite_platform: Platform, writer: ItemFormat
) -> None:
    own_course(sqlite_platform)
    made = [bank_item(TYPES[one.type], one, "zh") for one in bundled()]
    data, count = written(writer, [one for one in made if isinstance(one, BankItem)])

    report = take_in(
        sqlite_platform, data, name=f"bank{writer.suffixes[0]}", apply=False, skip_rejected=True
    )

    fates = Counter(one.fate for one in report.outcomes)
    assert report.format == writer.name
    assert report.found == count
    assert sum(fates.values()) == count
    assert fates["rejected"] == 0
    assert len({one.code for one in report.outcomes if one.fate == "new"}) == fates["new"]


@pytest.mark.parametrize("writer", WRITERS, ids=lambda one: one.name)
def test_what_comes_back_other_than_it_was_is_named(writer: ItemFormat) -> None:
    done = round_trip(writer, bundled(), TYPES, "zh")

    assert done.unsaid == ()
    assert done.written == done.equal + done.named > 0


@pytest.mark.parametrize("writer", WRITERS, ids=lambda one: one.name)
@given(broken=some.data())
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
def test_a_spoilt_file_is_read_or_refused_and_never_crashes(
    writer: ItemFormat, broken: some.DataObject
) -> None:
    data, _count = written(writer, examples("zh"))
    start = broken.draw(some.integers(0, len(data)))
    stop = min(len(data), start + broken.draw(some.integers(0, 40)))
    spoilt = data[:start] + broken.draw(some.binary(max_size=20)) + data[stop:]

    try:
        entries = list(writer.read(BankFile(f"x{writer.suffixes[0]}", spoilt), "zh"))
    except BadInput:
        return
    assert all(not isinstance(one, NotTaken) or one.reason for one in entries)


@pytest.mark.parametrize(
    "reader", [one for one in FORMATS if one.can_read], ids=lambda one: one.name
)
@given(data=some.one_of(some.binary(max_size=300), some.text(max_size=300).map(str.encode)))
@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
def test_random_bytes_are_read_or_refused(reader: ItemFormat, data: bytes) -> None:
    file = BankFile(f"x{reader.suffixes[0]}", data)
    try:
        reader.recognises(file)
        list(reader.read(file, "zh"))
    except BadInput:
        return


def test_gift_blocks_are_counted_as_an_eye_counts_them(sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    blocks = [f"::{n}:: 第 {n} 题？{{={'甲' * (n + 1)} ~乙 ~丙}}" for n in range(60)]
    blocks[7] = "::7:: 没有答案的题。{~甲 ~乙}"
    blocks[20] = blocks[19]
    text = "\n\n".join(blocks)

    report = take_in(sqlite_platform, text, apply=False)

    assert report.found == len(re.findall(r"^::", text, re.MULTILINE)) == 60
    assert report.count("rejected") == 1
    assert report.count("skipped") == 1
    assert report.imported == 58

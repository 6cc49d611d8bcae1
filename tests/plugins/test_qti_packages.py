"""Packages of QTI: every item in them is one entry, and no package does harm (R-ASM-13)."""

import contextlib
import io
import time
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from certify.api import BadInput, BankFile, BankItem, Entry, NotTaken, Remark, _
from certify_qti.package import MAX_PARTS
from certify_qti.qti_format import QtiFormat

FORMAT = QtiFormat()
ITEM = (
    '<assessmentItem identifier="{name}" title="{name}"><responseDeclaration identifier="R"'
    ' cardinality="single" baseType="identifier"><correctResponse><value>a</value>'
    "</correctResponse></responseDeclaration><itemBody><p>题</p><choiceInteraction"
    ' responseIdentifier="R"><simpleChoice identifier="a">一</simpleChoice>'
    '<simpleChoice identifier="b">二</simpleChoice></choiceInteraction></itemBody></assessmentItem>'
)
METADATA = (
    "<metadata><lom><educational><difficulty><value>Difficult</value></difficulty></educational>"
    "<classification><taxonPath><source><string>qmd_x</string></source><taxon><entry>"
    "<string>Exam</string></entry></taxon></taxonPath><taxonPath><source><string>jacs</string>"
    "</source><taxon><entry><string>Service</string></entry></taxon><taxon><entry>"
    "<string>Complaints</string></entry></taxon></taxonPath></classification></lom></metadata>"
)


def an_item(name: str = "q") -> str:
    return ITEM.format(name=name)


def manifest(*hrefs: str, metadata: str = "", kind: str = "imsqti_item_xmlv2p1") -> str:
    resources = "".join(
        f'<resource identifier="r{number}" type="{kind}" href="{href}">{metadata}'
        f'<file href="{href}"/></resource>'
        for number, href in enumerate(hrefs)
    )
    return f"<manifest><resources>{resources}</resources></manifest>"


def package(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(parts: Mapping[str, str | bytes] | bytes) -> list[Entry]:
    data = parts if isinstance(parts, bytes) else package(parts)
    file = BankFile("p.zip", data)
    assert FORMAT.recognises(file)
    return list(FORMAT.read(file, "zh"))


def items(entries: list[Entry]) -> list[BankItem]:
    return [entry for entry in entries if isinstance(entry, BankItem)]


def test_items_come_in_the_order_of_the_manifest_with_topic_and_difficulty() -> None:
    found = read(
        {
            "imsmanifest.xml": manifest("items/b.xml", "items/a.xml", metadata=METADATA),
            "items/a.xml": an_item("a"),
            "items/b.xml": an_item("b"),
            "images/x.png": b"\x89PNG",
            "style.css": "p {}",
        }
    )

    assert [entry.place for entry in found] == ["items/b.xml:1:1", "items/a.xml:1:1"]
    assert {(entry.topic, entry.difficulty) for entry in items(found)} == {("Complaints", 3)}


@pytest.mark.parametrize(
    "href", ["sub/q%201.xml", "SUB/Q%201.XML", "./sub/q 1.xml", "sub\\q 1.xml"]
)
def test_a_path_is_found_however_the_manifest_writes_it(href: str) -> None:
    found = read({"a/imsmanifest.xml": manifest(href), "a/sub/q 1.xml": an_item()})

    assert [type(entry) for entry in found] == [BankItem]


def test_items_that_stand_in_no_manifest_are_found_and_said() -> None:
    found = read({"imsmanifest.xml": manifest("a.xml"), "a.xml": an_item(), "b.xml": an_item()})

    assert len(items(found)) == 2
    assert [entry.place for entry in found if isinstance(entry, Remark)] == ["b.xml"]


def test_without_a_manifest_or_with_a_broken_one_all_items_are_found() -> None:
    for parts in ({"a.xml": an_item()}, {"a.xml": an_item(), "imsmanifest.xml": "<manifest"}):
        found = read(parts)

        assert len(items(found)) == 1
        assert any(isinstance(entry, Remark) for entry in found)


def test_a_text_that_items_share_stands_before_the_stem() -> None:
    shared = '<assessmentStimulusRef identifier="s" href="../texts/s%201.xml"/><itemBody>'
    text = (
        '<qti-assessment-stimulus identifier="s"><qti-stimulus-body><p>材料 <img src="a.png"/></p>'
        "</qti-stimulus-body></qti-assessment-stimulus>"
    )
    parts = {"items/a.xml": an_item().replace("<itemBody>", shared), "texts/s 1.xml": text}

    (found,) = items(read(parts))
    assert found.block.stem.startswith("材料")
    assert found.block.stem.endswith("\n\n题")
    assert [loss.message for loss in found.losses] == [_("A picture is lost.")]
    (alone,) = items(read({"items/a.xml": parts["items/a.xml"], "texts/s 1.xml": "<broken>"}))
    assert [loss.is_serious for loss in alone.losses] == [True]


def test_tests_and_sections_are_said_and_are_no_items() -> None:
    test = '<qti-assessment-test identifier="t" title="期末 &amp; 补考"/>'
    found = read({"imsmanifest.xml": manifest("a.xml"), "a.xml": an_item(), "t.xml": test})

    (remark,) = (entry for entry in found if isinstance(entry, Remark))
    assert remark.place == "t.xml"
    assert "期末 & 补考" in remark.message


def test_each_broken_file_is_one_rejected_entry_with_its_line_and_column() -> None:
    found = read(
        {
            "imsmanifest.xml": manifest("a.xml", "b.xml", "gone.xml", "text.html", "old.xml"),
            "a.xml": an_item(),
            "b.xml": "<assessmentItem>\n <itemBody></p></itemBody></assessmentItem>",
            "text.html": "<html/>",
            "old.xml": "<questestinterop/>",
        }
    )

    rejected = [entry for entry in found if isinstance(entry, NotTaken)]
    assert [entry.place for entry in rejected] == ["b.xml:2:14", "gone.xml", "text.html", "old.xml"]
    assert {entry.kind for entry in rejected} == {"rejected"}
    assert all(entry.mend for entry in rejected)
    assert len(items(found)) == 1
    assert rejected[3].reason == _("This is QTI 1; QTI 2.0 to 2.2 and 3.0 can be read.")


def test_what_a_mac_leaves_behind_is_no_item() -> None:
    parts = {"a.xml": an_item(), "__MACOSX/a.xml": an_item(), "x/._a.xml": an_item()}

    assert len(items(read(parts))) == 1


def test_a_package_without_items_says_what_to_do() -> None:
    for parts in ({"imsmanifest.xml": manifest()}, {"inner.zip": package({"a.xml": an_item()})}):
        with pytest.raises(BadInput) as problem:
            read(parts)
        assert problem.value.mend


def locked() -> bytes:
    data = bytearray(package({"a.xml": an_item()}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    return bytes(data)


def crowded() -> bytes:
    return package({f"{number}.xml": "" for number in range(MAX_PARTS + 1)}, zipfile.ZIP_STORED)


@pytest.mark.parametrize(
    "make",
    [
        lambda: package({"../../etc/x.xml": an_item()}),
        lambda: package({"/etc/x.xml": an_item()}),
        lambda: package({"C:\\x.xml": an_item()}),
        lambda: package({f"{number}.xml": b" " * 4_900_000 for number in range(21)}),
        lambda: package({"a.xml": an_item()})[:-30],
        lambda: b"PK\x03\x04" + b"\0" * 100,
        locked,
        crowded,
    ],
    ids=["out", "root", "drive", "large", "cut", "no list", "locked", "crowded"],
)
def test_a_dangerous_package_is_refused_at_once(make: Callable[[], bytes]) -> None:
    data = make()
    begun = time.process_time()
    with pytest.raises(BadInput) as problem:
        read(data)

    assert problem.value.mend
    assert time.process_time() - begun < 2


def hostile() -> dict[str, str | bytes]:
    """Item files that want to do harm, each in its own way."""
    deep = "<p>" * 100_000
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><assessmentItem>&b;'
    return {
        "deep.xml": f"<assessmentItem>{deep}",
        "entities.xml": entity,
        "external.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><assessmentItem>&e;',
        "wide.xml": f'<assessmentItem title="{"x" * 4_800_000}"',
        "bomb.xml": "<assessmentItem>" + " " * 4_900_000,
        "many.xml": "<assessmentItem>" + "<p/>" * 1_200_000,
        "comment.xml": "<!--" * 20_000 + "<assessmentItem>",
    }


def test_hostile_items_are_rejected_quickly_and_the_others_are_taken() -> None:
    begun = time.process_time()
    found = read({**hostile(), "a.xml": an_item()})

    assert time.process_time() - begun < 6
    rejected = {entry.place.split(":")[0] for entry in found if isinstance(entry, NotTaken)}
    assert rejected == set(hostile())
    assert len(items(found)) == 1


def test_a_large_file_that_is_no_item_is_said_and_is_not_counted() -> None:
    found = read({"a.xml": an_item(), "words.xml": "<words>" + " " * 5_100_000})

    assert len(items(found)) == 1
    assert not [entry for entry in found if isinstance(entry, NotTaken)]
    assert "words.xml" in [entry.place for entry in found if isinstance(entry, Remark)]


def test_a_part_that_is_not_what_its_list_says_is_one_rejected_entry() -> None:
    data = package({"a.xml": an_item(), "b.xml": an_item()}, zipfile.ZIP_STORED)
    found = read(data.replace("题".encode(), b"???", 1))

    assert [type(entry) for entry in found if not isinstance(entry, Remark)] == [NotTaken, BankItem]


contents = st.sampled_from(
    [an_item(), "<assessmentItem/>", "<assessmentItem>", "<a/>", "", "<assessmentTest/>", "\0"]
)


@given(
    st.dictionaries(st.sampled_from(["a.xml", "b.xml", "c/d.xml", "e.txt"]), contents),
    st.lists(st.sampled_from(["a.xml", "c/d.xml", "gone.xml", "e.txt"]), unique=True),
)
@example({"a.xml": "<assessmentItem>"}, [])
def test_every_item_of_a_package_is_one_entry(files: dict[str, str], listed: list[str]) -> None:
    expected = {name for name, content in files.items() if content.startswith("<assessmentItem")}
    expected -= {"e.txt"} - set(listed)
    expected |= set(listed)  # what the manifest calls an item is found or missed by name

    try:
        found = read({**files, "imsmanifest.xml": manifest(*listed)})
    except BadInput:
        assert expected <= {name for name in listed if files.get(name) == "<assessmentTest/>"}
        return
    entries = [entry for entry in found if not isinstance(entry, Remark)]
    tests = {name for name in listed if files.get(name) == "<assessmentTest/>"}
    assert sorted(entry.place.split(":")[0] for entry in entries) == sorted(expected - tests)


@given(st.data())
def test_a_damaged_package_never_makes_the_reader_stumble(data: st.DataObject) -> None:
    whole = package({"imsmanifest.xml": manifest("a.xml"), "a.xml": an_item()})
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        damaged[place] = data.draw(st.integers(0, 255))
    file = BankFile("p.zip", bytes(damaged[: data.draw(st.integers(0, len(whole)))]))
    FORMAT.recognises(file)
    with contextlib.suppress(BadInput):
        assert all(entry.place for entry in FORMAT.read(file, "en"))

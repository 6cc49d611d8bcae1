"""Moodle XML as it comes: encodings, broken files, pictures, languages, tags; and hostile ones."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.api import BadInput, BankFile, BankItem, NotTaken, Remark, _
from certify_moodle.moodle_format import MoodleXml
from tests.plugins.moodle_files import CHOICE, answer, item, question, quiz, read, serious

SPAN = '<span lang="{}" class="multilang">{}</span>'


def test_id_tags_and_hidden_questions() -> None:
    tags = "".join(
        f"<tag><text>{text}</text></tag>"
        for text in ("difficulty:3", "fact:S2-CP-01", "CS-003", "pool:practice", "misc")
    )
    body = f"<idnumber>CMP-014</idnumber><hidden>1</hidden><tags>{tags}</tags>"

    found = item(CHOICE.replace("</question>", f"{body}</question>"))

    assert (found.code, found.difficulty, found.pool) == ("CMP-014", 3, "practice")
    assert (found.facts, found.standards) == (("S2-CP-01",), ("CS-003",))
    assert serious(found) == [False, False]
    assert "<idnumber>CMP-014</idnumber>" in found.source


def test_a_foreign_id_is_no_code() -> None:
    assert item(CHOICE.replace("</name>", "</name><idnumber>Q_1</idnumber>")).code == ""


def test_the_picture_of_an_old_file_is_to_be_looked_at() -> None:
    assert serious(item(CHOICE.replace("</name>", "</name><image>quiz/a.gif</image>"))) == [True]


def test_a_picture_and_its_file_are_to_be_looked_at() -> None:
    text = '<p>See <img src="@@PLUGINFILE@@/map.png" alt=""></p>'
    file = '<file name="map.png" path="/" encoding="base64">QUJD</file></questiontext>'
    found = item(question("essay", "", text).replace("</questiontext>", file))

    assert found.block.stem.startswith("See [")
    assert {loss.message for loss in found.losses if loss.is_serious} >= {
        _("A picture is lost."),
        _("An embedded file is lost."),
    }
    assert "QUJD" not in found.source


@pytest.mark.parametrize(
    ("kind", "text", "stem"),
    [
        ("html", "&lt;p&gt;a &amp;amp; b&lt;/p&gt;", "a & b"),
        ("html", "<![CDATA[<p>a</p><p>b</p>]]>", "a\n\nb"),
        ("html", "<p>not quoted <b>at</b> all</p>", "not quoted **at** all"),
        ("plain_text", "a &lt;b&gt;\nc", "a \\<b\\>\\\nc"),
        ("moodle_auto_format", "a\nb &lt;i&gt;c&lt;/i&gt;", "a\\\nb *c*"),
        ("markdown", "# Head\n\n**a** ![x](y.png)", None),
        ("markdown", "a **b**\n\n- c", "a **b**\n\n• c"),
        ("4", "a **b**", "a **b**"),
        ("", "a\nb", "a\\\nb"),
    ],
)
def test_the_formats_of_a_text(kind: str, text: str, stem: str | None) -> None:
    given = f'<questiontext format="{kind}"><text>{text}</text></questiontext>'
    found = item(
        f'<question type="truefalse">{given}{answer("true", 100)}{answer("false")}</question>'
    )

    if stem is None:
        assert found.block.stem.startswith("**Head**\n\n**a** ")
        assert True in serious(found)
    else:
        assert found.block.stem == stem


@pytest.mark.parametrize(
    "form",
    [
        SPAN.format("zh", "{zh}") + SPAN.format("en", "{en}"),
        SPAN.format("en", "{en}") + " " + SPAN.format("zh_cn", "{zh}").replace(" class", "  class"),
        "{{mlang zh}}{zh}{{mlang}}{{mlang en}}{en}{{mlang}}{{mlang de}}x{{mlang}}",
    ],
)
def test_texts_in_both_languages_make_a_wording(form: str) -> None:
    answers = answer(form.format(zh="甲", en="A"), 100) + answer("B") + answer("C")
    file = question("multichoice", answers, form.format(zh="<p>哪个？</p>", en="<p>Which?</p>"))

    found = item(file, "zh")

    assert found.block.stem == "哪个？"
    assert found.block.options[0] == ("甲", True)
    assert found.wordings["en"].stem == "Which?"
    assert found.wordings["en"].options == (("A", None), ("B", None), ("C", None))
    assert item(file, "en").block.stem == "Which?"


def test_of_foreign_languages_the_one_that_is_there_is_taken() -> None:
    text = SPAN.format("fr", "Quoi ?") + SPAN.format("en", "What?")

    found = item(question("essay", "", text), "zh")

    assert found.block.stem == "What?"
    assert found.wordings == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb2312", "gb18030", "iso-8859-1"])
def test_every_encoding_that_is_declared(encoding: str) -> None:
    text = "Größe?" if encoding.startswith("iso") else "投诉由谁处理？"
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    file = quiz(question("essay", "", text)).replace("UTF-8", declared)

    (found,) = read(file.encode(encoding))

    assert isinstance(found, BankItem)
    assert found.block.stem == text


@pytest.mark.parametrize("declared", ["", ' encoding="UTF-8"'])
def test_an_encoding_that_is_not_declared_or_wrongly_is_said(declared: str) -> None:
    file = quiz(question("essay", "", "投诉由谁处理？")).replace(' encoding="UTF-8"', declared)

    remark, found = read(file.encode("gb18030"))

    assert isinstance(remark, Remark)
    assert "gb18030" in remark.message
    assert isinstance(found, BankItem)
    assert found.block.stem == "投诉由谁处理？"


@pytest.mark.parametrize(
    "file",
    [
        f"<course><activity><quiz>{CHOICE}</quiz></activity></course>",
        f"\n\n{quiz(CHOICE)}",
        quiz(CHOICE.replace("What?", "What\x0b?")),
        quiz(CHOICE).replace("<![CDATA[What?]]>", "What&nbsp;?"),
    ],
)
def test_small_faults_do_no_harm(file: str) -> None:
    found = [entry for entry in read(file) if isinstance(entry, BankItem)]

    assert len(found) == 1


def test_what_stands_after_the_end_is_said() -> None:
    found, remark = read(quiz(CHOICE) + "garbage")

    assert isinstance(found, BankItem)
    assert isinstance(remark, Remark)
    assert remark.place == "5:1"


@pytest.mark.parametrize(
    ("broken", "place"),
    [
        (f"{CHOICE}\n<question type='essay'><b>\n</question>\n{CHOICE}", "5:3"),
        (f"{CHOICE}\n<question type='essay'>", "5:3"),
        (f"{CHOICE}\n{CHOICE.replace('</name>', '')}", None),
    ],
)
def test_the_rest_of_a_broken_file_is_one_rejected_entry(broken: str, place: str | None) -> None:
    first, *_others, rest = read(quiz(broken))

    assert isinstance(first, BankItem)
    assert isinstance(rest, NotTaken)
    assert rest.kind == "rejected"
    assert place is None or rest.place == place
    assert rest.mend


def test_two_files_in_one_are_not_lost_silently() -> None:
    first, rest = read(quiz(CHOICE) + quiz(CHOICE))

    assert isinstance(first, BankItem)
    assert isinstance(rest, NotTaken)


@pytest.mark.parametrize("file", ["", "no xml", "<quiz>", "<quiz><question type='essay'></quiz>"])
def test_a_file_of_which_nothing_can_be_read_is_refused(file: str) -> None:
    with pytest.raises(BadInput, match=r"bank\.xml:1:"):
        read(file)


def test_a_file_that_declares_entities_is_refused() -> None:
    bomb = '<!DOCTYPE quiz [<!ENTITY a "aaaa">]>'
    with pytest.raises(BadInput):
        read(quiz(CHOICE).replace("<quiz>", f"{bomb}<quiz>"))


def test_marks_and_penalties_are_spoken_of_once() -> None:
    marked = CHOICE.replace("</name>", "</name><defaultgrade>2.0</defaultgrade>")
    usual = CHOICE.replace("</name>", "</name><penalty>0.3333333</penalty>")

    assert sum(isinstance(entry, Remark) for entry in read(quiz(marked, marked, usual))) == 1
    assert sum(isinstance(entry, Remark) for entry in read(quiz(usual))) == 0


def test_files_of_moodle_are_told_from_other_xml() -> None:
    moodle = MoodleXml()

    assert moodle.recognises(BankFile("a.xml", quiz(CHOICE).encode()))
    assert moodle.recognises(BankFile("a.xml", quiz(CHOICE).encode("utf-16")))
    assert not moodle.recognises(BankFile("a.xml", b"<assessmentItem/>"))


TAGS = [
    *("question", "quiz", "name", "text", "questiontext", "answer", "feedback", "subquestion"),
    *("units", "unit", "multiplier", "tolerance", "graderinfo", "selectoption", "group", "tags"),
]
TYPES = [
    *("multichoice", "truefalse", "shortanswer", "numerical", "matching", "essay", "cloze"),
    *("gapselect", "ddwtos", "ordering", "category", "description", "random", ""),
]
TREES = st.recursive(
    st.sampled_from(
        [
            *(
                "",
                "true",
                "false",
                "a*",
                "*",
                "24",
                "-1e9",
                "{1:SA:=a}",
                "[[1]]",
                "{mlang zh}",
                "|",
            ),
            *("&lt;b&gt;", "<![CDATA[<img src=a>]]>", "{1:NM:=2:1}", "$course$/a", "{{", "\ue000"),
        ]
    ),
    lambda inner: st.tuples(
        st.sampled_from(TAGS),
        st.sampled_from(TYPES),
        st.sampled_from(["100", "50", "0", "-100", "x", "1e999", "NaN"]),
        st.lists(inner, max_size=4).map("".join),
    ).map(lambda parts: '<{0} type="{1}" fraction="{2}">{3}</{0}>'.format(*parts)),
    max_leaves=25,
)


@given(st.lists(TREES, max_size=4), st.sampled_from(TYPES))
def test_every_question_is_one_entry_whatever_is_in_it(trees: list[str], kind: str) -> None:
    inner = [
        tree.replace("<question ", "<part ").replace("</question>", "</part>") for tree in trees
    ]
    questions = [f'<question type="{kind}">{tree}</question>' for tree in inner]

    entries = read(quiz(*questions), "zh")

    found = [entry for entry in entries if not isinstance(entry, Remark)]
    assert len(found) == (0 if kind == "category" else len(questions))


@given(st.binary(max_size=200), st.integers(0, 400))
def test_bytes_of_any_kind_raise_bad_input_at_most(noise: bytes, place: int) -> None:
    file = quiz(CHOICE, question("cloze", "", "{1:SA:=a}")).encode()

    for data in (noise, file[:place] + noise + file[place:]):
        try:
            entries = read(data)
        except BadInput:
            continue
        assert all(isinstance(entry, BankItem | NotTaken | Remark) for entry in entries)


@pytest.mark.parametrize(
    ("kind", "piece"),
    [
        *(
            ("cloze", piece)
            for piece in ("{1:SA:", "{1:SA:=a#", "{", "{1:MC:a~", "{1:SA:=a}", "\\")
        ),
        *(("essay", piece) for piece in ("{mlang zh}", '<span lang="a" class="multilang">', "a ")),
        *(("gapselect", "[[1"), ("shortanswer", "&"), ("essay", "]]&nbsp;")),
    ],
)
def test_hostile_texts_take_time_in_proportion_to_their_length(kind: str, piece: str) -> None:
    def seconds(count: int) -> float:
        file = quiz(question(kind, answer("a", 100), piece * count)).encode()
        begun = time.process_time()
        read(file)
        return time.process_time() - begun

    assert seconds(16_000) < 16 * max(seconds(4_000), 0.05)

"""Banks in Word: numbers that Word writes by itself, tables, forms, changes, and broken files."""

import contextlib
import io
import time
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import docx
import pytest
from docx.shared import RGBColor
from hypothesis import given
from hypothesis import strategies as st

from certify.api import BadInput, BankFile, BankItem, Entry, NotTaken, Remark, _
from certify_bank_text.docx_format import DocxFormat

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{WORD}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def packed(body: str, *, numbering: str = "", styles: str = "", main: str = "document") -> bytes:
    """A Word file with this body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", TYPES)
        document = f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
        parts.writestr(f"word/{main}.xml", document)
        if numbering:
            parts.writestr("word/numbering.xml", f"<w:numbering {NAMES}>{numbering}</w:numbering>")
        if styles:
            parts.writestr("word/styles.xml", f"<w:styles {NAMES}>{styles}</w:styles>")
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    """A paragraph of text, or of runs where it begins with a tag."""
    inner = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def listed(content: str, number: int, level: int = 0) -> str:
    return p(content, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def abstract(name: int, *levels: tuple[str, str], style: str = "") -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for place, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{name}">{inner}</w:abstractNum>'


def num(name: int, of: int, restart: bool = False) -> str:
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{over if restart else ""}</w:num>'
    )


def table(*rows: Sequence[str]) -> str:
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl>{cells}</w:tbl>"


def read(data: bytes, language: str = "zh", name: str = "bank.docx") -> list[Entry]:
    return list(DocxFormat().read(BankFile(name, data), language))


def items(data: bytes) -> list[BankItem]:
    return [entry for entry in read(data) if isinstance(entry, BankItem)]


def key(item: BankItem) -> list[str]:
    return [text for text, mark in item.block.options if mark]


CHOICE = [p("1. 电话几声内接听？"), p("A. 三声"), p("B. 五声")]


def test_paragraphs_become_items_with_the_number_of_their_paragraph() -> None:
    (item,) = items(packed("".join([p("单选题"), *CHOICE, p("答案：A")])))
    assert item.place == _("paragraph {number}").format(number=2)
    assert (item.type, item.block.stem, key(item)) == ("single", "电话几声内接听？", ["三声"])


def test_numbers_and_letters_that_word_writes_by_itself_are_read() -> None:
    numbering = (
        abstract(0, ("chineseCountingThousand", "%1、"))
        + abstract(1, ("decimal", "%1."), ("upperLetter", "%2."))
        + num(1, 0)
        + num(2, 1)
    )
    body = [
        listed("单选题", 1),
        listed("电话几声内接听？（ A ）", 2),
        listed("三声", 2, 1),
        listed("五声", 2, 1),
        listed("投诉几小时内答复？（ B ）", 2),
        listed("12 小时", 2, 1),
        listed("24 小时", 2, 1),
        listed("多选题", 1),
        listed("服务标准有哪些？（AB）", 2),
        listed("基础", 2, 1),
        listed("过程", 2, 1),
        listed("随意", 2, 1),
    ]
    found = items(packed("".join(body), numbering=numbering))
    assert [(one.name, one.type, key(one)) for one in found] == [
        ("1", "single", ["三声"]),
        ("2", "single", ["24 小时"]),
        ("3", "multiple", ["基础", "过程"]),
    ]


def test_each_list_with_a_start_of_its_own_begins_anew_and_others_go_on() -> None:
    numbering = (
        abstract(0, ("decimal", "%1、"))
        + abstract(1, ("upperLetter", "%1．"))
        + num(1, 0)
        + num(2, 0, restart=True)
        + "".join(num(name, 1, restart=True) for name in range(3, 7))
    )
    body = [p("一、单选题")]
    for letters, numbers in ((3, 1), (4, 1)):
        body += [listed("选哪个？", numbers), listed("甲", letters), listed("乙", letters)]
        body += [p("答案：A")]
    body += [p("二、单选题"), listed("再选？", 2), listed("甲", 5), listed("乙", 5), p("答案：B")]
    found = items(packed("".join(body), numbering=numbering))
    assert [(one.name, key(one)) for one in found] == [
        ("1", ["甲"]),
        ("2", ["甲"]),
        ("1", ["乙"]),
    ]


def test_a_style_may_hold_the_list() -> None:
    numbering = abstract(0, ("decimal", "%1.")) + num(1, 0)
    styles = (
        '<w:style w:styleId="Question"><w:name w:val="Question"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Question"/></w:style>'
    )
    body = [
        p("客户第一。（√）", '<w:pStyle w:val="Question"/>'),
        p("可以迟到。（×）", '<w:pStyle w:val="Sub"/>'),
    ]
    found = items(packed("".join(body), numbering=numbering, styles=styles))
    assert [(one.name, key(one)) for one in found] == [("1", ["正确"]), ("2", ["错误"])]


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("lowerLetter", 27, "aa"),
        ("upperRoman", 14, "XIV"),
        ("chineseCounting", 21, "二十一"),
        ("japaneseCounting", 10, "十"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalZero", 7, "07"),
        ("ideographTraditional", 2, "乙"),
        ("decimal", 12, "12"),
    ],
)
def test_the_forms_of_numbers_are_those_of_word(form: str, number: int, shown: str) -> None:
    from certify_bank_text.numbering import written

    assert written(number, form) == shown


def test_line_breaks_and_tabs_within_a_paragraph_part_the_options() -> None:
    broken = (
        "<w:r><w:t>1. 选哪个？（ B ）</w:t><w:br/><w:t>A. 甲</w:t><w:tab/><w:t>B. 乙</w:t></w:r>"
    )
    (item,) = items(packed(p(broken)))
    assert (item.block.stem, key(item)) == ("选哪个？（ ）", ["乙"])


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    changed = (
        run("1. 电话")
        + f"<w:del>{run('五')}</w:del><w:ins>{run('三')}</w:ins>"
        + run("声内接听。（√）")
    )
    (item,) = items(packed(p(changed)))
    assert item.block.stem == "电话三声内接听。（ ）"


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    first = p("1. 电话三声", "<w:rPr><w:del/></w:rPr>")
    (item,) = items(packed(first + p("内接听。（√）")))
    assert item.block.stem == "电话三声内接听。（ ）"


def test_hidden_text_is_left_out_and_said() -> None:
    body = p(run("1. 客户第一。") + run("秘密", "<w:vanish/>")) + p("答案：对")
    found = read(packed(body))
    assert [one.block.stem for one in found if isinstance(one, BankItem)] == ["客户第一。"]
    assert [one.message for one in found if isinstance(one, Remark)] == [
        _("Hidden text was left out.")
    ]


def test_a_picture_is_a_serious_loss_of_its_question_alone() -> None:
    picture = "<w:r><w:drawing/></w:r>"
    body = [*CHOICE, p("答案：A"), p(run("2. 图中是什么？") + picture), *CHOICE[1:], p("答案：B")]
    first, second = items(packed("".join(body)))
    assert first.losses == ()
    assert [loss.is_serious for loss in second.losses] == [True]
    assert second.block.stem == "图中是什么？［图］"


def test_a_picture_in_a_paragraph_of_its_own_belongs_to_the_question_above() -> None:
    body = [p("1. 图中是什么？"), p("<w:r><w:pict/></w:r>"), *CHOICE[1:], p("答案：B")]
    (item,) = items(packed("".join(body)))
    assert item.losses[0].message == _("A picture, formula or embedded file was left out.")


def test_a_formula_and_a_text_box_are_said() -> None:
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    note = f"<w:txbxContent>{p('旁注')}</w:txbxContent>"
    box = f"<w:r><w:pict><v:textbox>{note}</v:textbox></w:pict></w:r>"
    body = p(run("1. 求 ") + formula + run(" 的值为正。（×）") + box)
    found = read(packed(body))
    (item,) = (one for one in found if isinstance(one, BankItem))
    assert item.block.stem == "求 a+b 的值为正。（ ）"
    assert sorted(loss.message for loss in item.losses) == sorted(
        [_("A formula became plain text."), _("A text box was left out.")]
    )
    assert any(isinstance(one, Remark) for one in found)


def test_alternate_content_is_read_once() -> None:
    both = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict/>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    (item,) = items(packed(p(run("1. 对吗？（√）") + both)))
    assert len(item.losses) == 1


def test_signs_of_wingdings_are_verdicts() -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    (item,) = items(packed(p(run("1. 客户第一。（") + sign + run("）"))))
    assert key(item) == ["正确"]


def test_raised_digits_stay_raised() -> None:
    (item,) = items(
        packed(
            p(run("1. 10") + run("2", '<w:vertAlign w:val="superscript"/>') + run(" 是 100。（√）"))
        )
    )
    assert item.block.stem == "10² 是 100。（ ）"


def test_underlined_blanks_are_gaps_and_an_underlined_letter_is_a_key() -> None:
    line = '<w:u w:val="single"/>'
    body = [
        p("一、填空题"),
        p(run("1. 电话") + run("      ", line) + run("声内接听。")),
        p("答案：三"),
        p("二、单选题"),
        p(run("1. 选哪个？") + run("   B   ", line)),
        *CHOICE[1:],
    ]
    gap, choice = items(packed("".join(body)))
    assert gap.block.stem == "电话{{三}}声内接听。"
    assert key(choice) == ["五声"]


@pytest.mark.parametrize(
    "form", ['<w:color w:val="FF0000"/>', "<w:b/>", '<w:highlight w:val="yellow"/>']
)
def test_a_form_is_no_key_unless_the_file_says_so(form: str) -> None:
    body = [p("1. 选哪个？"), p(run("A. ") + run("甲", form)), p("B. 乙")]
    (refused,) = read(packed("".join(body)))
    assert isinstance(refused, NotTaken)
    assert refused.reason == _(
        "The question has no key; some options are set apart by colour, weight or a line."
    )
    said = p("红色、加粗或高亮的为正确答案。")
    (item,) = items(packed(said + "".join(body)))
    assert key(item) == ["甲"]


def test_a_key_that_is_written_beats_every_form() -> None:
    body = [p("1. 选哪个？"), p(run("A. 甲", "<w:b/>")), p("B. 乙"), p("答案：B")]
    (item,) = items(packed("".join(body)))
    assert key(item) == ["乙"]


def test_rows_of_a_table_are_questions_whatever_the_order_of_its_columns() -> None:
    rows = table(
        ("题号", "答案", "题干", "题型", "A", "B", "C", "解析", "难度", "知识点"),
        ("1", "B", "电话几声内接听？", "单选题", "两声", "三声", "", "见规范", "易", "电话"),
        ("2", "AC", "服务标准有哪些？", "多选", "基础", "随意", "过程", "", "", ""),
        ("3", "对", "客户第一。", "判断", "", "", "", "", "难", ""),
        ("4", "", "没有答案的题", "单选题", "甲", "乙", "", "", "", ""),
        ("5", "24", "____小时内答复。", "填空题", "", "", "", "", "", ""),
    )
    found = read(packed(rows))
    assert [one.place for one in found] == [
        _("table {table}, row {row}").format(table=1, row=row) for row in range(2, 7)
    ]
    taken = [one for one in found if isinstance(one, BankItem)]
    assert [(one.name, one.type, key(one)) for one in taken] == [
        ("1", "single", ["三声"]),
        ("2", "multiple", ["基础", "过程"]),
        ("3", "truefalse", ["正确"]),
        ("5", "cloze", []),
    ]
    assert (taken[0].topic, taken[0].difficulty, taken[0].block.explanation) == (
        "电话",
        1,
        "见规范",
    )
    assert [one.kind for one in found if isinstance(one, NotTaken)] == ["rejected"]


def test_all_options_may_stand_in_one_cell() -> None:
    rows = table(("题目", "选项", "正确答案"), ("选哪个？", "甲|乙|丙", "C"))
    (item,) = items(packed(rows))
    assert key(item) == ["丙"]


def test_a_grid_of_keys_below_the_questions_gives_them() -> None:
    body = "".join([*CHOICE, p("2. 再选？"), *CHOICE[1:]])
    grid = table(("题号", "1", "2"), ("答案", "B", "A"))
    found = items(packed(body + p("参考答案") + grid))
    assert [key(one) for one in found] == [["五声"], ["三声"]]


def test_a_table_inside_a_question_is_a_serious_loss() -> None:
    data = table(("月份", "投诉的数量合计"), ("一月份合计", "十二件"))
    body = "".join([p("1. 看表选择。"), data, *CHOICE[1:], p("答案：A")])
    (item,) = items(packed(body))
    assert [loss.message for loss in item.losses] == [_("A table became lines of text.")]


def test_a_table_that_only_lays_out_the_options_is_read() -> None:
    body = p("1. 选哪个？（B）") + table(
        ("A. 这是甲选项", "B. 这是乙选项"), ("C. 这是丙选项", "D. 丁")
    )
    (item,) = items(packed(body))
    assert [text for text, _mark in item.block.options] == [
        "这是甲选项",
        "这是乙选项",
        "这是丙选项",
        "丁",
    ]


def test_a_file_of_python_docx_is_read() -> None:
    document = docx.Document()
    document.add_heading("客服题库", 0)
    document.add_heading("一、单选题", 1)
    document.add_paragraph("1. 电话几声内接听？")
    document.add_paragraph("A. 三声\tB. 五声")
    answer = document.add_paragraph("答案：").add_run("A")
    answer.font.color.rgb = RGBColor(255, 0, 0)
    out = io.BytesIO()
    document.save(out)
    (item,) = items(out.getvalue())
    assert key(item) == ["三声"]


def test_a_word_file_without_questions_gives_no_item() -> None:
    assert items(packed(p("培训通知"))) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("rich.doc", b"{\\rtf1\\ansi question}"),
        ("broken.docx", b"PK\x03\x04 nothing of a package"),
        ("empty.docx", b""),
        ("text.docx", "一、单选题".encode()),
        ("cut.docx", packed("".join(CHOICE))[:-40]),
    ],
    ids=["old", "rich", "broken", "empty", "text", "cut"],  # a package holds the time it was made
)
def test_what_is_no_docx_is_refused_with_a_mend(name: str, data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read(data, name=name)
    assert refused.value.mend
    assert name in refused.value.place


def test_an_archive_without_a_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(BadInput):
        read(out.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", f"<w:document {NAMES}>" + "<w:p/>" * 6_000_000)
    begin = time.process_time()
    with pytest.raises(BadInput):
        read(out.getvalue())
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>',
        "<w:document><w:body>",
        "",
        "no xml",
    ],
)
def test_bad_xml_is_refused_with_its_place(document: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("word/document.xml", document)
    with pytest.raises(BadInput) as refused:
        read(out.getvalue())
    assert "document.xml" in refused.value.place


@given(st.data())
def test_no_damage_to_a_file_makes_the_reader_crash(data: st.DataObject) -> None:
    whole = bytearray(packed("".join([*CHOICE, p("答案：A")])))
    for _damage in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))
    with contextlib.suppress(BadInput):
        assert read(bytes(whole)) is not None


TEXT = st.text("1234AB.、（）()_：答案单选判断题√×C D\n", max_size=30)


@given(
    st.lists(st.tuples(TEXT, st.sampled_from(["", "<w:b/>", "<w:u/>", "<w:vanish/>"])), max_size=12)
)
def test_no_content_makes_the_reader_crash(paragraphs: list[tuple[str, str]]) -> None:
    body = "".join(p(run(text, form)) for text, form in paragraphs)
    for entry in read(packed(body + table([text for text, _form in paragraphs][:5]))):
        assert entry.place

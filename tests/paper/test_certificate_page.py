"""The page of a certificate: PDF and picture of one layout, its code, what is inside."""

import io
import json
from dataclasses import fields, replace

import pytest
import segno
from PIL import Image

from certify.paper.certificate import QR, CertificateWords, certificate_pdf
from certify.paper.code import modules
from certify.paper.picture import png_of
from tests.paper.pages import attachments, dark, fonts, sizes, texts
from tests.paper.test_table_pages import PAYLOADS

CODE = "https://certs.example.com/verify.html#PQ-2024-000001-3"
WORDS = CertificateWords(
    lang="zh",
    issuer="示例服务公司",
    title=("上岗资格证书", "Certificate of Qualification"),
    opening=("兹证明", "This is to certify that"),
    name="王小兰",
    who="E1001  ·  客服部  ·  客服专员",
    holds=("具备以下资格", "holds the qualification"),
    qualification=("客户接待", "Customer reception"),
    facts=(("成绩　Mark", "87.50"), ("签发日期　Issued", "2024-03-04")),
    rests_on="服务标准　Standards  CS-001 (2024-01-01)",
    number="PQ-2024-000001-3",
    check=("可扫描二维码查验", "Check it by this code"),
    code=CODE,
)
LONG = "欧阳" * 20


def flat(pdf: bytes) -> str:
    return "".join("".join(texts(pdf)).split())


def test_the_page_is_a4_across_and_says_everything_in_letters_of_its_own() -> None:
    pdf = certificate_pdf(WORDS)

    assert sizes(pdf) == [(842, 595)]
    assert fonts(pdf) == {"NotoSansSC-Regular": True}
    text = flat(pdf)
    for said in (
        WORDS.issuer,
        *WORDS.title,
        WORDS.name,
        WORDS.who,
        *WORDS.qualification,
        *(part for fact in WORDS.facts for part in fact),
        WORDS.rests_on,
        WORDS.number,
        *WORDS.check,
    ):
        assert "".join(said.split()) in text


@pytest.mark.parametrize("name", [LONG, LONG * 2, "Maximilian Alexander " * 4, "W" * 80])
def test_a_long_name_fits(name: str) -> None:
    pdf = certificate_pdf(replace(WORDS, name=name, who=name, issuer=name))
    assert flat(pdf).count("".join(name.split())) >= 2
    picture = Image.open(io.BytesIO(png_of(pdf))).convert("L")
    inside = picture.crop((100, 100, picture.width - 100, picture.height - 100))
    edges = [
        picture.crop((100, 100, 200, picture.height - 100)),
        picture.crop((picture.width - 200, 100, picture.width - 100, picture.height - 100)),
    ]
    assert min(inside.tobytes()) < 100
    assert all(set(one.tobytes()) == {255} for one in edges), "nothing between text and frame"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_field_breaks_nothing(payload: str) -> None:
    said: dict[str, object] = {}
    for field in fields(CertificateWords):
        value = getattr(WORDS, field.name)
        if field.name == "facts":
            said[field.name] = ((payload, payload),) * 8
        elif field.name not in ("lang", "code"):
            said[field.name] = payload if isinstance(value, str) else (payload or " ", payload)
    words = replace(WORDS, **said)  # type: ignore[arg-type]
    pdf = certificate_pdf(words, "{}")

    text = "".join(texts(pdf))
    assert not [one for one in text if one < " " and one not in "\r\n\x02"]
    assert not set(text) & set("\u202e\u2066\ufeff\ud800\x1b")
    assert len(texts(pdf)) == 1
    assert png_of(pdf)


def test_the_same_words_give_the_same_bytes_in_both_formats() -> None:
    first, second = certificate_pdf(WORDS, "{}"), certificate_pdf(WORDS, "{}")

    assert first == second
    assert png_of(first, {"a": "中"}) == png_of(second, {"a": "中"})
    assert b"2024-03-04T" not in first, "no time of drawing"


def test_the_picture_has_200_dots_in_an_inch_and_carries_a_text() -> None:
    picture = Image.open(io.BytesIO(png_of(certificate_pdf(WORDS), {"kept": '{"a": "中"}'})))

    assert picture.size == (2339, 1654)
    assert picture.info["dpi"] == pytest.approx((200, 200), abs=0.1)
    assert json.loads(picture.info["kept"]) == {"a": "中"}


@pytest.mark.parametrize("text", [CODE, "PQ-2024-000001-3 did:key:z6Mk" + "x" * 44, "编号 1"])
def test_the_code_on_the_page_holds_the_text(text: str) -> None:
    png = png_of(certificate_pdf(replace(WORDS, code=text)))

    wanted = modules(text)
    assert dark(png, QR, len(wanted)) == wanted
    made = segno.make(text, error="m", micro=False)
    assert [[bool(one) for one in row] for row in made.matrix] == wanted


def test_a_code_is_drawn_as_lines_not_as_a_picture() -> None:
    assert b"/Subtype /Image" not in certificate_pdf(WORDS)


def test_the_document_is_inside_byte_by_byte() -> None:
    document = '{"name":"王小兰","x":"' + "é" * 3000 + '"}'
    inside = attachments(certificate_pdf(WORDS, document))

    assert inside == {f"{WORDS.number}.json": document.encode()}
    assert attachments(certificate_pdf(WORDS)) == {}


def test_a_state_is_written_across_the_page_and_none_is_not() -> None:
    revoked = certificate_pdf(replace(WORDS, state=("已撤销", "revoked")))

    assert "REVOKED" in flat(revoked)
    assert "已撤销" in flat(revoked)
    picture = Image.open(io.BytesIO(png_of(revoked))).convert("RGB")
    plain = Image.open(io.BytesIO(png_of(certificate_pdf(WORDS)))).convert("RGB")

    def red(one: Image.Image) -> int:
        return sum(
            count
            for count, colour in one.getcolors(1 << 24) or []
            if isinstance(colour, tuple) and colour[0] > colour[1] + 60
        )

    assert red(picture) > 50_000
    assert red(plain) < 20_000

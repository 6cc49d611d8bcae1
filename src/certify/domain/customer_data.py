"""Finds what may be data of a customer in a case, before it is published (S4-RU-07, R-LRN-06).

It rather finds too much than too little: a person says of each finding that it is none, and why.
It looks at every line twice: as it is, and as it would be read aloud, without invisible characters
and Markdown signs and with every digit, also Chinese ones, as 0 to 9.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class DataKind(StrEnum):
    """What a finding may be."""

    ID_CARD = "id-card"
    EMAIL = "e-mail"
    PHONE = "phone"
    PLATE = "plate"
    ORDER = "order"
    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, order=True)
class Finding:
    """One place in a text that may be data of a customer."""

    line: int
    """From 1."""
    column: int
    """Characters from 1."""
    kind: DataKind
    text: str


_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛"
    "奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余"
    "元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣邓郁"
    "单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖"
    "卓蔺屠蒙池乔阴能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄"
    "晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧肖涂游"
)
_TITLES = "先生|女士|小姐|太太|师傅|阿姨|大爷|大妈|老师|经理|总"
_DIGIT = "[0-9０-９]"
_GAP = r"[^\w\n]{0,3}"
_UNHEARD = r"<[^<>]{0,200}>|\]\([^()]{0,200}\)|[*_`~\\�\[\]]"
"""What a reader of the finished case does not see: tags, places of links, signs of Markdown."""
_PIECE = re.compile(rf"({_UNHEARD})|&#?\w{{1,8}};|.", re.DOTALL)
_SPOKEN = dict(
    zip("〇零一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "0012345678912123456789", strict=True)
)
_SPOKEN_RUN = re.compile(f"[0-9{''.join(_SPOKEN)}]{{7,}}")

_PATTERNS = (
    (DataKind.ID_CARD, rf"(?<!{_DIGIT}){_DIGIT}{{17}}[0-9０-９XxＸｘ](?!{_DIGIT})"),
    (DataKind.ID_CARD, rf"(?<!{_DIGIT}){_DIGIT}{{15}}(?!{_DIGIT})"),
    (
        DataKind.ID_CARD,
        rf"(?<!{_DIGIT}){_DIGIT}{{6}}{_GAP}{_DIGIT}{{8}}{_GAP}{_DIGIT}{{3}}[0-9０-９XxＸｘ](?!{_DIGIT})",
    ),
    (
        DataKind.EMAIL,
        r"[A-Za-z0-9._%+-]{1,64}\s?(?:[@＠]|[(（\[](?:at|AT)[)）\]])\s?"
        r"[\w-]{1,63}(?:[.．。][\w-]{1,63}){1,5}",
    ),
    (
        DataKind.PHONE,
        rf"(?<!{_DIGIT})(?:\+?86{_GAP})?[1１][3-9３-９]{_DIGIT}(?:{_GAP}{_DIGIT}{{4}}){{2}}(?!{_DIGIT})",
    ),
    (
        DataKind.PHONE,
        rf"(?<!{_DIGIT})[(（]?[0０]{_DIGIT}{{2,3}}[)）]?{_GAP}{_DIGIT}{{7,8}}(?!{_DIGIT})",
    ),
    (DataKind.PHONE, rf"(?<!{_DIGIT})[48]00{_GAP}{_DIGIT}{{3,4}}{_GAP}{_DIGIT}{{3,4}}(?!{_DIGIT})"),
    (DataKind.PHONE, r"(?<!\w)[0-9](?:[^\w\n、]{1,3}[0-9]){8,30}(?!\d)"),
    (DataKind.PHONE, r"(?<![\w+])\+[1-9]\d{0,2}(?:[ -]?\d{2,4}){2,5}(?!\d)"),
    (
        DataKind.PLATE,
        rf"[{_PROVINCES}]\s?[A-Z][·• ]?[A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳](?![A-Za-z0-9])",
    ),
    (
        DataKind.ORDER,
        r"(?:订单|单号|工单|派工单|运单|快递|编号|合同)(?:编?号码?)?(?:是|为|：|:|\s)*[A-Za-z]{0,8}-?\d[\w-]{4,60}",
    ),
    (
        DataKind.ORDER,
        r"(?i:order|ticket|tracking|contract)(?i:\s*(?:no\.?|number|id|#))?[\s:#]*[A-Z]{0,8}-?\d[\w-]{4,60}",
    ),
    (DataKind.ORDER, r"(?<![\w-])[A-Z]{1,5}-?\d{7,}(?![\w-])"),
    (DataKind.ORDER, rf"(?<!{_DIGIT}){_DIGIT}{{9,}}(?!{_DIGIT})"),
    (
        DataKind.NAME,
        rf"(?:欧阳|司马|上官|诸葛|司徒|[{_SURNAMES}])[\u4e00-\u9fff]{{0,2}}?\s?(?:{_TITLES})",
    ),
    (DataKind.NAME, r"(?:客户|顾客|用户|姓名|联系人)(?:叫|是|名叫|：|:)\s*[\u4e00-\u9fff]{2,4}"),
    (
        DataKind.NAME,
        r"\b(?:Mr|Mrs|Ms|Miss|Dr|Madam|Sir)\.?\s+[A-Z][\w'-]{1,30}(?:\s+[A-Z][\w'-]{1,30})?",
    ),
    (
        DataKind.ADDRESS,
        r"[\u4e00-\u9fff]{1,8}(?:路|街|大道|巷|弄|胡同|里)\s?[0-9０-９一二三四五六七八九十百]{1,6}\s?(?:号|弄)"
        r"(?:院|楼)?(?:\s?[0-9０-９A-Za-z]{1,6}\s?(?:号|栋|幢|座|楼|单元|室|层|门)){0,5}",
    ),
    (
        DataKind.ADDRESS,
        r"(?:[\u4e00-\u9fff]{2,8}(?:小区|花园|公寓|大厦|家园|新村|苑|广场))?\s?"
        r"[0-9０-９A-Za-z一二三四五六七八九十]{1,6}\s?(?:栋|幢|座|号楼|单元)"
        r"(?:\s?[0-9０-９A-Za-z一二三四五六七八九十]{1,6}\s?(?:单元|层|楼|室|号|门)){0,5}",
    ),
    (
        DataKind.ADDRESS,
        r"\b\d{1,5}\s+(?:[A-Z][\w'-]{1,30}\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr"
        r"|Court|Square)\b\.?",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def find(text: str) -> list[Finding]:
    """Everything in a text that may be data of a customer, in order; no two overlap.

    Where two kinds fit the same place, the longer text counts, then the kind named first above.
    """
    found: list[Finding] = []
    for number, line in enumerate(text.split("\n"), start=1):
        taken = bytearray(len(line))
        spans = [*_spans(line), *_heard_spans(line)]
        for start, stop, kind in sorted(spans, key=lambda one: one[0] - one[1]):
            if not any(taken[start:stop]):
                taken[start:stop] = b"x" * (stop - start)
                found.append(Finding(number, start + 1, kind, line[start:stop]))
    return sorted(found)


def _heard_spans(line: str) -> Iterator[tuple[int, int, DataKind]]:
    """Places of the line that show something only in what is left of it when it is read."""
    pieces = [piece for piece in _PIECE.finditer(line) if piece[1] is None]
    characters = [(_plain(html.unescape(piece[0])), piece) for piece in pieces]
    kept = [(one, piece) for one, piece in characters if one]
    heard = _SPOKEN_RUN.sub(
        lambda run: "".join(_SPOKEN.get(one, one) for one in run[0]),
        "".join(one for one, _piece in kept),
    )
    if heard == line:
        return
    for start, stop, kind in _spans(heard):
        yield kept[start][1].start(), kept[stop - 1][1].end(), kind


def _plain(character: str) -> str:
    """The same character as it is usually written, digits as 0 to 9; invisible ones are nothing."""
    if len(character) != 1:
        return "&"
    if unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return ""
    digit = unicodedata.digit(character, None)
    plain = unicodedata.normalize("NFKC", character) if digit is None else str(digit)
    return plain if len(plain) == 1 else character


def _spans(line: str) -> Iterator[tuple[int, int, DataKind]]:
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(line):
            yield match.start(), match.end(), kind

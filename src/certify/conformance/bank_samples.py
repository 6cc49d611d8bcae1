"""Items that the platform may want to write to a file, whatever a format can hold."""

from certify.courseware.plain_markdown import plain_markdown
from certify.domain.item_format import BankItem
from certify.domain.question_type import ItemBlock

SIGNS = r'a|b #c =d ~e {f} <g> &amp; \h "i" [j] *k* $l$ %m :n ;o 50 % → 选项'
"""Every sign that means something to some format."""
TWO_LINES = "甲\\\n乙？"
ITEMS = tuple(
    BankItem(str(place), kind, block, topic="投诉")
    for place, (kind, block) in enumerate(
        (
            ("single", ItemBlock(plain_markdown(SIGNS), ((SIGNS, True), ("=1", False)), "?")),
            ("single", ItemBlock("甲？", (("乙", False), ("丙", True), ("丁", False)), "")),
            ("single", ItemBlock(TWO_LINES, (("丙", True), ("丁", False)), "因为。")),
            ("multiple", ItemBlock("甲？", (("乙", True), ("丙", True), ("丁", False)), "")),
            ("truefalse", ItemBlock("甲。", (("正确", False), ("错误", True)), "")),
            ("ordering", ItemBlock("排序。", (("甲", None), ("乙", None), ("丙", None)), "")),
            ("text", ItemBlock("甲？", (), "", lines=("= 乙 | 丙",))),
            ("essay", ItemBlock("论述。", (), "", rows=(("标准", "分值"), ("甲", "5")))),
        ),
        start=1,
    )
)

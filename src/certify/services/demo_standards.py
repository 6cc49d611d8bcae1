"""Standards of the ready-made company on the move: a new text to learn, a draft in review."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from certify.services import review_stale, review_steps, standards
from certify.services.demo_stage import HR, TOP, TRAINER, Happening, Stage
from certify.services.standard_life import (
    approving,
    delta,
    delta_passing,
    drafting,
    opinions,
    reviewing,
    settling,
)
from certify.services.standard_life.drafting import Wanted

CHANGED, IN_REVIEW = "CS-001", "CS-003"
CHANGED_SINCE = 12
"""Days since the new text of `CHANGED` is in force; its items stay right."""
REVIEWED, REVIEWED_SINCE = ("CS-002", "CS-003"), 100
"""Standards that were found good as they are, and days since; the review of another is overdue."""
SIDES = {
    "sales": "003002",
    "technology": "002003",
    "customer-service": "001008",
    "quality": "003009",
}
"""Who speaks for each department in a review."""
TRAINED = ("001013", "001015")
"""Holders who have learned the new text by now."""


def everything(stage: Stage) -> Iterator[Happening]:
    """All of it, in no order."""
    catalogue = _Catalogue(stage)
    yield Happening(stage.at(REVIEWED_SINCE, 16), catalogue.review)
    yield Happening(stage.at(CHANGED_SINCE + 11, 9), catalogue.draft_change)
    yield Happening(stage.at(CHANGED_SINCE + 8, 10), catalogue.agree)
    yield Happening(stage.at(CHANGED_SINCE + 3, 10), catalogue.approve)
    yield Happening(stage.at(CHANGED_SINCE, 8, 20), catalogue.confirm_items)
    for place, staff_no in enumerate(TRAINED):
        yield Happening(stage.at(9 - place, 11, 30), partial(catalogue.train, staff_no))
    yield Happening(stage.at(4, 11), catalogue.draft_review)
    yield Happening(stage.at(2, 14), catalogue.opine)


class _Catalogue:
    """The two standards that change, and what people do about it."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.platform = stage, stage.platform
        self.drafts: list[int] = []

    def review(self) -> None:
        for number in REVIEWED:
            reviewing.review(
                self.platform,
                actor=self.stage.actor(TRAINER),
                number=number,
                keeps=True,
                remark="执行情况良好，暂不修改。",
            )

    def draft_change(self) -> None:
        text = self._text(CHANGED)
        text["requirement"] = {
            "zh": "电话或在线咨询：10 秒内接起，30 秒内响应；须排队时，先告知预计等候时间。",
            "en": "By phone or online: pick up within 10 seconds, respond within 30 seconds; "
            "who must queue is told first how long.",
        }
        wanted = Wanted(
            CHANGED,
            text,
            self.stage.today - timedelta(days=CHANGED_SINCE),
            "客户反映高峰时段不知要等多久。",
        )
        self._draft(wanted)

    def agree(self) -> None:
        [draft_id] = self.drafts
        for side, staff_no in SIDES.items():
            self._say(draft_id, side, staff_no, "同意。")
        opinions.try_scene(
            self.platform,
            actor=self.stage.actor("001009"),
            draft_id=draft_id,
            scene="上午高峰时段",
            works=True,
            feedback="客户知道要等多久后，挂断明显减少。",
        )

    def approve(self) -> None:
        approving.approve(self.platform, actor=self.stage.actor(TOP), draft_id=self.drafts[0])

    def confirm_items(self) -> None:
        """On its first day the holders get their training, and the trainer looks at the items."""
        settling.settle(self.platform)
        trainer = self.stage.actor(TRAINER)
        stale = review_stale.report(self.platform, actor=trainer).items
        review_steps.keep(self.platform, actor=trainer, codes=[one.code for one in stale])

    def train(self, staff_no: str) -> None:
        who = self.stage.actor(staff_no)
        [training] = delta.mine(self.platform, actor=who)
        delta.confirm_read(self.platform, actor=who, training_id=training.id)
        delta_passing.record_session(
            self.platform,
            actor=self.stage.actor(TRAINER),
            staff_no=staff_no,
            number=CHANGED,
            session_name="客服部班前会",
        )

    def draft_review(self) -> None:
        text = self._text(IN_REVIEW)
        text["requirement"] = {
            "zh": "12 小时内给出解决方案；5 个工作日内处理完毕并回访。",
            "en": "A solution within 12 hours; handled and followed up within 5 working days.",
        }
        wanted = Wanted(
            IN_REVIEW,
            text,
            self.stage.today + timedelta(days=40),
            "同行普遍在 12 小时内答复，客户期望提高。",
        )
        self._draft(wanted)

    def opine(self) -> None:
        """Two of the four sides have said what they think; the others are still to be heard."""
        draft_id = self.drafts[1]
        self._say(draft_id, "technology", SIDES["technology"], "同意，技术部可在半天内给出方案。")
        self._say(draft_id, "quality", SIDES["quality"], "同意，建议同步修改抽查表。")

    def _text(self, number: str) -> dict[str, Any]:
        """The text in force, to be changed."""
        found = standards.show(self.platform, actor=self.stage.actor(TRAINER), number=number)
        return {
            "category": found.category,
            "item": found.item,
            "department": found.department,
            "remark": found.remark,
            "target": found.target,
        }

    def _draft(self, wanted: Wanted) -> None:
        hr = self.stage.actor(HR)
        self.drafts.append(drafting.draft(self.platform, actor=hr, wanted=wanted))
        drafting.submit(self.platform, actor=hr, draft_id=self.drafts[-1])

    def _say(self, draft_id: int, side: str, staff_no: str, opinion: str) -> None:
        opinions.opine(
            self.platform,
            actor=self.stage.actor(staff_no),
            draft_id=draft_id,
            side=side,
            agrees=True,
            opinion=opinion,
        )

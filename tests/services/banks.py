"""Steps of the tests that take question banks in and out."""

import shutil
from pathlib import Path
from typing import Any

from certify.domain.item_format import BankFile, ItemFormat
from certify.domain.person import CONSOLE, Actor
from certify.platform import Platform
from certify.services import course_sync, item_import
from certify.services.item_import import ImportWish
from certify.services.item_import_facts import Defaults
from certify.services.item_import_report import ImportReport
from tests.platforms import COURSES

COMPLETE = Defaults(topic="limits", difficulty=2, facts=("S2-CT-01",))
BANK = """// 题库
::一:: 客户来电，几声之内接起？{=三声 ~五声 ~十声####三声之内接起。}

::二:: 投诉要登记。{T####都要登记。}

::三:: 谁负责登记？{=客服专员 ~维修技师####客服专员登记。}
"""
BROKEN = "\n::四:: 没有答案的题。{~甲 ~乙}\n"


def formats() -> list[ItemFormat]:
    """Every bundled reader and writer of question banks."""
    import certify_bank_text
    import certify_gift
    import certify_markdown_bank
    import certify_moodle
    import certify_qti
    import certify_spreadsheet

    modules: list[Any] = [certify_gift, certify_moodle, certify_qti, certify_bank_text]
    modules += [certify_spreadsheet, certify_markdown_bank]
    return [one for module in modules for one in module.certify_register_item_formats()]


def own_course(platform: Platform, name: str = "sample") -> Path:
    """The sample course in the home, loaded; the platform knows every bank format."""
    for one in formats():
        platform.plugins.item_formats.setdefault(one.name, one)
    folder = platform.settings.home.courses / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(COURSES / "sample", folder)
    platform.plugins.course_folders.clear()
    course_sync.sync_courses(platform, actor=CONSOLE)
    return folder


def take_in(
    platform: Platform,
    text: str | bytes = BANK,
    *,
    name: str = "题库.gift",
    apply: bool = True,
    defaults: Defaults = COMPLETE,
    skip_rejected: bool = False,
    course: str = "sample",
    who: Actor = CONSOLE,
) -> ImportReport:
    """Import a bank into the sample course."""
    data = text.encode() if isinstance(text, str) else text
    wish = ImportWish(
        course, defaults=defaults, skip_rejected=skip_rejected, apply=apply, format=""
    )
    return item_import.import_items(platform, actor=who, file=BankFile(name, data), wish=wish)

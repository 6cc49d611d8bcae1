"""The people of the ready-made company, brought in as HR would: a file, imported."""

import csv
import tempfile
from datetime import date, timedelta
from pathlib import Path

from certify.domain.person import CONSOLE
from certify.i18n import speaking
from certify.platform import Platform
from certify.services import departments, founding, people_import

PEOPLE = Path(__file__).with_name("demo_people.csv")
"""The import format, with the days since the hire in place of its date."""

NEW_HIRE_DAYS = 30
"""Whoever was hired within so many days comes with the second import."""

DEPARTMENTS = (
    ("CS", "客服部", "Customer service"),
    ("TEC", "技术部", "Technology"),
    ("AFS", "售后服务部", "After-sales"),
)
FRONT_LINE, LEADING = "experienced-front-line", "experienced-management"
POSTS = (
    ("agent", "客服专员", "Agent", "service", FRONT_LINE, True),
    ("cs-supervisor", "客服主管", "Customer service supervisor", "service", LEADING, True),
    ("cs-manager", "客服经理", "Customer service manager", "service", LEADING, True),
    ("technician", "技术专员", "Technician", "technical", FRONT_LINE, True),
    ("tech-supervisor", "技术主管", "Technical supervisor", "technical", LEADING, True),
    ("tech-manager", "技术经理", "Technical manager", "technical", LEADING, False),
    ("service-engineer", "售后工程师", "Service engineer", "technical", FRONT_LINE, True),
    ("afs-supervisor", "售后主管", "After-sales supervisor", "service", LEADING, True),
    ("afs-manager", "售后经理", "After-sales manager", "service", LEADING, True),
    ("hr", "人事专员", "HR officer", "service", FRONT_LINE, False),
    ("trainer", "培训讲师", "Trainer", "service", FRONT_LINE, False),
)


def found(platform: Platform) -> None:
    """The company with its administrator, departments and posts."""
    with speaking("zh"):
        founding.found_organisation(
            platform,
            name="示例服务公司",
            staff_no="000001",
            person_name="周明远",
            password=None,
            is_demo=True,
        )
    for code, name, name_en in DEPARTMENTS:
        departments.add_department(platform, actor=CONSOLE, code=code, name=name, name_en=name_en)
    for code, name, name_en, track, layer, meets_customers in POSTS:
        departments.add_post(
            platform,
            actor=CONSOLE,
            code=code,
            name=name,
            name_en=name_en,
            track=track,
            layer=layer,
            meets_customers=meets_customers,
        )


def hire(platform: Platform, *, today: date, with_new_hires: bool) -> None:
    """Import the people file as it was on a day; who is known already stays unchanged."""
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            columns = [name for name in rows[0] if name != "days"]
            writer.writerow([*columns, "hired_on"])
            for row in rows:
                days = int(row.pop("days"))
                if with_new_hires or days > NEW_HIRE_DAYS:
                    hired_on = today - timedelta(days=days)
                    writer.writerow([*row.values(), hired_on.isoformat()])
        report = people_import.import_people(platform, actor=CONSOLE, path=path, apply=True)
    if report.rejections:
        raise ValueError(f"the people of the demo cannot be imported: {report.rejections}")

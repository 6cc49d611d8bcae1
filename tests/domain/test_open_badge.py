"""A certificate as an Open Badge: all that was earned, nothing of who earned it (R-CRT-03)."""

import dataclasses
import json
from typing import Any

import pytest

from certify.domain.linked_data import NotSignable, canonical
from certify.domain.open_badge import BadgeSource, facts_of, is_of, open_badge
from certify.domain.status_list import places

FACTS: dict[str, Any] = {
    "number": "PQ-2024-000001-2",
    "name": "王小兰",
    "staff_no": "E1001",
    "department": "客服部",
    "post": "客服专员",
    "code": "reception",
    "title": {"zh": "客户接待", "en": "Customer reception"},
    "basis": "exam",
    "course": "sample",
    "course_version": "1.2.0",
    "standards": [{"number": "CS-001", "version": "2024-01-01"}, {"number": "CS-002"}],
    "mark": "91.50",
    "is_retake": False,
    "issued_on": "2024-03-04",
    "valid_from": "2024-03-04",
    "valid_to": "2025-03-03",
    "issuer": "示例公司",
}
SOURCE = BadgeSource(
    number=FACTS["number"],
    revision=1,
    facts=FACTS,
    salt="5a1t",
    issuer="did:web:certs.example.com",
    time_zone="Asia/Shanghai",
    places=tuple(places("https://certs.example.com/status/", 7, 1)),
)


def test_the_same_certificate_gives_the_same_badge() -> None:
    assert open_badge(SOURCE) == open_badge(SOURCE)


def test_every_fact_but_the_personal_ones_stands_in_it_and_is_covered() -> None:
    badge = open_badge(SOURCE)
    covered = canonical(badge)

    assert facts_of(badge) == {
        "revision": "1",
        "number": "PQ-2024-000001-2",
        "code": "reception",
        "title_zh": "客户接待",
        "title_en": "Customer reception",
        "basis": "exam",
        "course": "sample",
        "course_version": "1.2.0",
        "standards_1_number": "CS-001",
        "standards_1_version": "2024-01-01",
        "standards_2_number": "CS-002",
        "mark": "91.50",
        "is_retake": "false",
        "issued_on": "2024-03-04",
        "valid_from": "2024-03-04",
        "valid_to": "2025-03-03",
        "issuer": "示例公司",
    }
    for name, value in facts_of(badge).items():
        assert f"- {name}: {value}" in covered


def test_no_name_number_department_or_post_of_the_person_is_in_it() -> None:
    text = json.dumps(open_badge(SOURCE), ensure_ascii=False)

    assert not [fact for fact in ("王小兰", "E1001", "客服部", "客服专员", "5a1t") if fact in text]


def test_name_and_staff_number_can_be_checked_and_nothing_near_them_passes() -> None:
    badge = open_badge(SOURCE)

    assert is_of(badge, "name", "王小兰")
    assert is_of(badge, "staff_no", "E1001")
    assert not is_of(badge, "name", "王小蓝")
    assert not is_of(badge, "name", "E1001")
    assert not is_of(badge, "staff_no", "E1002")
    assert not is_of(badge, "name", "")


def test_two_certificates_of_one_person_cannot_be_told_to_be_so() -> None:
    other = dataclasses.replace(SOURCE, number="PQ-2024-000002-0", salt="other")
    first, second = (json.dumps(open_badge(one)["credentialSubject"]) for one in (SOURCE, other))
    hashes = [part[:64] for part in first.split("sha256$")[1:]]

    assert len(hashes) == 2
    assert not [one for one in hashes if one in second]
    assert open_badge(SOURCE)["credentialSubject"]["id"] not in second


def test_a_new_revision_is_another_document_about_the_same_certificate() -> None:
    facts = {**FACTS, "name": "王大兰"}
    again = dataclasses.replace(SOURCE, revision=2, salt="new", facts=facts)
    first, second = open_badge(SOURCE), open_badge(again)

    assert first["id"] != second["id"]
    assert first["credentialSubject"]["id"] == second["credentialSubject"]["id"]
    assert is_of(second, "name", "王大兰")
    assert not is_of(second, "name", "王小兰")


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Asia/Shanghai", "2024-03-03T16:00:00Z", "2025-03-03T16:00:00Z"),
        ("America/New_York", "2024-03-04T05:00:00Z", "2025-03-04T05:00:00Z"),
        ("UTC", "2024-03-04T00:00:00Z", "2025-03-04T00:00:00Z"),
    ],
)
def test_it_counts_from_the_first_midnight_to_the_last_where_the_company_works(
    zone: str, first: str, last: str
) -> None:
    badge = open_badge(dataclasses.replace(SOURCE, time_zone=zone))

    assert (badge["validFrom"], badge["validUntil"]) == (first, last)


def test_what_the_schema_of_open_badges_asks_for_is_there() -> None:
    badge = open_badge(SOURCE)
    achievement = badge["credentialSubject"]["achievement"]

    assert badge["@context"] == [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ]
    assert {"id", "type", "name", "issuer", "validFrom", "credentialSubject"} <= set(badge)
    assert set(badge["issuer"]) == {"id", "type", "name"}
    assert {"id", "type", "name", "description", "criteria"} <= set(achievement)
    assert achievement["resultDescription"][0]["resultType"] == "RawScore"
    assert badge["credentialSubject"]["result"][0]["value"] == "91.50"


def test_a_certificate_without_an_exam_has_no_result() -> None:
    facts = {
        k: v for k, v in FACTS.items() if k not in ("mark", "course", "course_version", "standards")
    }
    badge = open_badge(dataclasses.replace(SOURCE, facts={**facts, "basis": "trainee"}))

    assert "result" not in badge["credentialSubject"]
    assert "resultDescription" not in badge["credentialSubject"]["achievement"]
    assert canonical(badge)


@pytest.mark.parametrize(
    "facts",
    [
        {"valid_to": None},
        {"valid_from": "soon"},
        {"revision": "2"},
        {"title": {"zh": "x"}, "title_zh": "y"},
        {"urn:x": "y"},
        {"@id": "x"},
        {"a b": "x"},
    ],
)
def test_a_fact_that_could_be_lost_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(NotSignable):
        open_badge(dataclasses.replace(SOURCE, facts={**FACTS, **facts}))


def test_no_fact_brings_a_control_character_along() -> None:
    facts = {**FACTS, "remark": " a\x1b[31m\u202eb\n- mark: 100 "}
    badge = open_badge(dataclasses.replace(SOURCE, facts=facts))

    assert facts_of(badge)["remark"] == "a�[31m�b - mark: 100"
    assert facts_of(badge)["mark"] == "91.50"


def test_the_narrative_of_others_is_not_taken_for_our_facts() -> None:
    for text in (None, "", "- mark: 5\nand more", "- mark: 5\n- mark: 6", ["- mark: 5"]):
        assert facts_of({"credentialSubject": {"narrative": text}}) == {}
    assert facts_of({"credentialSubject": []}) == {}

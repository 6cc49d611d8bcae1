"""Rows of a standards file, right but for what a test writes otherwise."""


def row(number: str = "CS-003", day: str = "2024-01-01", **other: str) -> str:
    facts = {
        "category": '"result"',
        "item": '{ zh = "投诉解决率" }',
        "department": '{ zh = "客服部" }',
        "requirement": '{ zh = "24 小时内给出解决方案。" }',
        **other,
    }
    lines = [f'number = "{number}"', f"effective_from = {day}"]
    lines += [f"{name} = {value}" for name, value in facts.items()]
    return "\n".join(["[[standards]]", *lines, ""])


def step(post: str = '"agent"', **other: str) -> str:
    facts = {
        "title": '{ zh = "记录" }',
        "output": '{ zh = "投诉记录表" }',
        "limit": '"24 h"',
        "post": post,
        **other,
    }
    lines = [f"{name} = {value}" for name, value in facts.items() if value]
    return "\n".join(["[[procedures.steps]]", *lines, ""])


def procedure(*steps: str) -> str:
    return '[[procedures]]\ncode = "complaint"\n' + "".join(steps)

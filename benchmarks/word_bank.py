"""Seconds and peak memory per 1,000 questions of a bank in plain text and in Word.

The same bank, written once as .txt and once as .docx (by python-docx, options lettered in the
text), is read into items by certify; beside it python-docx alone opens the .docx and walks over
the text of its paragraphs, without knowing what a question is. Each reading has a process of its
own, so that the peak is that of this reading; the least of several readings counts for the time.

    .venv/bin/python -m benchmarks.word_bank [questions]
"""

import io
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable

import docx

from certify.api import BankFile, BankItem
from certify_bank_text import certify_register_item_formats

ROUNDS = 5
WORDS = ("投诉", "回访", "送货", "安装", "维修", "退换货", "礼仪", "派工单", "备品", "提案")


def bank(count: int) -> list[str]:
    """The lines of a bank: choices, statements and gaps, one with a key list of its own kind."""
    lines = ["客户服务题库", "一、单选题（每题2分）"]
    for number in range(1, count + 1):
        word, other = WORDS[number % 10], WORDS[number // 10 % 10]
        if number == count * 7 // 10:
            lines.append("二、判断题")
        if number == count * 9 // 10:
            lines.append("三、填空题")
        if number >= count * 9 // 10:
            lines += [f"{number}. {word}应在____小时内告知{other}岗位。", f"答案：{number}"]
        elif number >= count * 7 // 10:
            lines += [f"{number}. 第 {number} 号{word}单须由{other}岗位签字。（√）"]
        else:
            lines.append(
                f"{number}. 处理第 {number} 号{word}时，与{other}岗位交接的第一步是什么？（ B ）"
            )
            lines += [f"A. 通知{word}人员", f"B. 核对{other}记录", "C. 直接离开", "D. 等待客户来电"]
            lines += [f"解析：见{word}流程第 {number % 9 + 1} 条。", "难度：中"]
    return lines


def as_text(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def as_word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        paragraph = document.add_paragraph()
        half = len(line) // 2
        paragraph.add_run(line[:half]).font.name = "SimSun"
        paragraph.add_run(line[half:]).bold = False
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def by_certify(name: str, data: bytes) -> int:
    """Read a bank; how many items it has."""
    suffix = name.rpartition(".")[2]
    reader = next(one for one in certify_register_item_formats() if f".{suffix}" in one.suffixes)
    return sum(isinstance(one, BankItem) for one in reader.read(BankFile(name, data), "zh"))


def by_python_docx(_name: str, data: bytes) -> int:
    """Walk over the paragraphs; how many there are."""
    return sum(1 for one in docx.Document(io.BytesIO(data)).paragraphs if one.text)


def _measured(
    answer: "multiprocessing.Queue[tuple[float, int, int]]",
    work: Callable[[str, bytes], int],
    name: str,
    data: bytes,
) -> None:
    taken = []
    for _round in range(ROUNDS):
        begin = time.process_time()
        count = work(name, data)
        taken.append(time.process_time() - begin)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    answer.put((min(taken), count, peak))


def show(label: str, work: Callable[[str, bytes], int], name: str, data: bytes, count: int) -> None:
    """Measure in a process of its own and print."""
    context = multiprocessing.get_context("spawn")
    answer: multiprocessing.Queue[tuple[float, int, int]] = context.Queue()
    process = context.Process(target=_measured, args=(answer, work, name, data))
    process.start()
    seconds, found, peak = answer.get()
    process.join()
    per_thousand = seconds / count * 1000
    print(f"{label:32} {per_thousand:6.3f} s CPU per 1,000  peak {peak:4} MB  found {found}")


def main(count: int = 1000) -> None:
    """Read both files and print the figures."""
    lines = bank(count)
    text, word = as_text(lines), as_word(lines)
    print(f"{count} questions: {len(text) // 1000} kB of text, {len(word) // 1000} kB of Word")
    show(".txt by certify", by_certify, "bank.txt", text, count)
    show(".docx by certify", by_certify, "bank.docx", word, count)
    show(".docx by python-docx, bare", by_python_docx, "bank.docx", word, count)
    print("goal: at most 1 s per 1,000 questions and 200 MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""10,000 questions of a Moodle XML file read into items, and the memory that takes.

Beside it, in the same run: the bare parse of the same bytes by expat with empty handlers, and by
`iterparse` of the standard library, which keeps no columns. Items are counted and dropped, as a
bank that takes them one by one does.

    .venv/bin/python -m benchmarks.moodle_xml [questions]
"""

import io
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.parsers import expat

from certify.api import BankFile, BankItem
from certify_moodle.moodle_format import MoodleXml

QUESTIONS = 10_000
ROUNDS = 3
_QUESTION = """
  <question type="multichoice">
    <name><text>Question {n}</text></name>
    <questiontext format="html">
      <text><![CDATA[<p dir="ltr">What is done <b>first</b> with complaint {n}?<br></p>]]></text>
    </questiontext>
    <generalfeedback format="html"><text><![CDATA[<p>It is entered at once.</p>]]></text>
    </generalfeedback>
    <defaultgrade>1.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>CMP-{n:05}</idnumber>
    <single>true</single>
    <shuffleanswers>true</shuffleanswers>
    <answernumbering>abc</answernumbering>
    <correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback>
    <answer fraction="100" format="html"><text><![CDATA[<p>Enter it {n}</p>]]></text>
      <feedback format="html"><text></text></feedback></answer>
    <answer fraction="0" format="html"><text><![CDATA[<p>Send it on</p>]]></text>
      <feedback format="html"><text></text></feedback></answer>
    <answer fraction="0" format="html"><text>Wait &amp;amp; see</text>
      <feedback format="html"><text></text></feedback></answer>
    <answer fraction="0" format="html"><text><![CDATA[<p>致电客户</p>]]></text>
      <feedback format="html"><text></text></feedback></answer>
    <tags><tag><text>difficulty:2</text></tag></tags>
  </question>
"""


def file_of(count: int) -> bytes:
    """A file such as Moodle exports."""
    questions = "".join(_QUESTION.format(n=number) for number in range(count))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>{questions}</quiz>'.encode()


def items(data: bytes) -> Iterator[BankItem]:
    """What is measured."""
    for entry in MoodleXml().read(BankFile("bank.xml", data), "zh"):
        if isinstance(entry, BankItem):
            yield entry


def bare_expat(data: bytes) -> None:
    """The least that any reader pays."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: None
    parser.EndElementHandler = lambda name: None
    parser.CharacterDataHandler = lambda text: None
    parser.Parse(data, True)


def bare_iterparse(data: bytes) -> None:
    """Trees of the questions, one after the other."""
    for _event, element in ElementTree.iterparse(io.BytesIO(data)):
        if element.tag == "question":
            element.clear()


def seconds(work: Callable[[], object]) -> float:
    """The best of several runs, in seconds of the processor."""
    found = []
    for _round in range(ROUNDS):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


def main() -> int:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS
    data = file_of(count)
    rows = [
        ("expat, empty handlers", seconds(lambda: bare_expat(data))),
        ("iterparse", seconds(lambda: bare_iterparse(data))),
        ("moodle-xml, into items", seconds(lambda: sum(1 for _item in items(data)))),
    ]
    print(f"{count:,} questions, {len(data) / 1e6:.1f} MB")
    for name, took in rows:
        print(f"{name:26}{took:8.2f} s{count / took:12,.0f} questions/s")
    for name, kept in (("one by one", 0), ("all kept", None)):
        tracemalloc.start()
        deque(items(data), maxlen=kept)
        print(f"memory, {name:18}{tracemalloc.get_traced_memory()[1] / 1e6:8.1f} MB")
        tracemalloc.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())

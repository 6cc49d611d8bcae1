"""Questions on a terminal: each answer is judged at once, and asked again with the mend."""

import sys
from collections.abc import Callable, Sequence

import click

from certify.errors import BadInput, CertifyError
from certify.i18n import _

Judge = Callable[[str], None]
"""Raises CertifyError where an answer cannot be taken."""


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, option: str, judge: Judge, proposed: str = "") -> str:
    """An answer that the judge takes, without spaces around it.

    Args:
        option: what gives the same without a terminal, such as `--code`.
        proposed: what Enter stands for, and the answer where nobody can be asked.
    Raises:
        BadInput: nothing is proposed and nobody can be asked.
    """
    if not can_ask():
        if proposed:
            return proposed
        raise BadInput(
            _("“{option}” is missing.").format(option=option),
            mend=_("Give it, or run the command on a terminal, where it asks."),
        )
    while True:
        typed = click.prompt(question, default=proposed, show_default=bool(proposed))
        answer = str(typed).strip()
        try:
            judge(answer)
        except CertifyError as problem:
            click.echo(str(problem), err=True)
        else:
            return answer


def choose(question: str, option: str, values: Sequence[str], labels: dict[str, str]) -> str:
    """One of some values, chosen by its number or its name; the first one is proposed.

    Args:
        labels: names of the values for people, as English source texts.
    Raises:
        BadInput: nobody can be asked.
    """
    answers = dict(zip(map(str, range(1, len(values) + 1)), values, strict=True))
    answers |= {_(labels[value]): value for value in values}

    def judge(answer: str) -> None:
        if answer not in answers:
            raise BadInput(
                _("“{answer}” is none of these.").format(answer=answer),
                mend=_("Type a number from 1 to {last}.").format(last=len(values)),
            )

    if can_ask():
        for number, value in enumerate(values, start=1):
            click.echo(f"  {number} {_(labels[value])}")
    return answers[ask(question, option, judge, "1" if can_ask() else "")]

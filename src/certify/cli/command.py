"""Commands, groups and options that speak the user's language.

Texts are marked with `N_` where a command is declared and translated when they are shown, so that
`--lang` counts for help and usage errors too. A command's module is imported when it is used.
"""

import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from certify.i18n import _


class Formatter(click.HelpFormatter):
    """Lays help out by display width: a Chinese character takes two cells."""

    # `certify.cli.text` is imported in here: the screens start without its tables.

    def write_text(self, text: str) -> None:
        from certify.cli.text import wrap

        indent = " " * self.current_indent
        for line in wrap(text, self.width, indent, indent):
            self.write(f"{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        from certify.cli.text import cells, fill, wrap

        rows = list(rows)
        indent = " " * self.current_indent
        first = min(max(cells(term) for term, _help in rows), col_max)
        rest = " " * (self.current_indent + first + col_spacing)
        for term, help_ in rows:
            begin = indent + fill(term, first) + " " * col_spacing
            if cells(term) > first:
                for line in wrap(term, self.width, indent, f"{indent}    "):
                    self.write(f"{line}\n")
                begin = rest
            for line in wrap(help_, self.width, begin, rest):
                self.write(f"{line}\n")


class Context(click.Context):
    formatter_class = Formatter


class _Translated:
    """Gives `help` in the language being spoken; what is kept is the English source."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        return _(self._help) if self._help else self._help

    @help.setter
    def help(self, source: str | None) -> None:
        self._help = source


class Option(_Translated, click.Option):
    """An option whose help is translated when it is shown."""


class Argument(_Translated, click.Argument):
    """An argument whose help is translated when it is shown."""


class Command(_Translated, click.Command):
    """A command whose help is translated when it is shown."""

    context_class = Context

    def get_short_help_str(self, limit: int = 45) -> str:
        return _first_line(self.help or "")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _with_help(super().get_help_option(ctx))


class Group(_Translated, click.Group):
    """A noun; its commands are the verbs."""

    context_class = Context
    command_class = Command

    def get_short_help_str(self, limit: int = 45) -> str:
        return _first_line(self.help or "")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _with_help(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class LazyGroup(Group):
    """The root: knows its commands by name and help, and imports the one that is used.

    Command `noun` is the object `noun` in module `certify.cli.noun`, `-` in it written as `_`.
    """

    def __init__(self, *, nouns: Mapping[str, str], **attrs: Any) -> None:
        super().__init__(**attrs)
        self.nouns = nouns

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.nouns)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.nouns:
            return None
        name = cmd_name.replace("-", "_")
        found: click.Command = getattr(importlib.import_module(f"certify.cli.{name}"), name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(noun, _(help_)) for noun, help_ in self.nouns.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as problem:
            name = problem.command_name
            raise click.exceptions.NoSuchCommand(name, possibilities=self.nouns, ctx=ctx) from None


def option(*names: str, **attrs: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`click.option` with translated help."""
    return click.option(*names, cls=Option, **attrs)


def argument(*names: str, **attrs: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`click.argument` with translated help."""
    return click.argument(*names, cls=Argument, **attrs)


def _first_line(help_: str) -> str:
    return help_.partition("\n")[0].rstrip(".。")


def _with_help(option_: click.Option | None) -> click.Option | None:
    if option_ is not None:
        option_.help = _("Show this message and exit.")
    return option_

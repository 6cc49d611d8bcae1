"""`reference/commands.md`: every command with its arguments and options."""

from collections.abc import Iterator

import click

from certify.cli.click_words import speak
from certify.cli.main import certify
from docs.pages.words import code, head, joined, said, table


def page() -> str:
    """The page."""
    speak("en")
    return joined(_blocks())


def tree(
    command: click.Command = certify, parent: click.Context | None = None, name: str = "certify"
) -> Iterator[tuple[click.Context, click.Command]]:
    """Every command, the groups too, each with its context."""
    context = click.Context(command, parent=parent, info_name=name)
    yield context, command
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None  # noqa: S101  it was listed
            yield from tree(found, context, below)


def _blocks() -> Iterator[str]:
    yield from head(
        "Commands",
        "`src/certify/cli/`",
        "The command line does what the screens do, through the same services. Every command "
        "has `--help`, in the language in use. Lists have `--json`. Messages go to standard "
        "error, results to standard output. See [Exit codes](exit-codes.md).",
    )
    for context, command in tree():
        what = context.command_path
        yield f"## {what}"
        yield from said(command.help, what).split("\n")
        usage = " ".join([what, *command.collect_usage_pieces(context)])
        yield code(usage)
        if rows := list(_parameters(context, command)):
            yield table(["Argument or option", "Meaning"], rows)
        if isinstance(command, click.Group) and context.parent is None:
            yield "The options above stand before the command: `certify --lang en course list`."


def _parameters(context: click.Context, command: click.Command) -> Iterator[list[str]]:
    for parameter in command.get_params(context):
        if "--help" in parameter.opts:
            continue
        written = getattr(parameter, "help", None)
        meaning = said(written, f"{context.command_path} {parameter.name}")
        if isinstance(parameter, click.Argument):
            left = parameter.make_metavar(context)
            if parameter.nargs == -1:
                meaning += " One or more."
        else:
            record = parameter.get_help_record(context)
            assert record is not None  # noqa: S101  no option is hidden
            left = record[0]
            if parameter.required:
                meaning += " Required."
        yield [f"`{left}`", meaning]

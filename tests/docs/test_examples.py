"""The examples of running certify as a service say what the program understands."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from certify.cli.main import certify
from tests.docs.pages import ROOT

EXAMPLES = ROOT / "examples"
UNIT = (EXAMPLES / "certify.service").read_text(encoding="utf-8")
CONTAINER = (EXAMPLES / "Containerfile").read_text(encoding="utf-8")
COMPOSE = (EXAMPLES / "compose.yaml").read_text(encoding="utf-8")
PROGRAM = "/opt/certify/bin/certify"


def words_of(listed: str) -> list[str]:
    """The words of a list as JSON or YAML writes it in one line."""
    return [one.strip().strip('"') for one in listed.split(",")]


def started() -> list[list[str]]:
    """The command lines with which the examples start certify."""
    unit = [shlex.split(line)[1:] for line in re.findall(r"^ExecStart=(.+)$", UNIT, re.M)]
    container = [words_of(found) for found in re.findall(r"^CMD \[(.+)\]$", CONTAINER, re.M)]
    composed = [words_of(found) for found in re.findall(r"^    command: \[(.+)\]$", COMPOSE, re.M)]
    return [*unit, *container, *composed]


@pytest.mark.parametrize("line", started(), ids=" ".join)
def test_what_an_example_starts_is_a_command_line_of_certify(line: list[str]) -> None:
    context = certify.make_context("certify", list(line))
    name, command, rest = certify.resolve_command(
        context, [*context._protected_args, *context.args]
    )
    assert name == "serve"
    assert command is not None
    made = command.make_context(name, rest, parent=context)
    assert made.params["ssh"]
    assert made.params["web"]
    assert made.params["metrics"].startswith("127.0.0.1:")


def test_there_are_examples_of_each_kind() -> None:
    assert len(started()) == 4


@pytest.mark.parametrize("text", [UNIT, CONTAINER, COMPOSE])
def test_files_that_an_example_names_exist(text: str) -> None:
    for path in re.findall(r"\b(?:examples|requirements|docs)/[\w./-]*\w", text):
        assert list(ROOT.glob(f"{path}*")), path


def test_the_unit_lets_certify_write_to_its_state_alone_and_stops_it_in_order() -> None:
    lines = set(UNIT.splitlines())
    assert lines >= {
        "DynamicUser=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "NoNewPrivileges=yes",
        "StateDirectory=certify",
        "StateDirectoryMode=0700",
        "Environment=CERTIFY_HOME=/var/lib/certify",
        "KillMode=mixed",
        "Restart=always",
        "LimitCORE=0",
        "ExecReload=/bin/kill -HUP $MAINPID",
    }
    from certify.server.workers import STOP_SECONDS

    found = re.search(r"^TimeoutStopSec=(\d+)$", UNIT, re.M)
    assert found is not None
    assert int(found[1]) > STOP_SECONDS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "certify"
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    unit = tmp_path / "certify.service"
    unit.write_text(UNIT.replace(PROGRAM, str(program)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert "certify.service" not in done.stderr, done.stderr

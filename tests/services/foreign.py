"""Implementations by others, which must agree with ours: JavaScript through node, Rust by pip.

The packages are fetched once by `npm ci` from the committed lock file with its hashes, into a
folder below `build/` that stays for the next run.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph

SOURCE = Path(__file__).parent / "foreign_verifiers"
BUILD = Path(__file__).parents[2] / "build"
TOOLS = Path(sys.executable).parent


class Foreign:
    """A running node process that answers commands."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [TOOLS / "node", "verify.js"],
            cwd=_installed(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def ask(self, command: str, **options: Any) -> dict[str, Any]:
        """One command's answer; a command that breaks down fails the test that asked."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"command": command, **options}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert "failed" not in answer, answer
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=20)

    @cached_property
    def contexts(self) -> dict[str, Any]:
        """The context documents that the others ship."""
        return self.ask("contexts")

    def rust_hashes(self, document: dict[str, Any]) -> bytes:
        """What an `eddsa-rdfc-2022` signature covers, by Oxigraph (Rust)."""
        options = {k: v for k, v in document["proof"].items() if k != "proofValue"}
        options["@context"] = document["@context"]
        body = {k: v for k, v in document.items() if k != "proof"}
        return b"".join(
            hashlib.sha256(self._rust_canonical(one)).digest() for one in (options, body)
        )

    def _rust_canonical(self, document: dict[str, Any]) -> bytes:
        known = [
            self.contexts[one]["@context"] if isinstance(one, str) else one
            for one in document["@context"]
        ]
        text = json.dumps({**document, "@context": known})
        dataset = pyoxigraph.Dataset(pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD))
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
        assert lines is not None
        return b"".join(sorted(lines.splitlines(keepends=True)))


def _installed() -> Path:
    """The folder with the packages; whoever comes first fetches them, the others wait."""
    digest = hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder = BUILD / f"foreign-verifiers-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for file in SOURCE.iterdir():
            here = folder / file.name
            if not here.exists() or here.read_bytes() != file.read_bytes():
                shutil.copyfile(file, here)  # never while another worker reads it
        if not (folder / "done").exists():
            done = subprocess.run(
                [TOOLS / "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
                cwd=folder,
                env={**os.environ, "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}"},
                capture_output=True,
                encoding="utf-8",
                timeout=110,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(
                    "The verifiers by others could not be fetched from the npm registry; these "
                    f"tests need them once.\n{done.stderr[-2000:]}"
                )
            (folder / "done").touch()
    return folder

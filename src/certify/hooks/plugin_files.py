"""What is installed of a plugin: its files, told apart by one hash."""

from hashlib import sha256
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path


def digest(origin: str) -> str:
    """SHA-256 of every file in a plugin's package, in hexadecimal; empty where it is not there.

    The package is found, never imported, so a plugin that is broken or not allowed has one too.
    Compiled files are left out: Python writes those itself.

    Args:
        origin: the value of its entry point, such as `certify_choice`.
    """
    spec = _found(origin)
    places = _places(spec)
    files = [(path.relative_to(place).as_posix(), path) for place in places for path in _in(place)]
    if not places and spec and spec.has_location and spec.origin:
        files = [(Path(spec.origin).name, Path(spec.origin))]
    whole = sha256()
    for name, path in sorted(files):
        data = path.read_bytes()
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest() if files else ""


def folders(origin: str) -> list[Path]:
    """The folders of a plugin's package; none where it is one file, or not there."""
    return _places(_found(origin))


def _found(origin: str) -> ModuleSpec | None:
    try:
        return find_spec(origin.partition(":")[0].partition(".")[0])
    except (ImportError, ValueError):
        return None


def _places(spec: ModuleSpec | None) -> list[Path]:
    return [Path(place) for place in spec.submodule_search_locations or ()] if spec else []


def _in(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file() and "__pycache__" not in path.parts]

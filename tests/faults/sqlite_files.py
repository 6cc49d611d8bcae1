"""Stands between SQLite and its files: sees every write and flush, and may refuse a write.

SQLite reaches its files through a table of functions (its VFS). Here some of them are replaced,
in the process that calls `watch` and in that library which Python's own `sqlite3` uses.
"""

import _sqlite3
import ctypes
import os
from typing import Any, Protocol

FULL = 13
"""SQLITE_FULL: what SQLite makes of "no space left on device"."""


class Watcher(Protocol):
    """Is told of what happens to the files, in order; paths are absolute."""

    def opened(self, path: str, is_new: bool) -> None: ...
    def may_write(self, path: str, offset: int, data: bytes) -> bool:
        """Asked before a write; False leaves no room for it."""
        ...

    def truncated(self, path: str, length: int) -> None: ...
    def synced(self, path: str) -> None: ...
    def deleted(self, path: str) -> None: ...


_void, _int, _long, _text = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_char_p
# A name is handed on as the same pointer: SQLite keeps it, and has more behind its end.
_Open = ctypes.CFUNCTYPE(_int, _void, _void, _void, _int, _void)
_Delete = ctypes.CFUNCTYPE(_int, _void, _void, _int)
_Write = ctypes.CFUNCTYPE(_int, _void, _void, _int, _long)
_Truncate = ctypes.CFUNCTYPE(_int, _void, _long)
_Sync = ctypes.CFUNCTYPE(_int, _void, _int)


class _Vfs(ctypes.Structure):
    """The beginning of `sqlite3_vfs`."""

    _fields_ = [
        ("iVersion", _int),
        ("szOsFile", _int),
        ("mxPathname", _int),
        ("pNext", _void),
        ("zName", _text),
        ("pAppData", _void),
        ("xOpen", _Open),
        ("xDelete", _Delete),
    ]


class _Methods(ctypes.Structure):
    """`sqlite3_io_methods`, version 3."""

    _fields_ = [
        ("iVersion", _int),
        ("xClose", _void),
        ("xRead", _void),
        ("xWrite", _Write),
        ("xTruncate", _Truncate),
        ("xSync", _Sync),
        ("rest", _void * 13),
    ]


class _File(ctypes.Structure):
    """The beginning of `sqlite3_file`."""

    _fields_ = [("methods", ctypes.POINTER(_Methods))]


def find_vfs() -> Any:
    """The function table of the SQLite that Python uses.

    Raises:
        AttributeError: this Python hides the functions of its SQLite.
    """
    find = ctypes.CDLL(getattr(_sqlite3, "__file__", None)).sqlite3_vfs_find
    find.restype, find.argtypes = ctypes.POINTER(_Vfs), [_text]
    return find(None).contents


def hidden() -> str:
    """Why the files cannot be watched with this Python; empty when they can."""
    try:
        find_vfs()
    except (AttributeError, OSError, TypeError) as problem:
        return f"this Python hides the functions of its SQLite: {problem}"
    return ""


_kept: list[object] = []
"""What SQLite points to must not be collected."""


def watch(watcher: Watcher) -> None:
    """Tell a watcher of all that happens to files opened from now on, until the process ends."""
    vfs = find_vfs()
    really_open, really_delete = _own(_Open, vfs.xOpen), _own(_Delete, vfs.xDelete)
    paths: dict[int, str] = {}
    replaced: dict[int, _Methods] = {}

    def on_open(table: int, name: int | None, file: int, flags: int, out: int) -> int:
        path = _path(name)
        is_new = not os.path.exists(path)
        result: int = really_open(table, name, file, flags, out)
        if result == 0 and path:
            paths[file] = path
            watcher.opened(path, is_new)
            pointer = _File.from_address(file)
            original = ctypes.addressof(pointer.methods.contents)
            if original not in replaced:
                replaced[original] = _replaced(pointer.methods.contents, paths, watcher)
            pointer.methods = ctypes.pointer(replaced[original])
        return result

    def on_delete(table: int, name: int, sync: int) -> int:
        result: int = really_delete(table, name, sync)
        if result == 0:
            watcher.deleted(_path(name))
        return result

    vfs.xOpen, vfs.xDelete = _Open(on_open), _Delete(on_delete)
    _kept.extend((vfs.xOpen, vfs.xDelete, replaced))


def _path(name: int | None) -> str:
    """The name at an address; a temporary file has none."""
    return os.fsdecode(ctypes.string_at(name)) if name else ""


def _own(kind: Any, function: Any) -> Any:
    """A function of the table as it is now; the field itself will change."""
    return kind(ctypes.cast(function, _void).value)


def _replaced(original: _Methods, paths: dict[int, str], watcher: Watcher) -> _Methods:
    """A file's functions with the three that change it put in between."""
    write, truncate, sync = (
        _own(kind, getattr(original, name))
        for kind, name in ((_Write, "xWrite"), (_Truncate, "xTruncate"), (_Sync, "xSync"))
    )

    def on_write(file: int, data: int, count: int, offset: int) -> int:
        content = ctypes.string_at(data, count)
        if watcher.may_write(paths[file], offset, content):
            return int(write(file, data, count, offset))
        write(file, data, count // 2, offset)  # a full disk takes what still fits
        return FULL

    def on_truncate(file: int, length: int) -> int:
        watcher.truncated(paths[file], length)
        return int(truncate(file, length))

    def on_sync(file: int, flags: int) -> int:
        result = int(sync(file, flags))
        if result == 0:
            watcher.synced(paths[file])
        return result

    made = _Methods.from_buffer_copy(original)
    made.xWrite, made.xTruncate, made.xSync = (
        _Write(on_write),
        _Truncate(on_truncate),
        _Sync(on_sync),
    )
    return made

"""Which folder a folder is, whatever it is called and wherever it was moved.

A folder is known by its number in the file system (inode, file index) together with the time of its birth. Numbers are
given again once a folder is deleted; times of birth are not, and nothing that unpacks or clones a folder can set
them. So another folder at the same path is another one, a copy is another one, and one that was moved or renamed
within its file system is the same.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

_AT_FDCWD, _STATX_INO, _STATX_BTIME = -100, 0x100, 0x800


def folder_id(folder: Path) -> str | None:
    """A text that only this folder has; None where there is no such folder or no time of birth is kept of it."""
    try:
        number, birth = _number_and_birth(folder.resolve())
    except OSError:
        return None
    return f"{number:x}.{birth:x}" if birth else None


def _number_and_birth(folder: Path) -> tuple[int, int]:
    """The folder's number, and its birth in nanoseconds, 0 where that is not known."""
    platform: str = sys.platform
    if platform == "linux":
        return _statx(folder)
    facts = folder.stat()
    if platform == "win32":
        return facts.st_ino, facts.st_ctime_ns  # the time of birth, there
    return facts.st_ino, int(getattr(facts, "st_birthtime", 0) * 1_000_000_000)


def _statx(folder: Path) -> tuple[int, int]:
    """statx(2), which Python does not have yet: the only way on Linux to the time of birth."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "statx"):  # a C library older than 2018
        return 0, 0
    found = ctypes.create_string_buffer(256)  # struct statx
    if library.statx(_AT_FDCWD, os.fsencode(folder), 0, _STATX_INO | _STATX_BTIME, found) != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(folder))
    mask = struct.unpack_from("=I", found, 0)[0]
    number = struct.unpack_from("=Q", found, 32)[0]
    seconds, nanoseconds = struct.unpack_from("=qI", found, 80)
    return number, seconds * 1_000_000_000 + nanoseconds if mask & _STATX_BTIME else 0

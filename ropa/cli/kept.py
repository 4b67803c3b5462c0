"""What is being typed, kept in a private file that outlives the program: a crash, a closed window, a full disk.

The files lie in the user's own folder for such things and not beside the register: it may be a database server, or a
folder that colleagues share. Each bears a name (what is typed about what), and is held by the program that works at it.
"""

import os
import re
import secrets
import sys
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ropa.errors import Refused

_SIGNS = re.compile(r"[^A-Za-z0-9.]+")


class Kept:
    """A kept text: its file, which no other program takes up while this one holds it."""

    def __init__(self, path: Path, lock: int | None) -> None:
        self.path, self._lock = path, lock

    def keep(self, text: str) -> None:
        """Put this text in the place of the one before, whole or not at all. Raises Refused where the disk says no."""
        from ropa.sheets.whole import write_whole

        try:
            write_whole(
                self.path, partial(_fill, text.encode("utf-8", "surrogatepass")), force=True, private=True
            )
        except Refused as trouble:
            raise Refused(
                f"what you typed cannot be kept: it {trouble.what}",
                at=str(self.path),
                do="Make room on the disk, or mend the rights of the folder.",
            ) from None

    def text(self) -> str:
        """The text as it is kept. Raises Refused where it cannot be read."""
        try:
            return self.path.read_bytes().decode("utf-8-sig", "surrogatepass").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise Refused(
                f"is not UTF-8 text (byte {error.start}).", at=str(self.path), do="Save it as UTF-8."
            ) from None
        except OSError as error:
            raise Refused(f"cannot be read: {error.strerror or error}.", at=str(self.path)) from None

    def forget(self) -> None:
        """Take the file away: what it says is in the register, or is wanted no more."""
        self.path.unlink(missing_ok=True)
        self.let_go()
        with suppress(OSError):
            _lock_of(self.path).unlink()

    def let_go(self) -> None:
        """Leave the file for a later time, or for another program."""
        if self._lock is not None:
            os.close(self._lock)
        self._lock = None


def keep(text: str, name: str, *, place: str, suffix: str = ".txt") -> Kept:
    """Keep a text under a name, in a file of its own that this program holds. place: the register, as a store names it.

    Raises Refused where the disk says no.
    """
    path = _folder(place) / f"{_plain(name)}.{secrets.token_hex(3)}{suffix}"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            f"the folder for what is being typed cannot be made: {error.strerror or error}.",
            at=str(path.parent),
            do="Mend the rights of the folder above it.",
        ) from None
    new = Kept(path, _locked(path))
    try:
        new.keep(text)
    except Refused:
        new.forget()
        raise
    return new


def kept(name: str, *, place: str) -> list[Kept]:
    """The texts that were kept under a name and that no running program holds, the last one first. This one holds them now."""
    found = []
    for path in files(name, place=place):
        with suppress(BlockingIOError, PermissionError):
            found.append(Kept(path, _locked(path)))
    return found


def files(name: str, *, place: str) -> list[Path]:
    """The files of all texts that are kept under a name, also by running programs; the one written last comes first."""
    form = re.compile(re.escape(_plain(name)) + r"\.[0-9a-f]{6}(\.[a-z0-9]+)+(?<!\.lock)")
    folder = _folder(place)
    found = [p for p in folder.iterdir() if form.fullmatch(p.name)] if folder.is_dir() else []
    return sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)


def every(*, place: str) -> list[Path]:
    """The files of everything that is kept for a register, also by running programs."""
    folder = _folder(place)
    return [p for p in sorted(folder.iterdir()) if p.suffix != ".lock"] if folder.is_dir() else []


def _fill(content: bytes, file: BinaryIO) -> None:
    file.write(content)


def _folder(place: str) -> Path:
    """The folder for one register, within the user's folder for what a program keeps between two uses."""
    if "://" not in place:
        place = str(Path(place).resolve())
    home = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME", "")
    base = Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "state"
    return base / "ropa" / "kept" / sha256(place.encode()).hexdigest()[:8]


def _plain(name: str) -> str:
    """A name as a file may have it on any system."""
    return _SIGNS.sub("-", name)


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _locked(path: Path) -> int | None:
    """The handle by which a file is held until it is closed, or the program ends in whatever way.

    Raises BlockingIOError or PermissionError where another program holds it; None where the disk knows no locks.
    """
    try:
        handle = os.open(_lock_of(path), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return None
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        os.close(handle)
        raise
    except OSError:
        os.close(handle)
        return None
    return handle

"""A file that appears whole or not at all."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ropa.errors import Refused


def write_whole(
    path: Path, write: Callable[[BinaryIO], None], *, force: bool = False, private: bool = False
) -> None:
    """Let `write` fill a temporary file beside `path`, then put it in its place in one step.

    private: only the user may read it.

    Whatever goes wrong, at any moment, `path` is as it was before or complete. Raises Refused where there is a file of
    that name and `force` is not given, where the folder is missing, or where the disk says no.
    """
    _refuse_taken(path, force=force)
    draft = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        # 0o666 lets the user's umask decide, as for any file they make; O_EXCL never follows a link that was laid there.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(draft, flags, 0o600 if private else 0o666)
    except OSError as trouble:
        raise _refusal(path, trouble) from None
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        _refuse_taken(path, force=force)
        draft.replace(path)
    except OSError as trouble:
        raise _refusal(path, trouble) from None
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _refuse_taken(path: Path, *, force: bool) -> None:
    if path.is_dir():
        raise Refused("is a folder.", at=str(path), do="Give the name of a file.")
    if not force and path.exists():
        raise Refused(
            "is there already; nothing was written.", at=str(path), do="Give another name, or --force."
        )


def _refusal(path: Path, trouble: OSError) -> Refused:
    if not path.parent.is_dir():
        return Refused("the folder is not there.", at=str(path.parent), do="Make it, or give another name.")
    return Refused(
        f"cannot be written: {trouble.strerror or trouble}.", at=str(path), do="Give another name."
    )


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut. Where a folder cannot be opened (Windows) the rename itself does."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Some network file systems cannot sync a folder; the file itself is complete and in place.
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)

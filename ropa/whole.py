"""A file that appears whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ropa.errors import Refused

DRAFT = ".part"
"""How the name of a file ends that is still being written."""
SHEETS = "ropa-sheets-"
"""How the name of the folder begins, among the system's temporary files, that holds the sheets of a workbook being written."""


@contextmanager
def appearing(path: Path, *, force: bool = False, private: bool = False) -> Iterator[Path]:
    """An empty draft beside `path`, to be filled by the caller; at the end it is put in its place in one step.

    private: only the user may read it. A link is kept: the file it leads to is the one that is written.

    Whatever goes wrong, at any moment, `path` is as it was before or complete. Raises Refused where there is a file of
    that name and `force` is not given, where the folder is missing, or where the disk says no.
    """
    refuse_taken(path, force=force)
    place = path.resolve() if path.is_symlink() else path
    draft = place.with_name(f".{place.name[:100]}.{secrets.token_hex(4)}{DRAFT}")
    try:
        # 0o666 lets the user's umask decide, as for any file they make; O_EXCL never follows a link that was laid there.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        os.close(os.open(draft, flags, 0o600 if private else 0o666))
    except OSError as trouble:
        raise _refusal(path, trouble) from None
    try:
        yield draft
        _onto_the_disk(draft)
        refuse_taken(path, force=force)
        draft.replace(place)
    except OSError as trouble:
        raise _refusal(path, trouble) from None
    finally:
        with suppress(
            OSError
        ):  # a disk that says no to this, too, hides nothing: `ropa doctor` names what is left
            draft.unlink(missing_ok=True)
    sync_folder(place.parent)


def refuse_taken(path: Path, *, force: bool) -> None:
    """Raise Refused where a file cannot get this name."""
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


def _onto_the_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Make a new name last through a power cut. Where a folder cannot be opened (Windows) the rename itself does."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    # Some network file systems cannot sync a folder; the file itself is complete and in place.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Where a register lies: who may read it, what else moves its file about, and how much room is left."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from ropa.store.health import LOOK, OK, WRONG, Finding

_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "cloudstorage": "a cloud drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "pcloud": "pCloud",
    "box sync": "Box",
    "sync.com": "Sync",
}
"""How the folder of a sync program begins, in small letters, and whose it is."""
_NETWORK = re.compile(
    r"(?:fuse\.)?(?:nfs\d?|cifs|smb\d?|smbfs|sshfs|9p|afpfs|webdavfs|davfs\d?|rclone|ncpfs|afs|ceph|glusterfs|lustre|vboxsf|drvfs)"
)
_VOLATILE = ("tmpfs", "ramfs")
_ROOM = 5
"""So many times its own size a register wants free: a journal, a copy, a backup, and some growth."""
_LEAST = 10_000_000
"""Bytes under which a disk counts as full, however small the register."""
_MOUNTS = Path("/proc/self/mounts")


def surroundings(file: str) -> Iterator[Finding]:
    """Rights, sync folders, network drives and free space. file: as it is named; a link is followed."""
    path, real = Path(file), Path(file).resolve()
    if path.is_symlink():
        yield Finding("Link", OK, f"{file} leads to {real}; that file is meant here")
    yield from _rights(real)
    yield _sync(real)
    yield _disk(real)
    yield _room(real)


def _rights(real: Path) -> Iterator[Finding]:
    if os.name == "nt":
        yield Finding(
            "Rights",
            LOOK,
            "who may read the file is not checked on Windows.",
            "Look in its properties, under Security.",
        )
        return
    mode = real.stat().st_mode
    within = all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents)
    if mode & stat.S_IWOTH and within:
        yield Finding("Rights", WRONG, "everybody on this computer can change it.", f"chmod o-rwx {_q(real)}")
    elif mode & stat.S_IROTH and within:
        yield Finding("Rights", LOOK, "everybody on this computer can read it.", f"chmod o-rwx {_q(real)}")
    else:
        group = " and its group" if mode & stat.S_IRGRP else ""
        yield Finding("Rights", OK, f"its owner{group} can read it")
    if not os.access(real, os.W_OK):
        yield Finding(
            "Rights", LOOK, "you may not write it: nothing can be recorded.", f"chmod u+w {_q(real)}"
        )
    elif not os.access(real.parent, os.W_OK):
        yield Finding(
            "Rights",
            LOOK,
            "you may not write into its folder, where the journal of each change lies: nothing can be recorded.",
            f"chmod u+w {_q(real.parent)}",
        )


def _sync(real: Path) -> Finding:
    whose = next(
        (name for part in real.parts for key, name in _SYNCED.items() if part.lower().startswith(key)), ""
    )
    if not whose and any((folder / ".stfolder").exists() for folder in real.parents):
        whose = "Syncthing"
    if not whose:
        return Finding("Sync", OK, "in no folder of a sync program that is known here")
    return Finding(
        "Sync",
        LOOK,
        f"it lies in a folder of {whose}: that may copy it half-written, or make two of it where two people write.",
        "Keep the register outside, and let it take the backups: ropa backup FOLDER",
    )


def _disk(real: Path) -> Finding:
    if str(real).startswith(("\\\\", "//")):
        return _on_the_network("a network share")
    if not _MOUNTS.exists():
        return Finding(
            "Disk",
            OK,
            "not told apart here: if it is a network drive, use the register from one computer at a time",
        )
    mounted, kind = _mount_of(real)
    if _NETWORK.fullmatch(kind):
        return _on_the_network(f"a network drive ({kind} at {mounted})")
    if kind in _VOLATILE:
        return Finding(
            "Disk",
            LOOK,
            f"it lies in memory ({kind} at {mounted}): gone when the computer is switched off.",
            "Move it: ropa backup FILE, on a disk",
        )
    return Finding("Disk", OK, f"on a disk of this computer ({kind})")


def _on_the_network(what: str) -> Finding:
    return Finding(
        "Disk",
        LOOK,
        f"it lies on {what}: such drives do not lock files reliably, and two who write at once can damage it.",
        "Use it from one computer at a time, or move it to a disk of one computer.",
    )


def _mount_of(real: Path) -> tuple[str, str]:
    """Where the disk of a file is mounted, and what kind of file system it has."""
    found = ("/", "unknown")
    for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        _, at, kind, *_ = line.split(" ")
        at = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), at)
        if real.is_relative_to(at) and len(at) >= len(found[0]):
            found = (at, kind)
    return found


def _room(real: Path) -> Finding:
    size, free = real.stat().st_size, shutil.disk_usage(real.parent).free
    said = f"{_mb(free)} free, the register has {_mb(size)}"
    if free < max(size, _LEAST):
        return Finding("Room", WRONG, f"{said}: a change may fail.", "Make room on this disk.")
    if free < _ROOM * size:
        return Finding("Room", LOOK, f"{said}: little for copies and growth.", "Make room on this disk.")
    return Finding("Room", OK, said)


def _mb(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.1f} MB"


def _q(path: Path) -> str:
    return quote(str(path))

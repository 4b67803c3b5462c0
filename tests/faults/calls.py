"""The system calls that change what is on a disk, and those that read it, on Linux for x86-64.

Numbers are those of the kernel's own table (arch/x86/entry/syscalls/syscall_64.tbl); they never change.
"""

import os
from dataclasses import dataclass
from pathlib import Path

WRITES = {
    1: "write", 18: "pwrite64", 20: "writev", 296: "pwritev", 328: "pwritev2",
    40: "sendfile", 275: "splice", 326: "copy_file_range",
    74: "fsync", 75: "fdatasync", 162: "sync", 277: "sync_file_range", 306: "syncfs", 26: "msync",
    76: "truncate", 77: "ftruncate", 285: "fallocate",
    82: "rename", 264: "renameat", 316: "renameat2",
    87: "unlink", 263: "unlinkat", 84: "rmdir",
    86: "link", 265: "linkat", 88: "symlink", 266: "symlinkat",
    83: "mkdir", 258: "mkdirat", 133: "mknod", 259: "mknodat",
    90: "chmod", 91: "fchmod", 268: "fchmodat", 452: "fchmodat2",
    92: "chown", 93: "fchown", 94: "lchown", 260: "fchownat",
    132: "utime", 235: "utimes", 261: "futimesat", 280: "utimensat",
    85: "creat", 2: "open", 257: "openat", 437: "openat2",
    425: "io_uring_setup", 209: "io_submit",
}  # fmt: skip
"""Opening counts where it may make or empty a file."""
READS = {0: "read", 17: "pread64", 19: "readv", 295: "preadv", 327: "preadv2"}
_AT = {"openat", "openat2", "renameat", "renameat2", "unlinkat", "linkat", "mkdirat", "symlinkat", "fchownat", "fchmodat",
       "utimensat"}  # fmt: skip
_NO_ADDRESS = 1 << 16
"""Below this a first argument is the handle of a file: the kernel puts nothing there (vm.mmap_min_addr)."""


@dataclass(frozen=True)
class Call:
    """A system call that a stopped process is about to make."""

    pid: int
    number: int
    args: tuple[int, ...]

    @property
    def name(self) -> str:
        """As the manual pages have it; "" for one that neither writes nor reads."""
        return WRITES.get(self.number) or READS.get(self.number, "")

    @property
    def writes(self) -> bool:
        """Whether it may change something outside the process."""
        if self.name in {"open", "openat"}:
            return bool(self._flags & (os.O_CREAT | os.O_TRUNC))
        return self.number in WRITES

    @property
    def screen(self) -> bool:
        """Whether it is about what stands in for the screen here, and no file."""
        return self.path.startswith("/memfd:")

    @property
    def reads(self) -> bool:
        """Whether it reads a file."""
        return self.number in READS

    @property
    def _flags(self) -> int:
        return self.args[1] if self.name == "open" else self.args[2]

    @property
    def path(self) -> str:
        """The file it is about: the first one, where there are two."""
        if self.name not in _AT and self.args[0] < _NO_ADDRESS:
            return str(Path(f"/proc/{self.pid}/fd/{self.args[0]}").readlink())
        return self._whole(self.args[1] if self.name in _AT else self.args[0])

    @property
    def target(self) -> str:
        """The new name that a rename or a link gives."""
        return self._whole(self.args[3] if self.name in _AT else self.args[1])

    @property
    def content(self) -> bytes:
        """What a write puts into the file."""
        return self.memory(self.args[1], self.args[2])

    def memory(self, address: int, many: int) -> bytes:
        """Bytes of the stopped process."""
        with Path(f"/proc/{self.pid}/mem").open("rb", buffering=0) as file:
            file.seek(address)
            return file.read(many)

    def _whole(self, address: int) -> str:
        text = b""
        while b"\0" not in text:
            # Up to the end of the page: the next one may not be there.
            text += self.memory(address + len(text), 4096 - (address + len(text)) % 4096)
        return str(Path(f"/proc/{self.pid}/cwd").readlink() / os.fsdecode(text.split(b"\0")[0]))

    def __str__(self) -> str:
        return f"{self.name} {Path(self.path).name}"

"""`ropa` at a terminal: a pseudo-terminal of a given size, keys typed when the screen asks for them."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from pathlib import Path

from tests.cli.running import clean, command

PATIENCE = 60.0  # seconds without any output, after which a test fails and does not hang


class Terminal:
    """The command with its whole screen: stdin, stdout and stderr are the same terminal, as at a desk."""

    def __init__(self, folder: Path, *words: object, width: int = 80, height: int = 24, **env: str) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        # A leader of a new session that opens a terminal gets it as its own, so that Ctrl-C reaches it.
        place = os.ttyname(slave)
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$@" <{place} >{place} 2>{place}', "sh", *command(*words)],
            cwd=folder,
            env=clean(folder, TERM="xterm", **env),
            start_new_session=True,
        )
        self._slave: int | None = slave
        self.screen = ""

    def wait_for(self, text: str) -> None:
        """Read until the screen shows the text."""
        while text not in self.screen:
            more = self._read()
            assert more, f"'{text}' never came: {self.screen}"

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def end(self) -> int:
        """Read to the end; the exit code. The screen's lines end in plain line feeds afterwards."""
        while self._process.poll() is None or select.select([self._master], [], [], 0)[0]:
            if not self._read(wait=0.2) and self._process.poll() is not None:
                break
        code = self._process.wait(timeout=PATIENCE)
        for handle in (self._master, self._slave):
            if handle is not None:
                os.close(handle)
        self.screen = self.screen.replace("\r\n", "\n")
        return code

    def _read(self, wait: float = PATIENCE) -> str:
        if not select.select([self._master], [], [], wait)[0]:
            return ""
        more = os.read(self._master, 65536).decode("utf-8", "replace")
        self.screen += more
        return more

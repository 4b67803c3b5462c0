"""`ropa` at a terminal: a pseudo-terminal of a given size, keys typed when the screen asks for them."""

import codecs
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

import pytest

from tests.cli.running import clean, command

PATIENCE = 60.0  # seconds, after which a test fails and does not hang


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
            # Tests that run in the background inherit that Ctrl-C is ignored; at a desk it is not.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no threads here
        )
        self._slave = slave  # kept open: what the command wrote last can then be read after its end
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self.screen = ""

    @property
    def process(self) -> int:
        """The id of the command's process, which leads a group of its own."""
        return self._process.pid

    def wait_for(self, text: str) -> None:
        """Read until the screen shows the text; fail, and leave no process behind, when it never comes."""
        until = time.monotonic() + PATIENCE
        while text not in self.screen:
            running = self._process.poll() is None
            if not self._read() and not (running and time.monotonic() < until):
                self.close()
                pytest.fail(f"'{text}' never came: {self.screen}")

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C at a question that waits for a line.

        Python looks for a signal between its own steps: one that comes after the last of them and before the wait for a line has
        begun is seen only when a line comes. A person presses a key again; the Enter here is that key, and else read by nobody.
        """
        self.type("\x03\n")

    def end(self) -> int:
        """Read to the end; the exit code. The screen's lines end in plain line feeds afterwards."""
        until = time.monotonic() + PATIENCE
        while ((running := self._process.poll() is None) and time.monotonic() < until) or self._read():
            if running:
                self._read()
        code = self._process.poll()
        self.close()
        assert code is not None, f"it never ended: {self.screen}"
        self.screen = self.screen.replace("\r\n", "\n")
        return code

    def _read(self) -> bool:
        """Take what the screen shows, waiting a moment for it; whether there was anything."""
        if not select.select([self._master], [], [], 0.1)[0]:
            return False
        self.screen += self._decode(os.read(self._master, 65536))
        return True

    @property
    def running(self) -> bool:
        """Whether the command still runs."""
        return self._process.poll() is None

    def kill(self, number: int) -> None:
        """Send the command a signal."""
        self._process.send_signal(number)

    def close(self) -> None:
        """Leave no process behind."""
        self._process.kill()
        self._process.wait()
        os.close(self._master)
        os.close(self._slave)

"""A process that stops before each of its system calls, so that one can be made to fail, or be the last.

This is ptrace, called through ctypes: nothing has to be installed. Linux on x86-64 alone (`WHY_NOT` says so elsewhere).
"""

import ctypes
import os
import platform
import signal
import sys
from collections.abc import Callable

from tests.faults.calls import Call

WHY_NOT = (
    ""
    if (sys.platform, platform.machine()) == ("linux", "x86_64")
    else "stopping a process at its system calls is written for Linux on x86-64"
)
"""Why it cannot be done on this machine; "" where it can."""

Judge = Callable[[Call], int | None]
"""What to do with a call: 0 lets it happen, an errno fails it with that, None kills the process before it."""

_TRACEME, _SYSCALL, _POKEUSER, _SETOPTIONS, _INFO = 0, 24, 6, 0x4200, 0x420E
_STOPS_TOLD, _CLONES_TOLD, _DIES_ALONG = 1, 8, 1 << 20
_NUMBER, _RESULT = 15 * 8, 10 * 8
"""Where the kernel keeps a stopped process's orig_rax and rax (sys/user.h)."""
_AT_CALL = signal.SIGTRAP | 0x80
_EXIT = 2
_MINUS_ONE = 0xFFFFFFFFFFFFFFFF
"""No system call has this number: the kernel leaves such a one out."""


class _Info(ctypes.Structure):
    """struct ptrace_syscall_info of linux/ptrace.h."""

    _fields_ = (
        ("op", ctypes.c_uint8), ("pad", ctypes.c_uint8 * 3), ("arch", ctypes.c_uint32), ("ip", ctypes.c_uint64),
        ("sp", ctypes.c_uint64), ("said", ctypes.c_uint64 * 8),
    )  # fmt: skip


if not WHY_NOT:
    _ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    _ptrace.restype = ctypes.c_long
    _ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)


def _ask(request: int, pid: int = 0, address: int = 0, data: object = 0) -> None:
    if _ptrace(request, pid, address, data) == -1:
        number = ctypes.get_errno()
        raise OSError(number, f"ptrace: {os.strerror(number)}")


def traced(run: Callable[[], int], judge: Judge) -> int:
    """Run something in a child of this process, and ask the judge at each call that writes or reads.

    Returns its exit code, minus the signal where one ended it. Is for a process of one thread: it forks.
    """
    pid = os.fork()
    if not pid:
        code = 70
        try:
            _ask(_TRACEME)
            os.kill(os.getpid(), signal.SIGSTOP)
            code = run()
        finally:
            os._exit(code)
    os.waitpid(pid, 0)
    _ask(_SETOPTIONS, pid, 0, _STOPS_TOLD | _CLONES_TOLD | _DIES_ALONG)
    return _led(pid, judge)


def _led(pid: int, judge: Judge) -> int:
    """Lead a stopped process to its end."""
    failing, passing, info = 0, 0, _Info()
    while True:
        _ask(_SYSCALL, pid, 0, passing)
        _, status = os.waitpid(pid, 0)
        if not os.WIFSTOPPED(status):
            return os.waitstatus_to_exitcode(status)
        assert not status >> 16, "a thread was begun: its calls would not be seen"
        signalled = os.WSTOPSIG(status)
        passing = 0 if signalled == _AT_CALL else signalled
        if passing:
            continue
        _ask(_INFO, pid, ctypes.sizeof(info), ctypes.byref(info))
        if info.op == _EXIT:
            if failing:
                _ask(_POKEUSER, pid, _RESULT, -failing & _MINUS_ONE)
        elif (verdict := _judged(pid, info, judge)) is None:
            os.kill(pid, signal.SIGKILL)  # the kernel then leaves the call out
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        else:
            failing = verdict
            if failing:
                _ask(_POKEUSER, pid, _NUMBER, _MINUS_ONE)


def _judged(pid: int, info: _Info, judge: Judge) -> int | None:
    call = Call(pid, info.said[0], tuple(info.said[1:7]))
    return judge(call) if call.writes or call.reads else 0

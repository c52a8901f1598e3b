"""Limits that a process sets itself and cannot lift again: processor time, memory, no network, no programs.

The filter of system calls needs no privilege, so that it holds on a bare machine, as a service and in
a container alike. A kernel that lets none be set leaves the fetcher, which refuses every address.
"""

import ctypes
import errno
import logging
import platform
import resource
import signal
import struct

logger = logging.getLogger(__name__)

_PDEATHSIG, _SECCOMP, _NO_NEW_PRIVILEGES, _BY_FILTER = 1, 22, 38, 2
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # where they stand in what the filter sees
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050000 | errno.EPERM
_X32 = 0x40000000  # a second table of calls on x86-64

# machine: (its AUDIT_ARCH, socket, connect, execve, execveat, ptrace, io_uring_setup)
_CALLS = {
    "x86_64": (0xC000003E, 41, 42, 59, 322, 101, 425),
    "aarch64": (0xC00000B7, 198, 203, 221, 281, 117, 425),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def confine(seconds: int, memory: int) -> None:
    """From here on: ``seconds`` of processor time, ``memory`` bytes besides what is in use, no core
    file, no connection, no other program; ended when the parent ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    most = _address_space() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if not _filter_calls(libc):
        logger.warning("No filter of system calls could be set: the renderer has its fetcher alone")


def _address_space() -> int:
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[0]) * resource.getpagesize()


def _filter_calls(libc) -> bool:
    if platform.machine() not in _CALLS:
        return False
    code = _filter(*_CALLS[platform.machine()])
    program = _Program(len(code) // 8, code)
    return (
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and libc.prctl(_SECCOMP, _BY_FILTER, ctypes.byref(program), 0, 0) == 0
    )


def _filter(architecture: int, *refused: int) -> bytes:
    """A classic BPF program: each line is (operation, jump if true, jump if not, value)."""
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, len(refused) + 1, 0, _X32),
        *((_EQUAL, len(refused) - n, 0, call) for n, call in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("HBBI", *line) for line in lines)

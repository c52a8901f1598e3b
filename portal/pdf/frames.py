"""Messages between a process that prints and its renderer: the length in eight bytes, then the content."""

import os
import select
import struct
import time

_HEAD = struct.Struct(">Q")


def send(fd: int, *contents: bytes) -> None:
    for content in contents:
        rest = memoryview(_HEAD.pack(len(content)) + content)
        while rest:
            rest = rest[os.write(fd, rest) :]


def receive(fd: int, until: float | None = None) -> bytes:
    """The next content. Raises EOFError when the other side is gone, TimeoutError when ``until``, of
    time.monotonic(), has passed."""
    (length,) = _HEAD.unpack(_exactly(fd, _HEAD.size, until))
    return _exactly(fd, length, until)


def _exactly(fd: int, count: int, until: float | None) -> bytes:
    parts = []
    while count:
        left = None if until is None else max(0, until - time.monotonic())
        if not select.select([fd], [], [], left)[0]:
            raise TimeoutError
        part = os.read(fd, min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)

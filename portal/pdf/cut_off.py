"""What a print may take, and what is said when it would take more."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_times = ContextVar("times", default=1)


class PrintCutOff(Exception):
    """The renderer was ended before the paper was laid out; the message is for the user, in Chinese."""

    def __init__(self, why: str):
        super().__init__(
            f"这份文件没有打印出来：{why}，已经停止，没有改动任何记录。"
            "请缩小范围、减少行数或图片，分成几份打印；表格也可以改为导出 Excel。"
        )


class RenderFailed(RuntimeError):
    """The renderer raised something that is a fault of ours."""


@contextmanager
def patient(times: int) -> Iterator[None]:
    """Jobs for which nobody waits may lay out so many times as long."""
    token = _times.set(times)
    try:
        yield
    finally:
        _times.reset(token)


def patience() -> int:
    return _times.get()

"""Why a file is not taken."""

MAX_BYTES = 10 * 1024 * 1024


class Refused(ValueError):
    """The file cannot be kept; the message is for the person who chose it, in Chinese."""


def check_size(content: bytes) -> None:
    if not content:
        raise Refused("这是一个空文件。")
    if len(content) > MAX_BYTES:
        raise Refused("文件超过 10 MB，请压缩或拍小一些再传。")

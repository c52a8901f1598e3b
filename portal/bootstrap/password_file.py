"""Where the single-use passwords of new accounts go: once to the screen, or to a private file."""

import os
from contextlib import contextmanager
from pathlib import Path

HEADER = "用户名\t姓名\t临时密码"


def lines(issued) -> list[str]:
    return [HEADER, *(f"{each.username}\t{each.name}\t{each.password}" for each in issued)]


@contextmanager
def private_file(path: Path):
    """Create ``path`` for its owner alone (0600) and give a writer of lines; an error removes it.

    Raises FileExistsError rather than overwrite passwords that nobody has read yet.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:

            def write(text_lines):
                file.write("\n".join(text_lines) + "\n")
                file.flush()
                os.fsync(file.fileno())

            yield write
    except BaseException:
        path.unlink(missing_ok=True)
        raise

"""Is a stored backup what was written? With the private key also: does it open, and is the dump whole?"""

import hashlib
import json
from pathlib import Path

from portal.backup import Failed, media, package


def verify(path: Path, identity=None) -> list[str]:
    """What was checked, a line each. Raises Failed at the first thing that is wrong."""
    try:
        noted = path.with_suffix(".sha256").read_text().split()[0]
        listed = path.with_suffix(".media").read_bytes()
        if package.file_sha256(path) != noted:
            raise package.DAMAGED
    except (OSError, IndexError) as error:
        raise Failed(
            f"备份不完整：{error}", "一份备份有三个文件：.backup、.sha256、.media，要一起复制。"
        ) from error
    entries = list(media.parse(listed))
    wrong = media.damaged(entries, path.parent)
    if wrong:
        raise Failed(
            f"{len(wrong)} 个附件的副本缺失或被改动，例如 {wrong[0].path}。",
            "不要使用这一份的附件；从另一处副本补回 media 目录。",
        )
    told = [f"文件校验码相符 {noted[:16]}", f"附件 {len(entries)} 个，校验码相符"]
    if identity is not None:
        told.append(verify_inside(path, identity, listed))
    return told


def verify_inside(path: Path, identity, listed: bytes) -> str:
    sha256, size, end = hashlib.sha256(), 0, None
    with package.opened(path, identity) as members:
        for name, content in members:
            if name.startswith("database/"):
                sha256.update(content)
                size += len(content)
            elif name == package.MEDIA and content != listed:
                raise package.DAMAGED
            elif name == package.END:
                end = content
    require_end(end, sha256.hexdigest(), size)
    return f"能用私钥打开，数据库 {size} 字节完整"


def require_end(end: bytes | None, sha256: str, size: int) -> None:
    """The last member says what came before it; a file cut at a member's edge has none."""
    if end is None:
        raise package.DAMAGED
    told = json.loads(end)
    if (told["sha256"], told["bytes"]) != (sha256, size):
        raise package.DAMAGED

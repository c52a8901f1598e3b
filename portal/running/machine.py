"""The machine: settings, secrets, room on disks, files that must be there."""

import os
import shutil
import stat
from pathlib import Path

from django.conf import settings
from django.core import checks as django_checks

from portal.pdf.fonts import FontMissing, library
from portal.running.declare import Finding, bad, check, good, warn

GROUP = "服务器"
NEARLY_FULL, FULL = 0.85, 0.95
SECRET_FILES = (
    "SECRET_KEY_FILE",
    "FIELD_KEYS_FILE",
    "HASH_KEY_FILE",
    "DATABASE_URL_FILE",
    "METRICS_TOKEN_FILE",
)


def fullness(folder: Path) -> float | None:
    """Share of the disk under the folder, or under the nearest one that exists, that is taken."""
    while not folder.exists():
        if folder == folder.parent:
            return None
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return 1 - usage.free / usage.total


@check("disk", "磁盘空间", GROUP)
def room_on_disks() -> Finding:
    """The database's own disk is not to be seen from here: the backup's status tells of it."""
    taken = fullness(Path(settings.MEDIA_ROOT)) or 0
    told = f"附件所在磁盘已用 {taken:.0%}。"
    remedy = "清理或扩容 MEDIA_ROOT 所在的磁盘；满了以后不能上传，但已有记录不受影响。"
    if taken >= FULL:
        return bad(told, remedy)
    return warn(told, remedy) if taken >= NEARLY_FULL else good(told)


@check("media", "附件目录", GROUP)
def media_can_be_written() -> Finding:
    folder = Path(settings.MEDIA_ROOT)
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        return bad(f"不能写入附件目录 {folder}。", f"chown 给运行本程序的用户：{folder}。")
    if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o007:
        return warn(f"附件目录 {folder} 对其他用户开放。", f"chmod o-rwx {folder}。")
    return good("附件目录可写，其他用户不能进入。")


@check("settings", "运行方式", GROUP)
def set_for_real_use() -> Finding:
    wrong = []
    if settings.DEBUG:
        wrong.append("DEBUG=0")
    if settings.DEMO:
        wrong.append("DEMO=0")
    if not settings.HTTPS:
        wrong.append("HTTPS=1")
    if "*" in settings.ALLOWED_HOSTS:
        wrong.append("ALLOWED_HOSTS=具体的名称")
    if wrong:
        return warn("不是正式运行的设置。", f"正式使用前设置 {'、'.join(wrong)}。")
    return good("按正式运行设置。")


@check("secrets", "密钥文件", GROUP)
def secrets_are_private() -> Finding:
    """Files that hold secrets; what systemd hands over as a credential is private already."""
    open_to_others = [
        path
        for name in SECRET_FILES
        if (path := os.environ.get(name)) and Path(path).stat().st_mode & 0o007
    ]
    if open_to_others:
        return bad(
            f"密钥文件 {'、'.join(open_to_others)} 对其他用户可读。",
            f"chmod o-rwx {' '.join(open_to_others)}，并考虑更换密钥。",
        )
    return good("密钥只有运行本程序的用户能读。")


@check("owner", "所有者口令", GROUP)
def owner_is_elsewhere() -> Finding:
    """The web process must not be able to become the owner of its tables."""
    if "owner" in settings.DATABASES:
        return warn(
            "本进程知道数据库所有者的口令（执行 migrate 时才应如此）。",
            "服务的环境里去掉 DATABASE_OWNER_URL。",
        )
    return good("本进程只有程序角色的口令。")


@check("static", "静态文件", GROUP)
def static_files_are_there() -> Finding:
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return bad("样式和脚本没有收集。", "执行 manage.py collectstatic --no-input 后重启。")
    return good("样式和脚本齐全。")


@check("fonts", "公文字体", GROUP)
def fonts_are_there() -> Finding:
    try:
        library()
    except FontMissing as error:
        return bad(f"打印总结和公文缺少字体：{error}", "执行 script/setup，或设置 FONT_DIR。")
    return good("打印所需字体齐全。")


@check("django", "框架自检", GROUP, slow=True)
def django_is_content() -> Finding:
    found = django_checks.run_checks(include_deployment_checks=settings.HTTPS)
    if found:
        listed = "；".join(f"{each.id} {each.msg}" for each in found[:5])
        return warn(f"{len(found)} 条提示：{listed}", "执行 manage.py check --deploy 查看全部。")
    return good("没有提示。")

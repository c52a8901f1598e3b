"""Backups and drills: did the last one go well, and is it young enough?"""

from django.conf import settings

from portal.backup import status
from portal.running.declare import Finding, bad, check, good, warn

GROUP = "备份"
BACKUP_HOURS = 26  # nightly, and a little more
DRILL_HOURS = 48
FULL = 0.85
PAGE = "按 docs/deploy/backup.md 操作。"


@check("backup", "最近一次备份", GROUP)
def backed_up() -> Finding:
    last = status.last_backup()
    if last is None:
        return _never("还没有做过备份。", "执行 script/backup，并启用 shequ-backup.timer。")
    if not last.ok:
        return bad(f"最近一次备份失败：{last.told}", last.remedy or PAGE)
    if last.age_hours > BACKUP_HOURS:
        return bad(
            f"最近一次备份是 {last.age_hours:.0f} 小时以前。",
            "查看定时任务：systemctl status shequ-backup.timer。",
        )
    if last.disk_used >= FULL:
        return warn(f"备份所在磁盘已用 {last.disk_used:.0%}。{last.told}", "扩容或移走旧备份。")
    return good(f"{last.told}（{last.age_hours:.0f} 小时前）")


@check("drill", "恢复演练", GROUP)
def drilled() -> Finding:
    last = status.last_drill()
    if last is None:
        return _never(
            "还没有做过恢复演练。", "执行 script/restore --scratch，并启用 shequ-drill.timer。"
        )
    if not last.ok:
        return bad(f"最近一次恢复演练不通过：{last.told}", last.remedy or PAGE)
    if last.age_hours > DRILL_HOURS:
        return bad(
            f"最近一次恢复演练是 {last.age_hours:.0f} 小时以前。",
            "查看定时任务：systemctl status shequ-drill.timer。",
        )
    return good(f"{last.told}（{last.age_hours:.0f} 小时前）")


def _never(told: str, remedy: str) -> Finding:
    """Before real use it is a hint, in real use the gravest gap there is."""
    return bad(told, remedy) if settings.HTTPS and not settings.DEMO else warn(told, remedy)

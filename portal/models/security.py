"""What happened to accounts themselves, and how the change log's chain was last found."""

from django.db import models

from portal.models.units import Unit
from portal.wall.classes import Exempt


class SecurityEvent(models.Model):
    """Signing in and out, failing to, passwords, locks: who, when, from where; never what was typed.

    ``user`` is the account it happened to (none: no account of that name), ``by`` who did it to another's.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "登录"
        SIGN_IN_FAILED = "sign_in_failed", "登录失败"
        SIGNED_OUT = "signed_out", "退出"
        PASSWORD_CHANGED = "password_changed", "修改密码"
        PASSWORD_RESET = "password_reset", "重置密码"
        LOCKED = "locked", "暂停登录"
        UNLOCKED = "unlocked", "解除暂停登录"
        SECOND_FACTOR = "second_factor", "变更双因素登录"
        SESSION_ENDED = "session_ended", "结束登录状态"
        AUDIT_SEARCHED = "audit_searched", "查阅操作日志"
        AUDIT_DROPPED = "audit_dropped", "清除满期操作日志"

    wall = Exempt(
        "signing in happens before there is a scope; holds no value that was typed",
        web="SELECT, INSERT",
        audited=True,
    )

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    kind = models.CharField("事件", max_length=20, choices=Kind)
    user = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", null=True, verbose_name="账号"
    )
    by = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", null=True, verbose_name="办理人"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", null=True, verbose_name="所在单位"
    )
    address = models.CharField("来源地址", max_length=45, blank=True)
    detail = models.CharField("说明", max_length=200, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)

    class Meta:
        verbose_name = "账号安全事件"
        indexes = [models.Index(fields=["kind", "at"], name="securityevent_kind")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.user or ''}".strip()


class AuditCheck(models.Model):
    """One proof of the change log's chain: what was compared, and what was found wrong."""

    wall = Exempt("the state of the log, not of any unit", web="SELECT, INSERT", audited=True)

    at = models.DateTimeField("时间", auto_now_add=True)
    entries = models.BigIntegerField("条数")
    seconds = models.FloatField("用时（秒）")
    with_head = models.BooleanField("对照库外记录")
    faults = models.JSONField("问题", default=list)

    class Meta:
        verbose_name = "操作日志校验"

    def __str__(self):
        return "通过" if not self.faults else f"发现 {len(self.faults)} 处问题"

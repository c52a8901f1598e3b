"""What was sent once, and what was looked at: double submits and sensitive reads."""

from django.db import models

from portal.models.units import Unit
from portal.wall.classes import Exempt, Own


class Submission(models.Model):
    """One POST's key: the first wins, a repeat gets the first one's answer (SECURITY row 3)."""

    wall = Exempt("claimed before the view knows its unit; holds hashes and a path, no data")

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+")
    key = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="submission_once"),
        ]

    def __str__(self):
        return str(self.key)


class AccessLog(models.Model):
    """A sensitive read, or many rows at once: who opened, took or brought in what, when and for which
    purpose; never the value."""

    class Action(models.TextChoices):
        UNMASK = "unmask", "查看完整号码"
        EXPORT = "export", "导出"
        PDF = "pdf", "下载 PDF"
        IMPORT = "import", "导入"
        UNDO = "undo", "撤销导入"
        FILE = "file", "查看附件"
        ASK = "ask", "申请导出完整号码"
        DECIDE = "decide", "审批完整号码导出"
        CLEAR = "clear", "导出完整号码"
        LIMIT = "limit", "查看完整号码到了上限"
        CHILD = "child", "打开儿童资料"

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    action = models.CharField("操作", max_length=8, choices=Action)
    subject = models.CharField("对象", max_length=80)  # "<app>.<model>" of what was read
    subject_id = models.BigIntegerField(null=True)
    field = models.CharField("栏目", max_length=40, blank=True)
    purpose = models.CharField("用途", max_length=200, blank=True)
    rows = models.PositiveIntegerField("行数", default=1)

    class Meta:
        verbose_name = "查阅记录"
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="accesslog_subject"),
            models.Index(fields=["user", "action", "at"], name="accesslog_looks"),
        ]

    def __str__(self):
        return f"{self.user} {self.get_action_display()} {self.subject}"

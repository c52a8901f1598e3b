"""登录: where an account is signed in now, as its owner sees it."""

from django.db import models
from django.utils import timezone

from portal.wall.classes import Personal


class UserSession(models.Model):
    """One sign-in that has not ended: since when, last seen, and enough to recognise the device.

    ``key`` is the hash under which the session itself is stored, so nothing here opens it. ``address`` is
    shortened. Not in the change log: it comes and goes with every sign-in.
    """

    wall = Personal()

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+", verbose_name="账号")
    key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField("登录时间", default=timezone.now)
    seen_at = models.DateTimeField("最近操作", default=timezone.now, db_index=True)
    device = models.CharField("设备", max_length=60, blank=True)
    address = models.CharField("地址", max_length=45, blank=True)

    class Meta:
        verbose_name = "登录会话"
        ordering = ["-seen_at", "-pk"]

    def __str__(self):
        return self.device

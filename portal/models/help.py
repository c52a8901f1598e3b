"""What one user has been shown: the first tour, and the news up to a day."""

from django.db import models
from django.utils import timezone

from portal.wall.classes import Exempt


class Shown(models.Model):
    """``key`` names what was shown, ``at`` the last time the user put it away."""

    wall = Exempt("what one user was shown; holds no unit's data")

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+", verbose_name="账号")
    key = models.CharField("内容", max_length=40)
    at = models.DateTimeField("看过时间", default=timezone.now)

    class Meta:
        verbose_name = "已看过的说明"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="shown_once")]

    def __str__(self):
        return f"{self.user} {self.key}"

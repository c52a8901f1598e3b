"""消息: what one account is told in the app, and which kinds of it that account does not want."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.models.units import Unit
from portal.wall.classes import Personal


class NotificationQuerySet(models.QuerySet):
    def of(self, user):
        """What the user is shown: their own, without the kinds that they muted."""
        muted = MutedKind.objects.filter(user=OuterRef("user"), kind=OuterRef("kind"))
        return self.filter(~Exists(muted), user=user)

    def unread(self):
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """One sentence for one account, with the page it is about. It names no resident and no number of one.

    ``once`` is a key under which an account is told only once, so that a job may run again.
    """

    wall = Personal(from_others=True)

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+", verbose_name="账号")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", verbose_name="所关单位"
    )
    kind = models.CharField("种类", max_length=40)
    text = models.CharField("内容", max_length=300)
    url = models.CharField("页面", max_length=300)
    once = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("已读时间", null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = "消息"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "once"], condition=~Q(once=""), name="notification_once"
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="/"), name="notification_leads_within"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notification_of_user"),
            models.Index(
                fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"
            ),
        ]

    def __str__(self):
        return self.text


class MutedKind(models.Model):
    """A kind of notification that one account does not want to see; without a row it does."""

    wall = Personal()

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="+")
    kind = models.CharField("种类", max_length=40)

    class Meta:
        verbose_name = "消息设置"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="muted_kind_once")]

    def __str__(self):
        return self.kind

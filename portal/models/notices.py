"""通知公告 and who read them."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.models.units import Unit, UnitKind
from portal.notices.workflow import READABLE, NoticeState
from portal.records import Kept
from portal.roles import DUTIES, Role
from portal.scope import access_of
from portal.wall.classes import Down, Own


def works_at(user, permission: str = "") -> frozenset[int]:
    """The units of the user's own roles, of a grid its community; those where a role gives the permission."""
    return frozenset(
        each.unit.parent_id if each.unit.kind == UnitKind.GRID else each.unit_id
        for each in access_of(user).assignments
        if not permission or permission in DUTIES[Role(each.role)].permissions
    )


def speaks_for(user) -> frozenset[int]:
    """The offices in whose name the user publishes: their own, not all below."""
    return works_at(user, "notices.publish")


class NoticeQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(deleted_at__isnull=True)

    def kept_by(self, user):
        """Of the offices that the user speaks for, drafts among them."""
        return self.kept().filter(unit__in=speaks_for(user))

    def readable_by(self, user):
        """Published to a unit at which the user works, or kept by an office that the user speaks for."""
        told = Q(is_out=True, audience__overlap=sorted(works_at(user)))
        return self.kept().filter(told | Q(unit__in=speaks_for(user)))


class Notice(Kept):
    """A notice of ``unit`` to those who work at the units of ``audience``; published, it is never edited:
    a new version ``replaces`` it, and asks anew who read it. ``receipt_by`` is the day until when everybody
    is to say 已阅; without it nobody need."""

    domain = "notices"
    wall = Down(only="is_out")

    audience = ArrayField(models.BigIntegerField(), verbose_name="发给")
    title = models.CharField("标题", max_length=80, validators=[MinLengthValidator(2)])
    text = models.TextField("正文", max_length=5000)
    receipt_by = models.DateField("签阅期限", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=NoticeState, default=NoticeState.DRAFT)
    is_out = models.BooleanField(default=False, editable=False)  # what the policy asks
    number = models.PositiveSmallIntegerField("版次", default=1, editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="替换"
    )
    published_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("发布时间", null=True)
    ended_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_for = models.CharField("撤回理由", max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "通知公告"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(audience__len__gte=1), name="notice_has_audience"),
            models.CheckConstraint(
                condition=Q(state="draft", is_out=False)
                | Q(
                    state__in=sorted(READABLE),
                    is_out=True,
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                name="notice_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(ended_for=""), name="notice_withdrawn_for"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.state == NoticeState.DRAFT

    @property
    def is_current(self) -> bool:
        return self.state == NoticeState.OUT


class NoticeReceipt(models.Model):
    """已阅: one account read this version of a notice."""

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # at which the reader works
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="receipts")
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    read_at = models.DateTimeField("签阅时间", default=timezone.now)

    class Meta:
        verbose_name = "通知签阅"
        constraints = [
            models.UniqueConstraint(fields=["notice", "user"], name="notice_receipt_once")
        ]

    def __str__(self):
        return f"{self.notice_id} {self.user_id}"

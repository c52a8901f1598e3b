"""承诺 and 公开: what the office promises by aspect, whether it was kept, and what is made public."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.office.models import NoticeBoard
from portal.wall.classes import Closes
from servicecenter.enums.regimes import (
    CheckResult,
    CheckWay,
    CommitmentAspect,
    DisclosureKind,
    DisclosurePlace,
)
from servicecenter.models.base import OurKept, OurRecord


class Commitment(OurKept):
    """A promise about one aspect of the service, in force from a day to a day."""

    aspect = models.CharField("承诺方面", max_length=12, choices=CommitmentAspect)
    text = models.CharField("承诺内容", max_length=300)
    starts_on = models.DateField("公布日期")
    ends_on = models.DateField("废止日期", null=True, blank=True)

    class Meta:
        verbose_name = "服务承诺"
        ordering = ["aspect", "starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "text"],
                condition=Q(deleted_at__isnull=True, ends_on__isnull=True),
                name="servicecenter_commitment_once",
                violation_error_message="这条承诺已经登记。",
            ),
        ]

    def __str__(self):
        return self.text


class CommitmentCheck(OurRecord):
    """A look at whether a promise was kept in one instance."""

    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="checks", verbose_name="服务承诺"
    )
    occurred_on = models.DateField("检查日期")
    way = models.CharField("检查方式", max_length=8, choices=CheckWay, default=CheckWay.SELF)
    result = models.CharField("检查结果", max_length=8, choices=CheckResult)
    finding = models.CharField("检查情况", max_length=300)
    remedy = models.CharField("整改措施", max_length=200, blank=True, help_text="未兑现的必填。")

    class Meta(OurRecord.Meta):
        verbose_name = "承诺检查"
        constraints = [
            models.CheckConstraint(
                condition=Q(result=CheckResult.KEPT) | ~Q(remedy=""),
                name="servicecenter_broken_promise_has_remedy",
                violation_error_message="未兑现的请填写整改措施。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.commitment.get_aspect_display()}"

    def clean(self):
        super().clean()
        if self.commitment_id and self.occurred_on:
            promise = self.commitment
            ended = promise.ends_on and self.occurred_on > promise.ends_on
            if self.occurred_on < promise.starts_on or ended:
                raise ValidationError({"occurred_on": "检查日期不在这条承诺的有效期内。"})


class Disclosure(OurRecord):
    """Something made public: what, where, since when; ``content`` is what the public page shows."""

    closes = Closes(("occurred_on",), fixed=())

    occurred_on = models.DateField("公开日期")
    kind = models.CharField("公开类别", max_length=8, choices=DisclosureKind)
    title = models.CharField("公开事项", max_length=100)
    content = models.TextField("公开内容", max_length=2000, blank=True)
    places = ArrayField(
        models.CharField(max_length=8, choices=DisclosurePlace),
        verbose_name="公开位置",
        default=list,
    )
    board = models.ForeignKey(
        NoticeBoard,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公示栏",
        help_text="张贴在已登记的公示栏上的，选是哪一块。",
    )
    ends_on = models.DateField("撤下日期", null=True, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "公开事项"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="disclosure_unit_day")]
        constraints = [
            *in_order("occurred_on", "ends_on"),
            models.CheckConstraint(
                condition=Q(places__len__gte=1),
                name="servicecenter_disclosure_has_place",
                violation_error_message="请选择公开位置。",
            ),
            models.CheckConstraint(
                condition=~Q(places__contains=[DisclosurePlace.WEB]) | ~Q(content=""),
                name="servicecenter_disclosure_on_the_web_has_content",
                violation_error_message="在公开网页上公开的，请填写公开内容。",
            ),
        ]

    def __str__(self):
        return self.title

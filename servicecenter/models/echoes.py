"""社区回音壁: questions that are answered, and shown to everybody where the asker agrees."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.wall.classes import Closes
from residents.models import Resident
from residents.models.shared import refuse_future
from servicecenter.enums.reception import EchoState, ReceptionTopic
from servicecenter.models.base import OurRecord
from servicecenter.validators import told_numbers


class Echo(OurRecord):
    """``occurred_on`` is the day of the question.

    Shown to everybody from ``published_on`` on, and only in the words of ``shown``: the question as it
    was asked may name people. Who asked is never shown.
    """

    closes = Closes(("occurred_on", "published_on"), fixed=())

    occurred_on = models.DateField("提问日期")
    topic = models.CharField("类别", max_length=12, choices=ReceptionTopic)
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="echoes",
        verbose_name="居民",
        help_text="匿名或不是本社区居民的不选。",
    )
    asker = models.CharField(
        "提问人", max_length=50, blank=True, help_text="没有选居民的可写称呼；都不填即为匿名。"
    )
    question = models.TextField("问题", max_length=1000)
    may_publish = models.BooleanField("提问人同意公开", default=False)
    reply = models.TextField("回复", max_length=2000, blank=True)
    replied_on = models.DateField("回复日期", null=True, blank=True)
    replied_by = models.CharField("回复人", max_length=50, blank=True)
    state = models.CharField("审核", max_length=8, choices=EchoState, default=EchoState.WAITING)
    moderated_by = models.CharField("审核人", max_length=50, blank=True)
    held_for = models.CharField("不公开的原因", max_length=100, blank=True)
    wording = models.TextField(
        "公开的问题文字",
        max_length=500,
        blank=True,
        help_text="原话涉及姓名、电话、门牌等个人情况的，改写后公开；不填则用原话。",
    )
    published_on = models.DateField("公开日期", null=True, blank=True)

    class Meta(OurRecord.Meta):
        verbose_name = "社区回音壁"
        indexes = [
            models.Index(fields=["unit", "occurred_on"], name="echo_unit_day"),
            models.Index(fields=["unit", "published_on"], name="echo_unit_published"),
        ]
        constraints = [
            *in_order("occurred_on", "replied_on"),
            *in_order("replied_on", "published_on"),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, reply="", replied_by="")
                | (Q(replied_on__isnull=False) & ~Q(reply="")),
                name="servicecenter_echo_reply_has_day",
                violation_error_message="已回复的，请填写回复和回复日期；没有回复的都不填。",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | Q(state=EchoState.PASSED, may_publish=True, replied_on__isnull=False),
                name="servicecenter_echo_published_is_passed",
                violation_error_message="提问人同意、审核通过、已经回复的，才能公开。",
            ),
            models.CheckConstraint(
                condition=~Q(state=EchoState.HELD) | ~Q(held_for=""),
                name="servicecenter_echo_held_says_why",
                violation_error_message="不公开的，请填写原因。",
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=True) | Q(asker=""),
                name="servicecenter_echo_one_asker",
                violation_error_message="选了居民的，提问人不必再填。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.shown[:24]}"

    @property
    def shown(self) -> str:
        """The question in the words that everybody may read."""
        return self.wording or self.question

    def clean(self):
        super().clean()
        refuse_future(self, "replied_on", "published_on")
        if self.published_on:
            self._refuse_numbers()

    def _refuse_numbers(self):
        """Whichever way it is published, nobody reads an ID or phone number there."""
        told = "wording" if self.wording else "question"
        refused = {
            name: "要公开的文字中有证件号码或电话号码，请删去或改写。"
            for name in (told, "reply")
            if told_numbers(getattr(self, name))
        }
        if refused:
            raise ValidationError(refused)

"""来访咨询, 干部接待日 and 现场办公: people who came with a question, and officials who came to people.

A consultation is no case: persons who came are counted here, requests in ``Case``.
"""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.wall.classes import Closes
from residents.models import Resident
from residents.models.shared import refuse_future
from servicecenter.enums.reception import ReceptionChannel, ReceptionTopic
from servicecenter.models.base import OurRecord
from servicecenter.models.cases import Case


class Reception(OurRecord):
    """One consultation of one or several persons who came together.

    Who came is a resident, words, or nobody named. It is answered when an answer and its day are
    noted; the persons are counted by ``people``, whether they are named or not.
    """

    closes = Closes(("occurred_on",), fixed=())

    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="receptions",
        verbose_name="居民",
        help_text="不是本社区居民、不愿留名的不选。",
    )
    visitor = models.CharField(
        "来访人", max_length=50, blank=True, help_text="没有选居民的可写称呼；都不填即为匿名。"
    )
    phone = EncryptedTextField(
        "联系电话", purpose="phone", blank=True, help_text="需要回电答复的填写，加密保存。"
    )
    people = models.PositiveSmallIntegerField(
        "人次", default=1, validators=[MinValueValidator(1)], help_text="一起来的有几人填几。"
    )
    channel = models.CharField(
        "渠道", max_length=12, choices=ReceptionChannel, default=ReceptionChannel.IN_PERSON
    )
    topics = ArrayField(
        models.CharField(max_length=12, choices=ReceptionTopic), verbose_name="咨询内容分类"
    )
    content = models.TextField("咨询内容", max_length=1000)
    first_asked = models.CharField("首问责任人", max_length=50)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.TextField("答复内容", max_length=1000, blank=True)
    answered_by = models.CharField("答复人", max_length=50, blank=True)
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="receptions",
        verbose_name="转为办件",
    )

    class Meta(OurRecord.Meta):
        verbose_name = "来访咨询"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="reception_unit_day")]
        constraints = [
            *in_order("occurred_on", "answered_on"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="", answered_by="")
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="servicecenter_reception_answer_has_day",
                violation_error_message="已答复的，请填写答复日期和答复内容；没有答复的都不填。",
            ),
            models.CheckConstraint(
                condition=Q(resident__isnull=True) | Q(visitor=""),
                name="servicecenter_reception_one_visitor",
                violation_error_message="选了居民的，来访人不必再填。",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1),
                name="servicecenter_reception_somebody_came",
                violation_error_message="人次至少填 1。",
            ),
            models.CheckConstraint(
                condition=Q(topics__len__gte=1),
                name="servicecenter_reception_has_topic",
                violation_error_message="请选择咨询内容分类。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.who}咨询"

    @property
    def who(self) -> str:
        return self.resident.name if self.resident_id else self.visitor or "匿名"

    def clean(self):
        super().clean()
        refuse_future(self, "answered_on")


def solved_within(name):
    return models.CheckConstraint(
        condition=Q(solved__lte=F("raised")),
        name=name,
        violation_error_message="解决的事项不能多于反映的事项。",
    )


class ReceptionDay(OurRecord):
    """A cadre received people; those who came are counted, not named."""

    occurred_on = models.DateField("接待日期")
    cadre = models.CharField("接待干部", max_length=50)
    position = models.CharField("职务", max_length=40, blank=True)
    place = models.CharField("地点", max_length=60, blank=True)
    visitors = models.PositiveIntegerField("接待人次", default=0)
    raised = models.PositiveIntegerField("反映事项", default=0)
    solved = models.PositiveIntegerField(
        "已解决事项", default=0, help_text="当场或事后解决的都算，解决一件改一次。"
    )
    content = models.TextField(
        "主要事项和答复", max_length=2000, blank=True, help_text="不写来访人姓名。"
    )

    class Meta(OurRecord.Meta):
        verbose_name = "干部接待日"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="receptionday_unit_day")]
        constraints = [
            solved_within("servicecenter_receptionday_solved_of_raised"),
            models.UniqueConstraint(
                fields=["unit", "occurred_on", "cadre"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_receptionday_once",
                violation_error_message="这位干部当天的接待已经登记，请修改那一条。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.cadre}接待日"

    @property
    def pending(self) -> int:
        return self.raised - self.solved


class OnsiteOffice(OurRecord):
    """The agency went to where people are, and settled matters there."""

    occurred_on = models.DateField("日期")
    place = models.CharField("地点", max_length=60)
    participants = models.CharField(
        "参加单位和人员", max_length=200, help_text="多个用顿号隔开，如民政站、残联、张主任。"
    )
    reached = models.PositiveIntegerField("服务群众人次", default=0)
    raised = models.PositiveIntegerField("受理事项", default=0)
    solved = models.PositiveIntegerField(
        "已解决事项", default=0, help_text="当场或事后解决的都算，解决一件改一次。"
    )
    content = models.TextField(
        "主要事项和处理", max_length=2000, blank=True, help_text="不写群众姓名。"
    )

    class Meta(OurRecord.Meta):
        verbose_name = "现场办公"
        indexes = [models.Index(fields=["unit", "occurred_on"], name="onsiteoffice_unit_day")]
        constraints = [
            solved_within("servicecenter_onsiteoffice_solved_of_raised"),
            models.UniqueConstraint(
                fields=["unit", "occurred_on", "place"],
                condition=Q(deleted_at__isnull=True),
                name="servicecenter_onsiteoffice_once",
                violation_error_message="当天在这个地点的现场办公已经登记，请修改那一条。",
            ),
        ]

    def __str__(self):
        return f"{self.occurred_on} {self.place}现场办公"

    @property
    def pending(self) -> int:
        return self.raised - self.solved

"""个人信息请求: somebody asks to see, correct, delete or carry what is kept about them (PIPL art. 44–50)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from portal.records import Record
from portal.wall.classes import Closes
from residents.enums import RefusalGround, RequestAsker, RequestKind, RequestState
from residents.models.people import Resident
from residents.models.shared import refuse_future

CHILD = 14
MOST_WORKDAYS = 15  # a promise of this office: the statute says 及时, without a number of days


def _by(verb: str):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=verb,
    )


class DataRequest(Record):
    """One request; ``occurred_on`` is the day it came in, ``due_on`` fifteen working days later.

    ``lines`` is what was done, item by item: [{"what", "outcome", "ground"}] in words of ours, without
    any value of the person. Only ``residents/data_requests.py`` writes state, lines and who did it.
    """

    closes = Closes(("occurred_on", "answered_on"), fixed=())

    number = models.CharField("编号", max_length=24, editable=False)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="data_requests", verbose_name="居民"
    )
    kind = models.CharField("请求事项", max_length=8, choices=RequestKind)
    content = models.TextField(
        "请求内容",
        max_length=500,
        help_text="要看、要改、要删或要转移哪些信息；更正的写明现在怎样、应当怎样。",
    )
    asker = models.CharField(
        "提出人", max_length=8, choices=RequestAsker, default=RequestAsker.SELF
    )
    asker_name = models.CharField(
        "提出人姓名", max_length=50, blank=True, help_text="本人提出的不填。"
    )
    asker_relation = models.CharField("与本人关系", max_length=20, blank=True)
    receiver = models.CharField(
        "接收方", max_length=80, blank=True, help_text="请求转移的，填写转给谁。"
    )
    state = models.CharField(
        "状态",
        max_length=12,
        choices=RequestState,
        default=RequestState.REGISTERED,
        editable=False,
    )
    due_on = models.DateField("答复期限", editable=False)
    identity_paper = models.CharField(
        "核验的证件",
        max_length=80,
        blank=True,
        editable=False,
        help_text="如：居民身份证原件，当面核对。不要填写号码。",
    )
    authority_paper = models.CharField(
        "监护或委托凭据",
        max_length=80,
        blank=True,
        editable=False,
        help_text="如：户口簿、授权委托书（存档案柜 2 号盒）；本人提出的不填。",
    )
    verified_at = models.DateTimeField("核验时间", null=True, editable=False)
    verified_by = _by("核验人")
    answer = models.TextField("答复意见", max_length=800, blank=True, editable=False)
    refusal_ground = models.CharField(
        "不予办理的依据", max_length=16, choices=RefusalGround, blank=True, editable=False
    )
    answered_on = models.DateField("答复日期", null=True, editable=False)
    answered_by = _by("答复人")
    lines = models.JSONField("逐项处理", default=list, editable=False)
    handed_on = models.DateField("送达日期", null=True, editable=False)
    handed_how = models.CharField(
        "送达方式", max_length=60, blank=True, editable=False, help_text="如：当面交本人签收。"
    )

    class Meta:
        verbose_name = "个人信息请求"
        ordering = ["-occurred_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "occurred_on"], name="datarequest_unit_day"),
            models.Index(fields=["unit", "due_on"], name="datarequest_unit_due"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="datarequest_number_once"),
            models.CheckConstraint(
                condition=Q(asker=RequestAsker.SELF) | ~Q(asker_name=""),
                name="datarequest_names_who_asks",
                violation_error_message="不是本人提出的，请填写提出人姓名。",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | (Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(identity_paper="")),
                name="datarequest_verified_says_how",
                violation_error_message="核验的，要有核验人、时间和证件。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.ANSWERED, RequestState.REFUSED])
                | (Q(answered_on__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="datarequest_reply_says_who",
                violation_error_message="答复的，要有答复人、日期和意见。",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.ANSWERED) | Q(verified_by__isnull=False),
                name="datarequest_answered_is_verified",
                violation_error_message="身份没有核验的，不能答复内容。",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[RequestKind.DELETE, RequestKind.CARRY])
                | Q(refusal_ground__gt="")
                | Q(answered_by__isnull=True)
                | Q(verified_by__isnull=True)
                | ~Q(verified_by=F("answered_by")),
                name="datarequest_two_persons",
                violation_error_message="删除和转移须由核验人以外的人办理。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.get_kind_display()}"

    @property
    def needs_two(self) -> bool:
        return self.kind in (RequestKind.DELETE, RequestKind.CARRY)

    def clean(self):
        super().clean()
        refuse_future(self, "handed_on")
        wrong = {}
        if self.asker != RequestAsker.SELF and not self.asker_name:
            wrong["asker_name"] = "不是本人提出的，请填写提出人姓名。"
        if self.asker not in (RequestAsker.SELF, "") and not self.asker_relation:
            wrong["asker_relation"] = "请填写提出人与本人的关系。"
        if self.kind == RequestKind.CARRY and not self.receiver:
            wrong["receiver"] = "请求转移的，请填写转给谁。"
        wrong |= self._who_may_ask()
        if wrong:
            raise ValidationError(wrong)

    def _who_may_ask(self) -> dict:
        """A child asks through a guardian (PIPL art. 31), relatives only for the dead (art. 49)."""
        person = self.resident if self.resident_id else None
        if person is None or not self.occurred_on or self.state != RequestState.REGISTERED:
            return {}
        age = person.age_on(self.occurred_on)
        if self.asker == RequestAsker.SELF:
            if person.died_on:
                return {"asker": "本人已去世，只能由近亲属提出。"}
            if age is not None and age < CHILD:
                return {"asker": "不满十四周岁的，由监护人提出。"}
        if self.asker == RequestAsker.RELATIVE and not person.died_on:
            return {"asker": "本人在世的，由本人、监护人或委托代理人提出。"}
        return {}

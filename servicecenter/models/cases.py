"""办件: one request of a resident or a body, from registration to the archive."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.fields import EncryptedTextField
from portal.office.models import Station
from portal.wall.classes import Closes
from portal.workdays import calendar
from residents.models import Application, Resident, Visit
from residents.models.shared import refuse_future
from servicecenter.enums.cases import CaseChannel, CaseState, Outcome, ReplyMode
from servicecenter.enums.catalogue import CaseKind
from servicecenter.models.agents import Agent
from servicecenter.models.applicants import Outsider
from servicecenter.models.base import OurRecord
from servicecenter.models.catalogue import ItemVersion
from servicecenter.workflow import FINISHED, RUNNING, UNACCEPTED

DAYS_IN_ORDER = ("due_on", "decided_on", "sent_up_on")
DECIDED_SINCE = ("replied_on",)


class Case(OurRecord):
    """``occurred_on`` is the day of application. All time limits are in working days.

    The state and the days of its steps are set by ``servicecenter.services`` alone, together with a
    ``CaseStep``. ``kind`` and the limits are those of the item's version on the day of acceptance.
    ``number`` is given at acceptance, without gaps. ``due_on`` is empty while the clock is stopped or
    the case is not accepted; ``clock_from`` is the day from which it runs (that day itself does not
    count): the day of acceptance, later that of reopening. ``worked_days`` are the working days from
    ``clock_from`` to the decision, without those on which the clock stood; set with the decision.
    """

    closes = Closes(
        (
            "occurred_on",
            "told_on",
            "turned_away_on",
            "accepted_on",
            "extended_on",
            "sent_up_on",
            "decided_on",
            "replied_on",
            "reopened_on",
        ),
        fixed=(),
    )

    carries = ("steps", "given", "pauses", "hand_overs", "partners")

    occurred_on = models.DateField("申请日期")
    item = models.ForeignKey(ItemVersion, models.PROTECT, related_name="cases", verbose_name="事项")
    kind = models.CharField("办件类型", max_length=12, choices=CaseKind)
    request = models.TextField("申请内容", max_length=1000, blank=True)
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="居民",
    )
    outsider = models.ForeignKey(
        Outsider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="辖区外申请人",
    )
    phone = EncryptedTextField("联系电话", purpose="phone", blank=True)
    proxy_name = models.CharField("代理人", max_length=50, blank=True)
    proxy_relation = models.CharField("与申请人关系", max_length=20, blank=True)
    proxy_phone = EncryptedTextField("代理人电话", purpose="phone", blank=True)
    channel = models.CharField(
        "申请渠道", max_length=12, choices=CaseChannel, default=CaseChannel.WINDOW
    )
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name="走访"
    )
    application = models.OneToOneField(
        Application,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case",
        verbose_name="申请",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="主办件"
    )
    agent = models.ForeignKey(
        Agent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried",
        verbose_name="代办员",
    )
    station = models.ForeignKey(
        Station,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name="承办站所",
    )
    handler = models.ForeignKey(
        Agent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handled",
        verbose_name="承办人",
    )
    state = models.CharField(
        "状态", max_length=12, choices=CaseState, default=CaseState.REGISTERED, editable=False
    )
    paused_from = models.CharField(max_length=12, choices=CaseState, blank=True, editable=False)
    # The number: 机构代字〔年〕序号.
    number = models.CharField("办件编号", max_length=40, null=True, editable=False)
    number_year = models.PositiveSmallIntegerField(null=True, editable=False)
    number_serial = models.PositiveIntegerField(null=True, editable=False)
    # Before acceptance.
    told_on = models.DateField("告知日期", null=True, blank=True, editable=False)
    missing = models.TextField("需要补正的内容", max_length=1000, blank=True, editable=False)
    supply_by = models.DateField("补正期限", null=True, blank=True, editable=False)
    turned_away_on = models.DateField("不予受理日期", null=True, blank=True, editable=False)
    turned_away_for = models.CharField("不予受理理由", max_length=300, blank=True, editable=False)
    # The clock.
    accepted_on = models.DateField("受理日期", null=True, blank=True, editable=False)
    rights_told = models.BooleanField("已告知权利义务", default=False, editable=False)
    receipt_on = models.DateField("承办单出具日期", null=True, blank=True, editable=False)
    legal_days = models.PositiveSmallIntegerField("法定时限（工作日）", null=True, editable=False)
    promised_days = models.PositiveSmallIntegerField(
        "承诺时限（工作日）", default=0, editable=False
    )
    extended_days = models.PositiveSmallIntegerField(
        "延长（工作日）", default=0, editable=False, validators=[MaxValueValidator(60)]
    )
    extended_for = models.CharField("延期理由", max_length=200, blank=True, editable=False)
    extended_on = models.DateField("延期日期", null=True, blank=True, editable=False)
    clock_from = models.DateField("起算日期", null=True, editable=False)
    due_on = models.DateField("承诺办结日期", null=True, blank=True, editable=False)
    worked_days = models.PositiveSmallIntegerField(
        "办理工作日", null=True, blank=True, editable=False
    )
    # The upper level.
    sent_up_on = models.DateField("上报日期", null=True, blank=True, editable=False)
    street_received_on = models.DateField("街道收件日期", null=True, blank=True, editable=False)
    # The end.
    decided_on = models.DateField("办结日期", null=True, blank=True, editable=False)
    outcome = models.CharField(
        "办理结果", max_length=12, choices=Outcome, blank=True, editable=False
    )
    decision = models.CharField("办理意见", max_length=500, blank=True, editable=False)
    replied_on = models.DateField("回复日期", null=True, blank=True, editable=False)
    reply_mode = models.CharField(
        "回复方式", max_length=12, choices=ReplyMode, blank=True, editable=False
    )
    reply = models.CharField("回复内容", max_length=500, blank=True, editable=False)
    archived_on = models.DateField("归档日期", null=True, blank=True, editable=False)
    reopened_on = models.DateField("重新办理日期", null=True, blank=True, editable=False)
    reopened_times = models.PositiveSmallIntegerField("重办次数", default=0, editable=False)

    class Meta(OurRecord.Meta):
        verbose_name = "办件"
        indexes = [
            models.Index(fields=["unit", "occurred_on"], name="case_unit_day"),
            models.Index(fields=["unit", "accepted_on"], name="case_unit_accepted"),
            models.Index(fields=["unit", "state", "due_on"], name="case_unit_state_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number_year", "number_serial"], name="case_serial_once"
            ),
            models.UniqueConstraint(fields=["number"], name="case_number_once"),
            models.CheckConstraint(
                condition=Q(resident__isnull=False, outsider__isnull=True)
                | Q(resident__isnull=True, outsider__isnull=False),
                name="case_has_one_applicant",
                violation_error_message="请选择一位申请人：本辖区居民，或辖区外申请人。",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=sorted(UNACCEPTED), accepted_on__isnull=True, number__isnull=True
                )
                | Q(
                    state__in=sorted(RUNNING | FINISHED),
                    accepted_on__isnull=False,
                    number__isnull=False,
                    clock_from__isnull=False,
                ),
                name="case_accepted_has_day_and_number",
                violation_error_message="受理了的办件有受理日期和编号，没有受理的没有。",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=sorted(FINISHED), decided_on__isnull=False) & ~Q(outcome=""))
                | Q(state__in=sorted(UNACCEPTED | RUNNING), decided_on__isnull=True, outcome=""),
                name="case_finished_has_day_and_outcome",
                violation_error_message="办结的填办结日期和办理结果；没有办结的不填。",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[CaseState.REPLIED, CaseState.ARCHIVED], replied_on__isnull=False
                )
                | (
                    ~Q(state__in=[CaseState.REPLIED, CaseState.ARCHIVED])
                    & Q(replied_on__isnull=True)
                ),
                name="case_replied_has_day",
                violation_error_message="回复过的填回复日期；没有回复的不填。",
            ),
            *in_order("occurred_on", "accepted_on", "told_on", "turned_away_on"),
            *in_order("accepted_on", *DAYS_IN_ORDER),
            *in_order("sent_up_on", "street_received_on"),
            *in_order("decided_on", *DECIDED_SINCE),
            *in_order("replied_on", "archived_on"),
        ]

    def __str__(self):
        return f"{self.number or '未受理'} {self.item}"

    @property
    def applicant(self):
        """The resident or the outsider."""
        return self.resident or self.outsider

    @property
    def limit_days(self) -> int:
        """The promised working days with what was added to them."""
        return self.promised_days + self.extended_days

    def derive(self) -> None:
        """Set what follows from the days and pauses; save() calls it, bulk loads must. A decision that
        was taken back has none."""
        if not self.decided_on:
            self.worked_days = None
        elif self.worked_days is None and self.clock_from:
            self.worked_days = self._working_days()

    def _working_days(self) -> int:
        """From the day after ``clock_from`` to the decision, without those on which the clock stood."""
        known, span = calendar(), (self.decided_on - self.clock_from).days
        days = [self.clock_from + timedelta(days=n) for n in range(1, span + 1)]
        stood = self.pauses.kept().values_list("starts_on", "ends_on") if self.pk else ()
        return sum(
            known.is_workday(day)
            and not any(since <= day and (until is None or day < until) for since, until in stood)
            for day in days
        )

    def save(self, *args, update_fields=None, **kwargs):
        self.derive()
        if update_fields is not None:
            update_fields = {*update_fields, "worked_days"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean(self):
        super().clean()
        refuse_future(
            self,
            *("accepted_on", "told_on", "turned_away_on", "sent_up_on", "street_received_on"),
            *("decided_on", "replied_on", "archived_on"),
        )
        if self.parent_id and self.parent_id == self.pk:
            raise ValidationError({"parent": "办件不能是自己的主办件。"})

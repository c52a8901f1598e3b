"""问题事项: what was found or brought, who is to mend it by when, and what came of it."""

from django.db import models
from django.db.models import Q

from portal.records import Record
from portal.wall.classes import Closes
from residents.enums import ProblemKind, ProblemSource, ProblemState
from residents.models.consultations import Consultation
from residents.models.diaries import Diary
from residents.models.people import Resident
from residents.models.shared import domains_field, not_before, refuse_future, tagged
from residents.models.visits import Visit
from residents.workflow import SETTLED, UNSETTLED


class Problem(Record):
    """One problem; ``occurred_on`` is the day it was raised.

    At most one of ``visit``, ``diary`` and ``consultation`` is where it was found; ``source`` says
    so for all.
    """

    closes = Closes(("occurred_on", "closed_on"), fixed=())

    tags = "domains"

    title = models.CharField("问题", max_length=60)
    content = models.TextField("情况", max_length=1000, blank=True)
    kind = models.CharField("类别", max_length=12, choices=ProblemKind)
    source = models.CharField(
        "来源", max_length=12, choices=ProblemSource, default=ProblemSource.WALK_IN
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name="居民",
        help_text="不涉及某位居民的不填。",
    )
    raiser = models.CharField("反映人", max_length=50, blank=True)
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name="走访"
    )
    diary = models.ForeignKey(
        Diary,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name="民情日记",
    )
    consultation = models.ForeignKey(
        Consultation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="problems",
        verbose_name="健康咨询",
    )
    owner = models.CharField("责任人", max_length=50, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    state = models.CharField("状态", max_length=12, choices=ProblemState, default=ProblemState.OPEN)
    handed_to = models.CharField("上报单位", max_length=60, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    result = models.CharField("办理结果", max_length=300, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    domains = domains_field()

    class Meta:
        verbose_name = "问题事项"
        ordering = ["-occurred_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "occurred_on"], name="problem_unit_day"),
            models.Index(fields=["unit", "due_on"], name="problem_unit_due"),
        ]
        constraints = [
            tagged("problem_is_tagged"),
            models.CheckConstraint(
                condition=(Q(state__in=sorted(SETTLED), closed_on__isnull=False) & ~Q(result=""))
                | Q(state__in=sorted(UNSETTLED), closed_on__isnull=True, replied_on__isnull=True),
                name="problem_settled_has_day_and_result",
                violation_error_message="办结的要填办结日期和办理结果；没有办结的不填办结、答复日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProblemState.HANDED_UP) | ~Q(handed_to=""),
                name="problem_handed_up_names_whom",
                violation_error_message="上报的请填写上报单位。",
            ),
            models.CheckConstraint(
                condition=Q(visit__isnull=True, diary__isnull=True)
                | Q(visit__isnull=True, consultation__isnull=True)
                | Q(diary__isnull=True, consultation__isnull=True),
                name="problem_has_one_source",
                violation_error_message="走访、民情日记、健康咨询只能选一个作为来源。",
            ),
            not_before("problem_due_after_raised", "due_on", "办理期限不能早于发现日期。"),
            not_before("problem_closed_after_raised", "closed_on", "办结日期不能早于发现日期。"),
            not_before("problem_replied_after_raised", "replied_on", "答复日期不能早于发现日期。"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        refuse_future(self, "closed_on", "replied_on")

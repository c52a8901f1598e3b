"""街道要数: what a unit asks its communities for, the answer of each, and every step of it."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from portal.asks.workflow import GIVING, AnswerState, AskState
from portal.models.groups import UnitGroup
from portal.models.units import Unit
from portal.models.versioned import Versioned
from portal.periods import LONGEST_KEY, Period
from portal.scope import access_of
from portal.wall.classes import Own, Person


class AskQuerySet(models.QuerySet):
    def sent_by(self, user):
        """Of the units where the user may ask."""
        return self.filter(unit__in=access_of(user).units("asks.send"))


class Ask(Versioned):
    """Figures of a period, wanted by a moment. ``unit_ids`` are the asking unit and those asked: they read
    it, their neighbours do not. ``figures`` are codes; with ``category`` each is told for every value of
    it as well. ``questions`` are answered in words. ``whole`` says that all communities of the unit are asked.
    """

    wall = Person()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="要数单位")
    unit_ids = ArrayField(models.BigIntegerField(), verbose_name="有关单位")
    whole = models.BooleanField("全部社区", default=False)
    group = models.ForeignKey(
        UnitGroup, models.PROTECT, null=True, related_name="+", verbose_name="社区组"
    )
    title = models.CharField("标题", max_length=60, validators=[MinLengthValidator(2)])
    figures = ArrayField(models.CharField(max_length=80), verbose_name="指标")
    category = models.CharField("分列", max_length=40, blank=True)
    period_key = models.CharField("时段", max_length=LONGEST_KEY)
    reason = models.CharField("用途", max_length=200)
    questions = ArrayField(models.CharField(max_length=100), default=list, verbose_name="请说明")
    due_at = models.DateTimeField("期限")
    first_due_at = models.DateTimeField("原期限", null=True)
    extended_for = models.CharField("延期原因", max_length=200, blank=True)
    urgent_for = models.CharField("限期紧的原因", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=AskState, default=AskState.OPEN)
    made_by = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="+", verbose_name="要数人"
    )
    made_at = models.DateTimeField("发出时间", default=timezone.now)
    ended_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_for = models.CharField("结束说明", max_length=200, blank=True)

    objects = AskQuerySet.as_manager()

    class Meta:
        verbose_name = "街道要数"
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(figures__len__gte=1), name="ask_names_figures"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="ask_ended_when_not_open",
            ),
            models.CheckConstraint(
                condition=Q(first_due_at__isnull=True) | Q(due_at__gt=F("first_due_at")),
                name="ask_is_extended_not_shortened",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def period(self) -> Period:
        return Period.parse(self.period_key)

    @property
    def asked(self) -> frozenset[int]:
        """The communities."""
        return frozenset(self.unit_ids) - {self.unit_id}

    @property
    def is_open(self) -> bool:
        return self.state == AskState.OPEN


class AnswerQuerySet(models.QuerySet):
    def for_answering(self, user):
        """Of the communities where the user may answer."""
        return self.filter(unit__in=access_of(user).units("asks.answer"))

    def readable_by(self, user):
        """Those that the user may give, and those of asks that the user may send."""
        access = access_of(user)
        sent = Q(ask__unit__in=access.units("asks.send"))
        return self.filter(Q(unit__in=access.units("asks.answer")) | sent)


class AskAnswer(Versioned):
    """Where one community stands; ``given`` is the step whose numbers stand, or were returned."""

    wall = Own()

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="社区")
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="answers", verbose_name="要数")
    state = models.CharField(
        "状态", max_length=10, choices=AnswerState, default=AnswerState.WAITING
    )
    given = models.ForeignKey("AskStep", models.PROTECT, null=True, related_name="+")

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "要数答复"
        ordering = ["unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "unit"], name="ask_answer_once"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(given__isnull=False),
                name="ask_answer_has_its_numbers",
            ),
        ]

    def __str__(self):
        return f"{self.unit} · {self.ask}"

    @property
    def is_due(self) -> bool:
        return self.state in (AnswerState.WAITING, AnswerState.RETURNED)


class AskStep(models.Model):
    """One step of one answer, never changed. Steps that give numbers hold them as they were counted at
    ``as_of``, with the version of each definition; ``right`` is what the community says of them."""

    wall = Own(append_only=True)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    answer = models.ForeignKey(AskAnswer, models.PROTECT, related_name="steps")
    step = models.CharField("步骤", max_length=10)
    note = models.CharField("说明", max_length=500, blank=True)
    taken_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    taken_at = models.DateTimeField("时间", default=timezone.now)
    content = models.JSONField("数字", null=True)
    as_of = models.DateTimeField("统计时间", null=True)
    right = models.BooleanField("数字属实", default=True)
    words = ArrayField(models.CharField(max_length=300), default=list, verbose_name="说明的内容")

    class Meta:
        verbose_name = "要数步骤"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=sorted(GIVING), content__isnull=False, as_of__isnull=False)
                | (~Q(step__in=sorted(GIVING)) & Q(content__isnull=True, as_of__isnull=True)),
                name="ask_step_holds_what_it_gives",
            ),
            models.CheckConstraint(
                condition=Q(right=True) | ~Q(note=""), name="ask_step_says_what_is_wrong"
            ),
        ]

    def __str__(self):
        return f"{self.answer_id} {self.step}"

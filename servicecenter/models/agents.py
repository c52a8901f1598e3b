"""代办员 and 承办人: who carries cases, from a day to a day."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from portal.constraints import in_order
from portal.records import ReadBelow
from portal.spells import span
from residents.models.shared import SpellQuerySet
from servicecenter.enums.agents import AgentKind
from servicecenter.models.base import OurKept


class Agent(ReadBelow, OurKept):
    """A person who carries cases; ``user`` is the account that then finds them in its own work.

    ``phone`` is the one made public; it belongs to the office. Units below read the street's: their cases
    name them.
    """

    name = models.CharField("姓名", max_length=50)
    kind = models.CharField("职责", max_length=8, choices=AgentKind, default=AgentKind.AGENT)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agents",
        verbose_name="账号",
        help_text="有账号的，首页“我的办件”会列出派给他的办件。",
    )
    station = models.ForeignKey(
        "office.Station",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agents",
        verbose_name="所在站所",
    )
    phone = models.CharField("公开电话", max_length=30, blank=True)
    hours = models.CharField("服务时间", max_length=60, blank=True)
    starts_on = models.DateField("聘任日期")
    ends_on = models.DateField("离任日期", null=True, blank=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        verbose_name = "代办员"
        ordering = ["kind", "name"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            models.UniqueConstraint(
                fields=["unit", "name", "kind"],
                condition=Q(deleted_at__isnull=True, ends_on__isnull=True),
                name="servicecenter_agent_once",
                violation_error_message="本单位已有同名的在任人员。",
            ),
        ]

    def __str__(self):
        return self.name


class AgentGrid(OurKept):
    """A grid that an agent serves, from a day to a day (both included)."""

    agent = models.ForeignKey(Agent, models.PROTECT, related_name="grids", verbose_name="代办员")
    grid = models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": "grid"},
        verbose_name="网格",
    )
    starts_on = models.DateField("起始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = "代办员网格"
        ordering = ["grid", "starts_on"]
        constraints = [
            *in_order("starts_on", "ends_on"),
            ExclusionConstraint(
                name="servicecenter_agentgrid_once_at_a_time",
                expressions=[
                    ("agent", RangeOperators.EQUAL),
                    ("grid", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at__isnull=True),
                violation_error_message="这位代办员这段时间已负责这个网格。",
            ),
        ]

    def __str__(self):
        return f"{self.agent} {self.grid}"

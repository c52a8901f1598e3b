"""数据看板 that a user made, and what it shows."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from portal.boards import Line
from portal.records import Kept, KeptQuerySet
from portal.scope import above, access_of
from portal.wall.classes import Down
from reports.boards.lines import lines_of
from reports.boards.when import Against, When

TITLE_LENGTH = 40


class BoardQuerySet(KeptQuerySet):
    def of(self, user):
        """The user's own, where the right to see numbers is still held."""
        units = access_of(user).units("figures.view")
        return self.filter(recorded_by=user, unit__in=units)

    def visible_to(self, user):
        """Their own, and those shared with the units they work for, by these or from above."""
        access = access_of(user)
        units = access.units("figures.view")
        held = {each.unit_id for each in access.assignments} & units
        shared = Q(shared=True, unit__in=held | above(held))
        own = Q(recorded_by=user, unit__in=units)
        return self.kept().filter(own | shared)


class Board(Kept):
    """``lines`` are figures with their pictures, in order. ``about`` is the unit it tells of, none for that
    of whoever looks. ``shared`` lets the units below ``unit`` read it; only its maker changes it.
    """

    domain = "reports"
    wall = Down(only="shared")

    title = models.CharField("名称", max_length=TITLE_LENGTH, validators=[MinLengthValidator(2)])
    lines = models.JSONField("指标", default=list, blank=True)
    when = models.CharField("时段", max_length=12, choices=When, default=When.YEAR)
    against = models.CharField("比较", max_length=8, choices=Against, default=Against.YEAR_BEFORE)
    about = models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="单位范围",
    )
    shared = models.BooleanField("给下级单位看", default=False)
    starts = models.BooleanField("首选", default=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = "数据看板"
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recorded_by", "title"],
                condition=Q(deleted_at__isnull=True),
                name="board_title_once",
                violation_error_message="您已有同名的看板，请换个名称。",
            ),
            models.UniqueConstraint(
                fields=["recorded_by"],
                condition=Q(starts=True, deleted_at__isnull=True),
                name="board_starts_once",
            ),
            models.CheckConstraint(condition=Q(when__in=When.values), name="board_when_known"),
            models.CheckConstraint(
                condition=Q(against__in=Against.values), name="board_against_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("board-page", args=[self.pk])

    @property
    def told(self) -> tuple[Line, ...]:
        return lines_of(self.lines)

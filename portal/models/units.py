"""Units: 区 › 街道 › 社区 › 网格/小组, with dated validity and their mergers, splits and renames."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from portal.models.versioned import Versioned
from portal.wall.classes import Exempt


class UnitKind(models.TextChoices):
    DISTRICT = "district", "区县"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID = "grid", "网格/小组"


# Four fixed levels need plain foreign keys and nothing more: a parent is always one level up.
PARENT_KIND = {
    UnitKind.STREET: UnitKind.DISTRICT,
    UnitKind.COMMUNITY: UnitKind.STREET,
    UnitKind.GRID: UnitKind.COMMUNITY,
}
LEVELS_BELOW = ("parent", "parent__parent", "parent__parent__parent")


class UnitQuerySet(models.QuerySet):
    def within(self, unit_ids):
        """The units themselves and everything below them."""
        condition = Q(pk__in=unit_ids)
        for path in LEVELS_BELOW:
            condition |= Q(**{f"{path}__in": unit_ids})
        return self.filter(condition)

    def valid_on(self, day: date):
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def communities(self):
        return self.filter(kind=UnitKind.COMMUNITY)


class Unit(Versioned):
    """One unit. ``code`` is the 12-digit statistical code (domain §1.1.6); a grid adds its number.

    A unit is never deleted: it ends (``valid_to``, last day included) and its records stay with it.
    """

    wall = Exempt(
        "the tree itself: names of public bodies, needed before a scope exists", audited=True
    )

    kind = models.CharField("级别", max_length=16, choices=UnitKind)
    code = models.CharField(
        "代码",
        max_length=15,
        unique=True,
        validators=[RegexValidator(r"^\d{12}(\d{3})?$", "代码应为 12 位数字，网格另加 3 位。")],
        help_text="12 位统计用区划代码；网格在社区代码后加 3 位。",
    )
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    valid_from = models.DateField("启用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=UnitKind.DISTRICT, parent__isnull=True)
                | (~Q(kind=UnitKind.DISTRICT) & Q(parent__isnull=False)),
                name="unit_only_district_is_top",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.name

    def name_on(self, day: date) -> str:
        """The name in force on ``day``: old papers keep the old name."""
        renames = self.changes.filter(kind=UnitChange.Kind.RENAME, effective_on__gt=day)
        first = renames.order_by("effective_on", "pk").first()
        return first.old_name if first else self.name


class UnitChange(models.Model):
    """One event in the life of a unit: renamed, merged into another, or split into others.

    Merging and splitting name a ``successor`` (a split has one row for each). The successor's
    staff see the former unit's records, which keep the unit that made them.
    """

    class Kind(models.TextChoices):
        RENAME = "rename", "更名"
        MERGE = "merge", "并入"
        SPLIT = "split", "拆分"

    wall = Exempt("history of the unit tree, public facts", audited=True)

    kind = models.CharField("变动", max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="changes", verbose_name="单位")
    successor = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="predecessor_changes", verbose_name="承接单位"
    )
    effective_on = models.DateField("生效日期")
    old_name = models.CharField("原名称", max_length=60)
    new_name = models.CharField("新名称", max_length=60)
    note = models.CharField("依据", max_length=200, blank=True)
    recorded_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "单位变动"
        ordering = ["effective_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="rename", successor__isnull=True)
                | (~Q(kind="rename") & Q(successor__isnull=False)),
                name="unit_change_successor_unless_rename",
            ),
            models.UniqueConstraint(
                fields=["unit", "successor"],
                condition=Q(successor__isnull=False),
                name="unit_change_one_per_successor",
            ),
        ]

    def __str__(self):
        return f"{self.old_name} {self.get_kind_display()} {self.new_name}"


def names_on(units, day: date) -> dict[int, str]:
    """By key, the names of several units in force on ``day``: the first later renaming tells the old one."""
    names = {unit.pk: unit.name for unit in units}
    later = UnitChange.objects.filter(
        kind=UnitChange.Kind.RENAME, unit__in=names, effective_on__gt=day
    ).order_by("-effective_on", "-pk")
    names.update(later.values_list("unit", "old_name"))
    return names

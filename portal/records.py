"""What every record has: the unit that made it, when it happened, who typed it, and its version."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from portal.asked_together import all_hold
from portal.models.versioned import Versioned
from portal.scope import above, access_of
from portal.wall.classes import Closes, Down, Own


class KeptQuerySet(models.QuerySet):
    def kept(self):
        """Not in the recycle bin."""
        return self.filter(deleted_at__isnull=True)

    def visible_to(self, user):
        """Rows of the units where ``user`` may view this model's domain; the first wall."""
        access = access_of(user)
        units = access.units(f"{self.model.domain}.view")
        return self.kept().filter(self.model.scope_condition(units), self.model.known_to(access))


class Kept(Versioned):
    """A row that belongs to a unit, keeps its history and can be taken out of the recycle bin."""

    domain = "residents"
    wall = Own()

    unit = models.ForeignKey("portal.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="登记人",
    )
    recorded_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = KeptQuerySet.as_manager()
    checks_constraints = True
    carries: tuple[str, ...] = ()  # related names of rows that go to the bin and come back along
    tags = ""  # the path of the departments that a shared fact is tagged with

    class Meta:
        abstract = True

    @classmethod
    def scope_condition(cls, units) -> models.Q:
        return models.Q(unit__in=units)

    @classmethod
    def known_to(cls, access) -> models.Q:
        """Need to know: a fact tagged with departments is for those who see one of them there."""
        if not cls.tags:
            return models.Q()
        known = models.Q(pk__in=[])
        for units, domains in access.domains_by_units.items():
            known |= models.Q(**{f"{cls.tags}__overlap": domains}, unit__in=units)
        return known

    def validate_constraints(self, exclude=None):
        """As Django, unless ``checks_constraints`` is off: an exclusion constraint cannot be checked
        while a column of its condition is left out, as forms leave out ``deleted_at``."""
        if self.checks_constraints and not all_hold(self, exclude):
            super().validate_constraints(exclude=exclude)


class Record(Kept):
    """Something that happened. Figures count it on ``occurred_on``, never on the typing date."""

    closes = Closes(("occurred_on",))

    grid = models.ForeignKey(
        "portal.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": "grid"},
        verbose_name="网格",
    )
    occurred_on = models.DateField("日期", help_text="事情发生的日期；持续几天的填第一天。")
    highlight = models.BooleanField(
        "写入总结", default=False, help_text="勾选后，总结中可单独成一句。"
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.occurred_on and self.occurred_on > timezone.localdate():
            raise ValidationError({"occurred_on": "日期不能晚于今天。"})


class ReadBelow(models.Model):
    """Read by the units below the one that keeps it (policy class Down); never above or beside."""

    wall = Down()

    class Meta:
        abstract = True

    @classmethod
    def scope_condition(cls, units) -> models.Q:
        return models.Q(unit__in=units) | models.Q(unit__in=above(units))

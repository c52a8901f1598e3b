"""The form of an inspection: how it is held; its groups, marks and results have pages of their own."""

import re

from django import forms
from django.utils import timezone

from portal.ledgers.fields import CleanCharField, DayField
from portal.ledgers.forms import recording_units
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import access_of
from sanitation.enums.inspections import BY_STREET, MARKED, InspectionKind, SampleMethod
from sanitation.forms.base import CommunityForm
from sanitation.models import Rubric
from sanitation.selectors.inspections import samples_of
from sanitation.selectors.rubrics import in_force
from sanitation.services.past import why_not_past
from sanitation.workflow import PUBLISH

ONLY_SUPERIOR = "只有不用评分表的上级督查可以直接填得分，其他检查的得分按明细计算。"
SAMPLES = {
    "recommended": SampleMethod.RECOMMENDED,
    "drawn": SampleMethod.RANDOM,
    "named": SampleMethod.NAMED,
}
HANDED_IN = ("note", "highlight")  # what may still be typed once it is handed in
NAMES = re.compile(r"[、，,；;\s]+")


class InspectionForm(CommunityForm):
    """``sample`` of a valid form holds the groups that a file names, by method; the screen asks for
    them on a page of its own."""

    from_file = False

    recommended = CleanCharField(label="村推荐小组", required=False, max_length=300)
    drawn = CleanCharField(label="随机抽取小组", required=False, max_length=300)
    named = CleanCharField(label="检查组指定小组", required=False, max_length=300)
    handed_in = DayField(label="提交日期", required=False)
    published = DayField(label="公布日期", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer_rubrics()
        self.fields["kind"].help_text = "暗访在公布之前，被检查的社区（村）看不到。"
        if self.instance.pk:
            self._fill_in()
        if self.instance.handed_in_on is not None:
            kept = {*HANDED_IN, "version"} | ({"published"} if self.from_file else set())
            for name, field in self.fields.items():
                field.disabled = name not in kept

    def _ask_unit(self):
        """The street keeps what its inspectors do, wherever they are."""
        units = recording_units(self.user, self.ledger.edit_permission)
        streets = list(units.filter(kind=UnitKind.STREET)[:2])
        if len(streets) == 1 and not self.instance.pk:
            self.instance.unit = streets[0]
            self.fields.pop("unit", None)
            return
        super()._ask_unit()

    def _offer_rubrics(self):
        units = [self.instance.unit] if self.instance.unit_id else []
        readable = Rubric.objects.visible_to(self.user)
        was = self.fields["rubric"]
        field = self.fields["rubric"] = forms.ModelChoiceField(
            readable | Rubric.objects.filter(pk=self.instance.rubric_id),
            required=False,
            label=was.label,
            empty_label="不用评分表",
            help_text="季度检查、暗访应当使用；按检查当天有效的版次计分。",
        )
        field.queryset = field.queryset.order_by("-starts_on", "name")
        if self.instance.pk or not units:
            today = readable.filter(starts_on__lte=timezone.localdate(), ends_on__isnull=True)
        else:
            today = in_force(units[0], timezone.localdate())
        if not self.from_file and not self.instance.pk and len(today[:2]) == 1:
            field.initial = today[0]

    def _fill_in(self):
        """What the file's own columns say of a stored inspection."""
        found = samples_of(self.instance)
        for name, method in SAMPLES.items():
            self.initial[name] = "、".join(grid.name for grid in found.get(method, ()))
        self.initial["handed_in"] = self.instance.handed_in_on
        published = self.instance.published_at
        self.initial["published"] = published and timezone.localdate(published)

    # --- checking -------------------------------------------------------------------------------

    def clean(self):
        data = super().clean()
        if self.instance.handed_in_on is not None:
            self.sample = {}
            return data
        kind, day = data.get("kind"), data.get("occurred_on")
        self._check_keeper(kind, data)
        if kind == InspectionKind.UNANNOUNCED:
            data["notified"] = False
        if kind != InspectionKind.SUPERIOR:
            data["rank"] = ""
        elif not data.get("rank"):
            self.add_error("rank", "上级督查请选择上级级别。")
        self._follow_edition(data, day)
        self._check_score(kind, data)
        self.sample = self._sample(data) if self.from_file else {}
        return data

    def _check_keeper(self, kind, data):
        unit = data.get("unit") or self.instance.unit
        if kind in BY_STREET and unit and unit.kind == UnitKind.COMMUNITY:
            told = InspectionKind(kind).label
            self.add_error("kind", f"{told}由街道（镇）登记，社区（村）自己不能登记。")

    def _follow_edition(self, data, day):
        """The edition that was in force on the day, of the rubric that was chosen."""
        rubric = data.get("rubric")
        if rubric is None or day is None:
            return
        same = Rubric.objects.kept().filter(unit=rubric.unit, name=rubric.name, starts_on__lte=day)
        edition = same.exclude(ends_on__lt=day).order_by("-edition").first()
        if edition is None:
            self.add_error("rubric", f"“{rubric.name}”在 {day} 没有启用的版次，请核对检查日期。")
        else:
            data["rubric"] = edition

    def _check_score(self, kind, data):
        score, full = data.get("score"), data.get("full")
        if kind in MARKED and data.get("rubric"):
            data["score"] = data["full"] = None  # follows from the lines, whatever a file says
            if self.instance.pk:
                data["score"], data["full"] = self.instance.score, self.instance.full
        elif kind != InspectionKind.SUPERIOR and (score is not None or full is not None):
            self.add_error("score", ONLY_SUPERIOR)
        elif (score is None) != (full is None):
            self.add_error("full" if full is None else "score", "得分和满分要一起填。")
        elif full is not None and not full:
            self.add_error("full", "满分应当大于 0。")

    def _sample(self, data) -> dict[str, list[Unit]]:
        found, community = {}, data.get("community")
        if community is None:
            return found
        grids = Unit.objects.filter(kind=UnitKind.GRID, parent=community)
        by_name = {grid.name: grid for grid in grids}
        for name, method in SAMPLES.items():
            names = [word for word in NAMES.split(data.get(name) or "") if word]
            unknown = [word for word in names if word not in by_name]
            if unknown:
                self.add_error(name, f"{community}没有这些网格（小组）：{'、'.join(unknown)}。")
            found[method] = [by_name[word] for word in names if word in by_name]
        return {method: grids for method, grids in found.items() if grids}


class InspectionFileForm(InspectionForm):
    """A register of past inspections tells when each was handed in: no photos are asked for then."""

    from_file = True

    def clean(self):
        data = super().clean()
        handed, day = data.get("handed_in"), data.get("occurred_on")
        published = data.get("published")
        if handed and handed > timezone.localdate():
            self.add_error("handed_in", "提交日期不能晚于今天。")
        if handed and day and handed < day:
            self.add_error("handed_in", "提交日期不能早于检查日期。")
        elif refusal := why_not_past(self.instance, handed, not self.instance.pk):
            self.add_error("handed_in", refusal)
        if published and data.get("kind") != InspectionKind.UNANNOUNCED:
            self.add_error("published", "只有暗访另行公布，其他检查提交后即公开。")
        if published and not handed:
            self.add_error("published", "公布的暗访请填提交日期。")
        elif published and published < handed:
            self.add_error("published", "公布日期不能早于提交日期。")
        if published and published != self.initial.get("published"):
            unit = data.get("unit") or self.instance.unit
            if not access_of(self.user).may(PUBLISH, unit.pk):
                self.add_error("published", "暗访由街道主管公布，您没有公布的权限，请不填这一栏。")
        return data

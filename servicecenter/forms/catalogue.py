"""Forms of the catalogue: items, their versions with materials, and the acts that reach further."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.guided import GuidedForm, chinese_day
from portal.ledgers.fields import DayField
from portal.ledgers.forms import LedgerForm
from portal.scope import access_of
from servicecenter.enums.catalogue import CaseKind
from servicecenter.forms.material_rows import MaterialRowsField
from servicecenter.models import ItemVersion
from servicecenter.selectors.catalogue import is_used
from servicecenter.services.catalogue import (
    DAY,
    MANAGE,
    USED,
    open_former,
    refuse_before_cases,
    rows_of,
)

# What may still change when cases began with a version: where and when it is done, how long it holds.
FREE = {"ends_on", "published_on", "phone", "complaint_phone", "place", "hours", "version"}


class ItemForm(LedgerForm):
    """The station that takes the item's cases is one of the same unit."""

    def clean(self):
        data = super().clean()
        station, asked = data.get("station"), data.get("unit")
        unit_id = asked.pk if asked else self.instance.unit_id
        if station and unit_id and station.unit_id != unit_id:
            self.add_error("station", "承办站所须是本单位的站所。")
        return data


class OfItemForm(LedgerForm):
    """A part of an item belongs to the item's unit, which is not asked for again."""

    kept_at = ""  # the field that leads to the unit

    def _ask_unit(self):
        super()._ask_unit()
        self.fields.pop("unit", None)

    def clean(self):
        data = super().clean()
        parent = data.get(self.kept_at)
        if parent is None:
            return data
        if self.instance.unit_id is None:
            self.instance.unit = parent.unit
        if self.instance.unit_id != parent.unit_id or not access_of(self.user).may(
            MANAGE, parent.unit_id
        ):
            self.add_error(self.kept_at, f"“{parent}”由{parent.unit}维护，请由该单位登记。")
        return data


class VersionForm(OfItemForm):
    """Days within the law; one version at a time; a version that cases began with stays as it was."""

    kept_at = "item"

    material_rows = MaterialRowsField(label="申请材料", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["material_rows"].initial = rows_of(self.instance)

    def clean_material_rows(self):
        """None where they are as stored."""
        rows = self.cleaned_data["material_rows"]
        if rows is None or not self.instance.pk:
            return rows or None
        stored = rows_of(self.instance)
        known = {row.pk for row in stored}
        if any(row.pk and row.pk not in known for row in rows):
            raise ValidationError("材料已被别人改过，请返回刷新后重新修改。")
        return None if rows == stored else rows

    def clean(self):
        data = super().clean()
        self._check_days(data)
        if self.instance.pk and is_used(self.instance):
            self._keep_as_used(data)
        if data.get("item") and data.get("starts_on") and not self.errors:
            self._check_spell(data["item"], data["starts_on"], data.get("ends_on"))
        return data

    def _check_days(self, data):
        kind, promised, legal = (data.get(n) for n in ("kind", "promised_days", "legal_days"))
        if kind is None or promised is None:
            return
        if kind == CaseKind.ON_SPOT and promised:
            self.add_error("promised_days", "即办件当场办结，承诺时限填 0。")
        elif kind != CaseKind.ON_SPOT and promised < 1:
            self.add_error("promised_days", "请填写承诺时限，至少 1 个工作日；即办件才填 0。")
        elif legal is not None and promised > legal:
            self.add_error("promised_days", f"承诺时限不能长于法定时限（{legal} 个工作日）。")

    def _keep_as_used(self, data):
        for name in self.changed_data:
            changed = name != "material_rows" or data.get(name) is not None
            if name not in FREE and changed and name not in self.errors:
                self.add_error(name, USED)

    def _check_spell(self, item, starts_on, ends_on):
        """The exclusion constraint as the clerk reads it; a new version ends the open former one."""
        if item.closed_on and starts_on > item.closed_on:
            self.add_error("starts_on", f"这个事项{item.closed_on}已停办。")
        others = ItemVersion.objects.kept().filter(item=item).exclude(pk=self.instance.pk)
        former = None if self.instance.pk else open_former(item, starts_on)
        for other in others:
            last = starts_on - DAY if former and other.pk == former.pk else other.ends_on
            apart = (last and last < starts_on) or (ends_on and other.starts_on > ends_on)
            if not apart:
                until = f"至{other.ends_on}" if other.ends_on else "起"
                self.add_error("starts_on", f"这个事项{other.starts_on}{until}已有一个版本。")
                return
        try:
            if former:
                refuse_before_cases(former, starts_on - DAY, "starts_on")
            if self.instance.pk and ends_on:
                refuse_before_cases(self.instance, ends_on, "ends_on")
        except ValidationError as error:
            self.add_error(None, error)

    def check_record(self):
        """All constraints but that of overlaps, which _check_spell told at its field."""
        try:
            self.instance.validate_constraints(exclude={"recorded_by", "deleted_by", "item"})
        except ValidationError as error:
            self._update_errors(error)


class MaterialForm(OfItemForm):
    """One material by itself, as a file brings it; not for a version that cases began with."""

    kept_at = "version_of_item"

    def clean(self):
        data = super().clean()
        version = data.get("version_of_item")
        if version is not None and self.has_changed() and is_used(version):
            self.add_error("version_of_item", USED)
        return data


class RenewForm(GuidedForm):
    """From when the new version holds, and whether it is public at once."""

    starts_on = DayField(label="新版本施行日期", help_text="现行版本在前一天失效。")
    published_on = DayField(label="公开日期", required=False, help_text="不填则改好后再公开。")

    def __init__(self, *args, version, **kwargs):
        super().__init__(*args, rows=[version], **kwargs)
        self.version = version
        self.lay_out(("starts_on", "published_on"))


class CloseForm(GuidedForm):
    """The last day on which the item is taken."""

    closed_on = DayField(label="停办日期", help_text="当天仍受理，第二天起不再受理。")

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, rows=[item], **kwargs)
        self.item = item
        self.fields["closed_on"].initial = timezone.localdate()

    def sentences(self):
        return [
            f"“{self.item}”受理到{chinese_day(self.cleaned_data['closed_on'])}为止，现行版本同日失效；",
            "公开页面不再列出这个事项，已受理的办件照常办完。",
        ]


class SeedForm(GuidedForm):
    starts_on = DayField(label="施行日期", help_text="从哪天起按这些事项受理，一般填年初。")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = date(timezone.localdate().year, 1, 1)


class PublishForm(GuidedForm):
    published_on = DayField(label="公开日期")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["published_on"].initial = timezone.localdate()

"""Forms of groups of communities."""

from django import forms

from portal.accounts.forms import UnitChoice
from portal.guided import GuidedForm
from portal.ledgers.fields import CleanCharField
from portal.models import Unit, UnitGroup
from portal.models.units import UnitKind
from portal.scope import below
from reports.permissions import grouping_units


class MembersField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class GroupForm(GuidedForm):
    """A new group, or a changed one; the street is asked for only where there are several."""

    unit = UnitChoice(label="所属街道", queryset=Unit.objects.none(), empty_label="请选择")
    name = CleanCharField(
        label="名称", min_length=2, max_length=60, help_text="如：东片区、滨河联合党委。"
    )
    members = MembersField(
        label="社区",
        queryset=Unit.objects.none(),
        error_messages={"required": "请至少选择一个社区。"},
    )

    def __init__(self, *args, by, group: UnitGroup | None = None, **kwargs):
        rows, initial = (), {}
        if group is not None:
            rows = (group,)
            initial = {"unit": group.unit_id, "name": group.name, "members": group.members}
        super().__init__(*args, rows=rows, initial=initial, **kwargs)
        streets = list(grouping_units(by).select_related("parent"))
        reach = below([group.unit_id] if group else streets)
        self.fields["members"].queryset = Unit.objects.filter(
            pk__in=reach, kind=UnitKind.COMMUNITY, valid_to__isnull=True
        ).order_by("code")
        self.fields["unit"].queryset = grouping_units(by).select_related("parent")
        self.only_unit = group.unit if group else streets[0] if len(streets) == 1 else None
        if self.only_unit:
            del self.fields["unit"]

    @property
    def chosen_unit(self) -> Unit:
        return self.only_unit or self.cleaned_data["unit"]


class RemoveGroupForm(GuidedForm):
    def __init__(self, *args, group: UnitGroup, **kwargs):
        super().__init__(*args, rows=[group], **kwargs)
        self.group = group

    def sentences(self):
        return [f"社区组“{self.group}”停用，不能再按它起草总结；以前签发的总结不变。"]

"""Groups of communities, for those who draft a street's summaries."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.guided import GuidedView
from portal.marks import needs
from portal.models import Unit, UnitGroup
from portal.scope import Denied
from reports.group_forms import GroupForm, RemoveGroupForm
from reports.permissions import drafting_groups, grouping_units
from reports.services.groups import remove_group, save_group


@needs("summaries.draft")
def group_list(request):
    """Each group with its communities."""
    groups = list(drafting_groups(request.user).order_by("unit__code", "name"))
    units = Unit.objects.filter(pk__in={pk for group in groups for pk in group.members})
    names = {unit.pk: unit.name for unit in units.order_by("code")}
    rows = [
        {"group": group, "members": [name for pk, name in names.items() if pk in group.members]}
        for group in groups
    ]
    may_add = grouping_units(request.user).exists()
    return render(request, "reports/groups.html", {"rows": rows, "may_add": may_add})


class GroupGuide(GuidedView):
    group = None

    def dispatch(self, request, *args, **kwargs):
        if not grouping_units(request.user).exists():
            raise Denied("社区组由街道起草总结的人员维护。")
        if "pk" in kwargs:
            self.group = get_object_or_404(drafting_groups(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def context(self):
        return {
            "above_url": reverse("summary-list"),
            "above_title": "工作总结",
            "parent_url": reverse("group-list"),
            "parent_title": "社区组",
        }

    def done(self, form, result):
        messages.success(self.request, f"{self.title}：{result or self.group}。")
        return redirect("group-list")


class GroupSave(GroupGuide):
    button = "保存"

    @property
    def title(self):
        return "修改社区组" if self.group else "新建社区组"

    def form(self, data=None):
        return GroupForm(data, by=self.request.user, group=self.group)

    def perform(self, form):
        group = form.as_loaded(self.group) if self.group else UnitGroup()
        return save_group(
            group,
            unit=form.chosen_unit,
            name=form.cleaned_data["name"],
            members=form.cleaned_data["members"],
            by=self.request.user,
        )


class GroupRemove(GroupGuide):
    title, button, confirms = "停用社区组", "停用", True

    def form(self, data=None):
        return RemoveGroupForm(data, group=self.group)

    def perform(self, form):
        remove_group(form.as_loaded(self.group), by=self.request.user)


_drafting = needs("summaries.draft")
group_create = _drafting(GroupSave.as_view())
group_edit = _drafting(GroupSave.as_view())
group_remove = _drafting(GroupRemove.as_view())

"""辅具目录: the catalogue of assistive devices and its main classes, the same for all units."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from disability.forms.devices import ClassForm, KindForm
from disability.models import DeviceClass, DeviceKind
from disability.services.devices import save_class, save_kind
from portal.guided import GuidedView
from portal.marks import needs

PERMISSION = "device_kinds.manage"
KIND = ("name", "family", "use", "measure", "low_mark", "is_returnable", "needs_training")
CLASS = ("code", "name", "edition")


@needs(PERMISSION)
def kind_list(request):
    """All main classes with their devices."""
    kinds = DeviceKind.objects.order_by("is_retired", "name")
    classes = DeviceClass.objects.order_by("code", "edition").prefetch_related(
        Prefetch("kinds", kinds)
    )
    return render(request, "disability/device_kinds.html", {"classes": classes})


class CatalogueView(GuidedView):
    """One entry, new or changed."""

    button = "保存"

    def context(self):
        return {"parent_url": reverse("device-kind-list"), "parent_title": "辅具目录"}

    def done(self, form, result):
        messages.success(self.request, f"已保存“{result}”。")
        return redirect("device-kind-list")


class KindAdd(CatalogueView):
    title = "新增辅具"

    def form(self, data=None):
        return KindForm(data, initial={"family": self.request.GET.get("family")})

    def perform(self, form):
        return save_kind(None, **form.cleaned_data)


class KindEdit(CatalogueView):
    title = "修改辅具"

    def form(self, data=None):
        kind = get_object_or_404(DeviceKind, pk=self.kwargs["pk"])
        initial = {name: getattr(kind, name) for name in (*KIND, "is_retired")}
        return KindForm(data, kind=kind, initial=initial)

    def perform(self, form):
        return save_kind(form.kind, **form.cleaned_data)


class ClassAdd(CatalogueView):
    title = "新增大类"

    def form(self, data=None):
        return ClassForm(data)

    def perform(self, form):
        return save_class(None, **form.cleaned_data)


class ClassEdit(CatalogueView):
    title = "修改大类"

    def form(self, data=None):
        family = get_object_or_404(DeviceClass, pk=self.kwargs["pk"])
        initial = {name: getattr(family, name) for name in CLASS}
        return ClassForm(data, family=family, initial=initial)

    def perform(self, form):
        return save_class(form.family, **form.cleaned_data)


kind_add = needs(PERMISSION)(KindAdd.as_view())
kind_edit = needs(PERMISSION)(KindEdit.as_view())
class_add = needs(PERMISSION)(ClassAdd.as_view())
class_edit = needs(PERMISSION)(ClassEdit.as_view())

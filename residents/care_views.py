"""关爱类别: the table of care kinds, the same for the whole street office."""

from django.contrib import messages
from django.db.models import Exists, Max, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from portal.guided import GuidedForm, GuidedView
from portal.marks import needs
from residents.care_forms import CareKindForm
from residents.models import CareKind, CareTag
from residents.services import remove_care_kind, save_care_kind

PERMISSION = "care_kinds.manage"


@needs(PERMISSION)
def kind_list(request):
    """All kinds; which of them were ever given to somebody in sight."""
    kinds = CareKind.objects.annotate(is_used=Exists(CareTag.objects.filter(kind=OuterRef("pk"))))
    return render(request, "residents/care_kinds.html", {"kinds": kinds})


class KindView(GuidedView):
    def context(self):
        return {"parent_url": reverse("care-kind-list"), "parent_title": "关爱类别"}

    def kind(self):
        return get_object_or_404(CareKind, pk=self.kwargs["pk"])

    def done(self, form, result):
        messages.success(self.request, self.told(result))
        return redirect("care-kind-list")


class KindAdd(KindView):
    title, button = "新增关爱类别", "保存"

    def form(self, data=None):
        last = CareKind.objects.aggregate(last=Max("ordinal"))["last"] or 0
        return CareKindForm(data, initial={"ordinal": last + 10})

    def perform(self, form):
        return save_care_kind(None, **form.cleaned_data)

    def told(self, kind):
        return f"已新增“{kind}”。"


class KindEdit(KindView):
    title, button = "修改关爱类别", "保存"

    def form(self, data=None):
        kind = self.kind()
        initial = {name: getattr(kind, name) for name in ("name", "ordinal", "is_retired")}
        return CareKindForm(data, kind=kind, initial=initial)

    def perform(self, form):
        return save_care_kind(form.kind, **form.cleaned_data)

    def told(self, kind):
        return f"已保存“{kind}”。"


class KindDelete(KindView):
    """A kind that nobody ever had; one in use can only be retired."""

    button = "删除"

    @property
    def title(self):
        return f"删除“{self.kind()}”"

    def form(self, data=None):
        return GuidedForm(data)

    def context(self):
        return super().context() | {
            "explanation": "只有从未认定过的类别可以删除；认定过的请在“修改”中停用。"
        }

    def perform(self, form):
        return remove_care_kind(self.kind())

    def told(self, name):
        return f"已删除“{name}”。"


kind_add = needs(PERMISSION)(KindAdd.as_view())
kind_edit = needs(PERMISSION)(KindEdit.as_view())
kind_delete = needs(PERMISSION)(KindDelete.as_view())

"""补贴种类: the kinds with their rules, the same for the whole street office."""

from django.contrib import messages
from django.db.models import Exists, Max, OuterRef
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from disability.forms.subsidy_pages import SubsidyKindForm
from disability.models import Subsidy, SubsidyKind
from disability.selectors.subsidies import told_levels, told_tags
from disability.services.subsidy_kinds import remove_kind, save_kind
from portal.guided import GuidedForm, GuidedView
from portal.marks import needs

PERMISSION = "care_kinds.manage"
KEPT = (
    "name", "ordinal", "is_due", "needs_certificate", "levels", "also", "needs_tags",
    "excluded_tags", "is_retired",
)  # fmt: skip


def told_rule(kind) -> list[str]:
    """The rule in words, a line for each thing that it asks."""
    lines = ["须持有效残疾人证"] if kind.needs_certificate else []
    if kind.levels or kind.also:
        lines.append(f"残疾等级：{told_levels(kind)}")
    if kind.needs_tags:
        lines.append(f"须是{told_tags(kind.needs_tags)}对象")
    if kind.excluded_tags:
        lines.append(f"不得是{told_tags(kind.excluded_tags)}对象")
    return lines


@needs(PERMISSION)
def kind_list(request):
    """All kinds; which of them anybody in sight ever drew."""
    drawn = Exists(Subsidy.objects.filter(kind=OuterRef("pk")))
    kinds = SubsidyKind.objects.annotate(is_used=drawn)
    rows = [{"kind": kind, "rule": told_rule(kind)} for kind in kinds]
    return render(request, "disability/subsidy_kinds.html", {"rows": rows})


class KindView(GuidedView):
    def context(self):
        return {"parent_url": reverse("subsidy-kind-list"), "parent_title": "补贴种类"}

    def kind(self):
        return get_object_or_404(SubsidyKind, pk=self.kwargs["pk"])

    def done(self, form, result):
        messages.success(self.request, self.told(result))
        return redirect("subsidy-kind-list")


class KindAdd(KindView):
    title, button = "新增补贴种类", "保存"

    def form(self, data=None):
        last = SubsidyKind.objects.aggregate(last=Max("ordinal"))["last"] or 0
        initial = {"ordinal": last + 10, "needs_certificate": True}
        return SubsidyKindForm(data, initial=initial)

    def perform(self, form):
        return save_kind(None, **form.cleaned_data)

    def told(self, kind):
        return f"已新增“{kind}”。"


class KindEdit(KindView):
    title, button = "修改补贴种类", "保存"

    def form(self, data=None):
        kind = self.kind()
        initial = {name: getattr(kind, name) for name in KEPT}
        return SubsidyKindForm(data, kind=kind, initial=initial)

    def perform(self, form):
        return save_kind(form.kind, **form.cleaned_data)

    def told(self, kind):
        return f"已保存“{kind}”。"


class KindDelete(KindView):
    """A kind that nobody ever drew; one in use can only be retired."""

    button = "删除"

    @property
    def title(self):
        return f"删除“{self.kind()}”"

    def form(self, data=None):
        return GuidedForm(data)

    def context(self):
        return super().context() | {
            "explanation": "只有从未有人享受过的种类可以删除；其他的请在“修改”中停用。"
        }

    def perform(self, form):
        return remove_kind(self.kind())

    def told(self, name):
        return f"已删除“{name}”。"


kind_add = needs(PERMISSION)(KindAdd.as_view())
kind_edit = needs(PERMISSION)(KindEdit.as_view())
kind_delete = needs(PERMISSION)(KindDelete.as_view())

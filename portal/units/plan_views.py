"""The plan of a street's communities or a community's grids: shown, uploaded after a look, removed."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.charts import Series
from portal.marks import needs
from portal.models import UnitOutline
from portal.units import outlines
from portal.units.geojson import BYTES
from portal.units.plans import outline_of, plan
from portal.units.views import units_in_reach

SALT, SECONDS = "portal.units.outlines", 3600
EXPIRED = "预览已过期或不完整，请重新上传。"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="GeoJSON 文件",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".geojson,.json,application/geo+json,application/json"}
        ),
        error_messages={"empty": "文件是空的，请重新导出。"},
    )

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean_file(self):
        """The outlines by unit."""
        file = self.cleaned_data["file"]
        # One byte more than may be is enough to refuse it.
        return outlines.matched(self.unit, file.read(BYTES + 1))


def _unit(request, pk):
    unit = get_object_or_404(units_in_reach(request.user).select_related("parent"), pk=pk)
    if unit.kind not in outlines.DRAWN:
        raise Http404
    return unit


@needs("units.manage")
def unit_plan(request, pk):
    """The plan as it is; posted a file, a look at what it would be; posted again, stored."""
    unit = _unit(request, pk)
    if request.method != "POST":
        return _shown(request, unit, UploadForm(unit=unit))
    if "checked" in request.POST:
        return _store(request, unit)
    form = UploadForm(request.POST, request.FILES, unit=unit)
    if not form.is_valid():
        return _shown(request, unit, form)
    found = form.cleaned_data["file"]
    return _shown(request, unit, form, found)


def _store(request, unit):
    form = UploadForm({}, {}, unit=unit)
    form.errors.clear()
    try:
        outlines.store_outlines(unit, _read(request, unit), by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return _shown(request, unit, form)
    messages.success(request, f"已保存“{unit}”的平面图。")
    return redirect("unit-plan", pk=unit.pk)


def _read(request, unit) -> dict:
    try:
        parent, found = signing.loads(request.POST["checked"], salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        raise ValidationError(EXPIRED) from None
    if parent != unit.pk:
        raise ValidationError(EXPIRED)
    return {pk: outline_of(polygons) for pk, polygons in found}


def _shown(request, unit, form, found=None):
    """With ``found``, the preview of what would be stored."""
    units = outlines.below(unit)
    context = {"unit": unit, "form": form, "units": units, "kind": _below_is(unit)}
    if units:
        chart = plan(
            f"{unit}平面图",
            [(each.pk, each.name) for each in units],
            Series("序号", tuple(range(1, len(units) + 1))),
            subtitle="每块上的数是序号",
        )
        context["chart"] = chart
        context["uploaded"] = UnitOutline.objects.filter(unit__parent=unit).first()
    if found:
        context["preview"] = plan(
            "预览",
            [(each.pk, each.name) for each in units],
            Series("序号", tuple(range(1, len(units) + 1))),
            subtitle="请核对每块的名称和位置，保存前没有任何改动",
            drawn=[found[each.pk] for each in units],
        )
        kept = [unit.pk, [(pk, outline.polygons) for pk, outline in found.items()]]
        context["checked"] = signing.dumps(kept, salt=SALT, compress=True)
    return render(request, "units/unit_plan.html", context)


def _below_is(unit) -> str:
    return "社区" if unit.kind == "street" else "网格"


@needs("units.manage")
@require_POST
def unit_plan_remove(request, pk):
    unit = _unit(request, pk)
    try:
        outlines.remove_outlines(unit, by=request.user)
        messages.success(request, f"已删除“{unit}”上传的轮廓，平面图改为示意方块。")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("unit-plan", pk=unit.pk)

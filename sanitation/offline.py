"""What inspectors and keepers of cleaners enter on the phone without network."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from portal.ledgers.fields import sent_id
from portal.ledgers.registry import ledgers
from portal.offline.declare import Kind, Slip, register
from portal.scope import access_of
from sanitation.forms.cleaners import AttendMany
from sanitation.forms.field import FindingForm
from sanitation.models import CleanerAttendance, Finding
from sanitation.selectors.field import editable, found_page
from sanitation.services.cleaners import attend
from sanitation.workflow import EDIT

GONE = "这次检查已被删除，或不在您的工作范围内。"
NO_TRAINING = "没有找到这次培训，可能已被删除，或不在您的工作范围内。"
RECENT = timedelta(days=14)
MOST_TRAININGS = 6


# --- findings -----------------------------------------------------------------------------------
def finding_form(data, files, *, user):
    rows = editable(user).select_related("community", "unit", "rubric")
    inspection = rows.filter(pk=sent_id(data.get("inspection", ""))).first()
    if inspection is None:
        raise ValidationError(GONE)
    return FindingForm(data, files, inspection=inspection)


def save_finding(form, *, by):
    return form.store(by=by)


def list_found(entry, request) -> dict:
    """The list of findings as it is now, for the page of the inspection."""
    finding = Finding.objects.select_related("inspection").get(pk=entry.subject_id)
    context = found_page(finding.inspection)
    return {"found": render_to_string("sanitation/_found.html", context, request)}


# --- trainings of cleaners ----------------------------------------------------------------------
def trainings(user):
    rows = ledgers["cleaner-trainings"].queryset(user)
    return rows.filter(unit__in=access_of(user).units(EDIT))


def roll_form(data, files, *, user):
    training = trainings(user).filter(pk=sent_id(data.get("training", ""))).first()
    if training is None:
        raise ValidationError(NO_TRAINING)
    form = AttendMany(data, training=training, user=user)
    form.training = training
    form.hidden_names = ("training",)
    return form


def save_roll(form, *, by):
    data = form.cleaned_data
    if not data["cleaners"]:
        raise ValidationError({"cleaners": "请至少勾选一人。"})
    attend(form.training, data["cleaners"], passed=data["passed"], by=by)
    rows = CleanerAttendance.objects.kept().filter(activity=form.training)
    return rows.filter(cleaner=data["cleaners"][0]).get()


def roll_slips(user):
    """The trainings of the last fortnight, the newest first."""
    today = timezone.localdate()
    rows = trainings(user).filter(occurred_on__range=(today - RECENT, today))
    found = []
    for row in rows.select_related("unit").order_by("-occurred_on", "-pk")[:MOST_TRAININGS]:
        form = AttendMany(training=row, user=user, auto_id=f"id_{row.pk}_%s")
        form.helper.include_media = False  # the page brings the scripts of all slips
        title = f"{row.title}（{row.occurred_on:%-m月%-d日}）"
        found.append(Slip(title, form, [("training", row.pk)], some=True))
    return found


register(
    Kind(
        "finding",
        "检查",
        "walk",
        "开始检查，点选问题、拍照",
        EDIT,
        finding_form,
        save_finding,
        page="field-start",
        scripts=("js/field.js",),
        told=list_found,
        place=20,
    ),
    Kind(
        "cleaner-training",
        "保洁员考勤",
        "users",
        "参加培训的保洁员点名",
        EDIT,
        roll_form,
        save_roll,
        slips=roll_slips,
        nothing="最近两周没有登记保洁员培训；请先在“保洁员培训”中登记。",
        place=50,
    ),
)

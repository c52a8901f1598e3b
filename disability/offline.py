"""Attendance in programmes, noted on the phone without network."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from disability.forms.phone import RollCallForm
from disability.models import Attendance, Programme
from disability.selectors.programmes import enrolled_between
from disability.services.programme_marks import store_attendance
from portal.ledgers.fields import sent_id
from portal.offline.declare import Kind, Slip, register
from portal.scope import access_of

EDIT = "disability.edit"
GONE = "没有找到这个活动项目，可能已被删除，或不在您的工作范围内。"
BACK, AHEAD = timedelta(days=7), timedelta(days=1)  # whom a page names that is used later


def programmes(user):
    return Programme.objects.kept().filter(unit__in=access_of(user).units(EDIT))


def roll_form(data, files, *, user):
    programme = programmes(user).filter(pk=sent_id(data.get("programme", ""))).first()
    if programme is None:
        raise ValidationError(GONE)
    enrolments = programme.enrolments.kept().select_related("resident")
    return RollCallForm(data, programme=programme, enrolments=enrolments)


def save_roll(form, *, by):
    changes = form.changes()
    store_attendance(form.programme, changes, by=by)
    first = changes[0]
    return Attendance.objects.kept().get(enrolment=first.enrolment, occurred_on=first.day)


def roll_slips(user):
    today = timezone.localdate()
    found = []
    for programme in programmes(user).in_force(today).order_by("name", "pk"):
        people = list(enrolled_between(programme, today - BACK, today + AHEAD))
        if people:
            auto_id = f"id_{programme.pk}_%s"
            form = RollCallForm(programme=programme, enrolments=people, auto_id=auto_id)
            found.append(Slip(programme.name, form, [("programme", programme.pk)], some=True))
    return found


register(
    Kind(
        "attendance",
        "考勤",
        "clipboard-check",
        "阳光之家等活动项目点名",
        EDIT,
        roll_form,
        save_roll,
        slips=roll_slips,
        nothing="没有正在开办且有人入托的活动项目。",
        place=40,
    )
)

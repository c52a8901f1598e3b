"""A leader checks volunteers in on the phone without network."""

from portal.offline.declare import Kind, Slip, register
from volunteers.enums.hours import RecordManner
from volunteers.forms.phone import CheckInForm
from volunteers.services.hours import check_in
from volunteers.workflow import EDIT


def check_in_form(data, files, *, user):
    return CheckInForm(data, user=user)


def save_check_in(form, *, by):
    said = form.cleaned_data
    return check_in(
        said["shift"], said["volunteer"], manner=RecordManner.LEADER, by=by, at=said["came_at"]
    )


def slips(user):
    form = CheckInForm(user=user)
    return [Slip("签到", form)] if form.fields["shift"].queryset else []


register(
    Kind(
        "check-in",
        "签到",
        "clipboard-list",
        "志愿活动现场签到",
        EDIT,
        check_in_form,
        save_check_in,
        slips=slips,
        nothing="昨天到后天没有班次；请先在“志愿活动”中安排班次。",
        place=30,
    )
)

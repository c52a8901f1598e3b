"""Forms of organisations and their members."""

from django import forms
from django.utils import timezone

from portal.guided import GuidedForm
from portal.ledgers.fields import DayField
from portal.ledgers.forms import NOT_CHOSEN, LedgerForm
from volunteers.enums.organisations import OrgKind
from volunteers.forms.ticks import VolunteersField, present_volunteers
from volunteers.models import VolunteerOrg
from volunteers.selectors.volunteers import orgs_on
from volunteers.services.organisations import faults_of_membership, faults_of_org


def refuse(form, faults) -> None:
    for name, message in faults.items():
        form.add_error(name if name in form.fields else None, message)


class OrgForm(LedgerForm):
    """Keeps the levels of the tree in their order, and the tree without a circle."""

    def check_record(self):
        org = self.instance
        if org.founded_on > timezone.localdate():
            self.add_error("founded_on", "成立日期不能晚于今天。")
        if org.kind == OrgKind.GROUP and org.parent is None:
            self.add_error("parent", "小组请选择所属的服务队。")
        refuse(self, faults_of_org(org))
        if not self.errors:
            super().check_record()


class MembershipForm(LedgerForm):
    def check_record(self):
        refuse(self, faults_of_membership(self.instance))
        if not self.errors:
            super().check_record()


class AddMembersForm(GuidedForm):
    """Several volunteers join one organisation on one day."""

    org = forms.ModelChoiceField(
        VolunteerOrg.objects.none(),
        label="加入哪个组织",
        empty_label=NOT_CHOSEN,
        error_messages={"required": "请选择组织。", "invalid_choice": "请选择组织。"},
    )
    day = DayField(label="加入日期", error_messages={"required": "请填写加入日期。"})

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["org"].queryset = orgs_on(today, VolunteerOrg.objects.visible_to(user))
        self.fields["day"].initial = today
        self.fields["people"] = VolunteersField(rows=present_volunteers(user), label="加入的志愿者")
        self.lay_out(("org", "day"))

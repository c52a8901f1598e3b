"""Guided acts on volunteers: leaving; several into a team, a training, an insurance."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedForm, GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from volunteers.forms.around import InsureManyForm, TrainManyForm
from volunteers.forms.leaving import LeaveForm
from volunteers.forms.organisations import AddMembersForm
from volunteers.models import Volunteer, VolunteerInsurance, VolunteerTraining
from volunteers.services.many import record_for_each
from volunteers.services.organisations import add_members
from volunteers.services.volunteers import leave, renew_link

EDIT = "volunteers.edit"


class OneView(GuidedView):
    """An act on one volunteer, from their page and back to it."""

    explanation = told = ""
    form_class = None

    def dispatch(self, request, *args, **kwargs):
        rows = Volunteer.objects.visible_to(request.user).select_related("resident", "unit")
        self.volunteer = get_object_or_404(rows, pk=kwargs["pk"])
        access_of(request.user).check(EDIT, self.volunteer.unit_id)
        if request.method == "GET" and self.volunteer.left_on:
            messages.info(request, f"已于 {self.volunteer.left_on} 退出。")
            return redirect(ledgers["volunteers"].url("detail", self.volunteer))
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return self.form_class(data, rows=[self.volunteer])

    def context(self):
        ledger = ledgers["volunteers"]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.volunteer),
            "parent_title": self.volunteer.called,
            "explanation": self.explanation,
        }

    def done(self, form, result):
        messages.success(self.request, self.told.format(result.called))
        return redirect(ledgers["volunteers"].url("detail", result))


class LeaveView(OneView):
    title = button = "退出志愿服务"
    form_class, told = LeaveForm, "{}已退出。"
    explanation = "退出后从各队伍中退出，以后的报名取消，记录和时长保留；以后可以重新加入。"

    def perform(self, form):
        data = form.cleaned_data
        row = form.as_loaded(self.volunteer)
        return leave(row, data["left_on"], data["leaving_reason"], by=self.request.user)


class RenewLinkView(OneView):
    title = button = "作废旧证"
    form_class, told = GuidedForm, "{}旧证上的二维码和查询码已作废，请打印新证。"
    explanation = (
        "志愿者证丢了，或查询码被别人知道了：旧证上的二维码和查询码作废，记住过的手机也要重新进入；"
        "随后请打印新证交给本人。"
    )

    def perform(self, form):
        return renew_link(form.as_loaded(self.volunteer), by=self.request.user)


class ManyView(GuidedView):
    """The same for several volunteers, from above a list and back to it."""

    slug = told = ""
    form_class = None

    def form(self, data=None):
        return self.form_class(data, user=self.request.user)

    def context(self):
        ledger = ledgers[self.slug]
        return {"parent_url": ledger.url(), "parent_title": ledger.title}

    def done(self, form, result):
        messages.success(self.request, f"已登记 {len(result)} 人{self.told}。")
        return redirect(ledgers[self.slug].url())


class JoinOrgView(ManyView):
    title, button, slug, told = "多人加入组织", "加入", "org-memberships", "加入组织"
    form_class = AddMembersForm

    def perform(self, form):
        data = form.cleaned_data
        return add_members(data["org"], data["people"], data["day"], by=self.request.user)


class TrainView(ManyView):
    title, button, slug, told = "多人培训", "登记", "volunteer-trainings", "参加培训"
    form_class = TrainManyForm

    def perform(self, form):
        people, values = form.cleaned_data["people"], form.values()
        return record_for_each(VolunteerTraining, people, values, by=self.request.user)


class InsureView(ManyView):
    title, button, slug, told = "多人投保", "登记", "volunteer-insurances", "的保险"
    form_class = InsureManyForm

    def perform(self, form):
        people, values = form.cleaned_data["people"], form.values()
        return record_for_each(VolunteerInsurance, people, values, by=self.request.user)


leave_view = needs(EDIT)(LeaveView.as_view())
renew_link_view = needs(EDIT)(RenewLinkView.as_view())
join_org = needs(EDIT)(JoinOrgView.as_view())
train = needs(EDIT)(TrainView.as_view())
insure = needs(EDIT)(InsureView.as_view())

"""Pages of the register that are no ledger's."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import access_of
from residents.service_forms import PushForm
from residents.services import push_job


class PushView(GuidedView):
    """Tell many residents of one post on one page; what will be noted is shown before it is."""

    title, button = "推送给居民", "登记推送"
    confirms = True

    @cached_property
    def ledger(self):
        return ledgers["job-infos"]

    @cached_property
    def info(self):
        info = get_object_or_404(self.ledger.queryset(self.request.user), pk=self.kwargs["pk"])
        access_of(self.request.user).check(self.ledger.edit_permission, info.unit_id)
        return info

    def form(self, data=None):
        return PushForm(data, info=self.info, user=self.request.user)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.info),
            "parent_title": str(self.info),
            "explanation": f"{self.info}，招 {self.info.wanted} 人。",
        }

    def perform(self, form):
        data = form.cleaned_data
        return push_job(
            self.info,
            data["people"],
            occurred_on=data["occurred_on"],
            mode=data["mode"],
            pusher=data["pusher"],
            by=self.request.user,
        )

    def done(self, form, result):
        noted, before = result
        text = f"已登记推送给 {noted} 人。" + (f"另有 {before} 人当天已登记过。" if before else "")
        messages.success(self.request, text)
        return redirect(self.ledger.url("detail", self.info))


job_push = needs("residents.edit")(PushView.as_view())

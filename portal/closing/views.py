"""The list of closed periods, closing one, opening one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.closing import services
from portal.closing.forms import CloseForm, OpenForm
from portal.closing.selectors import closed_of
from portal.guided import GuidedView
from portal.marks import needs
from portal.scope import access_of

PAGE_SIZE = 50


@needs("figures.view")
def closed_periods(request):
    rows = closed_of(request.user)
    access = access_of(request.user)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", "1"))
    for row in page.object_list:
        row.may_open = row.opened_at is None and access.may(services.MAY_OPEN, row.unit_id)
    context = {"page": page, "may_close": access.may(services.MAY_CLOSE)}
    return render(request, "closing/list.html", context)


class ClosePeriod(GuidedView):
    title, button, confirms = "关账", "关账", True

    def form(self, data=None):
        return CloseForm(data, user=self.request.user)

    def context(self):
        return {
            "parent_url": reverse("closed-periods"),
            "parent_title": "关账",
            "explanation": "总结上报以后关账，已经上报的数字就不会在不知不觉中变化。",
        }

    def perform(self, form):
        chosen = form.cleaned_data
        return services.close(
            chosen["unit"], form.chosen, note=chosen["note"], by=self.request.user
        )

    def done(self, form, result):
        messages.success(self.request, f"{form.chosen.label}已关账，共 {len(result)} 个单位。")
        return redirect("closed-periods")


class OpenPeriod(GuidedView):
    title, button = "解锁", "解锁"

    @property
    def row(self):
        row = closed_of(self.request.user).filter(pk=self.kwargs["pk"], opened_at=None).first()
        if row is None:
            raise Http404
        access_of(self.request.user).check(services.MAY_OPEN, row.unit_id)
        return row

    def form(self, data=None):
        self.kept = self.row
        return OpenForm(data, row=self.kept)

    def context(self):
        row = self.kept
        return {
            "parent_url": reverse("closed-periods"),
            "parent_title": "关账",
            "explanation": f"{row.unit}{row.period.label}解锁后，这段时间的记录又可以直接修改。",
        }

    def perform(self, form):
        row = form.as_loaded(self.kept)
        services.open_again(row, reason=form.cleaned_data["reason"], by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已解锁。")
        return redirect("closed-periods")


period_close = needs(services.MAY_CLOSE)(ClosePeriod.as_view())
period_open = needs(services.MAY_OPEN)(OpenPeriod.as_view())

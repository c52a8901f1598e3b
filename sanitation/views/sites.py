"""收支公示: the accounts of a site, on the screen and on paper; noting since when they hang out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from portal.guided import GuidedView
from portal.ledgers.filters import parsed_period, period_choices
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.response import pdf_response
from portal.periods import Period
from portal.scope import access_of, current_scope
from sanitation.forms.sites import PostForm
from sanitation.selectors.sites import statement, until
from sanitation.services.sites import post_accounts
from sanitation.workflow import EDIT

VIEW = "sanitation.view"


def site_of(request, pk):
    return get_object_or_404(ledgers["demo-sites"].queryset(request.user), pk=pk)


def asked_period(request) -> tuple[str, Period, str]:
    """The key, the days and the words; all days up to today where none is asked."""
    key, today = request.GET.get("period", ""), timezone.localdate()
    period = parsed_period(key)
    if period is None or period.start > today:
        return "", until(today), f"截至{today.year}年{today.month}月{today.day}日"
    return key, Period(period.start, min(period.end, today)), period.label


@needs(VIEW)
def accounts(request, pk):
    site = site_of(request, pk)
    key, period, label = asked_period(request)
    ledger = ledgers["demo-sites"]
    may = access_of(request.user).may(EDIT, site.unit_id)
    query = f"?period={key}" if key else ""
    context = {
        "site": site,
        "title": f"{site}收支公示",
        "told": statement(site, period),
        "key": key,
        "label": label,
        "periods": period_choices(key),
        "list_url": ledger.url(),
        "ledger": ledger,
        "site_url": ledger.url("detail", site),
        "funds": ledgers["fund-entries"],
        "paper_url": reverse("site-accounts-paper", args=[site.pk]) + query,
        "post_url": reverse("site-accounts-post", args=[site.pk]) if may else "",
        "add_url": f"{ledgers['fund-entries'].url('add')}?site={site.pk}" if may else "",
    }
    return render(request, "sanitation/accounts.html", context)


@writing_get
@needs(VIEW)
def accounts_paper(request, pk):
    """Names of those who paid stand on it as on the wall of the village, so each print is logged."""
    site = site_of(request, pk)
    _, period, label = asked_period(request)
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=site._meta.label_lower,
        subject_id=site.pk,
        unit_id=site.unit_id if site.unit_id in current_scope().units else None,
        field="accounts",
    )
    context = {
        "site": site,
        "told": statement(site, period),
        "label": label,
        "today": timezone.localdate(),
    }
    data = render_substituted("sanitation/papers/accounts.html", context, base="papers")
    return pdf_response(data, f"{site}收支公示", inline=True)


class PostView(GuidedView):
    title, button = "登记公示", "登记"

    @cached_property
    def site(self):
        return site_of(self.request, self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        access_of(request.user).check(EDIT, self.site.unit_id)
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return PostForm(data)

    def context(self):
        ledger = ledgers["demo-sites"]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.site),
            "parent_title": self.site.name,
            "explanation": "先打印收支公示，在公示栏张贴，再在这里登记从哪天起公示。",
        }

    def perform(self, form):
        return post_accounts(self.site, form.cleaned_data["posted_on"], by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"{result} 笔收支已登记公示。")
        return redirect("site-accounts", pk=self.site.pk)


post_view = needs(EDIT)(PostView.as_view())

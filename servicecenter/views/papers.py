"""Papers of cases as PDF; each print is logged, because it holds personal data."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from portal import masks
from portal.figures import engine
from portal.guided import GuidedView
from portal.ledgers.registry import ledger_for
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog, last_serial
from portal.numerals import DIGITS
from portal.pdf import render_substituted
from portal.pdf.qr import qr_uri
from portal.pdf.response import pdf_response
from portal.periods import Period
from portal.scope import Denied, access_of
from residents.models import Resident
from servicecenter.forms.papers import ReceiptForm
from servicecenter.models import Case, Hall
from servicecenter.selectors.papers import (
    PAPERS,
    counts_of,
    desk_of,
    is_provisional,
    supervision_of,
    wanted_after,
    wanted_before,
)
from servicecenter.selectors.public import status_path
from servicecenter.selectors.receipts import receipt_code
from servicecenter.services.numbers import SERIES
from servicecenter.services.papers import issue_receipt
from servicecenter.services.ratings import rating_url_path
from servicecenter.workflow import CLERK

VIEW = "servicecenter.view"
PARTS = ("given__material", "pauses")
RELATED = ("unit", "item__item", "resident", "outsider", "agent", "handler", "station")


def case_of(request, pk) -> Case:
    rows = Case.objects.visible_to(request.user).select_related(*RELATED)
    return get_object_or_404(rows.prefetch_related(*PARTS), pk=pk)


class ReceiptView(GuidedView):
    title, button = "出具承办单", "出具并打印"

    def record(self):
        case = case_of(self.request, self.kwargs["pk"])
        access_of(self.request.user).check(CLERK, case.unit_id)
        return case

    def form(self, data=None):
        self.case = self.record()
        form = ReceiptForm(data, rows=[self.case])
        form.fields["receipt_on"].initial = timezone.localdate()
        return form

    def context(self):
        ledger = ledger_for(Case)
        found = {"explanation": f"{self.case}：记下交给申请人的日期，然后打开承办单打印。"}
        if ledger is None:
            return found | {"parent_url": reverse("home"), "parent_title": "首页"}
        return found | {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": ledger.url("detail", self.case),
            "parent_title": ledger.label_of(self.case),
        }

    def perform(self, form):
        return issue_receipt(
            form.as_loaded(self.case), form.cleaned_data["receipt_on"], by=self.request.user
        )

    def done(self, form, result):
        return redirect("case-paper", pk=result.pk, slug="accept")


@writing_get
@needs(VIEW)
def case_paper(request, pk, slug):
    """One paper of a case. Numbers stay masked; what no font has is told, to be written in by hand."""
    case = case_of(request, pk)
    kind = PAPERS.get(slug)
    if kind is None:
        raise Http404
    if not kind.fits(case):
        raise Denied(f"这件现在还不能打印{kind.title}。")
    if slug == "accept" and case.receipt_on is None:
        raise Denied("承办单还没有出具，请先在办件页面上“出具承办单”。")
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=case._meta.label_lower,
        subject_id=case.pk,
        unit_id=case.unit_id,
        field=slug,
    )
    context = told_of(case, kind, request)
    data = render_substituted(f"servicecenter/papers/{slug}.html", context, base="papers")
    return pdf_response(data, f"{kind.title}_{case.number or case.pk}", inline=True)


def told_of(case, kind, request) -> dict:
    """What the papers tell of a case."""
    applicant = case.applicant
    of_outsider = not isinstance(applicant, Resident)
    phone = case.phone or applicant.phone
    code = receipt_code(case.number) if case.number else ""
    return {
        "title": kind.title,
        "case": case,
        "version": case.item,
        "item": case.item.item,
        "desk": desk_of(case),
        "applicant": applicant.name,
        "contact": applicant.contact if of_outsider else "",
        "id_number": applicant.masked_number if of_outsider else applicant.masked_id,
        "phone": masks.mask_phone(phone),
        "proxy_phone": masks.mask_phone(case.proxy_phone),
        "materials": [
            {"material": m, "counts": counts_of(m)} for m in case.given.all() if not m.deleted_at
        ],
        "wanted": wanted_before(case) if kind.slug == "supplement" else wanted_after(case),
        "provisional": is_provisional(case),
        "in_time": case.due_on and case.decided_on and case.decided_on <= case.due_on,
        "code": code,
        "qr": qr_uri(request.build_absolute_uri(status_path(case))) if code else "",
        "rating_qr": _rating_qr(case, request) if kind.slug == "reply" else "",
        "supervision": supervision_of(case) if kind.slug == "urge" else None,
        "today": timezone.localdate(),
        "printed_by": request.user.name,
    }


def _rating_qr(case, request) -> str:
    """The link by which the applicant rates the case; "" while there is none."""
    user = request.user
    own = case.handler_id and case.handler.user_id == user.pk
    if own or not access_of(user).may(CLERK, case.unit_id):
        return ""  # who is rated prints no link to rate by
    path = rating_url_path(case)
    return qr_uri(request.build_absolute_uri(path)) if path else ""


@needs(VIEW)
def register_cover(request, year):
    """The cover of the year's 办件登记簿; the pages behind it are the printed list of cases."""
    unit = access_of(request.user).home
    if unit is not None:
        access_of(request.user).check(VIEW, unit.pk)
    if unit is None or not 2000 <= year <= timezone.localdate().year:
        raise Http404
    period = Period.parse(str(year))
    codes = ("accepted", "decided", "in_progress")
    counted = {code: engine.read(f"servicecenter.{code}", {unit.pk}, period) for code in codes}
    context = {
        "title": f"{year}年办件登记簿",
        "year": year,
        "chinese_year": "".join(DIGITS[int(digit)] for digit in str(year)),
        "unit": unit,
        "hall": Hall.objects.kept().filter(unit=unit).first(),
        "last": last_serial(unit, SERIES, year),
        "counted": counted,
        "today": timezone.localdate(),
        "printed_by": request.user.name,
    }
    data = render_substituted("servicecenter/papers/cover.html", context, base="papers")
    return pdf_response(data, context["title"], inline=True)


receipt = needs(CLERK)(ReceiptView.as_view())

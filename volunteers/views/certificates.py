"""志愿服务证明: asked for by staff, its steps, and the paper; each print is logged."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from portal.guided import GuidedView
from portal.ledgers.registry import ledger_for, ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, needs_one_of, writing_get
from portal.models import AccessLog
from portal.pdf import render_substituted
from portal.pdf.qr import qr_uri
from portal.pdf.response import pdf_response
from portal.scope import Denied, access_of
from volunteers.enums.certificates import CertificateState
from volunteers.forms.certificates import CertificateStepForm, RequestForm
from volunteers.models import ServiceCertificate, Volunteer
from volunteers.selectors.certificate_papers import Paper
from volunteers.selectors.certificates import code_of, counted_services, why_none
from volunteers.selectors.hours import told_hours
from volunteers.selectors.verification import verify_path
from volunteers.services import certificates as services
from volunteers.workflow import APPROVE, CERTIFICATE, EDIT

VIEW = "volunteers.view"
UNMASK = "identity.unmask"
SLUG = "service-certificates"


def volunteer_of(request, pk, permission) -> Volunteer:
    """One whom the user may see, at whose unit the user has the permission."""
    rows = Volunteer.objects.visible_to(request.user).select_related("unit", "resident")
    volunteer = get_object_or_404(rows, pk=pk)
    access_of(request.user).check(permission, volunteer.unit_id)
    return volunteer


def way_back(volunteer) -> dict:
    """From a page about the volunteer to their record."""
    ledger = ledger_for(Volunteer)
    if ledger is None:
        return {"parent_url": reverse("home"), "parent_title": "首页"}
    return {
        "above_url": ledger.url(),
        "above_title": ledger.title,
        "parent_url": ledger.url("detail", volunteer),
        "parent_title": ledger.label_of(volunteer),
    }


class RequestView(GuidedView):
    title, button = "申请志愿服务证明", "提交申请"

    def form(self, data=None):
        self.volunteer = volunteer_of(self.request, self.kwargs["pk"], EDIT)
        return RequestForm(data, volunteer=self.volunteer)

    def context(self):
        told = f"{self.volunteer}（{self.volunteer.serial_number}）"
        return way_back(self.volunteer) | {
            "explanation": f"{told}：证明免费出具，只写已计入的服务时长。"
        }

    def perform(self, form):
        return services.request(self.volunteer, **form.cleaned_data, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, "已登记申请，核对后出具。")
        return redirect(ledgers[SLUG].url("detail", result))


class StepView(GuidedView):
    """``step``: issue, decline or revoke."""

    def dispatch(self, request, *args, **kwargs):
        self.ledger = ledgers[SLUG]
        self.loaded = get_object_or_404(self.ledger.queryset(request.user), pk=kwargs["pk"])
        self.step = CERTIFICATE.steps.get(kwargs["step"])
        if self.step is None:
            raise Http404
        if not services.may_take(self.loaded, kwargs["step"], request.user):
            raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")
        return super().dispatch(request, *args, **kwargs)

    title = property(lambda self: f"{self.step.label}志愿服务证明")
    button = property(lambda self: self.step.label)

    def form(self, data=None):
        return CertificateStepForm(data, record=self.loaded, step=self.step, user=self.request.user)

    def get(self, request, *args, **kwargs):
        if self.loaded.state not in self.step.sources:
            messages.info(request, "这一步已经办过，或现在还不能办。")
            return redirect(self.ledger.url("detail", self.loaded))
        return super().get(request, *args, **kwargs)

    def context(self):
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", self.loaded),
            "parent_title": self.ledger.label_of(self.loaded),
            "explanation": self.explanation(),
        }

    def explanation(self) -> str:
        row = self.loaded
        told = f"{row.volunteer}，{row.starts_on} 至 {row.ends_on}，用途：{row.purpose}。"
        if self.kwargs["step"] != "issue":
            return told
        asked = (row.volunteer, row.unit, row.starts_on, row.ends_on)
        found = counted_services(*asked)
        if not found:
            return told + why_none(*asked)
        hours = told_hours(sum(record.minutes for record in found))
        return (
            f"{told}已计入服务 {len(found)} 次，共 {hours} 小时；出具后内容不再变动，编号自动连续。"
        )

    def perform(self, form):
        row, user = form.as_loaded(self.loaded), self.request.user
        values = form.values
        if self.kwargs["step"] == "issue":
            return services.issue(row, **values, by=user)
        act = services.decline if self.kwargs["step"] == "decline" else services.revoke
        return act(row, values["revoked_for"], by=user)

    def done(self, form, result):
        told = f"编号 {result.label}，可以打印盖章了。" if self.kwargs["step"] == "issue" else ""
        messages.success(self.request, f"已{self.step.label}。{told}")
        return redirect(self.ledger.url("detail", result))


@writing_get
@needs(VIEW)
def paper(request, pk):
    """The certificate as it was issued. The full ID number stands on it for who may open numbers, by the
    purpose for which it was asked; for others it is masked."""
    rows = ServiceCertificate.objects.visible_to(request.user)
    certificate = get_object_or_404(rows.select_related("unit"), pk=pk)
    if not certificate.content:
        raise Denied("证明还没有出具，不能打印。")
    full = access_of(request.user).may(UNMASK, certificate.unit_id)
    _log(request, certificate, full)
    told = Paper(certificate.content)
    context = {
        "paper": told,
        "id_number": told.id_number if full else told.masked_id,
        "is_masked": bool(told.id_number) and not full,
        "revoked_on": (
            certificate.revoked_on if certificate.state == CertificateState.REVOKED else None
        ),
        "code": code_of(certificate),
        "qr": qr_uri(request.build_absolute_uri(verify_path(certificate))),
        "verify_url": request.build_absolute_uri(reverse("public-verify")),
        "printed_on": timezone.localdate(),
        "printed_by": request.user.name,
    }
    data = render_substituted("volunteers/papers/certificate.html", context, base="certificate")
    return pdf_response(data, f"志愿服务记录证明_{told.number}", inline=True)


def _log(request, certificate, full: bool) -> None:
    traced = {
        "by": request.user,
        "subject": certificate._meta.label_lower,
        "subject_id": certificate.pk,
        "unit_id": certificate.unit_id,
    }
    log_access(AccessLog.Action.PDF, field="content", **traced)
    if full:
        purpose = f"志愿服务证明：{certificate.purpose}"
        log_access(AccessLog.Action.UNMASK, field="content", purpose=purpose, **traced)


request_page = needs(EDIT)(RequestView.as_view())
step = needs_one_of(EDIT, APPROVE)(StepView.as_view())

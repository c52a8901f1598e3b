"""Applications on the desk of staff: approved or sent back."""

from functools import cached_property

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedView
from portal.intake.forms import DeclineForm
from portal.intake.services import Answer, answer
from portal.intake.states import IntakeState
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import Denied
from volunteers.forms.joining_staff import ApproveForm
from volunteers.models import VolunteerApplication
from volunteers.services.joining import MAY, applicant_of, approve, may_answer

LEADERS = "批准申请要核对居民册，请由社区工作人员办理。"


class ApplicationView(GuidedView):
    """One application that is waiting; one that is closed already leads to its page."""

    def dispatch(self, request, *args, **kwargs):
        rows = VolunteerApplication.objects.visible_to(request.user).select_related("unit")
        self.application = get_object_or_404(rows, pk=kwargs["pk"])
        if not may_answer(request.user, self.application.unit_id):
            raise Denied(LEADERS)
        if request.method == "GET" and self.application.state != IntakeState.SENT:
            messages.info(request, "这件已经处理过。")
            return redirect(self.url)
        return super().dispatch(request, *args, **kwargs)

    @property
    def url(self):
        return ledgers["volunteer-applications"].url("detail", self.application)

    def context(self):
        ledger = ledgers["volunteer-applications"]
        return {
            "above_url": ledger.url(),
            "above_title": ledger.title,
            "parent_url": self.url,
            "parent_title": ledger.label_of(self.application),
        }


class ApproveView(ApplicationView):
    title = button = "批准加入"
    confirms = True

    @cached_property
    def who(self):
        return applicant_of(self.application, self.request.user)

    def told(self) -> list[str]:
        application, resident = self.application, self.who.resident
        if resident is None:
            origin = f"居民册中没有这个证件号码，按辖区外人员登记：{application.name}。"
        else:
            origin = f"登记为本辖区居民{resident.name}，姓名、证件和电话以居民册为准。"
            if resident.name != application.name:
                origin += f"申请上写的姓名是“{application.name}”，请先核对。"
        day = application.occurred_on
        return [origin, f"加入日期为申请当天（{day}），申请人凭登记码看到志愿者编号。"]

    def form(self, data=None):
        return ApproveForm(
            data, application=self.application, rows=[self.application], told=self.told()
        )

    def context(self):
        told, twin = "".join(self.told()), self.who.twin
        if twin:
            told = (
                f"这个人已是志愿者：{twin.called}，编号 {twin.serial_number}，不能再批准。"
                "请退回申请，并请本人向社区领取编号。"
            )
        return super().context() | {"explanation": told}

    def perform(self, form):
        agreed = form.cleaned_data.get("guardian_agreed_on")
        return approve(form.as_loaded(self.application), agreed, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"已加入，志愿者编号 {result.serial_number}。")
        return redirect(ledgers["volunteers"].url("detail", result))


class DeclineView(ApplicationView):
    title = button = "退回"

    def form(self, data=None):
        return DeclineForm(data, rows=[self.application])

    def perform(self, form):
        reason = form.cleaned_data["reason"]
        return answer(form.as_loaded(self.application), Answer(reason=reason))

    def done(self, form, result):
        messages.success(self.request, "已退回，申请人凭登记码会看到原因。")
        return redirect(self.url)


approve_view = needs(MAY[0])(ApproveView.as_view())
decline = needs(MAY[0])(DeclineView.as_view())

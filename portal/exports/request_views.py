"""Pages of requests for full numbers: asking, the list, one request with its acts, the file."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View

from portal.errors import StaleRecord
from portal.exports import lists, profiles, requests
from portal.exports.checking import RowsDisagree
from portal.exports.clear import sealed_columns
from portal.exports.profile_forms import UseForm
from portal.exports.profile_views import ProfileDetail
from portal.exports.selection import Selection
from portal.exports.views import download, refused
from portal.exports.workflow import RequestAction, RequestPurpose, RequestState
from portal.guided import GuidedForm, GuidedView
from portal.ledgers.registry import ledgers
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, needs, signed_in, snapshot
from portal.models import ExportRequest
from portal.scope import Denied, access_of
from portal.text import clean_text

LISTED = 100
BADGES = {
    RequestState.REQUESTED: "warn",
    RequestState.APPROVED: "good",
    RequestState.REFUSED: "bad",
    RequestState.WITHDRAWN: "neutral",
    RequestState.REVOKED: "bad",
}


class AskForm(GuidedForm):
    opened = forms.MultipleChoiceField(
        label="显示完整号码的栏目", widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(label="用途", choices=[("", "请选择"), *RequestPurpose.choices])
    reason = forms.CharField(
        label="说明",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="谁要、做什么用、交给谁。不要写号码。",
    )

    def __init__(self, *args, selection, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.selection = selection
        known = [column.label for column in sealed_columns(columns)]
        self.fields["opened"].choices = [(label, label) for label in known]

    def clean_reason(self):
        return requests.clean_reason(clean_text(self.cleaned_data["reason"]))

    def sentences(self):
        opened = "、".join(self.cleaned_data["opened"])
        rows = self.selection.records().count()
        return [
            f"申请导出“{self.selection.ledger.title}”{rows} 条（{self.selection.described()}），"
            f"显示完整的{opened}。",
            "社区负责人、街道主管或安全管理员审批；批准后在有效期内由您本人下载，次数有限。",
            "申请、审批和每次下载都记录在案，文件每页印有您的姓名、时间和用途。",
        ]


class AskView(GuidedView, LedgerView):
    permission = "records.export"
    title, button = "申请导出完整号码", "提交申请"
    confirms = True

    def form(self, data=None):
        self.selection = Selection(self.ledger, self.request.user, self.request.GET)
        columns = self.selection.listing.columns
        # Also asked for from a list that does not show the number's own column.
        rest = [c for c in sealed_columns(self.ledger.shown_columns) if c not in columns]
        self.columns = (*columns, *rest)
        if not sealed_columns(self.columns):
            raise Http404
        if not requests.clear_units(self.ledger, self.request.user):
            raise Denied("您的角色不能申请导出完整号码；导出的文件里号码一律遮盖。")
        return AskForm(data, selection=self.selection, columns=self.columns)

    def perform(self, form):
        opened = form.cleaned_data["opened"]
        shown = self.selection.listing.columns
        columns = [c for c in self.columns if c in shown or c.label in opened]
        return requests.ask(
            self.selection,
            columns,
            opened,
            purpose=form.cleaned_data["purpose"],
            reason=form.cleaned_data["reason"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, f"{result}已提交，等待审批。")
        return redirect("export-request", pk=result.pk)

    def context(self):
        query = self.request.GET.urlencode()
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": f"{self.ledger.url('export')}?{query}",
            "parent_title": "导出与打印",
            "explanation": f"{self.ledger.title} · {self.selection.described()}",
        }


class AskTableForm(UseForm):
    """As AskForm, for the table of a profile: unit and period instead of a list's filters."""

    purpose = forms.ChoiceField(label="用途", choices=[("", "请选择"), *RequestPurpose.choices])
    reason = forms.CharField(
        label="说明",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="谁要、做什么用、交给谁。不要写号码。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = kwargs["profile"].name
        del self.fields["recipient"], self.fields["note"]
        self.lay_out(("unit", "period"))

    clean_reason = AskForm.clean_reason

    def sentences(self):
        return [
            f"申请按模板“{self.title}”导出{self.cleaned_data['unit']}的名单，号码栏目显示完整号码。",
            "由社区负责人、街道主管或安全管理员审批；批准后在有效期内由您本人下载，并登记为报送。",
        ]


class AskTableView(GuidedView, ProfileDetail):
    title, button = "申请导出完整号码", "提交申请"
    confirms = True
    form_class = AskTableForm

    def form(self, data=None):
        return ProfileDetail.form(self, data)

    def get(self, request, pk):
        return GuidedView.get(self, request, pk=pk)

    def post(self, request, pk):
        if not requests.clear_units(self.ledger, request.user):
            raise Denied("您的角色不能申请导出完整号码；导出的文件里号码一律遮盖。")
        return GuidedView.post(self, request, pk=pk)

    def perform(self, form):
        version = profiles.newest(self.profile)
        table = profiles.table_of(
            version,
            unit=form.cleaned_data["unit"],
            period=form.period_value,
            by=self.request.user,
        )
        purpose, reason = form.cleaned_data["purpose"], form.cleaned_data["reason"]
        return requests.ask_for_table(
            version, table, purpose=purpose, reason=reason, by=self.request.user
        )

    done = AskView.done

    def context(self):
        return {
            "above_url": reverse("profile-list"),
            "above_title": "报表模板",
            "parent_url": reverse("profile", args=[self.profile.pk]),
            "parent_title": self.profile.name,
        }


def may_come_in(user) -> None:
    access = access_of(user)
    if not (access.may("records.export") or access.may("exports.approve")):
        raise Denied("您的角色没有这项权限；如确需办理，请联系安全管理员。")


class RequestList(View):
    """What waits for one's decision, then one's own requests and those decided before."""

    def get(self, request):
        may_come_in(request.user)
        rows = requests.visible_requests(request.user).select_related("requester", "unit")
        waiting = requests.approvable_by(rows, request.user).filter(state=RequestState.REQUESTED)
        own = rows.filter(requester=request.user)[:LISTED]
        decided = requests.approvable_by(rows, request.user).exclude(state=RequestState.REQUESTED)
        lists_shown = [
            ("等我审批", waiting, "没有等您审批的申请"),
            ("我的申请", own, ""),
            ("已处理", decided[:LISTED], ""),
        ]
        approves = access_of(request.user).may("exports.approve")
        context = {
            "lists": [
                {"title": title, "rows": [row_of(each) for each in found], "empty": empty}
                for title, found, empty in lists_shown
                if approves or title == "我的申请"
            ]
        }
        return render(request, "exports/request_list.html", context)


def row_of(request: ExportRequest) -> dict:
    state = {"value": request.get_state_display(), "badge": BADGES[request.state]}
    if requests.expired(request):
        state = {"value": "已过期", "badge": "neutral"}
    return {
        "item": request,
        "url": reverse("export-request", args=[request.pk]),
        "title": ledgers[request.ledger].title,
        "state": state,
    }


class RequestDetail(View):
    """One request; POST does one act of the table, with a note."""

    def found(self, pk):
        may_come_in(self.request.user)
        rows = requests.visible_requests(self.request.user)
        rows = rows.select_related("requester", "decided_by", "unit")
        return get_object_or_404(rows, pk=pk)

    def get(self, request, pk):
        return self.page(self.found(pk))

    def post(self, request, pk):
        found = self.found(pk)
        try:
            action = RequestAction(request.POST.get("action", ""))
            note = clean_text(request.POST.get("note", ""))[:200]
            if action == RequestAction.DOWNLOAD:
                raise Http404
            requests.perform(found, action, by=request.user, note=note)
        except ValueError as error:
            raise Http404 from error
        except ValidationError as error:
            return self.page(found, error="；".join(error.messages), note=note)
        except StaleRecord:
            return self.page(self.found(pk), error="这份申请刚被别人处理过，请看现在的状态。")
        messages.success(request, f"{found}：已{action.label}。")
        return redirect("export-request", pk=pk)

    def page(self, found, *, error="", note=""):
        possible = requests.possible_actions(found, self.request.user)
        context = row_of(found) | {
            "actions": [a for a in possible if a != RequestAction.DOWNLOAD],
            "can_download": RequestAction.DOWNLOAD in possible,
            "why_not": requests.why_not(found, RequestAction.DOWNLOAD, self.request.user)
            if found.requester_id == self.request.user.pk and found.state == RequestState.APPROVED
            else "",
            "left": found.most_downloads - found.downloads,
            "error": error,
            "note": note,
        }
        return render(self.request, "exports/request.html", context)


class RequestFile(RequestDetail):
    """The file with full numbers, made now; only posted, so that no link fetches it by itself."""

    def get(self, request, pk):
        return redirect("export-request", pk=pk)

    def post(self, request, pk):
        found = self.found(pk)
        try:
            file = requests.download(found, request.POST.get("format", ""), by=request.user)
        except RowsDisagree as error:
            return refused(request, error)
        except lists.TooLong:
            messages.error(request, "条数较多，不能打印完整号码的长表，请下载 Excel。")
            return redirect("export-request", pk=pk)
        return download(file, f"{ledgers[found.ledger].title}_{found}")


ask = by_ledger(AskView.as_view())
ask_table = needs(profiles.PERMISSION)(AskTableView.as_view())
_mark = signed_in("shows only one's own requests and those of units where one approves")
request_list = _mark(RequestList.as_view())
request_detail = _mark(RequestDetail.as_view())
request_file = _mark(snapshot(RequestFile.as_view()))

"""补贴核查: what the rules find, by rule, each with the facts that led to it and a place for its outcome."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header

from disability.enums.subsidies import SubsidyRule
from disability.forms.subsidy_pages import OutcomeForm
from disability.models import Subsidy, SubsidyKind
from disability.selectors.subsidy_rules import RULES, UNDUE, UNDUE_ONES, Rule, open_rows
from disability.services.findings import settle_finding
from portal.exports.paper import Paper, chinese, rows_of
from portal.exports.xlsx import XLSX, write
from portal.guided import GuidedView
from portal.ledgers import Column
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs
from portal.models import AccessLog
from portal.scope import access_of

VIEW, EDIT, EXPORT = "disability.view", "disability.edit", "records.export"
PAGE_SIZE = 20
SETTLED = "这一项已经有结果，或情况已经变化，不再列出。"
COLUMNS = (
    Column("姓名", lambda found: found["name"], width=12),
    Column("证件号码", lambda found: found["number"], width=22),
    Column("补贴种类", lambda found: found["kind"], width=24),
    Column("核查规则", lambda found: found["rule"], width=20),
    Column("情况", lambda found: found["facts"], width=60),
    Column("单位", lambda found: found["unit"], width=16),
)


def rule_of(code: str) -> Rule:
    if code not in SubsidyRule.values:
        raise Http404
    return RULES[SubsidyRule(code)]


def rows_for(rule: Rule, user, permission=VIEW):
    """The open rows of the rule where the user may see them, and has the permission too."""
    units = access_of(user).units(VIEW) & access_of(user).units(permission)
    rows = open_rows(rule.code, timezone.localdate()).filter(unit__in=units)
    related = ["resident", "unit"] + ([] if rule.code == SubsidyRule.MISSING else ["kind"])
    return rows.select_related(*related).order_by("unit__code", "resident__pinyin", "pk")


def told(rule: Rule, rows, user) -> list[dict]:
    """One finding for each person and kind."""
    names = dict(SubsidyKind.objects.values_list("pk", "name"))
    access, found = access_of(user), []
    for row in rows:
        kinds = row.kinds if rule.code == SubsidyRule.MISSING else [row.kind_id]
        ledger = ledgers["subsidies" if isinstance(row, Subsidy) else "certificates"]
        for kind in kinds:
            url = reverse("subsidy-outcome", args=[rule.code, row.pk, kind])
            found.append(
                {
                    "name": row.resident.name,
                    "number": row.resident.masked_id,
                    "kind": names[kind],
                    "rule": rule.label,
                    "facts": rule.told(row),
                    "unit": str(row.unit),
                    "url": ledger.url("detail", row),
                    "settle_url": url if access.may(EDIT, row.unit_id) else "",
                }
            )
    return found


@needs(VIEW)
def check(request):
    """The rules with how many rows each has, and the rows of the chosen one."""
    counts = {rule.code: rows_for(rule, request.user).count() for rule in RULES.values()}
    asked = request.GET.get("rule", "")
    among = UNDUE if asked == UNDUE_ONES else tuple(RULES)
    first = next((code for code in among if counts[code]), among[0])
    rule = rule_of(first if asked in ("", UNDUE_ONES) else asked)
    page = Paginator(rows_for(rule, request.user), PAGE_SIZE).get_page(request.GET.get("page", "1"))
    context = {
        "rules": [
            {"rule": each, "count": counts[code], "chosen": code == rule.code}
            for code, each in RULES.items()
        ],
        "rule": rule,
        "page": page,
        "found": told(rule, page.object_list, request.user),
        "several_units": len(access_of(request.user).units(VIEW)) > 1,
        "can_export": counts[rule.code] and access_of(request.user).may(EXPORT),
        "records_url": ledgers["subsidy-findings"].url(),
    }
    return render(request, "disability/subsidy_check.html", context)


@needs(EXPORT)
def check_export(request, rule):
    """All open rows of one rule as a workbook; numbers stay masked, and it is logged."""
    access_of(request.user).check(VIEW)
    if request.method != "POST":
        return redirect("subsidy-check")
    chosen = rule_of(rule)
    found = told(chosen, rows_for(chosen, request.user, EXPORT), request.user)
    name = f"补贴核查_{chosen.label}"
    content, rows = write(
        Paper(name, COLUMNS, footer=chinese(timezone.localdate())), rows_of(COLUMNS, found)
    )
    log_access(
        AccessLog.Action.EXPORT, by=request.user, subject="disability.subsidyfinding", rows=rows
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    return response


class OutcomeView(GuidedView):
    title, button = "登记核查结果", "保存"

    @cached_property
    def rule(self) -> Rule:
        return rule_of(self.kwargs["rule"])

    @cached_property
    def kind(self):
        return get_object_or_404(SubsidyKind, pk=self.kwargs["kind"])

    @cached_property
    def row(self):
        """The open row; None where it has been settled or its facts are gone."""
        rows = rows_for(self.rule, self.request.user).filter(pk=self.kwargs["pk"])
        row = rows.first()
        missing = self.rule.code == SubsidyRule.MISSING
        kinds = (row.kinds if missing else [row.kind_id]) if row else []
        return row if self.kind.pk in kinds else None

    def dispatch(self, request, *args, **kwargs):
        if kwargs["rule"] == UNDUE_ONES:
            return self._by_first_rule()
        if self.row is None:
            messages.info(request, SETTLED)
            return redirect("subsidy-check")
        access_of(request.user).check(EDIT, self.row.unit_id)
        return super().dispatch(request, *args, **kwargs)

    def _by_first_rule(self):
        """To the page of the first rule that finds the row undue."""
        pk, kind = self.kwargs["pk"], self.kwargs["kind"]
        for code in UNDUE:
            if rows_for(RULES[code], self.request.user).filter(pk=pk).exists():
                return redirect("subsidy-outcome", rule=code, pk=pk, kind=kind)
        messages.info(self.request, SETTLED)
        return redirect("subsidy-check")

    def form(self, data=None):
        initial = {"occurred_on": timezone.localdate()}
        return OutcomeForm(data, rule=self.rule, row=self.row, initial=initial)

    def context(self):
        return {
            "parent_url": f"{reverse('subsidy-check')}?rule={self.rule.code}",
            "parent_title": "补贴核查",
            "explanation": f"{self.row.resident}，{self.kind}：{self.rule.told(self.row)}。{self.rule.why}",
        }

    def perform(self, form):
        values = {k: v for k, v in form.cleaned_data.items() if k != "versions"}
        row = self.row
        if isinstance(row, Subsidy):
            row = form.as_loaded(row)
        return settle_finding(self.rule, row, self.kind, **values, by=self.request.user)

    def done(self, form, result):
        messages.success(
            self.request, f"已登记：{result.resident}，{result.get_outcome_display()}。"
        )
        return redirect(self.context()["parent_url"])


outcome = needs(EDIT)(OutcomeView.as_view())

"""The data-quality page: what is to be mended, and the records of one rule."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from portal.errors import StaleRecord, settle
from portal.ledgers import ledgers
from portal.ledgers.listing import body_rows, header_rows
from portal.marks import signed_in
from portal.quality.counting import count, recorded_units, rules_of, store, trends
from portal.quality.declare import Severity, rules
from portal.quality.fixing import fix_form
from portal.quality.trend import trend_of
from portal.roles import DOMAINS
from portal.scope import Denied, access_of

PAGE_SIZE = 20
TONES = {Severity.HIGH: "bad", Severity.MIDDLE: "warn", Severity.LOW: "neutral"}


def rule_url(rule) -> str:
    return reverse(rule.page) if rule.page else reverse("quality-rule", args=[rule.code])


def summary_of(user) -> list[dict]:
    """Each rule that the user sees with its number now and its trend, by department."""
    wanted, today = rules_of(user), timezone.localdate()
    found, stored = count(wanted), trends(wanted, today)
    lines = []
    for rule in wanted:
        number = sum(found[rule.code].values())
        lines.append(
            {
                "rule": rule,
                "count": number,
                "url": rule_url(rule),
                "tone": TONES[rule.severity],
                "trend": trend_of(stored[rule.code], today, number),
            }
        )
    return lines


class QualityList(View):
    """All rules with their numbers, those with records first, the gravest first."""

    def get(self, request):
        lines = summary_of(request.user)
        order = list(Severity)
        lines.sort(key=lambda line: (not line["count"], order.index(line["rule"].severity)))
        groups = [
            {
                "title": title,
                "open": [ln for ln in lines if ln["rule"].domain == domain and ln["count"]],
                "clear": [ln for ln in lines if ln["rule"].domain == domain and not ln["count"]],
            }
            for domain, title in DOMAINS.items()
        ]
        context = {
            "groups": [group for group in groups if group["open"] or group["clear"]],
            "total": sum(line["count"] for line in lines),
        }
        if not lines:
            raise Denied("您的角色没有要核对的记录。")
        return render(request, "quality/list.html", context)


class QualityRecount(View):
    """Keep today's numbers of the user's units now instead of tonight."""

    def post(self, request):
        wanted = rules_of(request.user)
        if not wanted:
            raise Denied("您的角色没有要核对的记录。")
        units = recorded_units(frozenset.intersection(*wanted.values()))
        store(units)
        messages.success(request, f"已重新统计 {len(units)} 个单位的今日数目。")
        return redirect("quality-list")


class RuleView(View):
    """Finds the rule of the URL and checks that the user sees its department."""

    def dispatch(self, request, *args, **kwargs):
        self.rule = rules.get(kwargs["code"])
        if self.rule is None:
            raise Http404
        access_of(request.user).check(self.rule.permission)
        self.ledger = ledgers[self.rule.ledger]
        self.units = access_of(request.user).units(self.rule.permission)
        return super().dispatch(request, *args, **kwargs)

    def rows(self):
        return self.ledger.readable(self.rule.rows(self.units))

    def may_edit(self, record) -> bool:
        return access_of(self.request.user).may(self.ledger.edit_permission, record.unit_id)


class QualityRuleList(RuleView):
    """The records of one rule, to be mended in the list or in their form."""

    def get(self, request, code):
        return self.show()

    def show(self, tried=None, status=200):
        if self.rule.page:
            return redirect(self.rule.page)
        order = self.rows().order_by("unit", "pk")
        page = Paginator(order, PAGE_SIZE).get_page(self.request.GET.get("page", "1"))
        back = urlencode({"back": self.request.get_full_path()})
        rows = []
        for row, record in zip(
            body_rows(self.ledger, page.object_list), page.object_list, strict=True
        ):
            editable = self.may_edit(record)
            row["edit_url"] = f"{self.ledger.url('edit', record)}?{back}" if editable else ""
            row["form"] = self.form(record, tried) if editable and self.rule.field else None
            row["unit"] = record.unit
            row["fix_url"] = reverse("quality-fix", args=[self.rule.code, record.pk])
            rows.append(row)
        context = {
            "rule": self.rule,
            "headers": header_rows(self.ledger, {}, "", sortable=False),
            "rows": rows,
            "page": page,
            "page_query": self.request.GET.urlencode(),
            "tone": TONES[self.rule.severity],
        }
        return render(self.request, "quality/rule.html", context, status=status)

    def form(self, record, tried):
        if tried is not None and tried.instance.pk == record.pk:
            return tried
        return fix_form(self.rule, record, self.request.user, auto_id=f"fix-{record.pk}-%s")


class QualityFix(QualityRuleList):
    """The one field of one record; what is wrong is said in the list, at the record."""

    def get(self, request, code, pk):
        return redirect("quality-rule", code=code)

    def post(self, request, code, pk):
        if not self.rule.field:
            raise Http404
        record = get_object_or_404(self.rows(), pk=pk)
        access_of(request.user).check(self.ledger.edit_permission, record.unit_id)
        form = fix_form(
            self.rule, record, request.user, request.POST, auto_id=f"fix-{record.pk}-%s"
        )
        if not form.is_valid():
            return self.show(form)
        try:
            saved = form.save()
            settle()
        except StaleRecord:
            messages.error(request, "这条记录刚被别人修改过，请看现在的内容。")
        else:
            messages.success(request, f"已保存：{self.ledger.label_of(saved)}。")
        query = request.GET.urlencode()
        address = reverse("quality-rule", args=[code])
        return redirect(f"{address}?{query}" if query else address)


_mark = signed_in("only rules of the departments that the user sees, over their own units")
quality_list = _mark(QualityList.as_view())
quality_recount = _mark(QualityRecount.as_view())
quality_rule = _mark(QualityRuleList.as_view())
quality_fix = _mark(QualityFix.as_view())

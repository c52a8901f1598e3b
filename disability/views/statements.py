"""个人发放明细: all that one person was paid, by year, on the screen and on paper."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from disability.enums.subsidies import PaymentState
from disability.models import Payment
from disability.selectors.payments import note_of, total
from portal.exports.paper import Paper, chinese, rows_of
from portal.exports.register import printed
from portal.ledgers import Column
from portal.ledgers.registry import ledgers
from portal.ledgers.services import log_access
from portal.marks import needs, writing_get
from portal.models import AccessLog
from portal.numbers import format_money
from portal.numerals import capital_amount
from portal.pdf.response import pdf_response
from portal.unmasking.asking import ask_first
from residents.models import Resident

SIGNATURE = ("经办人：", "领取人（签名）：", "日期：")
COLUMNS = (
    Column("月份", lambda line: f"{line.month:%Y-%m}", width=10),
    Column("补贴种类", lambda line: line.subsidy.kind, width=24),
    Column("标准（元）", lambda line: format_money(line.standard), width=12, numeric=True),
    Column("实发（元）", lambda line: format_money(line.amount), width=12, numeric=True),
    Column("发放状态", lambda line: line.get_state_display(), width=12),
    Column("发放日期", lambda line: line.paid_on, width=14),
    Column("备注", note_of, width=30),
)


class Statement:
    """One person's payments of the year in the address, else of the newest year."""

    def __init__(self, request, pk):
        self.user = request.user
        self.resident = get_object_or_404(Resident.objects.visible_to(request.user), pk=pk)
        ask_first(request, self.resident)
        rows = Payment.objects.visible_to(request.user).filter(resident=self.resident)
        rows = rows.select_related("subsidy__kind", "run", "unit", "resident")
        every = list(rows.order_by("month", "subsidy__kind__ordinal", "pk"))
        self.years = sorted({line.month.year for line in every}, reverse=True)
        asked = request.GET.get("year", "")
        known = [year for year in self.years if str(year) == asked]
        self.year = next(iter(known or self.years), timezone.localdate().year)
        self.lines = [line for line in every if line.month.year == self.year]
        self.paid = [line for line in self.lines if line.state == PaymentState.PAID]

    def by_kind(self) -> list[dict]:
        """What was paid of each kind: months and sum."""
        kinds = {line.subsidy.kind: [] for line in self.paid}
        for line in self.paid:
            kinds[line.subsidy.kind].append(line)
        return [
            {"kind": kind, "months": len(lines), "amount": format_money(total(lines))}
            for kind, lines in kinds.items()
        ]


@needs("disability.view")
def statement(request, pk):
    told = Statement(request, pk)
    subsidies = ledgers["subsidies"]
    context = {
        "resident": told.resident,
        "year": told.year,
        "years": told.years,
        "kinds": told.by_kind(),
        "paid": format_money(total(told.paid)),
        "lines": [
            {
                "line": line,
                "note": note_of(line),
                "url": ledgers["subsidy-payments"].url("detail", line),
            }
            for line in told.lines
        ],
        "list_url": subsidies.url(),
        "list_title": subsidies.title,
    }
    return render(request, "disability/statement.html", context)


@writing_get
@needs("disability.view")
def statement_paper(request, pk):
    """The year's statement as PDF; printing is logged."""
    told = Statement(request, pk)
    amount = total(told.paid)

    def summed(rows):
        return [
            {"月份": "实领合计", "实发（元）": format_money(amount)}.get(c.label, "")
            for c in COLUMNS
        ]

    name = f"{told.resident.name}{told.year}年补贴发放明细"
    saved_as = f"补贴发放明细_{told.year}_{told.resident.pk}"
    paper = Paper(
        name,
        COLUMNS,
        titles=(name,),
        remarks=(
            f"证件号码：{told.resident.masked_id}",
            f"实领人民币（大写）：{capital_amount(amount)}",
        ),
        total=summed,
        signature=SIGNATURE,
        footer=f"{request.user.name} {chinese(timezone.localdate())}打印，内含个人信息，请妥善保管",
    )
    log_access(
        AccessLog.Action.PDF,
        by=request.user,
        subject=told.resident._meta.label_lower,
        subject_id=told.resident.pk,
        unit_id=told.resident.unit_id,
        rows=len(told.lines),
    )
    return pdf_response(printed(paper, list(rows_of(COLUMNS, told.lines))), saved_as, inline=True)

"""The ledgers of subsidies: standards, who draws them, runs and payments, and what checks found."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from disability.enums.subsidies import RunState
from disability.forms.subsidies import PaymentForm, StandardForm, SubsidyForm
from disability.ledgers.run_pages import run_page
from disability.models import (
    Payment,
    PaymentRun,
    Subsidy,
    SubsidyFinding,
    SubsidyKind,
    SubsidyStandard,
)
from disability.services.payments import answer_for, remove_payment, store_payment
from disability.workflow import CONFIRMER, PAYMENT, RUN
from portal.imports.resolving import Resolver
from portal.ledgers import MORE, Action, Column, Ledger, column, register
from portal.ledgers.columns import reader
from portal.office.ledgers.base import Spells
from portal.scope import Denied, access_of
from portal.text import clean_text
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.resolving import find_resident

SECTION = "补贴"


class Months(Spells):
    """Rows that last from a month through a month."""

    date = "starts_on"


def plain(model, name, width=14, **options):
    return column(model, name, sort="", width=width, **options)


@register
class SubsidyLedger(Months, AboutResident):
    slug, title, icon, section = "subsidies", "享受补贴", "coins", SECTION
    quick = False
    model = Subsidy
    description = "谁从哪个月起享受哪种补贴；停发时填计发末月和原因，不删除。"
    select_related = ("resident", "kind", "provider")
    columns = (
        *person_columns(Subsidy),
        column(Subsidy, "kind", sort="kind__ordinal", width=22),
        column(Subsidy, "level", width=10),
        plain(Subsidy, "basis", 20, listed=False),
        column(Subsidy, "applied_on", listed=False),
        "starts_on",
        "ends_on",
        column(Subsidy, "stop_reason", width=18),
        plain(Subsidy, "stop_note", 20, listed=False),
        Column(
            "养护机构", reader(Subsidy, "provider.name"), field="provider", width=22, listed=False
        ),
        plain(Subsidy, "bank_name", 20, listed=False),
        plain(Subsidy, "account_holder", listed=False),
        Column(
            "银行账号",
            lambda subsidy: subsidy.masked_bank,
            field="bank_number",
            width=24,
            masked=True,
            sealed="bank_number",
            listed=False,
        ),
        "reviewed_on",
        plain(Subsidy, "review_note", 20, listed=False),
        unit_column(Subsidy),
    )
    form_class = SubsidyForm
    form_layout = (
        ("resident", "kind"),
        ("level", "basis"),
        ("applied_on", "starts_on"),
        ("bank_name", "account_holder", "bank_number"),
        ("ends_on", "stop_reason", "stop_note"),
        ("provider", "application"),
        ("reviewed_on", "review_note"),
    )
    form_folds = {"bank_name": "领款账户", "ends_on": "停发", "provider": MORE}
    filters = ("kind", "level", "stop_reason")
    identity = ("resident", "kind", "starts_on")
    footer = ("disability.subsidy_persons", "disability.subsidy_monthly")
    related = (("subsidy-payments", "subsidy"), ("subsidy-findings", "subsidy"))
    unmaskable = ("bank_number",)

    def page(self, record, request):
        url = reverse("subsidy-statement", args=[record.resident_id])
        return {"page_links": [("个人发放明细", url)]}


@register
class PaymentRunLedger(Ledger):
    slug, title, icon, section = "subsidy-runs", "补贴发放批次", "calendar-stats", SECTION
    quick = False
    model = PaymentRun
    by_hand = False
    description = "每月每种补贴编一个批次：编制、另一人确认、登记发放；打开一个批次看名单和合计。"
    date = "month"
    order = ("-month", "kind__ordinal", "unit__code")
    select_related = ("kind", "confirmed_by", "recorded_by")
    columns = (
        "month",
        column(PaymentRun, "kind", sort="kind__ordinal", width=24),
        "state",
        Column("人数", lambda run: len({p.resident_id for p in run.lines}), width=8, numeric=True),
        Column("金额（元）", lambda run: run.amount, width=14, numeric=True),
        "paid_on",
        column(PaymentRun, "confirmed_by", sort="", listed=False),
        plain(PaymentRun, "note", 24, listed=False),
        unit_column(PaymentRun),
    )
    form_layout = (("kind", "month", "state"), ("confirmed_on", "confirmed_by", "paid_on"), "note")
    filters = ("kind", "state")

    detail_template = "disability/run.html"

    def readable(self, rows):
        return super().readable(rows).prefetch_related("payments")

    def list_actions(self, user):
        if not access_of(user).may("disability.edit"):
            return ()
        return [Action("编制批次", reverse("subsidy-run-draft"))]

    def actions(self, record, user):
        """The steps from the run's state that are this user's to take."""
        access = access_of(user)
        needed = {CONFIRMER: "subsidies.confirm", "": "disability.edit"}
        own = record.recorded_by_id == user.pk
        return [
            Action(step.label, reverse("subsidy-run-step", args=[record.pk, name]))
            for name, step in RUN.steps_from(record.state).items()
            if access.may(needed[step.who], record.unit_id) and not (name == "confirm" and own)
        ]

    def page(self, record, request):
        paper = reverse("subsidy-run-paper", args=[record.pk])
        return {"page_links": [("打印名册", paper)], **run_page(record, request.user)}


@register
class PaymentLedger(AboutResident):
    slug, title, icon, section = "subsidy-payments", "补贴发放", "coins", SECTION
    quick = False
    model = Payment
    description = "每人每月一条；新的批次由“补贴发放批次”编制，这里补登以前发放的。"
    date = "month"
    order = ("-month", "-pk")
    select_related = ("resident", "subsidy__kind", "run")
    columns = (
        "month",
        *person_columns(Payment),
        Column(
            "补贴种类",
            reader(Payment, "subsidy.kind"),
            field="subsidy",
            sort="subsidy__kind__ordinal",
            width=22,
        ),
        column(Payment, "standard", listed=False),
        "amount",
        plain(Payment, "reason", 20, listed=False),
        "state",
        "paid_on",
        column(Payment, "returned_on", listed=False),
        plain(Payment, "return_reason", 20, listed=False),
        unit_column(Payment),
    )
    form_class = PaymentForm
    form_layout = (
        ("subsidy", "month"),
        ("amount", "reason"),
        ("state", "paid_on"),
        ("returned_on", "return_reason"),
    )
    form_folds = {"returned_on": "银行退回"}
    kept_for_next = ("month", "paid_on")
    filters = ("state",)
    identity = ("subsidy", "month")
    footer = ("disability.subsidy_paid", "disability.subsidy_paid_persons")
    workflow = PAYMENT
    refers_to = ("subsidy-standards",)  # a payment keeps the standard of its month

    def save(self, form, *, by):
        return store_payment(form.save(commit=False), by=by)

    def recycle(self, record, *, version, by):
        remove_payment(record, version=version, by=by)

    def restore(self, record, *, by):
        answer_for(record, by=by)
        super().restore(record, by=by)

    def check_deletable(self, record):
        """A line of a computed run goes only while the run is a draft."""
        if record.run.is_drafted and record.run.state != RunState.DRAFT:
            raise Denied("这条记录属于已确认的批次，不能删除；确需修改的，先在批次中退回修改。")
        super().check_deletable(record)


def find_subsidy(cells, user, unit):
    """The person's newest subsidy of the kind; the form moves to the spell of the month."""
    resident = find_resident(cells, user, unit)
    name = clean_text(cells.get("补贴种类") or "")
    kinds = SubsidyKind.objects.filter(name=name)
    if not kinds:
        names = "、".join(SubsidyKind.objects.values_list("name", flat=True))
        raise ValidationError(f"没有这个补贴种类，请填写其中之一：{names}。")
    rows = Subsidy.objects.visible_to(user).filter(unit=unit, resident=resident, kind__in=kinds)
    found = rows.select_related("resident", "kind").order_by("-starts_on").first()
    if found is None:
        raise ValidationError("这位居民没有登记享受这种补贴，请先在“享受补贴”中登记。")
    return found


PaymentLedger.resolvers = {
    "subsidy": Resolver(("姓名", "证件号码", "补贴种类"), find_subsidy, names="姓名")
}


@register
class StandardLedger(Months, Ledger):
    slug, title, icon, section = "subsidy-standards", "补贴标准", "table", SECTION
    quick = False
    model = SubsidyStandard
    description = "每种补贴每月发多少，自哪个月起；街道登记的，各社区通用。"
    select_related = ("kind",)
    columns = (
        column(SubsidyStandard, "kind", sort="kind__ordinal", width=22),
        "level",
        "amount",
        "starts_on",
        "ends_on",
        plain(SubsidyStandard, "funding", 20),
        plain(SubsidyStandard, "document", 28),
        unit_column(SubsidyStandard),
    )
    form_class = StandardForm
    form_layout = (("kind", "level"), ("amount", "starts_on", "ends_on"), ("funding", "document"))
    filters = ("kind", "level")
    search = ("kind__name", "document", "funding")
    search_hint = "种类、文件或资金来源"
    identity = ("kind", "level", "starts_on")


@register
class FindingLedger(AboutResident):
    slug, title, icon, section = "subsidy-findings", "补贴核查记录", "clipboard-check", SECTION
    quick = False
    model = SubsidyFinding
    by_hand = False
    description = "核查应享未享、疑似多享和复核到期的结果；在“补贴核查”中登记。"
    select_related = ("resident", "kind", "recorded_by")
    columns = (
        "occurred_on",
        *person_columns(SubsidyFinding),
        column(SubsidyFinding, "kind", sort="kind__ordinal", width=22),
        column(SubsidyFinding, "rule", width=18),
        plain(SubsidyFinding, "facts", 44),
        column(SubsidyFinding, "outcome", width=16),
        plain(SubsidyFinding, "note", 24),
        column(SubsidyFinding, "again_on", listed=False),
        Column("核查人", lambda finding: finding.recorded_by, width=10),
        unit_column(SubsidyFinding),
    )
    form_layout = (
        ("resident", "kind", "rule"),
        "facts",
        ("outcome", "occurred_on", "again_on"),
        "note",
    )
    filters = ("rule", "kind", "outcome")
